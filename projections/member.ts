import type { MemberEvent } from '../src/domain/member/member.events.js';
import { daysBetween, type Instant, iso, NEVER } from '../src/kernel/instant.js';
import type { Settings } from '../src/kernel/policy.js';
import type { Projection } from '../src/kernel/projection.js';
import { own, ownOr } from './keyed.js';
import { following, oddOf } from './sequence/rule.js';
import { fteAt, initial, type Load, loadsOf, type MemberState } from './member/state.js';

/** A person of ours: what they are, for whom they work and how much of them is given away. */
export const member: Projection<MemberState, object, MemberEvent> = {
  name: 'member',
  version: 2,
  of: 'member',
  question: { en: 'For whom does this person work, and how much?', zh: '此人为谁工作,投入多少?' },
  initial,
  on: following<MemberState, Projection<MemberState, object, MemberEvent>['on']>('member', {
    MemberAdded: (state, { id, time, data }) => {
      state.added ??= { at: time, eventId: id };
      state.places.push({ function: data.function, seniority: data.seniority, from: time, eventId: id });
    },
    MemberChanged: (state, { id, time, data }) => {
      const last = state.places.at(-1);
      const { function: does = last?.function, seniority = last?.seniority } = data;
      if (does === undefined || seniority === undefined) return;
      if (does !== last?.function || seniority !== last.seniority)
        state.places.push({ function: does, seniority, from: time, eventId: id });
    },
    MemberAssigned: (state, { id, data }) => {
      const { assignmentId, accountId, role, ftePct, function: does, seniority, from, until } = data;
      ownOr(state.assignments, assignmentId, () => ({
        accountId,
        role,
        ftePct,
        function: does,
        seniority,
        from: Date.parse(from),
        until: until === undefined ? null : Date.parse(until),
        eventIds: [id],
      }));
    },
    MemberReleased: (state, { id, data }) => {
      const known = own(state.assignments, data.assignmentId);
      if (!known) return;
      known.until = Math.min(known.until ?? NEVER, Date.parse(data.on));
      known.eventIds.push(id);
    },
    KamConfirmed: (state, { id, time, data: { accountId, by } }) => {
      state.acceptances.push({ accountId, by, accepted: true, from: time, eventId: id });
    },
    KamConfidenceWithdrawn: (state, { id, time, data: { accountId, by } }) => {
      state.acceptances.push({ accountId, by, accepted: false, from: time, eventId: id });
    },
  }),
  view: (state, { asOf }, { settings }) => {
    const place = state.places.at(-1) ?? null;
    const loads = loadsOf(state);
    const { added } = state;
    const over = overloadOf(loads);
    return {
      function: place?.function ?? null,
      seniority: place?.seniority ?? null,
      ...(place === null ? { placeReason: 'not-yet-added' } : {}),
      places: state.places.map(({ from, ...one }, i) => {
        const to = state.places[i + 1]?.from ?? null;
        return { ...one, from: iso(from), to: said(to), days: daysBetween(from, to ?? asOf, settings) };
      }),
      since: added === null ? null : iso(added.at),
      tenureDays: added === null ? null : daysBetween(added.at, asOf, settings),
      ...(added === null ? { tenureReason: 'not-yet-added' } : {}),
      assignments: assignmentsOf(state, asOf, settings),
      offices: null,
      officesReason: 'an office comes with the designation, in the account’s profile',
      acceptances: acceptancesOf(state, asOf, settings),
      ftePct: fteAt(state, asOf),
      loads: loads.map(({ from, until, ftePct }) => ({ from: iso(from), to: said(until), ftePct })),
      overAllocated: over && { from: iso(over.from), to: said(over.until), ftePct: over.ftePct },
      findings: [
        ...(over === null ? [] : [overAllocated(over, state)]),
        ...oddOf(state.sequence).map(({ accountId: _about, ...finding }) => finding),
      ],
    };
  },
};

const overAllocated = ({ from, until, ftePct }: Load, { assignments }: MemberState) => ({
  code: 'OVER_ALLOCATED',
  since: iso(from),
  eventIds: Object.values(assignments)
    .filter((one) => one.from < until && (one.until ?? NEVER) > from)
    .flatMap(({ eventIds }) => eventIds),
  detail: `Up to ${ftePct} % of a working time is given away; there are 100`,
});

/** First interval in which more than a whole person is given away, with the highest percentage in it. */
function overloadOf(loads: readonly Load[]): Load | null {
  const first = loads.findIndex(({ ftePct }) => ftePct > 100);
  if (first < 0) return null;
  const { from } = loads[first]!;
  let { until, ftePct } = loads[first]!;
  for (const next of loads.slice(first + 1)) {
    if (next.ftePct <= 100 || next.from !== until) break;
    until = next.until;
    ftePct = Math.max(ftePct, next.ftePct);
  }
  return { from, until, ftePct };
}

/** Work for accounts in order of its beginning; days are those served by the moment. */
function assignmentsOf(state: MemberState, asOf: Instant, settings: Settings): object[] {
  return Object.entries(state.assignments)
    .sort(([a, one], [b, other]) => one.from - other.from || (a < b ? -1 : 1))
    .map(([assignmentId, { from, until, ...one }]) => ({
      assignmentId,
      ...one,
      from: iso(from),
      to: said(until),
      active: from <= asOf && asOf < (until ?? NEVER),
      days: Math.max(0, daysBetween(from, Math.min(until ?? NEVER, asOf), settings)),
    }));
}

/** Trust in this person as key-account manager, by account and side, as intervals. */
function acceptancesOf({ acceptances }: MemberState, asOf: Instant, settings: Settings): object[] {
  return acceptances.map(({ from, ...one }, i) => {
    const next = acceptances.find((other, j) => j > i && other.accountId === one.accountId && other.by === one.by);
    const days = daysBetween(from, next?.from ?? asOf, settings);
    return { ...one, from: iso(from), to: said(next?.from ?? null), days };
  });
}

const said = (at: Instant | null): string | null => (at === null || at === NEVER ? null : iso(at));
