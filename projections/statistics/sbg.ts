import { finite } from './figure.js';
import { type Fit, fitPositive, positive } from './lifetime.js';
import { hyp2f1, lnBeta } from './special.js';

/** Shifted beta-geometric: each contract's chance to end at a renewal is Beta(α, β), constant for that customer. */
export interface Sbg {
  readonly alpha: number;
  readonly beta: number;
}

/**
 * Fit by greatest likelihood (§3.5.2; Fader and Hardie 2007) on one cohort: survivors[t] is how many are left after t
 * renewals, survivors[0] all. Refused where fewer than 200 renewed once; counts that rise are no cohort and count as
 * none.
 */
export function fitSbg(survivors: readonly number[], least?: number): Fit<Sbg> {
  const falls = survivors.every((left, t) => left >= 0 && left <= (survivors[t - 1] ?? Number.MAX_SAFE_INTEGER));
  const population = { customers: falls ? (survivors[0] ?? 0) : 0, repeaters: falls ? (survivors[1] ?? 0) : 0 };
  const named = ([alpha, beta]: readonly number[]): Sbg => ({ alpha: alpha!, beta: beta! });
  const judge = (values: readonly number[]): number => likelihood(named(values), survivors);
  const fit = fitPositive(judge, [1, 1], population, least);
  return fit.parameters === null ? fit : { ...fit, parameters: named(fit.parameters) };
}

/** ln L of a cohort's survivor counts at given parameters; null for parameters that are not positive. */
export function sbgLogLikelihood(parameters: Sbg, survivors: readonly number[]): number | null {
  return positive(parameters) && survivors.length > 0 ? finite(likelihood(parameters, survivors)) : null;
}

function likelihood({ alpha, beta }: Sbg, survivors: readonly number[]): number {
  const all = lnBeta(alpha, beta);
  let total = 0;
  for (let t = 1; t < survivors.length; t++) {
    const lost = survivors[t - 1]! - survivors[t]!;
    if (lost > 0) total += lost * (lnBeta(alpha + 1, beta + t - 1) - all);
  }
  const last = survivors.length - 1;
  return total + survivors[last]! * (lnBeta(alpha, beta + last) - all);
}

/** S(t) = B(α, β + t) ÷ B(α, β): share still there after t renewals; null for t < 0. */
export function sbgSurvival({ alpha, beta }: Sbg, t: number): number | null {
  if (!positive({ alpha, beta }) || !(t >= 0)) return null;
  return finite(Math.exp(lnBeta(alpha, beta + t) - lnBeta(alpha, beta)));
}

/** r_t = (β + t − 1) ÷ (α + β + t − 1): share of those left who renew the t-th time, t ≥ 1. It rises by sorting alone. */
export function sbgRetention({ alpha, beta }: Sbg, t: number): number | null {
  return positive({ alpha, beta }) && t >= 1 ? finite((beta + t - 1) / (alpha + beta + t - 1)) : null;
}

/**
 * Discounted expected residual lifetime just before the n-th renewal (n ≥ 1), its own term undiscounted (§7.1):
 * (β + n − 1)/(α + β + n − 1) · ₂F₁(1, β + n; α + β + n; 1/(1 + d)), in renewals; d per renewal period, ≥ 0.
 * Null where the sum has no limit (d = 0 and α ≤ 1).
 */
export function derl(parameters: Sbg, n: number, discount: number): number | null {
  const { alpha, beta } = parameters;
  const renewal = sbgRetention(parameters, n);
  if (renewal === null || !(discount >= 0)) return null;
  const series = hyp2f1(1, beta + n, alpha + beta + n, 1 / (1 + discount));
  return series === null ? null : finite(renewal * series);
}
