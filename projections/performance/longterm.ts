import { inParts, once } from '../../src/kernel/figures.js';
import { type Instant, monthOf } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import { boundsOf } from '../quarters.js';
import { yearlyGrowth } from '../statistics/costing.js';
import { type Point, type Swing, swing, type Trend, trend } from '../statistics/trend.js';
import { firstDayOf, missingMoneyOf, missingRatesOf, monthsOf, sumsBetween } from './days.js';
import type { Periods } from './periods.js';
import { at, dayIn, type PerformanceState } from './state.js';

/** Whether an account has been with us long enough to be judged (§3.10). */
export interface Horizon {
  readonly horizon: 'sufficient' | 'insufficient';
  readonly months: number;
  readonly minMonths: number;
}

/** Whole months from the first day with anything up to the moment, against the policy's least. */
export function horizonOf({ days, calendar }: PerformanceState, asOf: Instant, policy: Policy): Horizon {
  const { minMonths } = policy.horizons;
  const first = days[0]?.[at.day];
  if (first === undefined) return { horizon: 'insufficient', months: 0, minMonths };
  const begun = new Date(first * 86_400_000);
  const now = new Date(dayIn(calendar, asOf + 1) * 86_400_000);
  const apart = (now.getUTCFullYear() - begun.getUTCFullYear()) * 12 + now.getUTCMonth() - begun.getUTCMonth();
  const months = Math.max(0, apart - (now.getUTCDate() < begun.getUTCDate() ? 1 : 0));
  return { horizon: months >= minMonths ? 'sufficient' : 'insufficient', months, minMonths };
}

/** Growth per year over three years (§3.12.29): contribution of the last 12 whole months against that of the 12 three years earlier. */
export interface Growth {
  readonly value: number | null;
  readonly reason?: string;
  readonly last12: number | null;
  readonly before12: number | null;
}

export function growthOf(state: PerformanceState, asOf: Instant, wacc: number | null): Growth {
  if (state.days.length === 0) return { value: null, reason: 'no-events', last12: null, before12: null };
  const end = monthOf(asOf + 1, state.calendar);
  const lacking = (from: number) => missingMoneyOf(state, firstDayOf(from), firstDayOf(from + 12), wacc);
  const missing = [...new Set([...lacking(end - 12), ...lacking(end - 48)])];
  if (missing.length > 0)
    return { value: null, reason: `missing-rate ${missing.join(', ')}`, last12: null, before12: null };
  const waiting = { wacc, asOfDay: dayIn(state.calendar, asOf) };
  const of = (from: number) =>
    monthsOf(state, from, from + 12, waiting).reduce((sum, month) => sum + month.contribution, 0);
  const last12 = of(end - 12);
  const before12 = of(end - 48);
  const value = yearlyGrowth(before12, last12, 3);
  return { value, ...(value === null ? { reason: 'not-positive' } : {}), last12, before12 };
}

/** Cost that serves no intent of the customer's in force (§3.3.4), over W and over everything. */
export interface UnalignedSpend {
  readonly ratio: number | null;
  readonly reason?: string;
  readonly cost: number | null;
  readonly unaligned: number | null;
}

export function unalignedOf(state: PerformanceState, fromDay: number, toDay: number): UnalignedSpend {
  const missing = missingRatesOf(state, fromDay, toDay);
  if (missing.length > 0)
    return { ratio: null, reason: `missing-rate ${missing.join(', ')}`, cost: null, unaligned: null };
  const { cost, unaligned } = sumsBetween(state, fromDay, toDay);
  return cost > 0 ? { ratio: unaligned / cost, cost, unaligned } : { ratio: null, reason: 'no-cost', cost, unaligned };
}

/** The view over years; verdicts only where the horizon is long enough. */
export interface LongTerm extends Horizon {
  readonly growth3y: Growth;
  readonly contribution: number | null;
  readonly contributionReason?: 'missing-rate';
  readonly released: number | null;
  readonly releasedReason?: 'missing-rate';
  /** contribution − released, over everything. */
  readonly afterInvestment: number | null;
  readonly afterInvestmentReason?: 'missing-rate';
  readonly trend: Omit<Trend, 'verdict'> & { readonly verdict: Trend['verdict'] | 'insufficient horizon' };
  /** The last complete quarter against the noise of those before it; inside it nothing is said. */
  readonly swing: Omit<Swing, 'verdict'> & { readonly verdict: Swing['verdict'] | 'insufficient horizon' };
}

export function longTermOf(state: PerformanceState, asOf: Instant, policy: Policy, periods: Periods): LongTerm {
  const horizon = horizonOf(state, asOf, policy);
  const points = once(() => contributionsOf(state, asOf, periods));
  const contribution = once(() => periods.total().contribution);
  const released = once(() =>
    state.releasesMissing.length > 0 ? null : state.releases.reduce((sum, [, amount]) => sum + (amount ?? 0), 0),
  );
  const told = (name: string, value: number | null): object =>
    value === null ? { [name]: null, [`${name}Reason`]: 'missing-rate' } : { [name]: value };
  const verdict = <T extends { readonly verdict: string }>(figure: T) =>
    horizon.horizon === 'insufficient' ? { ...figure, verdict: 'insufficient horizon' as const } : figure;
  return inParts<LongTerm>([
    ['horizon months minMonths', () => horizon],
    ['growth3y', () => ({ growth3y: growthOf(state, asOf, policy.settings.wacc) })],
    ['contribution contributionReason', () => told('contribution', contribution())],
    ['released releasedReason', () => told('released', released())],
    [
      'afterInvestment afterInvestmentReason',
      () => {
        const [earned, put] = [contribution(), released()];
        return told('afterInvestment', earned === null || put === null ? null : earned - put);
      },
    ],
    ['trend', () => ({ trend: verdict(trend(points())) })],
    ['swing', () => ({ swing: verdict(swing(points().map(({ y }) => y))) })],
  ]);
}

/** Contribution of each quarter that is over, where it exists. */
function contributionsOf(state: PerformanceState, asOf: Instant, periods: Periods): Point[] {
  const points: Point[] = [];
  for (const q of periods.numbers) {
    if (asOf + 1 < boundsOf(q + 1, state.calendar).from) continue;
    const y = periods.contribution(q);
    if (y !== null) points.push({ x: q, y });
  }
  return points;
}

/** First day of W: the windowDays up to and with the day of the moment. */
export const windowStart = (day: number, policy: Policy): number => day + 1 - policy.settings.windowDays;
