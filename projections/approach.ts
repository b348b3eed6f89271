import type { AccountEvent } from '../src/domain/account/account.events.js';
import type { ActivityEvent } from '../src/domain/activity/activity.events.js';
import type { BooksEvent } from '../src/domain/books/books.events.js';
import type { ProgrammeEvent } from '../src/domain/programme/programme.events.js';
import { inParts, once } from '../src/kernel/figures.js';
import { daysBetween, type Instant, iso } from '../src/kernel/instant.js';
import type { Settings } from '../src/kernel/policy.js';
import type { Projection } from '../src/kernel/projection.js';
import { recommendationAt } from './approach/burst.js';
import { farmingAt } from './approach/farming.js';
import { type ApproachState, deal, initial, order, pursue } from './approach/state.js';
import { keyOf } from './performance/books.js';
import { actualOf, leastInteractions, medianGap, type Window, windowAt } from './approach/window.js';

type Events = AccountEvent | ActivityEvent | BooksEvent | ProgrammeEvent;

/** How we sell to the account: as was decided, and as its dealings show. */
export const approach: Projection<ApproachState, object, Events> = {
  name: 'approach',
  version: 2,
  of: 'account',
  question: { en: 'Are we farming, hunting or milking?', zh: '我们是在耕耘、猎取,还是例行路途?' },
  initial,
  policy: ['settings'],
  uses: ['performance'],
  on: {
    AccountRegistered: (state, { data }) => placed(state, data),
    AccountReclassified: (state, { data }) => placed(state, data),
    SellingApproachAssigned: (state, { id, time, data }) => {
      state.assigned.push({ approach: data.approach, from: time, eventId: id });
    },
    KeyAccountDesignated: (state, { id }) => {
      state.designated = id;
    },
    KeyAccountReleased: (state) => {
      state.designated = null;
    },
    InteractionLogged: (state, event, rules, subject) => {
      const { pursuitId } = event.data;
      const cited = pursuitId === undefined ? undefined : keyOf(event, pursuitId, subject);
      deal(state, event.data, cited, event.time, rules);
    },
    PursuitOpened: (state, event, _rules, subject) =>
      pursue(state, { ...event.data, pursuitId: keyOf(event, event.data.pursuitId, subject) }),
    OrderPlaced: (state, { id, time, data }, rules) => {
      if (data.regular !== false) order(state, time, id, rules);
    },
    InvoiceIssued: (state, { id, time, data }, rules) => {
      if (data.orderId === undefined) order(state, time, id, rules);
    },
  },
  view: (state, { asOf, subject }, policy, used) => {
    const window = once(() => windowAt(state, asOf, policy));
    const actual = once(() => actualOf(window(), state.firstOrder !== null));
    const assigned = state.assigned.at(-1)?.approach ?? null;
    const recommendation = once(() => recommendationAt(state, subject.id, asOf, policy));
    const onRoutes = once(() =>
      Object.keys(policy.routes)
        .filter((id) => policy.routes[id]!.accountIds.includes(subject.id))
        .sort(),
    );
    const differs = once(() => mismatchOf(assigned, actual()));
    return inParts([
      [
        'assigned assignedReason',
        () => (assigned === null ? { assigned, assignedReason: 'none-assigned' } : { assigned }),
      ],
      ['intervals', () => ({ intervals: intervalsOf(state, asOf, policy.settings) })],
      [
        'actual actualReason',
        () =>
          actual() === 'INSUFFICIENT'
            ? { actual: null, actualReason: `fewer-than-${leastInteractions}-interactions` }
            : { actual: actual() },
      ],
      ['mismatch mismatchReason', differs],
      [
        'window',
        () => {
          const { beyond: _beyond, ...counted } = window();
          return { window: { days: policy.settings.windowDays, ...counted } };
        },
      ],
      [
        'huntingShare huntingShareReason',
        () => shareOf('huntingShare', window().huntingMinutes, window().minutes, 'no-minutes'),
      ],
      ['routeShare routeShareReason', () => shareOf('routeShare', window().routeVisits, window().visits, 'no-visits')],
      ['beyondOrder', () => ({ beyondOrder: beyondOrderOf(state, window()) })],
      ['routes', () => ({ routes: onRoutes() })],
      ['farming', () => ({ farming: farmingAt(state, asOf, policy, used.performance) })],
      [
        'recommendation recommendationReason',
        () => ({
          recommendation: recommendation(),
          ...(recommendation() === null ? { recommendationReason: 'no-burst-open' } : {}),
        }),
      ],
      ['findings', () => ({ findings: findingsOf(state, differs().mismatch === true ? actual() : null, onRoutes()) })],
    ]);
  },
  rows: {
    columns: {
      year: { kind: 'text', says: 'The fiscal year' },
      effortMin: { kind: 'integer', says: 'Minutes of people of ours with the account, campaigns left out' },
      freeMin: { kind: 'integer', says: 'Of them, in interactions that cite neither an order nor a pursuit' },
      apartMin: { kind: 'integer', says: 'Of the others, those with no regular order within 30 days' },
    },
    of: (state) =>
      Object.entries(state.years).map(([year, [effortMin, freeMin, apartMin]]) => {
        return { year, effortMin, freeMin, apartMin };
      }),
  },
};

function placed(state: ApproachState, { region, industry }: { region?: string; industry?: string }): void {
  state.region = region ?? state.region;
  state.industry = industry ?? state.industry;
}

/** Which approach was assigned from when to when, oldest first. */
function intervalsOf({ assigned }: ApproachState, asOf: Instant, settings: Settings): object[] {
  return assigned.map(({ approach, from, eventId }, i) => {
    const to = assigned[i + 1]?.from ?? null;
    const days = daysBetween(from, to ?? asOf, settings);
    return { approach, from: iso(from), to: to === null ? null : iso(to), days, eventId };
  });
}

function mismatchOf(assigned: string | null, actual: string): { mismatch: boolean | null; mismatchReason?: string } {
  if (assigned === null) return { mismatch: null, mismatchReason: 'none-assigned' };
  if (actual === 'INSUFFICIENT') return { mismatch: null, mismatchReason: 'too-few-interactions' };
  if (actual === 'MIXED') return { mismatch: null, mismatchReason: 'no-approach-stands-out' };
  return { mismatch: assigned !== actual };
}

/** How much of what we do lies beyond orders, and how far apart those are. */
function beyondOrderOf(state: ApproachState, { beyond }: Window): object {
  const gap = medianGap(state);
  return {
    ...beyond,
    ...shareOf('share', beyond.interactions, beyond.of, 'no-interaction'),
    ...shareOf('minutesShare', beyond.minutes, beyond.ofMinutes, 'no-minutes'),
    medianOrderGapDays: gap,
    ...(gap === null ? { medianOrderGapReason: 'fewer-than-two-order-days' } : {}),
  };
}

/** What is done where it is not what was assigned; and a key account on a route. */
function findingsOf({ assigned, designated }: ApproachState, done: string | null, routes: readonly string[]): object[] {
  const last = assigned.at(-1);
  return [
    ...(last && done !== null
      ? [
          {
            code: 'APPROACH_MISMATCH',
            since: null,
            eventIds: [last.eventId],
            detail: `${last.approach} was assigned; what is done is ${done}`,
          },
        ]
      : []),
    ...(designated !== null && routes.length > 0
      ? [
          {
            code: 'KEY_ACCOUNT_ON_ROUTE',
            since: null,
            eventIds: [designated],
            detail: `A key account is served on route ${routes.join(', ')} as often as every other stop`,
          },
        ]
      : []),
  ];
}

/** A share under its name, with the reason where there is nothing to divide by. */
const shareOf = (name: string, part: number, whole: number, reason: string): object =>
  whole === 0 ? { [name]: null, [`${name}Reason`]: reason } : { [name]: part / whole };
