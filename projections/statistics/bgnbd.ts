import { finite } from './figure.js';
import { addLogs, type Customer, type Fit, fitBuyers, isCustomer, positive, weigh, type Weighted } from './lifetime.js';
import { betaRegularised, hyp2f1, lnBeta, lnGamma } from './special.js';

const { abs, exp, LN10, log, log1p, max } = Math;

/** BG/NBD: buying rates Gamma(r, α), chance to leave after each purchase Beta(a, b). */
export interface BgNbd {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/** Fit by greatest likelihood (§3.5.3; Fader, Hardie and Lee 2005); refused under 200 customers with a repeat. */
export function fitBgNbd(customers: readonly Customer[], least?: number): Fit<BgNbd> {
  const named = ([r, alpha, a, b]: readonly number[], unit: number): BgNbd => {
    return { r: r!, alpha: alpha! * unit, a: a!, b: b! };
  };
  return fitBuyers(customers, named, likelihood, (alpha) => [0.5, alpha, 1, 2], least);
}

/** ln L of customers at given parameters; null for parameters that are not positive or no customer. */
export function bgNbdLogLikelihood(parameters: BgNbd, customers: readonly Customer[]): number | null {
  const groups = weigh(customers);
  return positive(parameters) && groups.length > 0 ? finite(likelihood(parameters, groups)) : null;
}

function likelihood({ r, alpha, a, b }: BgNbd, groups: readonly Weighted[]): number {
  const constant = r * log(alpha) - lnGamma(r) - lnBeta(a, b);
  let total = 0;
  for (const { x, tx, T, weight } of groups) {
    const staying = -(r + x) * log(alpha + T);
    const leaving = x > 0 ? log(a / (b + (x - 1))) - (r + x) * log(alpha + tx) : Number.NEGATIVE_INFINITY;
    total += weight * (constant + lnGamma(r + x) + lnBeta(a, b + x) + addLogs(staying, leaving));
  }
  return total;
}

/** P(still a customer) in [0, 1]. Trap: with x = 0 it is always 1, so hide it there (Pareto/NBD or MBG/NBD instead). Null for figures that fit no customer. */
export function bgNbdAlive(parameters: BgNbd, customer: Customer): number | null {
  if (!positive(parameters) || !isCustomer(customer)) return null;
  const { r, alpha, a, b } = parameters;
  const { x, tx, T } = customer;
  if (x === 0) return 1;
  return finite(1 / (1 + exp(log(a) - log(b + (x - 1)) + (r + x) * log((alpha + T) / (alpha + tx)))));
}

/** E[purchases in the next t], t in the unit of the customer's times. Null for t < 0 or where it cannot be computed. */
export function bgNbdExpected(parameters: BgNbd, customer: Customer, t: number): number | null {
  const alive = bgNbdAlive(parameters, customer);
  if (alive === null) return null;
  const { r, alpha, a, b } = parameters;
  const ahead = purchasesAhead({ a, c: a + b + customer.x - 1, rate: r + customer.x, from: alpha + customer.T, t });
  return ahead === null ? null : ahead * alive;
}

/** E[purchases in the first t after the first purchase] of a customer drawn at random. */
export function bgNbdMean(parameters: BgNbd, t: number): number | null {
  if (!positive(parameters)) return null;
  const { r, alpha, a, b } = parameters;
  return purchasesAhead({ a, c: a + b - 1, rate: r, from: alpha, t });
}

/** P(x purchases in the first t after the first one), x a whole number ≥ 0; the tail of the counts by the incomplete beta function. */
export function bgNbdProbability(parameters: BgNbd, t: number, x: number): number | null {
  if (!positive(parameters) || !(t > 0) || !(x >= 0) || !Number.isInteger(x)) return null;
  const { r, alpha, a, b } = parameters;
  const share = t / (alpha + t);
  const spread = lnGamma(r + x) - lnGamma(r) - lnGamma(x + 1) + r * log1p(-share) + x * log(share);
  const stayed = exp(lnBeta(a, b + x) - lnBeta(a, b) + spread);
  if (x === 0) return finite(stayed);
  const enough = betaRegularised(share, x, r);
  return enough === null ? null : finite(stayed + exp(lnBeta(a + 1, b + x - 1) - lnBeta(a, b)) * enough);
}

/**
 * c/(a − 1) · [1 − (1 − z)^rate · ₂F₁(rate, c − a + 1; c; z)], z = t ÷ (from + t): purchases ahead of one who is still a
 * customer, for BG/NBD and MBG/NBD. Euler's transform makes it 1 − (1 − z)^(a−1) ₂F₁(c − rate, a − 1; c; z), which does
 * not overflow for many purchases; where rate is far over c that would cancel, and the plain series is summed with its
 * power as weights. At a = 1 and c = 0, where it is only a limit, from both sides.
 */
export function purchasesAhead(terms: {
  readonly a: number;
  readonly c: number;
  readonly rate: number;
  readonly from: number;
  readonly t: number;
}): number | null {
  const { a, c, rate, from, t } = terms;
  if (!(t >= 0 && from > 0)) return null;
  const aside = 1e-5;
  if (abs(a - 1) < aside / 10 || abs(c) < aside / 10) {
    const after = purchasesAhead({ ...terms, a: a + aside, c: c + aside });
    const before = purchasesAhead({ ...terms, a: a - aside, c: c - aside });
    return after === null || before === null ? null : (after + before) / 2;
  }
  const z = t / (from + t);
  const rest = from / (from + t);
  const quick = c - rate > -8 ? hyp2f1(c - rate, a - 1, c, z) : null;
  const gone = quick === null ? weighted(rate, c - a + 1, c, rest) : rest ** (a - 1) * quick;
  return gone === null ? null : finite(max(0, (c / (a - 1)) * (1 - gone)));
}

/** (1 − z)^rate ₂F₁(rate, b; c; z) = Σ_k NB(k; rate, z) (b)_k/(c)_k, rest = 1 − z, kept in range by a running scale; null after 200,000 terms. */
function weighted(rate: number, b: number, c: number, rest: number): number | null {
  const z = 1 - rest;
  let term = 1;
  let total = 1;
  let scale = rate * log(rest);
  for (let k = 0; k < 200_000; k++) {
    const growth = (((rate + k) / (k + 1)) * (b + k) * z) / (c + k);
    term *= growth;
    total += term;
    if (abs(total) > 1e200) {
      term *= 1e-200;
      total *= 1e-200;
      scale += 200 * LN10;
    }
    if (abs(growth) < 1 && abs(term) <= 1e-17 * rest * abs(total)) return finite(total * exp(scale));
  }
  return null;
}
