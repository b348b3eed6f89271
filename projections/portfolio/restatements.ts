import { type Calendar, dayOf, type Instant, quarterName, quarterOf, startOfDay } from '../../src/kernel/instant.js';
import { isKnown, type KnownAt, knownAtBoth } from '../../src/kernel/knowing.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Moment, Report, ReportAccount, ReportQuery } from '../../src/kernel/projection.js';
import { Refusal } from '../../src/kernel/refusal.js';
import { sumsBetween } from '../performance/days.js';
import { sumOf } from '../performance/figures.js';
import { restatementsOf, type Said, whyUnsaid } from '../performance/restated.js';
import type { PerformanceState } from '../performance/state.js';
import { correctedQuarters, quartersOf } from './corrected.js';
import { byId, whenAsked } from './window.js';

/** A quarter of an account that said something else when it was closed, or published. */
export interface RestatedLine {
  readonly accountId: string;
  readonly quarter: string;
  readonly said: Said;
  readonly says: Said;
  readonly change: Said;
  /** Events known after the quarter's close, or after what was published. */
  readonly lateEvents: number;
  /** Corrections and retractions that reached into the quarter since. */
  readonly corrections: number;
  /** The first ten of each. */
  readonly eventIds: readonly string[];
}

/** What was once said, and what stands now. Contribution is before cost of credit. */
export interface RestatementsReport {
  readonly against: 'close' | 'published';
  readonly saidAsOf: string | null;
  readonly saidKnownAt: string | null;
  readonly lines: readonly RestatedLine[];
  readonly accounts: number;
  readonly change: Said;
  readonly changeReason: string | null;
}

/** Quarters with figures of the days before one. */
type Quarters = readonly (readonly [quarter: number, said: Said])[];

/**
 * Quarters against what they said at their close; with `saidAsOf` and `saidKnownAt`, as a ReportPublished names them, against what
 * was published. Late events are told apart in the fold; quarters into which corrections or retractions reached are folded again as
 * they were known. Of an account its lines are kept, of the published moment its quarters.
 */
export const restatements: Report<RestatementsReport, readonly RestatedLine[], Quarters> = {
  name: 'restatements',
  version: 2,
  question: { en: 'Which figures that we once told have changed since?', zh: '我们曾公布的哪些数字后来变了?' },
  uses: ['performance'],
  adds: true,
  corrections: true,
  parameters: {
    saidAsOf: 'asOf of the published report: compare with what was said then instead of at each quarter’s close',
    saidKnownAt: 'knownAt of the published report, an instant or a position; by default the same as saidAsOf',
  },
  before: (query, { settings }) => publishedAt(query, settings),
  earlier: ({ states }, query, { settings }) =>
    byQuarter(states.performance as PerformanceState, publishedDays(query, settings).untilDay),
  extract: (account, query, policy) =>
    publishedAt(query, policy.settings) === null
      ? sinceClose(account, query, policy)
      : sincePublished(account, query, policy.settings),
  report: (told, query, _policy, { before }) => {
    const lines = told.flat();
    const addable = query.currency !== null || lines.length === 0;
    const sum = (name: 'net' | 'contribution'): number | null =>
      addable ? lines.reduce((all: number | null, line) => plus(all, line.change[name]), 0) : null;
    const change = { net: sum('net'), contribution: sum('contribution') };
    const whole = change.net !== null && change.contribution !== null;
    return {
      against: before ? 'published' : 'close',
      saidAsOf: before ? (query.parameters.saidAsOf ?? null) : null,
      saidKnownAt: before ? (query.parameters.saidKnownAt ?? query.parameters.saidAsOf ?? null) : null,
      lines: [...lines].sort((a, b) => byId(a, b) || (a.quarter < b.quarter ? -1 : a.quarter > b.quarter ? 1 : 0)),
      accounts: new Set(lines.map(({ accountId }) => accountId)).size,
      change,
      changeReason: whole ? null : addable ? 'missing-rate' : 'no-reporting-currency',
    };
  },
};

/** Quarters of an account that say something else than when they were closed. */
function sinceClose(account: ReportAccount, query: ReportQuery, policy: Policy): RestatedLine[] {
  const { accountId, states } = account;
  const { quarters } = states.performance as PerformanceState;
  const anew = correctedQuarters(account, query, policy);
  const names = new Set(anew.map(({ q }) => quarterName(q, policy.settings)));
  const late = restatementsOf(states.performance as PerformanceState, query.asOf, policy)
    .filter(({ quarter, lateEvents }) => lateEvents > 0 && !names.has(quarter))
    .map(({ closedAt: _closedAt, correctedEvents: _correctedEvents, ...line }) => ({ ...line, corrections: 0 }));
  const changed = anew.flatMap(({ q, said, says, touches }) => {
    if (said.net === says.net && said.contribution === says.contribution) return [];
    const { events = 0, ids = [] } = quarters.find((one) => one.q === q)?.late ?? {};
    return [
      {
        ...stepOf(quarterName(q, policy.settings), said, says),
        lateEvents: events,
        corrections: touches.length,
        eventIds: [...ids, ...touches.slice(0, 10).map(({ eventId }) => eventId)],
      },
    ];
  });
  return [...late, ...changed].map((line) => ({ accountId, ...line }));
}

/** What was said and what is said now, with the difference. */
function stepOf(quarter: string, said: Said, says: Said) {
  const whole = (one: Said): Said => ({ ...one, ...whyUnsaid(one) });
  const change = { net: minus(says.net, said.net), contribution: minus(says.contribution, said.contribution) };
  return { quarter, said: whole(said), says: whole(says), change: whole(change) };
}

function publishedAt(query: ReportQuery, calendar: Calendar): Moment | null {
  const { saidKnownAt } = query.parameters;
  const asOf = whenAsked('saidAsOf', query.parameters, calendar);
  if (asOf === undefined) {
    if (saidKnownAt === undefined) return null;
    const detail = 'saidKnownAt goes with saidAsOf: which moment did the report speak of?';
    throw new Refusal('view/parameter-invalid', detail, {
      errors: [{ pointer: '?saidAsOf', code: 'missing', detail: 'such as 2024-12-31' }],
    });
  }
  const knownAt: KnownAt = /^\d+$/.test(saidKnownAt ?? '')
    ? { position: Number(saidKnownAt) }
    : (whenAsked('saidKnownAt', query.parameters, calendar) ?? asOf);
  return { asOf, knownAt: knownAtBoth(knownAt, query.knownAt) };
}

/** The published moment, the first day after it, and whether the day before that was over. */
function publishedDays(query: ReportQuery, calendar: Calendar) {
  const published = publishedAt(query, calendar)!;
  const untilDay = dayOf(published.asOf, calendar) + 1;
  return { published, untilDay, wholeDay: published.asOf + 1 === startOfDay(untilDay, calendar) };
}

/** Quarter by quarter, what the published moment knew against what is known now, both of the days up to its `asOf`. */
function sincePublished(account: ReportAccount, query: ReportQuery, calendar: Calendar): RestatedLine[] {
  const { accountId, states, touches = [], then, toldSince, was } = account;
  const { published, untilDay, wholeDay } = publishedDays(query, calendar);
  const since = touches.filter((touch) => !isKnown(touch, published.knownAt));
  let told: readonly { readonly eventId: string; readonly time: Instant }[] | undefined;
  // a moment in the middle of a day is no matter of whole days: what is known now of that moment is folded
  const upTo = wholeDay ? states : (then?.({ ...published, knownAt: query.knownAt }) ?? states);
  const state = upTo.performance as PerformanceState;
  const before = new Map(was as Quarters | undefined);
  const after = new Map(byQuarter(state, untilDay));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((q) => {
    const [a, b] = [before.get(q) ?? nothing, after.get(q) ?? nothing];
    if (a.net === b.net && a.contribution === b.contribution) return [];
    told ??= toldSince?.(published) ?? [];
    const late = told.filter(({ time }) => quarterOf(time, calendar) === q);
    const corrections = since.filter((touch) => quartersOf(touch, state, calendar).has(q));
    return [
      {
        accountId,
        ...stepOf(quarterName(q, calendar), a, b),
        lateEvents: late.length,
        corrections: corrections.length,
        eventIds: [...late.slice(0, 10), ...corrections.slice(0, 10)].map(({ eventId }) => eventId),
      },
    ];
  });
}

const nothing: Said = { net: 0, contribution: 0 };

/** Figures of each quarter from its days before one. */
function byQuarter(state: PerformanceState, untilDay: number): Quarters {
  return state.quarters
    .filter(({ from }) => from < untilDay)
    .map((quarter) => {
      const whole = sumOf([quarter]);
      const { net, contribution } = sumsBetween(state, quarter.from, Math.min(quarter.to, untilDay));
      const said = {
        net: whole.net === null ? null : net,
        contribution: whole.contribution === null ? null : contribution,
      };
      return [quarter.q, said];
    });
}

const minus = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a - b);
const plus = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);
