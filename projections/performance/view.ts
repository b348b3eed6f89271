import { quarterName, yearOfQuarter } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Seen, Used } from '../../src/kernel/projection.js';
import type { Waterfall } from './figures.js';
import { once, whenSeen } from '../../src/kernel/figures.js';
import {
  type Growth,
  growthOf,
  horizonOf,
  type LongTerm,
  longTermOf,
  type UnalignedSpend,
  unalignedOf,
  windowStart,
} from './longterm.js';
import { Periods } from './periods.js';
import { type Plans, plansOf } from './plans.js';
import { exactly, type Restatement, restatementsOf, type SaidThen } from './restated.js';
import { dayIn, lacks, type PerformanceState } from './state.js';

export { furtherMoments } from './restated.js';

/** One category of goods, from the lines of invoices. */
export interface CategoryLine {
  readonly category: string;
  readonly net: number | null;
  readonly cogs: number | null;
  readonly grossMargin: number | null;
  readonly lines: number;
  readonly linesWithoutCogs: number;
  readonly years: Readonly<Record<string, { readonly net: number | null; readonly grossMargin: number | null }>>;
  readonly reason?: 'missing-rate';
}

/** What an activity cost: one of a rate card, or a kind of the catalogue; null where an exchange rate is missing. */
export interface ActivityCost {
  readonly activity: string | null;
  readonly activityTypeId: string | null;
  readonly spent: number | null;
  readonly reason?: 'missing-rate';
}

/** What an account brings and costs, by period and over years. */
export interface PerformanceView {
  readonly total: Waterfall;
  /** By fiscal year. */
  readonly years: Readonly<Record<string, Waterfall>>;
  readonly quarters: Readonly<Record<string, Waterfall>>;
  readonly horizon: 'sufficient' | 'insufficient';
  /** Rising or falling, only where the horizon is long enough. */
  readonly verdict: LongTerm['trend']['verdict'];
  readonly byCategory: readonly CategoryLine[];
  /** Cost of each activity of the rate cards (E1), then of each kind of activity (D11), interactions included. */
  readonly byActivity: readonly ActivityCost[];
  readonly growth3y: Growth;
  /** Over the window W; that over everything stands in `total`. */
  readonly unalignedSpend: UnalignedSpend & { readonly windowDays: number };
  readonly plans: Plans['plans'];
  readonly forecastErrorByAge: Plans['forecastErrorByAge'];
  readonly restatements: readonly Restatement[] | readonly SaidThen[];
  readonly longTerm: LongTerm;
  readonly findings: readonly Finding[];
}

/** Something that wants attention. */
export interface Finding {
  readonly code: string;
  readonly since: string | null;
  readonly eventIds: readonly string[];
  readonly detail: string;
}

/** Parts are made when looked at, so that a figure can be explained event by event. */
export function performanceView(state: PerformanceState, seen: Seen, policy: Policy, used: Used): PerformanceView {
  const { asOf } = seen;
  const { wacc, windowDays } = policy.settings;
  const { calendar } = state;
  const periods = once(() => new Periods(state, asOf, wacc, policy.horizons.defaultMonths));
  const longTerm = once(() => longTermOf(state, asOf, policy, periods()));
  const plans = once(() => plansOf(state, asOf, periods(), seen.subject.members !== undefined));
  const view: PerformanceView = whenSeen<PerformanceView>({
    total: () => periods().total(),
    years: () => {
      const years = new Set(periods().numbers.map((q) => yearOfQuarter(q, calendar)));
      return whenSeen(Object.fromEntries([...years].map((year) => [String(year), () => periods().year(year)])));
    },
    quarters: () => {
      const { numbers } = periods();
      return whenSeen(Object.fromEntries(numbers.map((q) => [quarterName(q, calendar), () => periods().quarter(q)])));
    },
    horizon: () => horizonOf(state, asOf, policy).horizon,
    verdict: () => longTerm().trend.verdict,
    byCategory: () => categoriesOf(state),
    byActivity: () => activitiesOf(state),
    growth3y: () => growthOf(state, asOf, wacc),
    unalignedSpend: () => {
      const day = dayIn(calendar, asOf);
      return { ...unalignedOf(state, windowStart(day, policy), day + 1), windowDays };
    },
    plans: () => plans().plans,
    forecastErrorByAge: () => plans().forecastErrorByAge,
    restatements: () =>
      used.parameters.restatements === 'exact'
        ? exactly(seen, policy, used.also ?? [], view)
        : restatementsOf(state, asOf, policy),
    longTerm,
    findings: () => findingsOf(state),
  });
  return view;
}

function categoriesOf(state: PerformanceState): CategoryLine[] {
  const missing = state.quarters.some((quarter) =>
    Object.values(quarter.missing ?? {}).some((bits) => (bits & lacks.lines) !== 0),
  );
  const known = (value: number) => (missing ? null : value);
  return Object.entries(state.categories)
    .map(([key, years]) => {
      const [net, cogs, lines, linesWithoutCogs] = Object.values(years).reduce(
        (a, b): [number, number, number, number] => [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]],
        [0, 0, 0, 0],
      );
      return {
        category: key.slice(1),
        net: known(net),
        cogs: known(cogs),
        grossMargin: known(net - cogs),
        lines,
        linesWithoutCogs,
        years: Object.fromEntries(
          Object.entries(years).map(([year, [sold, cost]]) => [
            year,
            { net: known(sold), grossMargin: known(sold - cost) },
          ]),
        ),
        ...(missing ? { reason: 'missing-rate' as const } : {}),
      };
    })
    .sort((a, b) => (b.net ?? 0) - (a.net ?? 0) || (a.category < b.category ? -1 : 1));
}

function activitiesOf({ quarters, rated, activities }: PerformanceState): ActivityCost[] {
  const lacking = quarters.some(({ missing = {} }) => Object.values(missing).some((bits) => (bits & lacks.cost) !== 0));
  const spent = (sum: number) => (lacking ? { spent: null, reason: 'missing-rate' as const } : { spent: sum });
  const all = (months: Readonly<Record<string, number>>) => Object.values(months).reduce((sum, one) => sum + one, 0);
  return [
    ...Object.keys(rated)
      .sort()
      .map((activity) => ({ activity, activityTypeId: null, ...spent(rated[activity]!) })),
    ...Object.keys(activities)
      .sort()
      .map((activityTypeId) => ({ activity: null, activityTypeId, ...spent(all(activities[activityTypeId]!)) })),
  ];
}

function findingsOf(state: PerformanceState): Finding[] {
  const pairs = new Set(state.quarters.flatMap(({ missing }) => Object.keys(missing ?? {})));
  const all = [...pairs, ...state.releasesMissing.filter((pair) => !pairs.has(pair))].sort();
  if (all.length === 0) return [];
  const detail = `No exchange rate was in force for ${all.join(', ')} when amounts in it were told; figures over them are null`;
  return [{ code: 'MISSING_RATE', since: null, eventIds: [], detail }];
}
