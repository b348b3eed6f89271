import { type Calendar, dayOf, type Instant, quarterName, readWhen } from '../../src/kernel/instant.js';
import type { Moment, Report, ReportAccount, ReportQuery } from '../../src/kernel/projection.js';
import { sumsBetween } from '../performance/days.js';
import { sumOf } from '../performance/figures.js';
import { restatementsOf, type Said, whyUnsaid } from '../performance/restated.js';
import type { PerformanceState, Quarter } from '../performance/state.js';
import { byId } from './window.js';

/** A quarter of an account that said something else when it was closed, or published. */
export interface RestatedLine {
  readonly accountId: string;
  readonly quarter: string;
  readonly said: Said;
  readonly says: Said;
  readonly change: Said;
  /** Events known after the quarter's close, and not yet at that moment; the first ten by their ids. */
  readonly lateEvents: number;
  readonly eventIds: readonly string[];
  readonly correctedEvents: number;
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

/**
 * Quarters against what they said at their close; with `saidAsOf` and `saidKnownAt`, as a ReportPublished names them, against what
 * was published: then corrections and retractions count too.
 */
export const restatements: Report<RestatementsReport> = {
  name: 'restatements',
  version: 1,
  question: { en: 'Which figures that we once told have changed since?', zh: '我们曾公布的哪些数字后来变了?' },
  uses: ['performance'],
  adds: true,
  parameters: {
    saidAsOf: 'asOf of the published report: compare with what was said then instead of at each quarter’s close',
    saidKnownAt: 'knownAt of the published report, an instant or a position; by default the same as saidAsOf',
  },
  before: (query, { settings }) => publishedAt(query, settings),
  report: (accounts, query, policy, { before }) => {
    const lines = before
      ? against(before, accounts, query, policy.settings)
      : accounts.flatMap(({ accountId, states }) =>
          restatementsOf(states.performance as PerformanceState, query.asOf, policy).map(
            ({ closedAt: _closedAt, ...line }) => ({ accountId, ...line }),
          ),
        );
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

function publishedAt({ parameters }: ReportQuery, calendar: Calendar): Moment | null {
  const { saidAsOf, saidKnownAt = saidAsOf } = parameters;
  const asOf = saidAsOf === undefined ? null : readWhen(saidAsOf, 'last', calendar);
  if (asOf === null || saidKnownAt === undefined) return null;
  const knownAt: Instant | { position: number } | null = /^\d+$/.test(saidKnownAt)
    ? { position: Number(saidKnownAt) }
    : readWhen(saidKnownAt, 'last', calendar);
  return knownAt === null ? null : { asOf, knownAt };
}

/** Quarter by quarter, what the published moment knew against what is known now, both of the days up to its `asOf`. */
function against(
  before: readonly ReportAccount[],
  now: readonly ReportAccount[],
  query: ReportQuery,
  calendar: Calendar,
): RestatedLine[] {
  const untilDay = dayOf(publishedAt(query, calendar)!.asOf, calendar) + 1;
  const then = new Map(before.map(({ accountId, states }) => [accountId, states.performance as PerformanceState]));
  return now.flatMap(({ accountId, states }) => {
    const state = states.performance as PerformanceState;
    const said = byQuarter(then.get(accountId), untilDay);
    const says = byQuarter(state, untilDay);
    return [...new Set([...said.keys(), ...says.keys()])].flatMap((q) => {
      const [a, b] = [said.get(q) ?? nothing, says.get(q) ?? nothing];
      if (a.net === b.net && a.contribution === b.contribution) return [];
      const quarter = state.quarters.find((one) => one.q === q);
      const change = { net: minus(b.net, a.net), contribution: minus(b.contribution, a.contribution) };
      const whole = (one: Said): Said => ({ ...one, ...whyUnsaid(one) });
      return [
        {
          accountId,
          quarter: quarterName(q, calendar),
          said: whole(a),
          says: whole(b),
          change: whole(change),
          ...lateIn(
            quarter,
            then.get(accountId)?.quarters.find((one) => one.q === q),
          ),
        },
      ];
    });
  });
}

function lateIn(now: Quarter | undefined, then: Quarter | undefined) {
  const known = then?.late?.ids ?? [];
  return {
    lateEvents: Math.max(0, (now?.late?.events ?? 0) - (then?.late?.events ?? 0)),
    eventIds: (now?.late?.ids ?? []).filter((id) => !known.includes(id)),
    correctedEvents: now?.corrected ?? 0,
  };
}

const nothing: Said = { net: 0, contribution: 0 };

/** Figures of each quarter from its days before one. */
function byQuarter(state: PerformanceState | undefined, untilDay: number): Map<number, Said> {
  const found = new Map<number, Said>();
  for (const quarter of state?.quarters ?? []) {
    if (quarter.from >= untilDay) continue;
    const whole = sumOf([quarter]);
    const { net, contribution } = sumsBetween(state!, quarter.from, Math.min(quarter.to, untilDay));
    found.set(quarter.q, {
      net: whole.net === null ? null : net,
      contribution: whole.contribution === null ? null : contribution,
    });
  }
  return found;
}

const minus = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a - b);
const plus = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);
