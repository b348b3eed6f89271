import { allFinite, type Figure, finite, known, sum, tolerance, unknown } from './figure.js';

/**
 * Net present value of monthly flows: Σ flow_k ÷ (1 + d)^((k − 1)/12), d per year, flows[0] the first month, not
 * discounted (§3.12.6). Null for d ≤ −1 or flows that are no numbers; 0 for no flows.
 */
export function npv(flows: readonly number[], discount: number): number | null {
  if (!(discount > -1) || !allFinite(flows)) return null;
  return finite(sum(flows.map((flow, i) => flow / (1 + discount) ** (i / 12))));
}

/** Why a rate of return does not exist. */
export type NoRate = 'no-sign-change' | 'more-than-one-sign-change' | 'out-of-range';

/**
 * Yearly internal rate of return of monthly flows: the d where npv is 0. Only where the flows change sign once, so that
 * there is one such rate (Descartes); searched where the monthly factor 1/(1 + d)^(1/12) lies between .5 and 2.
 */
export function irr(flows: readonly number[]): Figure<NoRate | 'not-finite'> {
  if (!allFinite(flows)) return unknown('not-finite');
  const signs = flows.map(Math.sign).filter((sign) => sign !== 0);
  const changes = signs.filter((sign, i) => i > 0 && sign !== signs[i - 1]).length;
  if (changes !== 1) return unknown(changes === 0 ? 'no-sign-change' : 'more-than-one-sign-change');
  const worth = (factor: number): number => flows.reduceRight((rest, flow) => flow + factor * rest, 0) * signs[0]!;
  let low = 0.5;
  let high = 2;
  if (!(worth(low) > 0 && worth(high) < 0)) return unknown('out-of-range');
  for (let step = 0; step < 200 && high - low > 1e-15; step++) {
    const middle = (low + high) / 2;
    if (worth(middle) > 0) low = middle;
    else high = middle;
  }
  return known(((low + high) / 2) ** -12 - 1);
}

/** Cumulative flow by month-end; months count from 1. */
export interface JCurve {
  readonly cumulative: readonly number[];
  readonly trough: { readonly month: number; readonly value: number };
  readonly breakEven: number | null;
  /** Why there is no break-even: still under water, or never was. */
  readonly breakEvenReason: 'not-yet' | 'never-below-zero' | null;
}

/**
 * The J-curve of monthly flows (§3.12.6): trough = lowest month-end, the first of equals; break-even = first later
 * month-end ≥ 0. Null for no flows.
 */
export function jCurve(flows: readonly number[]): JCurve | null {
  if (flows.length === 0 || !allFinite(flows)) return null;
  let total = 0;
  const cumulative = flows.map((flow) => {
    total += flow;
    return total;
  });
  if (!allFinite(cumulative)) return null;
  const lowest = cumulative.reduce((a, b) => Math.min(a, b));
  const at = cumulative.indexOf(lowest);
  const trough = { month: at + 1, value: lowest };
  if (lowest >= 0) return { cumulative, trough, breakEven: null, breakEvenReason: 'never-below-zero' };
  const later = cumulative.findIndex((value, i) => i > at && value >= -tolerance);
  if (later < 0) return { cumulative, trough, breakEven: null, breakEvenReason: 'not-yet' };
  return { cumulative, trough, breakEven: later + 1, breakEvenReason: null };
}

/** Payback (§3.4): the first month whose cumulative contribution covers what was put in; 0 when nothing was; null while it does not. */
export function payback(contributions: readonly number[], invested: number): number | null {
  if (!Number.isFinite(invested) || !allFinite(contributions)) return null;
  if (invested <= 0) return 0;
  let total = 0;
  const at = contributions.findIndex((contribution) => {
    total += contribution;
    return total >= invested - tolerance;
  });
  return at < 0 ? null : at + 1;
}

/** Return on investment Σ flow ÷ Σ released (§3.12.6); null where nothing was released. */
export function roi(flows: readonly number[], released: number): number | null {
  return released > 0 ? finite(sum(flows) / released) : null;
}

/** What a contractual customer's value is reckoned from: yearly margin, retention, discount and growth as shares. */
export interface ClvTerms {
  readonly margin: number;
  readonly retention: number;
  readonly discount: number;
  /** Yearly growth of the margin from the second on; 0 unless told. */
  readonly growth?: number;
  /** `later`: first margin at the end of year 1, if retained (the form used everywhere). `now`: at once. */
  readonly firstMargin?: 'later' | 'now';
  /** Acquisition cost, taken off. */
  readonly cost?: number;
}

/** Why a closed form has no value. */
export type NoValue = 'retention-outside-0-1' | 'discount-not-above-minus-1' | 'grows-without-bound' | 'not-finite';

/**
 * Constant-retention lifetime value: m r ÷ (1 + d − r(1 + g)) − cost, or m (1 + d) ÷ (1 + d − r(1 + g)) − cost with the
 * first margin now (§3.5.1). Only where r(1 + g) < 1 + d.
 */
export function clv(terms: ClvTerms): Figure<NoValue> {
  const { margin, retention, discount, growth = 0, firstMargin = 'later', cost = 0 } = terms;
  if (!(retention >= 0 && retention <= 1)) return unknown('retention-outside-0-1');
  if (!(discount > -1)) return unknown('discount-not-above-minus-1');
  const room = 1 + discount - retention * (1 + growth);
  if (room <= tolerance) return unknown('grows-without-bound');
  return known((margin * (firstMargin === 'now' ? 1 + discount : retention)) / room - cost);
}

/** CLV per unit of yearly margin, r ÷ (1 + d − r); .8, .9, .95 at 10 % → 2.667, 4.5, 6.333. */
export function retentionMultiple(retention: number, discount: number): Figure<NoValue> {
  return clv({ margin: 1, retention, discount });
}

/**
 * Relative lift of CLV when retention rises by so many points (.05 unless told) (§3.4, E7):
 * [(r + Δ)/(1 + d − r − Δ)] ÷ [r/(1 + d − r)] − 1. Needs 0 < r and r + Δ ≤ 1.
 */
export function retentionLift(retention: number, discount: number, points = 0.05): Figure<NoValue> {
  const before = retentionMultiple(retention, discount);
  const after = retentionMultiple(Math.abs(retention + points - 1) < tolerance ? 1 : retention + points, discount);
  if (before.value === null) return before;
  if (after.value === null) return after;
  return before.value > 0 ? known(after.value / before.value - 1) : unknown('retention-outside-0-1');
}

/** Expected life at constant retention, 1 ÷ (1 − r), in the periods of r; null for r outside [0, 1). */
export function averageLife(retention: number): number | null {
  return retention >= 0 && retention < 1 ? finite(1 / (1 - retention)) : null;
}

/** Share of a constant-retention CLV that comes after the first 12 months, r ÷ (1 + d) (D1); null where the CLV is. */
export function shareBeyondYear(retention: number, discount: number): number | null {
  return retentionMultiple(retention, discount).value === null ? null : finite(retention / (1 + discount));
}

/** One year of a plan: what is forecast and the chance that the account is still there; null where not known. */
export interface PlanYear {
  readonly contribution: number | null;
  readonly survival: number | null;
}

/** Value of a plan, or which years (from 1) lack a forecast or a chance. */
export type PlanValue =
  | { readonly value: number; readonly byYear: readonly number[]; readonly beyondFirst: number | null }
  | {
      readonly value: null;
      readonly reason:
        | 'no-years'
        | 'forecast-missing'
        | 'survival-missing'
        | 'discount-not-above-minus-1'
        | 'not-finite';
      readonly years: readonly number[];
    };

/**
 * plan-CLV Σ_t ρ_t · contribution_t ÷ (1 + d)^t, t = 1, 2, … (§3.12.16), its yearly parts, and the share of the parts
 * beyond the first year (null where the total is not positive). No year is guessed: a missing one gives null, named.
 */
export function planClv(years: readonly PlanYear[], discount: number): PlanValue {
  const lacking = (field: keyof PlanYear): number[] =>
    years.flatMap((year, i) => (year[field] === null ? [i + 1] : []));
  const none = (reason: (PlanValue & { value: null })['reason'], named: number[] = []): PlanValue => {
    return { value: null, reason, years: named };
  };
  if (years.length === 0) return none('no-years');
  if (!(discount > -1)) return none('discount-not-above-minus-1');
  const forecasts = lacking('contribution');
  if (forecasts.length > 0) return none('forecast-missing', forecasts);
  const chances = lacking('survival');
  if (chances.length > 0) return none('survival-missing', chances);
  const byYear = years.map((year, i) => (year.survival! * year.contribution!) / (1 + discount) ** (i + 1));
  const value = sum(byYear);
  if (!allFinite(byYear) || !Number.isFinite(value)) return none('not-finite');
  return { value, byYear, beyondFirst: value > 0 ? (value - byYear[0]!) / value : null };
}
