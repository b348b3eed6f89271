/** Where a search ended, and what it found there. */
export interface Minimum {
  readonly at: readonly number[];
  readonly value: number;
  readonly evaluations: number;
  readonly converged: boolean;
}

/** How long and how finely to search. */
export interface Search {
  /** First step along each axis. */
  readonly step?: number;
  /** Done when the corners differ by less in value and, ten thousand times that, in place. */
  readonly tolerance?: number;
  readonly evaluationsMax?: number;
}

interface Corner {
  readonly at: readonly number[];
  readonly value: number;
}

/**
 * Least value of a function of a few variables by Nelder and Mead's simplex, begun anew from where it ended until a
 * fresh start gains nothing. The function may answer Infinity (or NaN, taken as Infinity) where it is not defined.
 */
export function minimise(f: (at: readonly number[]) => number, start: readonly number[], search: Search = {}): Minimum {
  const { step = 0.5, tolerance = 1e-9, evaluationsMax = 4000 } = search;
  let evaluations = 0;
  const judge = (at: readonly number[]): Corner => {
    evaluations++;
    const value = f(at);
    return { at, value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value };
  };
  let best = judge(start);
  let converged = false;
  for (let round = 0; round < 10 && !converged && evaluations < evaluationsMax; round++) {
    const found = descend(judge, best, step / (round + 1), tolerance, () => evaluations < evaluationsMax);
    converged = found.settled && best.value - found.best.value < tolerance * 10 && round > 0;
    best = found.best.value <= best.value ? found.best : best;
  }
  return { at: best.at, value: best.value, evaluations, converged: converged && Number.isFinite(best.value) };
}

function descend(
  judge: (at: readonly number[]) => Corner,
  from: Corner,
  step: number,
  tolerance: number,
  mayGoOn: () => boolean,
): { best: Corner; settled: boolean } {
  const n = from.at.length;
  const corners = [from, ...from.at.map((_, i) => judge(from.at.map((x, j) => (i === j ? x + step : x))))];
  while (mayGoOn()) {
    corners.sort((a, b) => a.value - b.value);
    const best = corners[0]!;
    const worst = corners[n]!;
    if (worst.value - best.value < tolerance && width(corners) < tolerance * 1e4) return { best, settled: true };
    const centre = from.at.map((_, i) => corners.slice(0, n).reduce((sum, { at }) => sum + at[i]!, 0) / n);
    const along = (k: number): Corner => judge(centre.map((c, i) => c + k * (worst.at[i]! - c)));
    corners[n] = replacement(along, best, corners[n - 1]!, worst) ?? worst;
    if (corners[n] === worst) {
      for (let i = 1; i <= n; i++) corners[i] = judge(corners[i]!.at.map((x, j) => (x + best.at[j]!) / 2));
    }
  }
  corners.sort((a, b) => a.value - b.value);
  return { best: corners[0]!, settled: false };
}

/** A corner better than the worst: reflected, expanded or contracted; undefined when the simplex must shrink. */
function replacement(along: (k: number) => Corner, best: Corner, second: Corner, worst: Corner): Corner | undefined {
  const reflected = along(-1);
  if (reflected.value < best.value) {
    const expanded = along(-2);
    return expanded.value < reflected.value ? expanded : reflected;
  }
  if (reflected.value < second.value) return reflected;
  const contracted = along(reflected.value < worst.value ? -0.5 : 0.5);
  return contracted.value < Math.min(reflected.value, worst.value) ? contracted : undefined;
}

function width(corners: readonly Corner[]): number {
  const first = corners[0]!.at;
  return corners.reduce(
    (widest, { at }) => at.reduce((most, x, i) => Math.max(most, Math.abs(x - first[i]!)), widest),
    0,
  );
}
