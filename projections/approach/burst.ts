import { type Instant, iso } from '../../src/kernel/instant.js';
import type { Burst, Policy } from '../../src/kernel/policy.js';
import type { ApproachState } from './state.js';

/** Hunting is advised while a sudden opportunity in the customer's market lasts (H4). */
export interface Recommendation {
  readonly approach: 'HUNTER';
  readonly bursts: readonly { readonly burstId: string; readonly until: string; readonly value: Burst['value'] }[];
}

/** The advice of a moment: open bursts of a declared value that name the account, or its region and industry; null without one. */
export function recommendationAt(
  state: ApproachState,
  accountId: string,
  asOf: Instant,
  { bursts }: Policy,
): Recommendation | null {
  const open = Object.entries(bursts)
    .filter(([, burst]) => burst.from <= asOf && asOf < burst.until)
    .filter(([, burst]) => burst.value !== null && burst.value.minor > 0 && touches(burst, state, accountId))
    .sort(([a, one], [b, other]) => one.until - other.until || (a < b ? -1 : 1))
    .map(([burstId, { until, value }]) => ({ burstId, until: iso(until), value }));
  return open.length === 0 ? null : { approach: 'HUNTER', bursts: open };
}

function touches({ accountIds, region, industry }: Burst, state: ApproachState, accountId: string): boolean {
  if (accountIds.includes(accountId)) return true;
  if (region === null && industry === null) return false;
  return (region === null || region === state.region) && (industry === null || industry === state.industry);
}
