import { allFinite, finite, sum } from './figure.js';

/** Cost of one minute: capacity cost ÷ practical minutes (§3.3.2), in the money's minor unit; null without minutes. */
export function capacityRate(capacityCost: number, practicalMinutes: number): number | null {
  return practicalMinutes > 0 ? finite(capacityCost / practicalMinutes) : null;
}

/** A pool of people and what was asked of them. */
export interface CapacityPool {
  readonly capacityCost: number;
  readonly practicalMinutes: number;
  readonly activities: readonly { readonly count: number; readonly minutesEach: number }[];
}

/** What a pool's capacity was used for. */
export interface PoolUse {
  readonly rate: number;
  readonly usedMinutes: number;
  readonly assigned: number;
  /** Used ÷ practical minutes; over 1 where more was asked than there is. */
  readonly utilisation: number;
  /** Cost of the capacity that stood idle: charged to no customer; 0 where none did. */
  readonly unusedCost: number;
}

/** Time-driven activity-based costing (§3.3.2): minutes × rate; 560,000 over 700,000 min → .80, 462,880 assigned, 82.66 % used. Null without minutes. */
export function tdabc({ capacityCost, practicalMinutes, activities }: CapacityPool): PoolUse | null {
  const usedMinutes = sum(activities.map(({ count, minutesEach }) => count * minutesEach));
  const rate = capacityRate(capacityCost, practicalMinutes);
  if (rate === null) return null;
  const assigned = usedMinutes * rate;
  const unusedCost = Math.max(0, capacityCost - assigned);
  const use = { rate, usedMinutes, assigned, utilisation: usedMinutes / practicalMinutes, unusedCost };
  return allFinite(Object.values(use)) ? use : null;
}

/** Wallet allocation rule (§3.6): (1 − rank/(n + 1)) · 2/n, the share expected of the supplier at that rank of n; null for no such rank. */
export function walletAllocation(rank: number, n: number): number | null {
  const fits = Number.isInteger(n) && rank >= 1 && rank <= n;
  return fits ? ((1 - rank / (n + 1)) * 2) / n : null;
}

/** Expected share of wallet after a buyer goes from n suppliers to m and keeps us: share × n/m, at most 1 [P] (§3.4, E6). */
export function reducedShare(share: number, from: number, to: number): number | null {
  return share >= 0 && to > 0 && from >= to ? finite(Math.min(1, (share * from) / to)) : null;
}

/** Capital released in a month, and over how many months it is written off. */
export interface Release {
  readonly month: number;
  readonly amount: number;
  readonly horizonMonths: number;
}

/**
 * Capital still in the account as a month opens: Σ amount × (1 − months since release ÷ horizon), straight line
 * (§3.12.5). A release is whole in its own month, gone after its horizon; months are numbers on any one count. Null for
 * amounts that are no numbers.
 */
export function openingBalance(releases: readonly Release[], month: number): number | null {
  const left = releases.map(({ month: from, amount, horizonMonths }) => {
    const age = month - from;
    return age >= 0 && age < horizonMonths ? (amount * (horizonMonths - age)) / horizonMonths : 0;
  });
  return finite(sum(left));
}

/** Cost of the capital tied up in a month: wacc/12 × opening balance (§3.12.5); null for a wacc that is no number. */
export function capitalCharge(releases: readonly Release[], month: number, wacc: number): number | null {
  const balance = openingBalance(releases, month);
  return balance === null ? null : finite((balance * wacc) / 12);
}

/** One account's net revenue in the window before and in this one. */
export interface BeforeAndNow {
  readonly before: number;
  readonly now: number;
}

/** Retention of accounts and of revenue. */
export interface Retention {
  readonly n: number;
  readonly start: number;
  readonly churn: number;
  readonly contraction: number;
  readonly expansion: number;
  readonly logo: number;
  /** (start − contraction − churn) ÷ start, never over 1. */
  readonly gross: number;
  /** (start + expansion − contraction − churn) ÷ start. */
  readonly net: number;
}

/**
 * Retention over two windows of equal length (§3.12.15), of accounts with revenue > 0 in the first: churn = the whole
 * start of those ≤ 0 now, contraction and expansion per account; newcomers are out. Null where nobody began.
 */
export function retention(accounts: readonly BeforeAndNow[]): Retention | null {
  const opening = accounts.filter(({ before }) => before > 0);
  const start = sum(opening.map(({ before }) => before));
  if (!(start > 0) || !allFinite(opening.flatMap(({ before, now }) => [before, now]))) return null;
  const lost = opening.filter(({ now }) => now <= 0);
  const kept = opening.filter(({ now }) => now > 0);
  const churn = sum(lost.map(({ before }) => before));
  const contraction = sum(kept.map(({ before, now }) => Math.max(0, before - now)));
  const expansion = sum(kept.map(({ before, now }) => Math.max(0, now - before)));
  const gross = (start - contraction - churn) / start;
  const net = (start + expansion - contraction - churn) / start;
  if (!allFinite([start, gross, net])) return null;
  return { n: opening.length, start, churn, contraction, expansion, logo: kept.length / opening.length, gross, net };
}

/** Compound growth per year, (to ÷ from)^(1/years) − 1 (§3.12.29); null where either is ≤ 0. */
export function yearlyGrowth(from: number, to: number, years: number): number | null {
  return from > 0 && to > 0 && years > 0 ? finite((to / from) ** (1 / years) - 1) : null;
}
