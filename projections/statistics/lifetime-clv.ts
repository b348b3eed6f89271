import { type Figure, known, unknown } from './figure.js';

/** What a non-contractual customer's value is reckoned from. */
export interface LifetimeTerms {
  /** E[purchases in the next t], t in the model's unit: one of the buying models with its parameters and customer. */
  readonly expected: (t: number) => number | null;
  /** Expected money per purchase (Gamma-Gamma). */
  readonly spend: number | null;
  /** Share of the money that is margin. */
  readonly margin: number;
  /** Per year. */
  readonly discount: number;
  /** Whole units of the model's time to look ahead. */
  readonly horizon: number;
  /** Units in a year: 52 for weeks (the default), 365 for days, 12 for months. */
  readonly perYear?: number;
}

/** Why a lifetime value does not exist. */
export type NoLifetimeValue =
  | 'no-spend'
  | 'no-expected-purchases'
  | 'no-horizon'
  | 'discount-not-above-minus-1'
  | 'not-finite';

/** The longest horizon in units: three hundred years of days. */
const horizonMax = 110_000;

/**
 * CLV = Σ_{t=1..H} margin · spend · (E[Y(t)] − E[Y(t−1)]) ÷ (1 + d)^(t/perYear) (§3.5.6). Name the model, its version,
 * population, horizon and rate beside the figure (§3.5.8).
 */
export function lifetimeClv(terms: LifetimeTerms): Figure<NoLifetimeValue> {
  const { expected, spend, margin, discount, horizon, perYear = 52 } = terms;
  if (spend === null) return unknown('no-spend');
  if (!(horizon >= 1 && horizon <= horizonMax && perYear > 0)) return unknown('no-horizon');
  if (!(discount > -1)) return unknown('discount-not-above-minus-1');
  let before = 0;
  let purchases = 0;
  for (let t = 1; t <= horizon; t++) {
    const now = expected(t);
    if (now === null) return unknown('no-expected-purchases');
    purchases += (now - before) / (1 + discount) ** (t / perYear);
    before = now;
  }
  return known(margin * spend * purchases);
}
