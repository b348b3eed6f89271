const { abs, cos } = Math;

/** Points and weights of Gauss's rule on [−1, 1]. */
export interface Rule {
  readonly points: readonly number[];
  readonly weights: readonly number[];
}

/** Gauss and Legendre's rule of n points: roots of P_n by Newton's method; exact for polynomials of degree 2n − 1. */
export function gaussLegendre(n: number): Rule {
  const points: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < n; i++) {
    let x = cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 0;
    for (let round = 0; round < 100; round++) {
      let before = 1;
      let value = x;
      for (let k = 2; k <= n; k++) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
      slope = (n * (x * value - before)) / (x * x - 1);
      const move = value / slope;
      x -= move;
      if (abs(move) < 1e-15) break;
    }
    points.push(x);
    weights.push(2 / ((1 - x * x) * slope * slope));
  }
  return { points, weights };
}
