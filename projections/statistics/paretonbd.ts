import { finite } from './figure.js';
import { addLogs, type Customer, type Fit, fitBuyers, isCustomer, positive, weigh, type Weighted } from './lifetime.js';
import { gaussLegendre } from './quadrature.js';
import { hyp2f1, lnGamma } from './special.js';

const { abs, exp, expm1, log, log1p, max, min } = Math;

const nan = Number.NaN;

/** Pareto/NBD: buying rates Gamma(r, α), leaving rates Gamma(s, β), both in the unit of the customers' times. */
export interface ParetoNbd {
  readonly r: number;
  readonly alpha: number;
  readonly s: number;
  readonly beta: number;
}

/** Fit by greatest likelihood (§3.5.4; Schmittlein, Morrison and Colombo 1987); refused under 200 customers with a repeat. */
export function fitParetoNbd(customers: readonly Customer[], least?: number): Fit<ParetoNbd> {
  const named = ([r, alpha, s, beta]: readonly number[], unit: number): ParetoNbd => {
    return { r: r!, alpha: alpha! * unit, s: s!, beta: beta! * unit };
  };
  return fitBuyers(customers, named, likelihood, (alpha) => [0.5, alpha, 0.5, 0.5], least);
}

/** ln L of customers at given parameters; null for parameters that are not positive or no customer. */
export function paretoNbdLogLikelihood(parameters: ParetoNbd, customers: readonly Customer[]): number | null {
  const groups = weigh(customers);
  return positive(parameters) && groups.length > 0 ? finite(likelihood(parameters, groups)) : null;
}

function likelihood(parameters: ParetoNbd, groups: readonly Weighted[]): number {
  const { r, alpha, s, beta } = parameters;
  const constant = r * log(alpha) + s * log(beta) - lnGamma(r);
  let total = 0;
  for (const customer of groups) {
    const { x, T, weight } = customer;
    const staying = -(r + x) * log(alpha + T) - s * log(beta + T);
    total += weight * (constant + lnGamma(r + x) + staying + addLogs(0, lnOddsGone(parameters, customer)));
  }
  return total;
}

/** ln of P(gone) ÷ P(alive) = s/(r + s + x) · (α + T)^(r+x) (β + T)^s · A₀, A₀ = G(t_x) − G(T); NaN where G cannot be computed. */
function lnOddsGone(parameters: ParetoNbd, customer: Customer): number {
  const { r, alpha, s, beta } = parameters;
  const { x, tx, T } = customer;
  if (abs(alpha - beta) > steep * (max(alpha, beta) + tx)) return log(s) + log(goneIntegral(parameters, customer));
  const early = lnG(parameters, x, tx);
  const late = tx === T ? early : lnG(parameters, x, T);
  const base = (r + x) * log(alpha + T) + s * log(beta + T);
  return log(s / (r + s + x)) + base + early + log(-expm1(min(0, late - early)));
}

/** Argument of ₂F₁ from which on the integral is quicker and as exact: there the fraction needs ever more terms. */
const steep = 0.9;

const rule = gaussLegendre(16);

/**
 * The odds ÷ s as an integral over the time of leaving, ∫ ((α+T)/(α+t))^(r+x) · ((β+T)/(β+t))^s dt/(β+t) from t_x to T,
 * in v = ln((m + T)/(m + t)), m the lesser of α and β, where it is smooth. From the top end down in panels over which it
 * falls by no more than e⁸, until one adds nothing. NaN where the range is beyond numbers.
 */
function goneIntegral({ r, alpha, s, beta }: ParetoNbd, { x, tx, T }: Customer): number {
  const buying = alpha <= beta;
  const near = min(alpha, beta);
  const apart = abs(alpha - beta);
  const own = buying ? r + x : s;
  const other = buying ? s : r + x;
  const far = apart + near + T;
  let total = 0;
  for (let top = log1p((T - tx) / (near + tx)); top > 0; ) {
    const first = (near + T) * exp(-top);
    const width = min(top, 1, 8 / (own + (Math.E * other * first) / (apart + first)));
    // beyond what numbers can tell apart there is no end to come to
    if (!(top - width < top)) return nan;
    let panel = 0;
    for (let i = 0; i < rule.points.length; i++) {
      const v = top - (width / 2) * (1 - rule.points[i]!);
      const time = (near + T) * exp(-v);
      const value = exp(own * v + other * log(far / (apart + time)));
      panel += rule.weights[i]! * (buying ? (value * time) / (apart + time) : value);
    }
    total += (width / 2) * panel;
    if ((width / 2) * panel <= 1e-17 * total) break;
    top -= width;
  }
  return total;
}

/**
 * ln of one of the two terms of A₀, (m + t)^−(r+s+x) · ₂F₁(r + s + x, k; r + s + x + 1; |α − β|/(m + t)) with m the greater
 * of α and β, k = s + 1 where α ≥ β and r + x where α < β. By Euler's transform one upper parameter becomes 1: no large
 * term is left, and the powers stay in logarithms.
 */
function lnG({ r, alpha, s, beta }: ParetoNbd, x: number, t: number): number {
  const c = r + s + x + 1;
  const lnA = log(alpha + t);
  const lnB = log(beta + t);
  if (alpha >= beta) {
    const f = hyp2f1(1, r + x, c, (alpha - beta) / (alpha + t)) ?? nan;
    return -(r + x) * lnA - s * lnB + log(f);
  }
  const f = hyp2f1(1, s + 1, c, (beta - alpha) / (beta + t)) ?? nan;
  return -(r + x - 1) * lnA - (s + 1) * lnB + log(f);
}

/** P(still a customer) in [0, 1]; meaningful at x = 0 too. Null for figures that fit no customer. */
export function paretoNbdAlive(parameters: ParetoNbd, customer: Customer): number | null {
  if (!positive(parameters) || !isCustomer(customer)) return null;
  return finite(1 / (1 + exp(lnOddsGone(parameters, customer))));
}

/** E[purchases in the next t] = (r + x)(β + T)/((α + T)(s − 1)) · [1 − ((β + T)/(β + T + t))^(s−1)] · P(alive); at s = 1 its limit. */
export function paretoNbdExpected(parameters: ParetoNbd, customer: Customer, t: number): number | null {
  const alive = paretoNbdAlive(parameters, customer);
  if (alive === null || !(t >= 0)) return null;
  const { r, alpha, s, beta } = parameters;
  const { x, T } = customer;
  return finite(((r + x) / (alpha + T)) * lifeAhead(s, beta + T, t) * alive);
}

/** E[purchases in the first t after the first purchase] of a customer drawn at random. */
export function paretoNbdMean(parameters: ParetoNbd, t: number): number | null {
  if (!positive(parameters) || !(t >= 0)) return null;
  const { r, alpha, s, beta } = parameters;
  return finite((r / alpha) * lifeAhead(s, beta, t));
}

/** Expected time as a customer within the next t, from/(s − 1) · [1 − (from/(from + t))^(s−1)]. */
function lifeAhead(s: number, from: number, t: number): number {
  const ln = log1p(t / from);
  return from * (s === 1 ? ln : -expm1(-(s - 1) * ln) / (s - 1));
}
