import { purchasesAhead } from './bgnbd.js';
import { finite } from './figure.js';
import { addLogs, type Customer, type Fit, fitBuyers, isCustomer, positive, weigh, type Weighted } from './lifetime.js';
import { lnBeta, lnGamma } from './special.js';

const { exp, log } = Math;

/** MBG/NBD: as BG/NBD, but one may leave after the very first purchase, so P(alive) means something at x = 0. */
export interface MbgNbd {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/** Fit by greatest likelihood (§3.5.6); refused under 200 customers with a repeat. */
export function fitMbgNbd(customers: readonly Customer[], least?: number): Fit<MbgNbd> {
  const named = ([r, alpha, a, b]: readonly number[], unit: number): MbgNbd => {
    return { r: r!, alpha: alpha! * unit, a: a!, b: b! };
  };
  return fitBuyers(customers, named, likelihood, (alpha) => [0.5, alpha, 1, 2], least);
}

/** ln L of customers at given parameters; null for parameters that are not positive or no customer. */
export function mbgNbdLogLikelihood(parameters: MbgNbd, customers: readonly Customer[]): number | null {
  const groups = weigh(customers);
  return positive(parameters) && groups.length > 0 ? finite(likelihood(parameters, groups)) : null;
}

function likelihood({ r, alpha, a, b }: MbgNbd, groups: readonly Weighted[]): number {
  const constant = r * log(alpha) - lnGamma(r) - lnBeta(a, b);
  let total = 0;
  for (const { x, tx, T, weight } of groups) {
    const staying = lnBeta(a, b + x + 1) - (r + x) * log(alpha + T);
    const leaving = lnBeta(a + 1, b + x) - (r + x) * log(alpha + tx);
    total += weight * (constant + lnGamma(r + x) + addLogs(staying, leaving));
  }
  return total;
}

/** P(still a customer) = 1 ÷ (1 + a/(b + x) · ((α + T)/(α + t_x))^(r + x)), in [0, 1]; null for figures that fit no customer. */
export function mbgNbdAlive(parameters: MbgNbd, customer: Customer): number | null {
  if (!positive(parameters) || !isCustomer(customer)) return null;
  const { r, alpha, a, b } = parameters;
  const { x, tx, T } = customer;
  return finite(1 / (1 + exp(log(a) - log(b + x) + (r + x) * log((alpha + T) / (alpha + tx)))));
}

/** E[purchases in the next t], t in the unit of the customer's times. Null for t < 0 or where it cannot be computed. */
export function mbgNbdExpected(parameters: MbgNbd, customer: Customer, t: number): number | null {
  const alive = mbgNbdAlive(parameters, customer);
  if (alive === null) return null;
  const { r, alpha, a, b } = parameters;
  const ahead = purchasesAhead({ a, c: a + b + customer.x, rate: r + customer.x, from: alpha + customer.T, t });
  return ahead === null ? null : ahead * alive;
}
