import { allFinite, finite } from './figure.js';

/** The whale curve of contributions, richest first. Every ratio is null where the total is not positive. */
export interface Whale {
  readonly n: number;
  readonly total: number;
  /** C_1 … C_n, in the unit of the contributions. */
  readonly cumulative: readonly number[];
  /** How many of the richest bring the most together: the first of equals; 0 where none brings anything. */
  readonly peakAt: number;
  readonly peak: number;
  /** How many of n are ⌈0.2 n⌉. */
  readonly topFifth: number;
  readonly profitableShare: number;
  /** C_k ÷ C_n. */
  readonly cumulativeShare: readonly number[] | null;
  readonly peakRatio: number | null;
  readonly subsidy: number | null;
  readonly topFifthShare: number | null;
  /** Area between the curve and the diagonal: ∫ C(u)/C(1) du − ½ by trapezoids from (0, 0). Ours; not the Stobachoff Index. */
  readonly area: number | null;
  readonly reason: 'total-not-positive' | null;
}

/** ⌈0.2 n⌉ in integers. */
export function topFifthCount(n: number): number {
  return Math.floor((n + 4) / 5);
}

/** Figures of the whale curve (§3.3.3, §3.12.28); contributions in any order, ratios only for a positive total. Null for none. */
export function whale(contributions: readonly number[]): Whale | null {
  const n = contributions.length;
  if (n === 0 || !allFinite(contributions)) return null;
  let total = 0;
  let peak = 0;
  let peakAt = 0;
  const cumulative = [...contributions]
    .sort((a, b) => b - a)
    .map((contribution, i) => {
      total += contribution;
      if (total > peak) {
        peak = total;
        peakAt = i + 1;
      }
      return total;
    });
  if (!allFinite(cumulative)) return null;
  const topFifth = topFifthCount(n);
  const profitableShare = contributions.filter((contribution) => contribution > 0).length / n;
  const shape = { n, total, cumulative, peakAt, peak, topFifth, profitableShare };
  const none = { cumulativeShare: null, peakRatio: null, subsidy: null, topFifthShare: null, area: null };
  if (!(total > 0)) return { ...shape, ...none, reason: 'total-not-positive' };
  const cumulativeShare = cumulative.map((c) => c / total);
  if (!allFinite(cumulativeShare)) return { ...shape, ...none, reason: 'total-not-positive' };
  const peakRatio = peak / total;
  return {
    ...shape,
    cumulativeShare,
    peakRatio,
    subsidy: peakRatio - 1,
    topFifthShare: cumulativeShare[topFifth - 1]!,
    area: finite(area(cumulativeShare)),
    reason: null,
  };
}

function area(shares: readonly number[]): number {
  let under = 0;
  shares.forEach((share, i) => {
    under += ((shares[i - 1] ?? 0) + share) / 2;
  });
  return under / shares.length - 0.5;
}
