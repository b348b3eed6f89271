import { betaRegularised, gammaUpper } from './special.js';

/** Φ(z), the standard normal distribution function, by the incomplete gamma function; null for what is no number. */
export function normalCdf(z: number): number | null {
  if (Number.isNaN(z)) return null;
  const tail = Math.abs(z) > 40 ? 0 : (gammaUpper(0.5, (z * z) / 2) ?? 0) / 2;
  return z > 0 ? 1 - tail : tail;
}

/** Two-sided p of a standard normal z; null for what is no number. */
export function normalTwoSided(z: number): number | null {
  const lower = normalCdf(-Math.abs(z));
  return lower === null ? null : Math.min(1, 2 * lower);
}

/**
 * Φ⁻¹(p) for 0 < p < 1 (Acklam's rational approximation, then Halley steps on Φ; error under 1e-12 between 1e-15 and
 * 1 − 1e-15); elsewhere null.
 */
export function normalQuantile(p: number): number | null {
  if (!(p > 0 && p < 1)) return null;
  if (p > 0.5) return -(normalQuantile(1 - p) ?? 0);
  let z = acklam(p);
  if (p < 1e-290) return z;
  for (let step = 0; step < 2; step++) {
    const error = (normalCdf(z) ?? p) - p;
    const u = error * Math.sqrt(2 * Math.PI) * Math.exp((z * z) / 2);
    z -= u / (1 + (z * u) / 2);
  }
  return z;
}

/** Two-sided p of Student's t with df degrees of freedom: I_{df/(df+t²)}(df/2, ½); null for df ≤ 0. */
export function studentTwoSided(t: number, df: number): number | null {
  return df > 0 && Number.isFinite(t) ? betaRegularised(df / (df + t * t), df / 2, 0.5) : null;
}

/** P(χ²_df > x) for x ≥ 0 and df > 0; elsewhere null. */
export function chiSquareUpper(x: number, df: number): number | null {
  return gammaUpper(df / 2, x / 2);
}

/** The lower half of the normal quantile, relative error 1.15e-9. */
function acklam(p: number): number {
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return (
      (((((-7.784894002430293e-3 * q - 3.223964580411365e-1) * q - 2.400758277161838) * q - 2.549732539343734) * q +
        4.374664141464968) *
        q +
        2.938163982698783) /
      ((((7.784695709041462e-3 * q + 3.224671290700398e-1) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1)
    );
  }
  const q = p - 0.5;
  const r = q * q;
  return (
    ((((((-3.969683028665376e1 * r + 2.209460984245205e2) * r - 2.759285104469687e2) * r + 1.38357751867269e2) * r -
      3.066479806614716e1) *
      r +
      2.506628277459239) *
      q) /
    (((((-5.447609879822406e1 * r + 1.615858368580409e2) * r - 1.556989798598866e2) * r + 6.680131188771972e1) * r -
      1.328068155288572e1) *
      r +
      1)
  );
}
