import type { AccountEvent } from '../src/domain/account/account.events.js';
import type { ActivityEvent } from '../src/domain/activity/activity.events.js';
import type { BooksEvent } from '../src/domain/books/books.events.js';
import type { ProgrammeEvent } from '../src/domain/programme/programme.events.js';
import { daysBetween, type Instant, iso } from '../src/kernel/instant.js';
import type { Settings } from '../src/kernel/policy.js';
import type { Projection } from '../src/kernel/projection.js';
import { recommendationAt } from './approach/burst.js';
import { farmingAt } from './approach/farming.js';
import { type ApproachState, deal, initial, order, pursue } from './approach/state.js';
import { actualOf, leastInteractions, medianGap, windowAt } from './approach/window.js';

type Events = AccountEvent | ActivityEvent | BooksEvent | ProgrammeEvent;

/** How we sell to the account: as was decided, and as its dealings show. */
export const approach: Projection<ApproachState, object, Events> = {
  name: 'approach',
  version: 1,
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
    InteractionLogged: (state, { time, data }, rules) => deal(state, data, time, rules),
    PursuitOpened: (state, { data }) => pursue(state, data),
    OrderPlaced: (state, { id, time, data }, rules) => {
      if (data.regular !== false) order(state, time, id, rules);
    },
    InvoiceIssued: (state, { id, time, data }, rules) => {
      if (data.orderId === undefined) order(state, time, id, rules);
    },
  },
  view: (state, { asOf, subject }, policy, used) => {
    const window = windowAt(state, asOf, policy);
    const actual = actualOf(window, state.firstOrder !== null);
    const assigned = state.assigned.at(-1)?.approach ?? null;
    const recommendation = recommendationAt(state, subject.id, asOf, policy);
    const onRoutes = Object.keys(policy.routes)
      .filter((id) => policy.routes[id]!.accountIds.includes(subject.id))
      .sort();
    const differs = mismatchOf(assigned, actual);
    const { beyond, ...counted } = window;
    return {
      assigned,
      ...(assigned === null ? { assignedReason: 'none-assigned' } : {}),
      intervals: intervalsOf(state, asOf, policy.settings),
      actual: actual === 'INSUFFICIENT' ? null : actual,
      ...(actual === 'INSUFFICIENT' ? { actualReason: `fewer-than-${leastInteractions}-interactions` } : {}),
      ...differs,
      window: { days: policy.settings.windowDays, ...counted },
      huntingShare: share(window.huntingMinutes, window.minutes),
      ...why('huntingShare', window.minutes, 'no-minutes'),
      routeShare: share(window.routeVisits, window.visits),
      ...why('routeShare', window.visits, 'no-visits'),
      beyondOrder: {
        ...beyond,
        share: share(beyond.interactions, beyond.of),
        ...why('share', beyond.of, 'no-interaction'),
        minutesShare: share(beyond.minutes, beyond.ofMinutes),
        ...why('minutesShare', beyond.ofMinutes, 'no-minutes'),
        medianOrderGapDays: medianGap(state),
        ...(medianGap(state) === null ? { medianOrderGapReason: 'fewer-than-two-order-days' } : {}),
      },
      routes: onRoutes,
      farming: farmingAt(state, asOf, policy, used.performance),
      recommendation,
      ...(recommendation === null ? { recommendationReason: 'no-burst-open' } : {}),
      findings: [
        ...(differs.mismatch === true
          ? [
              {
                code: 'APPROACH_MISMATCH',
                since: null,
                eventIds: [state.assigned.at(-1)!.eventId],
                detail: `${assigned} was assigned; what is done is ${actual}`,
              },
            ]
          : []),
        ...(state.designated !== null && onRoutes.length > 0
          ? [
              {
                code: 'KEY_ACCOUNT_ON_ROUTE',
                since: null,
                eventIds: [state.designated],
                detail: `A key account is served on route ${onRoutes.join(', ')} as often as every other stop`,
              },
            ]
          : []),
      ],
    };
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

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const why = (name: string, whole: number, reason: string): object => (whole === 0 ? { [`${name}Reason`]: reason } : {});
