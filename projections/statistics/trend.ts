import { normalTwoSided } from './distributions.js';
import { allFinite, atLeast, sum, tolerance } from './figure.js';
import { median } from './rank.js';

/** One value of a series; x is a quarter number (or any clock of equal steps), gaps are kept. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Theil–Sen slope: median of (y_j − y_i) ÷ (x_j − x_i) over all pairs with different x, in y per step; null without such a pair. */
export function theilSen(points: readonly Point[]): number | null {
  const slopes: number[] = [];
  for (let j = 1; j < points.length; j++) {
    const b = points[j]!;
    for (let i = 0; i < j; i++) {
      const a = points[i]!;
      if (a.x !== b.x) slopes.push((b.y - a.y) / (b.x - a.x));
    }
  }
  return median(slopes);
}

/** Kendall's S against time and its two-sided p. */
export interface MannKendall {
  readonly n: number;
  readonly s: number;
  readonly p: number;
  readonly test: 'exact' | 'normal';
}

/**
 * Mann–Kendall test for a monotone trend of values in time order: S = Σ_{i<j} sign(y_j − y_i). For n ≤ 10 p is exact:
 * the distribution of S over all permutations of the values with their ties. Beyond: normal, with variance
 * [n(n−1)(2n+5) − Σ t(t−1)(2t+5)] ÷ 18 and |S| brought 1 nearer to 0. Null for no values.
 */
export function mannKendall(values: readonly number[]): MannKendall | null {
  const n = values.length;
  if (n === 0 || !allFinite(values)) return null;
  let s = 0;
  for (let j = 1; j < n; j++) for (let i = 0; i < j; i++) s += Math.sign(values[j]! - values[i]!);
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ties = [...counts.values()];
  if (n <= 10) return { n, s, p: exactP(s, ties), test: 'exact' };
  const variance = (spread(n) - sum(ties.map(spread))) / 18;
  const z = variance > 0 ? Math.max(0, Math.abs(s) - 1) / Math.sqrt(variance) : 0;
  return { n, s, p: normalTwoSided(z) ?? 1, test: 'normal' };
}

function spread(t: number): number {
  return t * (t - 1) * (2 * t + 5);
}

/**
 * P(|S| ≥ |s|) over all orders of the multiset. Values join group by group; the pairs of a group of t with the N before
 * it that stand in order are counted by the Gaussian binomial [N + t choose t], so their product counts all pairs.
 */
function exactP(s: number, ties: readonly number[]): number {
  let ways: number[] = [1];
  let before = 0;
  for (const t of ties) {
    ways = multiply(ways, gaussian(before, t));
    before += t;
  }
  const pairs = ways.length - 1;
  let extreme = 0;
  ways.forEach((count, inOrder) => {
    if (Math.abs(2 * inOrder - pairs) >= Math.abs(s)) extreme += count;
  });
  return extreme / sum(ways);
}

/** Coefficients of [N + t choose t]_q, by [N + t, t] = [N + t − 1, t − 1] + q^t [N + t − 1, t]. */
function gaussian(n: number, t: number): number[] {
  if (n === 0 || t === 0) return [1];
  if (t === 1) return new Array<number>(n + 1).fill(1);
  const without = gaussian(n, t - 1);
  const withShift = gaussian(n - 1, t);
  return Array.from({ length: n * t + 1 }, (_, k) => (without[k] ?? 0) + (withShift[k - t] ?? 0));
}

function multiply(a: readonly number[], b: readonly number[]): number[] {
  const product = new Array<number>(a.length + b.length - 1).fill(0);
  a.forEach((x, i) => {
    b.forEach((y, j) => {
      product[i + j]! += x * y;
    });
  });
  return product;
}

/** The fewest points that a trend is drawn from (§3.6). */
export const trendPointsMin = 8;

/** A verdict over a series, with the numbers it stands on; under 8 points these are null. */
export type Trend =
  | { readonly verdict: 'insufficient'; readonly n: number; readonly slope: null; readonly p: null }
  | {
      readonly verdict: 'rising' | 'falling' | 'no clear trend';
      readonly n: number;
      readonly slope: number;
      readonly s: number;
      readonly p: number;
      readonly test: 'exact' | 'normal';
    };

/**
 * Rising or falling where the Mann–Kendall p < .05 and the Theil–Sen slope has that sign, else no clear trend
 * (§3.12.23); insufficient under 8 points. Of two points at one x the later in the list stands.
 */
export function trend(points: readonly Point[]): Trend {
  const series = inOrder(points) ? points : ordered(points);
  const n = series.length;
  const slope = n < trendPointsMin ? null : theilSen(series);
  const test = mannKendall(series.map(({ y }) => y));
  if (slope === null || test === null) return { verdict: 'insufficient', n, slope: null, p: null };
  const clear = test.p < 0.05;
  const verdict = clear && slope > 0 ? 'rising' : clear && slope < 0 ? 'falling' : 'no clear trend';
  return { verdict, n, slope, s: test.s, p: test.p, test: test.test };
}

/** Whether all points can be used as they stand: finite, and each at a later x than the one before. */
const inOrder = (points: readonly Point[]): boolean =>
  points.every(({ x, y }, i) => Number.isFinite(x) && Number.isFinite(y) && (i === 0 || points[i - 1]!.x < x));

function ordered(points: readonly Point[]): Point[] {
  const usable = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  return [...new Map(usable.map(({ x, y }) => [x, y]))].map(([x, y]) => ({ x, y })).sort((a, b) => a.x - b.x);
}

/** Exponentially weighted means z_t = λ y_t + (1 − λ) z_{t−1} from z_1 = y_1 (§3.12.29: λ = .3), one for each value; 0 < λ ≤ 1. */
export function ewma(values: readonly number[], lambda = 0.3): number[] {
  let level = values[0] ?? 0;
  return values.map((value) => {
    level = lambda * value + (1 - lambda) * level;
    return level;
  });
}

/** Whether the last value of a series says anything. */
export interface Swing {
  readonly verdict: 'signal' | 'no signal' | 'insufficient';
  readonly n: number;
  /** Weighted mean of the values before the last; null when insufficient, as are the next three. */
  readonly level: number | null;
  /** Mean moving range of the values before the last ÷ 1.128. */
  readonly sigma: number | null;
  /** Last value − level. */
  readonly swing: number | null;
  /** 1.96 σ. */
  readonly limit: number | null;
}

/**
 * The last value against the weighted mean of those before it [P] (§3.10): inside ±1.96 σ is noise, "no signal". σ comes
 * from the moving ranges before it, so that a swing does not excuse itself. Insufficient under 4 values (two ranges).
 */
export function swing(values: readonly number[], lambda = 0.3): Swing {
  const n = values.length;
  const before = values.slice(0, -1);
  const silent: Swing = { verdict: 'insufficient', n, level: null, sigma: null, swing: null, limit: null };
  if (n < 4 || !allFinite(values) || !(lambda > 0 && lambda <= 1)) return silent;
  const ranges = before.slice(1).map((value, i) => Math.abs(value - before[i]!));
  const sigma = sum(ranges) / ranges.length / 1.128;
  const level = ewma(before, lambda).at(-1)!;
  const moved = values.at(-1)! - level;
  const limit = 1.96 * sigma;
  if (!allFinite([limit, moved])) return silent;
  const verdict = atLeast(limit, Math.abs(moved)) || Math.abs(moved) < tolerance ? 'no signal' : 'signal';
  return { verdict, n, level, sigma, swing: moved, limit };
}
