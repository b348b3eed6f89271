import { finite } from './figure.js';

// Bound once: these run millions of times in a fit, and a global is dear to look up where the sources run in a context of their own.
const { abs, exp, floor, log, log1p, max, min } = Math;

const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;
const isReal = Number.isFinite;
const halfLnTwoPi = 0.9189385332046727;
const tiny = 1e-300;
const epsilon = 1e-16;
const termsMax = 200_000;

/** ln Γ(x) for x > 0 (Lanczos, g = 7, nine terms; relative error about 1e-14); elsewhere null. */
export function lgamma(x: number): number | null {
  return x > 0 && isReal(x) ? finite(lnGamma(x)) : null;
}

/** ln B(a, b) for a, b > 0; elsewhere null. */
export function lbeta(a: number, b: number): number | null {
  return a > 0 && b > 0 && isReal(a + b) ? finite(lnBeta(a, b)) : null;
}

/** ln Γ without guards, for callers that know x > 0; small x go by the recurrence Γ(x) = Γ(x + 1) ÷ x. */
export function lnGamma(x: number): number {
  if (x < 0.5) return lnGamma(x + 1) - log(x);
  const y = x - 1;
  let series: number = lanczos[0];
  for (let i = 1; i < lanczos.length; i++) series += lanczos[i]! / (y + i);
  const t = y + 7.5;
  return halfLnTwoPi + (y + 0.5) * log(t) - t + log(series);
}

/** ln B without guards, for callers that know a, b > 0. */
export function lnBeta(a: number, b: number): number {
  return lnGamma(a) + lnGamma(b) - lnGamma(a + b);
}

/**
 * Gauss's hypergeometric function ₂F₁(a, b; c; z) for z < 1 (at z = 1 where c > a + b and all are positive).
 * With one upper parameter 1 and z large by Gauss's continued fraction, which stays quick near z = 1; z < 0 by Pfaff's
 * transform, parameters that make large terms by Euler's (DLMF 15.8.1); otherwise the power series, whose terms cancel
 * where an upper parameter is far below 0 (under −8 digits are lost). Null where c is 0 or a negative
 * integer, z > 1, or the value cannot be represented or reached.
 */
export function hyp2f1(a: number, b: number, c: number, z: number): number | null {
  if (!isReal(a + b + c + z) || z > 1 || (c <= 0 && Number.isInteger(c))) return null;
  if (z === 0 || a === 0 || b === 0) return 1;
  if (z === 1) return atOne(a, b, c);
  if (z < 0) {
    const inner = hyp2f1(a, c - b, c, z / (z - 1));
    return inner === null ? null : finite((1 - z) ** -a * inner);
  }
  if (c - a - b < 0 && a !== 1 && b !== 1 && min(c - a, c - b) > -8) {
    const inner = quickest(c - a, c - b, c, z);
    return inner === null ? null : finite((1 - z) ** (c - a - b) * inner);
  }
  return quickest(a, b, c, z);
}

function quickest(a: number, b: number, c: number, z: number): number | null {
  if (z > 0.6 && c > 1 && (a === 1 || b === 1)) return fraction(a === 1 ? b : a, c, z);
  return series(a, b, c, z);
}

/** Gauss's theorem at z = 1. */
function atOne(a: number, b: number, c: number): number | null {
  if (!(a > 0 && b > 0 && c > a + b)) return null;
  return finite(exp(lnGamma(c) + lnGamma(c - a - b) - lnGamma(c - a) - lnGamma(c - b)));
}

function series(a: number, b: number, c: number, z: number): number | null {
  let term = 1;
  let total = 1;
  for (let k = 0; k < termsMax; k++) {
    const growth = (((a + k) * (b + k)) / ((c + k) * (k + 1))) * z;
    term *= growth;
    total += term;
    if (!isReal(total)) return null;
    if (abs(term) <= epsilon * (1 - z) * abs(total) && abs(growth) < 1) return total;
  }
  return null;
}

/** ₂F₁(1, b; c; z) by Gauss's continued fraction (DLMF 15.7), evaluated by Lentz's method. */
function fraction(b: number, c: number, z: number): number | null {
  const c0 = c - 1;
  const coefficient = (n: number): number => {
    const k = floor(n / 2);
    return n % 2 === 1
      ? (-(b + k) * (c0 + k) * z) / ((c0 + 2 * k) * (c0 + 2 * k + 1))
      : (-k * (c0 - b + k) * z) / ((c0 + 2 * k - 1) * (c0 + 2 * k));
  };
  return finite(1 / (lentz(1, coefficient) ?? Number.NaN));
}

/** first + t₁/(1 + t₂/(1 + …)), or null if it does not settle. */
function lentz(first: number, numerator: (n: number) => number): number | null {
  let value = first === 0 ? tiny : first;
  let up = value;
  let down = 0;
  for (let n = 1; n < termsMax; n++) {
    const t = numerator(n);
    down = 1 + t * down;
    up = 1 + t / up;
    if (down === 0) down = tiny;
    if (up === 0) up = tiny;
    down = 1 / down;
    const change = up * down;
    value *= change;
    if (!isReal(value)) return null;
    if (abs(change - 1) < 1e-15) return value;
  }
  return null;
}

/** Regularised incomplete beta function I_x(a, b) for a, b > 0, x in [0, 1] (continued fraction, DLMF 8.17); else null. */
export function betaRegularised(x: number, a: number, b: number): number | null {
  if (!(a > 0 && b > 0 && x >= 0 && x <= 1 && isReal(a + b))) return null;
  if (x === 0 || x === 1) return x;
  if (x > (a + 1) / (a + b + 2)) {
    const rest = betaRegularised(1 - x, b, a);
    return rest === null ? null : 1 - rest;
  }
  const coefficient = (n: number): number => {
    const m = floor(n / 2);
    return n % 2 === 0
      ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
      : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
  };
  const denominator = lentz(1, coefficient);
  if (denominator === null) return null;
  return clamp(exp(a * log(x) + b * log1p(-x) - lnBeta(a, b)) / (a * denominator));
}

/** Regularised upper incomplete gamma function Q(a, x) for a > 0, x ≥ 0 (series or continued fraction, DLMF 8.11, 8.9); else null. */
export function gammaUpper(a: number, x: number): number | null {
  if (!(a > 0 && x >= 0 && isReal(a) && isReal(x))) return null;
  if (x === 0) return 1;
  const scale = exp(a * log(x) - x - lnGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let total = term;
    for (let k = 1; k < termsMax && term > total * epsilon; k++) {
      term *= x / (a + k);
      total += term;
    }
    return clamp(1 - scale * total);
  }
  if (scale === 0) return 0;
  let value = tiny;
  let up = value;
  let down = 0;
  for (let n = 1; n < termsMax; n++) {
    const numerator = n === 1 ? 1 : -(n - 1) * (n - 1 - a);
    const step = x + 2 * n - 1 - a;
    down = 1 / (step + numerator * down || tiny);
    up = step + numerator / up || tiny;
    const change = up * down;
    value *= change;
    if (abs(change - 1) < 1e-15) break;
  }
  return clamp(scale * value);
}

/** Held in [0, 1]; null for what is no number. */
function clamp(probability: number): number | null {
  return Number.isNaN(probability) ? null : min(1, max(0, probability));
}
