import { type SupplierStatus, supplierStatuses } from '../../src/domain/vocabulary.js';
import { type Calendar, dayOf, daysBetween, type Instant, iso, monthOf } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Finding } from '../contacts/findings.js';
import { firstDayOf, missingMoneyOf, monthsOf } from '../performance/days.js';
import type { PerformanceState } from '../performance/state.js';
import { mainCategoryAt, statusAt } from '../stages/standing.js';
import type { StagesState } from '../stages/state.js';
import type { ProfileState } from './state.js';

/** Contribution ÷ net of the months that lie wholly inside an interval (§3.12.27). */
export interface Margin {
  readonly margin: number | null;
  readonly marginReason?: string;
  readonly months: number;
  readonly contribution: number | null;
  readonly contributionReason?: string;
  readonly net: number | null;
  readonly netReason?: string;
}

/** A stay on a rung of suppliers in one category, `[from, to)`. Margins are told of the main category. */
export interface Rung extends Margin {
  readonly category: string;
  readonly status: SupplierStatus;
  readonly source: string;
  readonly from: string;
  readonly to: string | null;
  readonly days: number;
  readonly main: boolean;
  readonly eventId: string;
}

/** What rung we want in a category, and how far we are. */
export interface Goal {
  readonly category: string;
  readonly status: SupplierStatus;
  readonly current: SupplierStatus | null;
  readonly met: boolean;
  readonly until: string;
  readonly daysLeft: number;
  readonly missed: boolean;
  readonly eventId: string;
}

/** Where we stand among suppliers. */
export interface SupplierStanding {
  readonly mainCategory: string | null;
  readonly current: SupplierStatus | null;
  readonly ladder: readonly Rung[];
  readonly goals: readonly Goal[];
}

/** The ladder by category with margins, and the goals in force. */
export function supplierStandingAt(
  state: ProfileState,
  stages: StagesState | undefined,
  performance: PerformanceState | undefined,
  t: Instant,
  policy: Policy,
): SupplierStanding {
  const main = stages ? mainCategoryAt(stages, t) : null;
  return {
    mainCategory: main,
    current: stages && main !== null ? (statusAt(stages, main, t)?.status ?? null) : null,
    ladder: stages ? ladderOf(stages, main, performance, t, policy) : [],
    goals: goalsAt(state, stages, t, policy.settings),
  };
}

function ladderOf(
  { statuses }: StagesState,
  main: string | null,
  performance: PerformanceState | undefined,
  t: Instant,
  policy: Policy,
): Rung[] {
  return [...new Set(statuses.map(({ category }) => category))].sort().flatMap((category) => {
    const said = statuses.filter((one) => one.category === category);
    const rungs = said.filter((one, i) => one.status !== said[i - 1]?.status);
    return rungs.map(({ status, source, at, eventId }, i) => {
      const next = rungs[i + 1]?.at;
      const margin: Margin =
        category === main
          ? marginBetween(performance, at, next ?? t + 1, t, policy)
          : { ...noMargin('not-the-main-category'), months: 0 };
      return {
        category,
        status,
        source,
        from: iso(at),
        to: next === undefined ? null : iso(next),
        days: daysBetween(at, next ?? t, policy.settings),
        main: category === main,
        eventId,
        ...margin,
      };
    });
  });
}

const noMargin = (reason: string) => ({
  ...{ margin: null, marginReason: reason },
  ...{ contribution: null, contributionReason: reason },
  ...{ net: null, netReason: reason },
});

/** Margin of the whole months inside `[from, to)`. */
export function marginBetween(
  performance: PerformanceState | undefined,
  from: Instant,
  to: Instant,
  asOf: Instant,
  { settings }: Policy,
): Margin {
  const first = monthOf(from - 1, settings) + 1;
  const end = monthOf(to, settings);
  const months = Math.max(0, end - first);
  if (!performance) return { ...noMargin('no-performance'), months };
  if (months === 0) return { ...noMargin('no-whole-month'), months: 0 };
  const missing = missingMoneyOf(performance, firstDayOf(first), firstDayOf(end), settings.wacc);
  if (missing.length > 0) return { ...noMargin(`no-rate ${missing.join(', ')}`), months };
  const waiting = { wacc: settings.wacc, asOfDay: dayOf(asOf, settings) };
  let [contribution, net] = [0, 0];
  for (const month of monthsOf(performance, first, end, waiting)) {
    contribution += month.contribution;
    net += month.net;
  }
  if (net <= 0) return { margin: null, marginReason: 'no-net-revenue', months, contribution, net };
  return { margin: contribution / net, months, contribution, net };
}

const rungOf = (status: SupplierStatus | null): number => (status === null ? -1 : supplierStatuses.indexOf(status));

function goalsAt(state: ProfileState, stages: StagesState | undefined, t: Instant, calendar: Calendar): Goal[] {
  return [...new Set(state.goals.map(({ category }) => category))].sort().map((category) => {
    const { status, until, eventId } = state.goals.findLast((one) => one.category === category)!;
    const current = (stages && statusAt(stages, category, t)?.status) ?? null;
    const met = rungOf(current) >= rungOf(status);
    const daysLeft = daysBetween(t, until - 1, calendar);
    return { category, status, current, met, until: iso(until), daysLeft, missed: !met && t >= until, eventId };
  });
}

/** Goals whose day is over and that were not reached (D8). */
export const missedGoals = (goals: readonly Goal[]): Finding[] =>
  goals
    .filter(({ missed }) => missed)
    .map(({ category, status, current, until, eventId }) => ({
      code: 'STATUS_GOAL_MISSED',
      since: until,
      eventIds: [eventId],
      detail: `${status} in ${category} was the goal; it is ${current ?? 'not declared'}`,
    }));
