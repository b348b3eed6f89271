import type { Money } from '../../src/kernel/money.js';
import type { Place } from './books.js';
import { lacksRate } from './missing.js';
import { inCurrency, pairOf } from './pricing.js';
import { lacks } from './state.js';

/**
 * By how much the open balance moves when an invoice adds to it (1), or a payment or credit takes from it (−1). What is open in
 * another currency keeps the rate at which it was invoiced, on average: paid in full, nothing is left open, whatever rates did since.
 */
export function owed(place: Place, amount: Money | undefined, sign: 1 | -1): number {
  if (amount === undefined) return 0;
  const { state, currency } = place;
  if (amount.currency === currency) return sign * amount.minor;
  if (!Object.hasOwn(state.abroad, amount.currency)) state.abroad[amount.currency] = [0, 0];
  const pool = state.abroad[amount.currency]!;
  const [open, kept] = pool;
  const moved = sign * amount.minor;
  if (open * moved >= 0) {
    const minor = converted(place, amount, sign);
    pool[0] += moved;
    pool[1] += minor;
    return minor;
  }
  if (Math.abs(moved) <= Math.abs(open)) {
    const minor = moved === -open ? -kept : Math.round(kept * (moved / open));
    pool[0] += moved;
    pool[1] += minor;
    return minor;
  }
  const rest = moved + open;
  const minor = converted(place, { minor: Math.abs(rest), currency: amount.currency }, sign);
  pool[0] = rest;
  pool[1] = minor;
  return minor - kept;
}

function converted({ quarter, rules, currency }: Place, amount: Money, sign: 1 | -1): number {
  const minor = inCurrency(amount, currency, rules.fx);
  if (minor === null) lacksRate(quarter, pairOf(amount.currency, currency), lacks.balance);
  return sign === 1 ? (minor ?? 0) : 0 - (minor ?? 0);
}
