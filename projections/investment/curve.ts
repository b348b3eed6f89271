import { type Instant, monthName, monthOf } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import { firstDayOf, monthsOf, sumsBetween } from '../performance/days.js';
import { dayIn, type PerformanceState } from '../performance/state.js';
import { irr, jCurve, npv, roi } from '../statistics/economics.js';
import type { Figure } from '../statistics/figure.js';

/** A month of a J-curve; `flow` = contribution − released − baseline, `cumulative` its sum from month 1. */
export interface CurveMonth {
  readonly month: number;
  readonly name: string;
  readonly contribution: number;
  readonly released: number;
  readonly baseline: number;
  readonly flow: number;
  readonly cumulative: number;
}

/** The J-curve (§3.12.6) over the months that are over, with what it says. */
export interface Curve {
  /** What month 1 is the month of: the first release, the first cost of an acquisition, or the beginning of a sacrifice. */
  readonly begins: 'release' | 'acquisition' | 'sacrifice';
  readonly start: string;
  readonly months: readonly CurveMonth[];
  /** Mean monthly contribution of the 12 months before; 0 without trade. */
  readonly baseline: number;
  readonly trough: { readonly month: number; readonly name: string; readonly value: number };
  readonly breakEven: number | null;
  readonly breakEvenMonth: string | null;
  readonly breakEvenReason?: string;
  readonly npv: number | null;
  readonly discountRate: number;
  readonly roi: number | null;
  readonly roiReason?: string;
  readonly irr: Figure;
  readonly horizon: 'sufficient' | 'insufficient';
  readonly verdict: 'paid back' | 'not yet' | 'never below zero' | 'insufficient horizon';
}

/** A century: months that a curve shows at the most. */
const monthsMax = 1200;

/** The curve from a month on. Amounts are integers: the baseline's fractions are carried from month to month. */
export function curveOf(
  performance: PerformanceState,
  releases: readonly (readonly [month: number, amount: number])[],
  start: number,
  begins: Curve['begins'],
  asOf: Instant,
  policy: Policy,
): Curve | null {
  const { calendar } = performance;
  const end = Math.min(monthOf(asOf + 1, calendar), start + monthsMax);
  if (end <= start) return null;
  const waiting = { wacc: policy.settings.wacc, asOfDay: dayIn(calendar, asOf) };
  const months = monthsOf(performance, start - 12, end, waiting);
  const earlier = months.slice(0, 12);
  const { orders } = sumsBetween(performance, firstDayOf(start - 12), firstDayOf(start));
  // without trade there is nothing that the account brought anyhow: what it cost until then is not a level to be kept
  const traded = orders > 0 || earlier.some(({ net }) => net > 0);
  const before = traded ? earlier.reduce((sum, { contribution }) => sum + contribution, 0) : 0;
  const released = new Map<number, number>();
  for (const [month, amount] of releases) released.set(month, (released.get(month) ?? 0) + amount);
  const carried = (count: number) => Math.round((before * count) / 12);
  const flows: number[] = [];
  const rows = months.slice(12).map(({ contribution }, i) => {
    const out = released.get(start + i) ?? 0;
    const baseline = carried(i + 1) - carried(i);
    const flow = contribution - out - baseline;
    flows.push(flow);
    return { month: i + 1, name: monthName(start + i), contribution, released: out, baseline, flow };
  });
  const shape = jCurve(flows);
  if (shape === null) return null;
  const all = rows.reduce((sum, row) => sum + row.released, 0);
  const gain = roi(flows, all);
  const sufficient = flows.length >= policy.horizons.minMonths;
  const name = (month: number) => monthName(start + month - 1);
  return {
    begins,
    start: monthName(start),
    months: rows.map((row, i) => ({ ...row, cumulative: shape.cumulative[i]! })),
    baseline: before / 12,
    trough: { ...shape.trough, name: name(shape.trough.month) },
    breakEven: shape.breakEven,
    breakEvenMonth: shape.breakEven === null ? null : name(shape.breakEven),
    ...(shape.breakEvenReason === null ? {} : { breakEvenReason: shape.breakEvenReason }),
    npv: npv(flows, policy.settings.discountRate),
    discountRate: policy.settings.discountRate,
    roi: gain,
    ...(gain === null ? { roiReason: 'nothing-released' } : {}),
    irr: irr(flows),
    horizon: sufficient ? 'sufficient' : 'insufficient',
    verdict: sufficient ? verdictOf(shape) : 'insufficient horizon',
  };
}

const verdictOf = (shape: { breakEven: number | null; breakEvenReason: string | null }): Curve['verdict'] =>
  shape.breakEven !== null ? 'paid back' : shape.breakEvenReason === 'not-yet' ? 'not yet' : 'never below zero';
