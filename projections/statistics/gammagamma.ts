import { finite } from './figure.js';
import { type Fit, fitPositive, positive } from './lifetime.js';
import { pearson } from './rank.js';
import { lnGamma } from './special.js';

const { exp, log, max } = Math;

/** Gamma-Gamma: spend per purchase Gamma(p, ν), ν itself Gamma(q, γ); γ in the money's unit. */
export interface GammaGamma {
  readonly p: number;
  readonly q: number;
  readonly gamma: number;
}

/** How often someone bought again, and the mean of what was paid on those occasions. */
export interface Buyer {
  readonly x: number;
  readonly mean: number;
}

/** A fit with its precondition: the correlation of frequency and value among repeat buyers must be small (CDNOW .114); null where it has none. */
export type SpendFit = Fit<GammaGamma> & { readonly correlation: number | null };

/** Fit by greatest likelihood on repeat buyers (§3.5.5; Fader and Hardie 2013); refused under 200 of them. */
export function fitGammaGamma(buyers: readonly Buyer[], least?: number): SpendFit {
  const repeaters = buyers.filter(usable);
  const xs = repeaters.map(({ x }) => x);
  const means = repeaters.map(({ mean }) => mean);
  const typical = exp(means.reduce((sum, mean) => sum + log(mean), 0) / max(1, means.length));
  const named = ([p, q, gamma]: readonly number[]): GammaGamma => ({ p: p!, q: q!, gamma: gamma! });
  // The search runs in units of the typical spend: any currency, in any minor unit, looks the same to it.
  const scaled = repeaters.map(({ x, mean }) => ({ x, mean: mean / typical }));
  const population = { customers: buyers.length, repeaters: repeaters.length };
  const fit = fitPositive((values) => likelihood(named(values), scaled), [2, 2, 1], population, least);
  const correlation = pearson(xs, means);
  if (fit.parameters === null) return { ...fit, correlation };
  const { p, q, gamma } = named(fit.parameters);
  const parameters = { p, q, gamma: gamma * typical };
  return { ...fit, parameters, logLikelihood: likelihood(parameters, repeaters), correlation };
}

/** ln L of the repeat buyers at given parameters; null for parameters that are not positive or no such buyer. */
export function gammaGammaLogLikelihood(parameters: GammaGamma, buyers: readonly Buyer[]): number | null {
  const repeaters = buyers.filter(usable);
  return positive(parameters) && repeaters.length > 0 ? finite(likelihood(parameters, repeaters)) : null;
}

function likelihood({ p, q, gamma }: GammaGamma, buyers: readonly Buyer[]): number {
  const constant = q * log(gamma) - lnGamma(q);
  let total = 0;
  for (const { x, mean } of buyers) {
    const shape = p * x;
    total += constant + lnGamma(shape + q) - lnGamma(shape) + (shape - 1) * log(mean);
    total += shape * log(x) - (shape + q) * log(gamma + x * mean);
  }
  return total;
}

/** Mean spend per purchase over the population, pγ ÷ (q − 1); null for q ≤ 1, where there is none. */
export function gammaGammaMean(parameters: GammaGamma): number | null {
  const { p, q, gamma } = parameters;
  return positive(parameters) && q > 1 ? finite((p * gamma) / (q - 1)) : null;
}

/** Expected spend per purchase of one buyer, p(γ + x·m̄) ÷ (p·x + q − 1); without repeats the population's mean. */
export function gammaGammaExpected(parameters: GammaGamma, buyer: Buyer): number | null {
  const { p, q, gamma } = parameters;
  if (!usable(buyer)) return buyer.x === 0 ? gammaGammaMean(parameters) : null;
  const under = p * buyer.x + q - 1;
  return positive(parameters) && under > 0 ? finite((p * (gamma + buyer.x * buyer.mean)) / under) : null;
}

function usable({ x, mean }: Buyer): boolean {
  return x > 0 && mean > 0 && Number.isFinite(x) && Number.isFinite(mean);
}
