import type { SupplierStatus } from '../../src/domain/vocabulary.js';
import { DAY_MS, type Instant } from '../../src/kernel/instant.js';
import { own } from '../keyed.js';
import type { Charter, Contract, Estimate, Plan, Reduction, StagesState, Step } from './state.js';

/** Whether a contract is in force at an instant. */
export function contractHolds({ agreed, from, terms, ended }: Contract, t: Instant): boolean {
  const term = terms.findLast(({ at }) => at <= t);
  return agreed[0] <= t && from <= t && term !== undefined && t < term.until && (ended === null || t < ended.at);
}

/** Whether a joint plan is in force at an instant. */
export const planHolds = ({ agreed, from, to, cancelled }: Plan, t: Instant): boolean =>
  agreed[0] <= t && from <= t && t < to && (cancelled === null || t < cancelled[0]);

/** Whether a step of integration is in force at an instant. */
export const stepHolds = ({ taken, ended }: Step, t: Instant): boolean =>
  taken[0] <= t && (ended === null || t < ended[0]);

/** The charter in force at an instant. */
export const charterAt = (state: StagesState, t: Instant): Charter | undefined =>
  state.charters.findLast(({ at }) => at <= t);

/** The latest estimate of a category that states our share. */
export const shareAt = (
  state: StagesState,
  category: string,
  t: Instant,
): (Estimate & { readonly share: number }) | undefined =>
  own(state.estimates, category)?.findLast(
    (one): one is Estimate & { readonly share: number } => one.at <= t && one.share !== null,
  );

/** The supplier status of a category at an instant. */
export const statusAt = (
  state: StagesState,
  category: string,
  t: Instant,
): { readonly status: SupplierStatus; readonly at: Instant; readonly eventId: string } | undefined =>
  state.statuses.findLast((one) => one.category === category && one.at <= t);

/**
 * The main category: that of the largest wallet (§3.12.9). Where no wallet is told, the one whose status was declared last,
 * else the one whose share was estimated last; null where nothing is told of any.
 */
export function mainCategoryAt(state: StagesState, t: Instant): string | null {
  let main: { readonly category: string; readonly wallet: number } | null = null;
  let newest: { readonly category: string; readonly at: Instant } | null = null;
  for (const category of Object.keys(state.estimates).sort()) {
    const told = state.estimates[category]!.filter(({ at }) => at <= t);
    const wallet = told.findLast((one) => one.wallet !== null)?.wallet ?? null;
    if (wallet !== null && (main === null || wallet > main.wallet)) main = { category, wallet };
    const last = told.at(-1);
    if (last && (newest === null || last.at > newest.at)) newest = { category, at: last.at };
  }
  return main?.category ?? state.statuses.findLast(({ at }) => at <= t)?.category ?? newest?.category ?? null;
}

/** The last renewal of a contract in a category (or in none) at an instant. */
export function lastRenewalAt(
  state: StagesState,
  category: string,
  t: Instant,
): { readonly at: Instant; readonly tendered: boolean; readonly eventId: string } | null {
  let last: { readonly at: Instant; readonly tendered: boolean; readonly eventId: string } | null = null;
  for (const contract of Object.values(state.contracts)) {
    if (contract.category !== null && contract.category !== category) continue;
    for (const { at, tendered, eventId } of contract.terms)
      if (tendered !== null && at <= t && (last === null || at >= last.at)) last = { at, tendered, eventId };
  }
  return last;
}

/** What a reduction programme says at an instant, and the decision if there is one; undefined before it was announced. */
export function reductionAt(
  { announced, decided }: Reduction,
  t: Instant,
): (Reduction['announced'][number] & { readonly decided: Reduction['decided'] }) | undefined {
  const said = announced.findLast(({ at }) => at <= t);
  return said && { ...said, decided: decided !== null && decided.at <= t ? decided : null };
}

/** Length of `[from, to)` in days. */
export const lengthDays = (from: Instant, to: Instant): number => Math.floor((to - from) / DAY_MS);
