import { normalQuantile } from './distributions.js';
import { allFinite, finite, sum } from './figure.js';

/** An estimate with its interval; `level` is the share of repetitions whose interval would hold the truth. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
  readonly level: number;
}

/**
 * Net promoter score (promoters − detractors) ÷ n with its adjusted-Wald interval [P] (§7.4): n + 3 answers, ¾ more of
 * either kind, normal, held in [−1, 1]. Null for no answers or counts that do not fit n.
 */
export function npsInterval(
  counts: { readonly promoters: number; readonly detractors: number; readonly n: number },
  level = 0.95,
): Interval | null {
  const { promoters, detractors, n } = counts;
  const z = zOf(level);
  const fits = n >= 1 && Number.isFinite(n) && promoters >= 0 && detractors >= 0 && promoters + detractors <= n;
  if (z === null || !fits) return null;
  const up = (promoters + 0.75) / (n + 3);
  const down = (detractors + 0.75) / (n + 3);
  const reach = z * Math.sqrt((up + down - (up - down) ** 2) / (n + 3));
  return {
    value: (promoters - detractors) / n,
    low: Math.max(-1, up - down - reach),
    high: Math.min(1, up - down + reach),
    n,
    level,
  };
}

/**
 * A proportion with its adjusted-Wald interval (Agresti and Coull): z² more trials, half of them successes, held in
 * [0, 1]. Null for no trials or successes outside 0…n.
 */
export function proportionInterval(successes: number, n: number, level = 0.95): Interval | null {
  const z = zOf(level);
  if (z === null || !(n >= 1 && successes >= 0 && successes <= n) || !Number.isFinite(n)) return null;
  const trials = n + z * z;
  const centre = (successes + (z * z) / 2) / trials;
  const reach = z * Math.sqrt((centre * (1 - centre)) / trials);
  return { value: successes / n, low: Math.max(0, centre - reach), high: Math.min(1, centre + reach), n, level };
}

/**
 * What independent chances bring: Σ chance × amount, its normal interval from variance Σ chance (1 − chance) amount²
 * (D13; 80 % unless told), held between all lost and all kept. Null for none or a chance outside [0, 1].
 */
export function coverInterval(
  items: readonly { readonly chance: number; readonly amount: number }[],
  level = 0.8,
): Interval | null {
  const z = zOf(level);
  if (z === null || items.length === 0 || items.some(({ chance }) => !(chance >= 0 && chance <= 1))) return null;
  const amounts = items.map(({ amount }) => amount);
  const value = sum(items.map(({ chance, amount }) => chance * amount));
  const reach = z * Math.sqrt(sum(items.map(({ chance, amount }) => chance * (1 - chance) * amount ** 2)));
  if (!allFinite([value, reach])) return null;
  const least = sum(amounts.map((amount) => Math.min(0, amount)));
  const most = sum(amounts.map((amount) => Math.max(0, amount)));
  return { value, low: Math.max(least, value - reach), high: Math.min(most, value + reach), n: items.length, level };
}

/**
 * A deterministic stream of numbers in [0, 1): a counter stepped by the golden ratio and mixed (the 32-bit finaliser of
 * MurmurHash3). The same seed gives the same numbers on every machine. Not for secrets.
 */
export function generator(seed: number): () => number {
  let counter = seed | 0;
  return () => {
    counter = (counter + 0x9e3779b9) | 0;
    let mixed = Math.imul(counter ^ (counter >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 4294967296;
  };
}

/** A bootstrap interval and everything needed to draw it again. */
export interface Bootstrap extends Interval {
  readonly seed: number;
  readonly replicates: number;
}

/** How a bootstrap is drawn; 1,000 replicates and 95 % unless told. */
export interface Drawing {
  readonly seed: number;
  readonly replicates?: number;
  readonly level?: number;
}

/**
 * Percentile bootstrap: the statistic of samples drawn with replacement (Efron). Null for no values, where the statistic
 * is null for the values themselves, or for more than half of the samples.
 */
export function bootstrap<T>(
  values: readonly T[],
  statistic: (sample: readonly T[]) => number | null,
  { seed, replicates = 1000, level = 0.95 }: Drawing,
): Bootstrap | null {
  const n = values.length;
  const value = n === 0 ? null : statistic(values);
  if (value === null || !Number.isFinite(value) || zOf(level) === null) return null;
  const next = generator(seed);
  const drawn: number[] = [];
  for (let r = 0; r < replicates; r++) {
    const figure = statistic(Array.from({ length: n }, () => values[Math.floor(next() * n)]!));
    if (figure !== null && Number.isFinite(figure)) drawn.push(figure);
  }
  drawn.sort((a, b) => a - b);
  const low = quantile(drawn, (1 - level) / 2);
  const high = quantile(drawn, (1 + level) / 2);
  if (low === null || high === null || 2 * drawn.length < replicates) return null;
  return { value, low, high, n, level, seed, replicates };
}

/** The q-quantile of sorted values, linear between neighbours (Hyndman and Fan's type 7); null for none or q outside [0, 1]. */
export function quantile(sorted: readonly number[], q: number): number | null {
  if (sorted.length === 0 || !(q >= 0 && q <= 1)) return null;
  const at = q * (sorted.length - 1);
  const below = sorted[Math.floor(at)]!;
  const above = sorted[Math.ceil(at)]!;
  return finite(below + (above - below) * (at - Math.floor(at)));
}

/** Two-sided normal multiple of a level in (0, 1): .95 → 1.96. */
function zOf(level: number): number | null {
  return level > 0 && level < 1 ? normalQuantile((1 + level) / 2) : null;
}
