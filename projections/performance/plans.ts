import { type Instant, iso, monthOf, periodOf, quarterOf } from '../../src/kernel/instant.js';
import type { Periods } from './periods.js';
import type { PerformanceState } from './state.js';

/** One version of a plan beside what came of it. */
export interface PlanLine {
  readonly period: string;
  readonly basis: 'FORECAST' | 'TARGET';
  readonly contribution: number | null;
  readonly missingRate?: string;
  readonly madeAt: string;
  readonly eventId: string;
  /** Members of a group that planned the period by then: `contribution` is the sum of what each said last. */
  readonly accounts?: number;
  /** False once a later version of the same basis and period was made; it is kept all the same. */
  readonly inForce: boolean;
  /** Months between when it was made and the end of its period, or the moment where that is earlier. */
  readonly ageMonths: number;
  readonly actual: number | null;
  /** `open`: the period is not over, `actual` is what came so far; `not-begun`. */
  readonly reason?: 'open' | 'not-begun' | 'missing-rate';
  /** actual − contribution, and that ÷ |contribution|; null while the period is not over. */
  readonly error: number | null;
  readonly relativeError: number | null;
  readonly errorReason?: string;
  readonly relativeErrorReason?: string;
}

/** How wrong forecasts were, by how many years before the end of their period they were made. */
export interface ErrorByAge {
  readonly ageYears: string;
  readonly n: number;
  readonly meanError: number;
  readonly meanAbsoluteRelativeError: number | null;
  readonly reason?: 'forecast-zero';
}

export interface Plans {
  readonly plans: readonly PlanLine[];
  readonly forecastErrorByAge: readonly ErrorByAge[];
}

/** Plan against actual (B6): every version that was ever made stands beside what came, in order of period, basis and time. */
export function plansOf(state: PerformanceState, asOf: Instant, periods: Periods, ofGroup = false): Plans {
  const latest = new Map(state.plans.map(([period, basis, , , , id]) => [`${basis}/${period}`, id]));
  const told = ofGroup ? together(state.plans) : state.plans.map((plan) => ({ plan }));
  const plans = told
    .map(({ plan, ...rest }): PlanLine | null => {
      const line = lineOf(state, plan, asOf, periods, latest);
      return line && { ...line, ...rest };
    })
    .filter((line) => line !== null)
    .sort((a, b) => order(a.period, b.period) || order(a.basis, b.basis) || order(a.madeAt, b.madeAt));
  return { plans, forecastErrorByAge: errorsByAge(plans) };
}

/** Plans of a group: with each version of a member's plan, what all members have planned for the period by then. */
function together(
  plans: PerformanceState['plans'],
): { readonly plan: PerformanceState['plans'][number]; readonly accounts: number }[] {
  const said = new Map<string, Map<string, PerformanceState['plans'][number]>>();
  return plans.map((plan) => {
    const [period, basis, , , time, eventId, account] = plan;
    const members = said.get(`${basis}/${period}`) ?? new Map<string, PerformanceState['plans'][number]>();
    said.set(`${basis}/${period}`, members.set(account, plan));
    const now = [...members.values()];
    const lacking = now.find(([, , contribution]) => contribution === null);
    const sum = lacking ? null : now.reduce((all, [, , contribution]) => all + contribution!, 0);
    return { plan: [period, basis, sum, lacking?.[3] ?? null, time, eventId, account], accounts: now.length };
  });
}

function lineOf(
  state: PerformanceState,
  [period, basis, contribution, pair, time, eventId]: PerformanceState['plans'][number],
  asOf: Instant,
  periods: Periods,
  latest: ReadonlyMap<string, string>,
): PlanLine | null {
  const bounds = periodOf(period, state.calendar);
  if (bounds === null) return null;
  const over = asOf + 1 >= bounds.to;
  const [from, to] = [quarterOf(bounds.from, state.calendar), quarterOf(bounds.to, state.calendar)];
  const numbers = periods.numbers.filter((q) => q >= from && q < to);
  const begun = asOf >= bounds.from;
  const actual = begun ? periods.of(numbers, !over).contribution : null;
  const reason = !begun ? 'not-begun' : actual === null ? 'missing-rate' : over ? undefined : 'open';
  const error = over && actual !== null && contribution !== null ? actual - contribution : null;
  const until = Math.min(bounds.to, asOf + 1);
  return {
    period,
    basis,
    contribution,
    ...(pair === null ? {} : { missingRate: pair }),
    madeAt: iso(time),
    eventId,
    inForce: latest.get(`${basis}/${period}`) === eventId,
    ageMonths: Math.max(0, monthOf(until, state.calendar) - monthOf(time, state.calendar)),
    actual,
    ...(reason === undefined ? {} : { reason }),
    error,
    relativeError: error === null || contribution === 0 ? null : error / Math.abs(contribution!),
    ...(error === null ? { errorReason: reason ?? 'missing-rate', relativeErrorReason: reason ?? 'missing-rate' } : {}),
    ...(error !== null && contribution === 0 ? { relativeErrorReason: 'forecast-zero' } : {}),
  };
}

function errorsByAge(plans: readonly PlanLine[]): ErrorByAge[] {
  const ages = new Map<number, PlanLine[]>();
  for (const line of plans) {
    if (line.basis !== 'FORECAST' || line.error === null) continue;
    const age = Math.floor(line.ageMonths / 12);
    ages.set(age, [...(ages.get(age) ?? []), line]);
  }
  return [...ages]
    .sort(([a], [b]) => a - b)
    .map(([age, lines]) => {
      const relative = lines.flatMap(({ relativeError }) => relativeError ?? []);
      const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      return {
        ageYears: `${age}–${age + 1}`,
        n: lines.length,
        meanError: mean(lines.map(({ error }) => error!)),
        ...(relative.length > 0
          ? { meanAbsoluteRelativeError: mean(relative.map(Math.abs)) }
          : { meanAbsoluteRelativeError: null, reason: 'forecast-zero' as const }),
      };
    });
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
