import { normalQuantile } from './distributions.js';
import { allFinite } from './figure.js';
import { type Drawing, generator, type Interval, quantile } from './intervals.js';

/**
 * Parameters that the data could as well have given (parametric bootstrap): drawn from the normal law around a greatest
 * likelihood, on the parameters' logarithms, with the inverse of the curvature there as covariance. `at` is the fit, all
 * positive; the same seed gives the same draws. Null where the curvature shows no peak.
 */
export function parameterDraws(
  logLikelihood: (parameters: readonly number[]) => number | null,
  at: readonly number[],
  { seed, replicates = 200 }: Drawing,
): readonly (readonly number[])[] | null {
  if (at.length === 0 || at.some((parameter) => !(parameter > 0))) return null;
  const peak = at.map(Math.log);
  const height = (logs: readonly number[]): number => logLikelihood(logs.map(Math.exp)) ?? Number.NaN;
  const root = cholesky(curvature(height, peak));
  if (root === null) return null;
  const next = generator(seed);
  return Array.from({ length: replicates }, () => {
    const z = peak.map(() => normalQuantile((next() * 4294967295 + 0.5) / 4294967296) ?? 0);
    const shift = backward(root, z);
    return peak.map((log, i) => Math.exp(log + shift[i]!));
  });
}

/**
 * Interval of a figure that hangs on fitted parameters: its value at the fit, and the quantiles over the draws. Null
 * where the figure is null at the fit or for more than half of the draws. `n` is the number of draws used.
 */
export function drawnInterval<P>(
  fitted: P,
  draws: readonly P[],
  figure: (parameters: P) => number | null,
  level = 0.95,
): Interval | null {
  const value = figure(fitted);
  const figures = draws.map(figure).filter((drawn): drawn is number => drawn !== null && Number.isFinite(drawn));
  const sorted = figures.sort((a, b) => a - b);
  const low = quantile(sorted, (1 - level) / 2);
  const high = quantile(sorted, (1 + level) / 2);
  if (value === null || low === null || high === null || 2 * sorted.length < draws.length) return null;
  return { value, low, high, n: sorted.length, level };
}

/** Minus the second derivatives, by central differences. */
function curvature(f: (at: readonly number[]) => number, at: readonly number[]): number[][] {
  const h = 1e-3;
  const near = (i: number, di: number, j: number, dj: number): number =>
    f(at.map((x, k) => x + (k === i ? di * h : 0) + (k === j ? dj * h : 0)));
  return at.map((_, i) =>
    at.map((_, j) => (near(i, 1, j, -1) + near(i, -1, j, 1) - near(i, 1, j, 1) - near(i, -1, j, -1)) / (4 * h * h)),
  );
}

/** Lower L with L Lᵀ = M; null where M is not positive definite. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] | null {
  if (!matrix.every(allFinite)) return null;
  const root = matrix.map((row) => row.map(() => 0));
  for (const [i, row] of matrix.entries()) {
    for (let j = 0; j <= i; j++) {
      let rest = row[j]!;
      for (let k = 0; k < j; k++) rest -= root[i]![k]! * root[j]![k]!;
      if (i === j && !(rest > 0)) return null;
      root[i]![j] = i === j ? Math.sqrt(rest) : rest / root[j]![j]!;
    }
  }
  return root;
}

/** Solves Lᵀ y = z, so that y has covariance (L Lᵀ)⁻¹. */
function backward(root: readonly (readonly number[])[], z: readonly number[]): number[] {
  const y = z.map(() => 0);
  for (let i = z.length - 1; i >= 0; i--) {
    let rest = z[i]!;
    for (let k = i + 1; k < z.length; k++) rest -= root[k]![i]! * y[k]!;
    y[i] = rest / root[i]![i]!;
  }
  return y;
}
