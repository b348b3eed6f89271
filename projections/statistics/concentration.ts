import { allFinite, finite, over, sum } from './figure.js';

/**
 * Herfindahl–Hirschman index Σ share², from 1/n (spread evenly) to 1 (all in one).
 * Over the positive values only (§3.12.28: accounts with net > 0); null if none is positive.
 */
export function hhi(values: readonly number[]): number | null {
  const shares = positiveShares(values);
  return shares === null ? null : sum(shares.map((share) => share * share));
}

/** Number of equal ones that would be as concentrated: 1 ÷ HHI; null where HHI is. */
export function effectiveNumber(values: readonly number[]): number | null {
  const index = hhi(values);
  return index === null ? null : finite(1 / index);
}

/**
 * Gini coefficient in the population form, Σ_i Σ_j |x_i − x_j| ÷ (2 n² mean), in [0, 1).
 * Null for no values, a negative one, or nothing to divide (all 0).
 */
export function gini(values: readonly number[]): number | null {
  if (values.length === 0 || !allFinite(values) || values.some((value) => value < 0)) return null;
  const n = values.length;
  const largest = values.reduce((a, b) => Math.max(a, b), 0);
  if (largest === 0) return null;
  const scaled = values.map((value) => value / largest).sort((a, b) => a - b);
  const weighted = sum(scaled.map((value, i) => (2 * (i + 1) - n - 1) * value));
  return Math.max(0, weighted / (n * sum(scaled)));
}

/** Largest share of one; null if none is positive. */
export function maxShare(weights: readonly number[]): number | null {
  const shares = positiveShares(weights);
  return shares === null ? null : shares.reduce((a, b) => Math.max(a, b), 0);
}

/** Bus factor (§3.9): the fewest that carry more than half of the weight together; null if none is positive. */
export function busFactor(weights: readonly number[]): number | null {
  const shares = positiveShares(weights);
  if (shares === null) return null;
  let carried = 0;
  let count = 0;
  for (const share of shares.sort((a, b) => b - a)) {
    carried += share;
    count++;
    if (over(carried, 0.5)) break;
  }
  return count;
}

/**
 * Imbalance ½ Σ |budget share − value share| (§3.2.2), 0 (alike) to 1 (disjoint). Amounts or shares, class by class in
 * one order; each side is divided by its own total. Null for lists of unequal length, negative amounts or an empty side.
 */
export function imbalance(budget: readonly number[], value: readonly number[]): number | null {
  if (budget.length !== value.length || [...budget, ...value].some((amount) => !(amount >= 0))) return null;
  const ours = positiveShares(budget);
  const theirs = positiveShares(value);
  if (ours === null || theirs === null) return null;
  return Math.min(1, sum(ours.map((share, i) => Math.abs(share - theirs[i]!))) / 2);
}

/** Shares of the positive values, 0 for the others; null if there is none. Scaled first, so that no sum overflows. */
export function positiveShares(values: readonly number[]): number[] | null {
  if (!allFinite(values)) return null;
  const largest = values.reduce((a, b) => Math.max(a, b), 0);
  if (largest <= 0) return null;
  const scaled = values.map((value) => Math.max(0, value) / largest);
  const total = sum(scaled);
  return scaled.map((value) => value / total);
}
