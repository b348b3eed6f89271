import { studentTwoSided } from './distributions.js';
import { allFinite, finite, sum } from './figure.js';

/** Ranks from 1 (smallest) in the order given; equal values share the mean of their ranks (§3.0f). */
export function midRanks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const ranks = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let k = from; k < to; k++) ranks[order[k]!] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

/** Pearson's correlation in [−1, 1]; null for lists of unequal length, fewer than 2 pairs, or a constant list. */
export function pearson(xs: readonly number[], ys: readonly number[]): number | null {
  if (xs.length !== ys.length || xs.length < 2 || !allFinite(xs) || !allFinite(ys)) return null;
  const dx = centred(xs);
  const dy = centred(ys);
  const over = sum(dx.map((d, i) => d * dy[i]!));
  const under = Math.sqrt(sum(dx.map((d) => d * d))) * Math.sqrt(sum(dy.map((d) => d * d)));
  return under > 0 && Number.isFinite(under) ? Math.min(1, Math.max(-1, over / under)) : null;
}

/** Rank correlation with its test; `t` is null where the exact test is used or |ρ| = 1. */
export type Spearman =
  | {
      readonly value: number;
      readonly n: number;
      readonly t: number | null;
      readonly p: number;
      readonly test: 'exact' | 't';
      /** 95 % interval by Fisher's z with Bonett and Wright's error √((1 + ρ²/2)/(n − 3)); null under 4 pairs or |ρ| = 1. */
      readonly low: number | null;
      readonly high: number | null;
    }
  | { readonly value: null; readonly n: number; readonly reason: 'too-few' | 'constant' | 'not-paired' };

/**
 * Spearman's ρ: Pearson's correlation of mid-ranks. Two-sided p: exact over all permutations for n ≤ 10 (ties included),
 * beyond by t = ρ√((n − 2)/(1 − ρ²)) with n − 2 degrees of freedom. At least 3 pairs, neither list constant.
 */
export function spearman(xs: readonly number[], ys: readonly number[]): Spearman {
  const n = Math.min(xs.length, ys.length);
  if (xs.length !== ys.length || !allFinite(xs) || !allFinite(ys)) return { value: null, n, reason: 'not-paired' };
  if (n < 3) return { value: null, n, reason: 'too-few' };
  const rx = midRanks(xs);
  const ry = midRanks(ys);
  const correlation = pearson(rx, ry);
  if (correlation === null) return { value: null, n, reason: 'constant' };
  const perfect = 1 - Math.abs(correlation) < 1e-12;
  const value = perfect ? Math.sign(correlation) : correlation;
  const t = perfect ? null : value * Math.sqrt((n - 2) / (1 - value * value));
  const test = n <= 10 ? 'exact' : 't';
  const p = n <= 10 ? exactP(rx, ry) : t === null ? 0 : (studentTwoSided(t, n - 2) ?? 1);
  const reach = 1.959963984540054 * Math.sqrt((1 + (value * value) / 2) / (n - 3));
  const bounded = !perfect && n >= 4;
  return {
    value,
    n,
    t: test === 't' ? t : null,
    p,
    test,
    low: bounded ? Math.tanh(Math.atanh(value) - reach) : null,
    high: bounded ? Math.tanh(Math.atanh(value) + reach) : null,
  };
}

/** Share of all n! pairings whose Σ rank products lies at least as far from its mean; counted by subsets, in integers. */
function exactP(rx: readonly number[], ry: readonly number[]): number {
  const n = rx.length;
  const a = rx.map((rank) => 2 * rank);
  const b = ry.map((rank) => 2 * rank);
  const most = sum(a.map((rank) => rank * rank));
  const size = Math.max(most, sum(b.map((rank) => rank * rank))) + 1;
  let layer = new Map<number, Float64Array>([[0, new Float64Array(size).fill(1, 0, 1)]]);
  for (let i = 0; i < n; i++) {
    const next = new Map<number, Float64Array>();
    for (const [mask, ways] of layer) {
      for (let j = 0; j < n; j++) {
        if (mask & (1 << j)) continue;
        const to = mask | (1 << j);
        const into = next.get(to) ?? new Float64Array(size);
        next.set(to, into);
        const product = a[i]! * b[j]!;
        for (let s = 0; s + product < size; s++) into[s + product]! += ways[s]!;
      }
    }
    layer = next;
  }
  const ways = layer.get((1 << n) - 1)!;
  const mean = n * (n + 1) * (n + 1);
  const far = Math.abs(sum(a.map((rank, i) => rank * b[i]!)) - mean);
  let extreme = 0;
  for (let s = 0; s < size; s++) if (Math.abs(s - mean) >= far) extreme += ways[s]!;
  return extreme / sum([...ways]);
}

/** Scores 1–5 with what is needed to read them later: n and, for each score that was given, the values it covers. */
export interface Quintiles {
  readonly scores: readonly number[];
  readonly n: number;
  readonly cuts: readonly { readonly score: number; readonly from: number; readonly to: number }[];
}

/**
 * Scores ⌈5 · midrank ÷ n⌉ in the order given; 5 is best, equal values have equal scores (§3.12.29). `best` says which
 * end is good: recency in days is best low. Null under `least` values (20 unless told).
 */
export function quintiles(values: readonly number[], best: 'high' | 'low', least = 20): Quintiles | null {
  const n = values.length;
  if (n === 0 || n < least || !allFinite(values)) return null;
  const ranks = midRanks(best === 'high' ? values : values.map((value) => -value));
  const scores = ranks.map((rank) => Math.ceil((5 * rank) / n));
  const cuts = [1, 2, 3, 4, 5].flatMap((score) => {
    const covered = values.filter((_, i) => scores[i] === score);
    if (covered.length === 0) return [];
    return [{ score, from: covered.reduce((a, b) => Math.min(a, b)), to: covered.reduce((a, b) => Math.max(a, b)) }];
  });
  return { scores, n, cuts };
}

/** Median, the mean of the middle two where there are two; null for none. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0 || !allFinite(values)) return null;
  const list = Float64Array.from(values);
  const middle = list.length >> 1;
  const upper = placed(list, middle);
  if (list.length % 2 === 1) return upper;
  let lower = list[0]!;
  for (let i = 1; i < middle; i++) if (list[i]! > lower) lower = list[i]!;
  return finite(lower / 2 + upper / 2);
}

/** The value that comes `k`-th in order; those before it in the list are afterwards no larger (Hoare’s selection). */
function placed(list: Float64Array, k: number): number {
  let [from, to] = [0, list.length - 1];
  while (from < to) {
    const pivot = list[(from + to) >> 1]!;
    let [i, j] = [from, to];
    while (i <= j) {
      while (list[i]! < pivot) i++;
      while (list[j]! > pivot) j--;
      if (i > j) break;
      const one = list[i]!;
      list[i] = list[j]!;
      list[j] = one;
      i++;
      j--;
    }
    if (k <= j) to = j;
    else if (k >= i) from = i;
    else break;
  }
  return list[k]!;
}

function centred(values: readonly number[]): number[] {
  const mean = sum(values) / values.length;
  return values.map((value) => value - mean);
}
