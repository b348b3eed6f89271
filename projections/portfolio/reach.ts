import { type Calendar, dayOf, type Instant, quarterName, quarterOf } from '../../src/kernel/instant.js';
import type { ReportAccount } from '../../src/kernel/projection.js';
import { firstRegularOrderDay } from '../performance/days.js';
import type { PerformanceState } from '../performance/state.js';
import type { PursuitsState } from '../pursuits/state.js';

/** People and accounts first spoken to in a quarter, two-way and no campaign (D4). */
export interface ReachQuarter {
  readonly quarter: string;
  readonly open: boolean;
  readonly accounts: number;
  readonly contacts: number;
  /** Of the contacts, those of accounts that had not ordered yet. */
  readonly beforeFirstOrder: number;
}

/** What is kept of an account: people first spoken to by quarter, and the quarter in which the account was. */
export interface Reached {
  readonly first: number | null;
  readonly met: readonly (readonly [quarter: number, contacts: number, beforeFirstOrder: number])[];
}

/** People of an account by the quarter in which each was first spoken to. */
export function reachedOf({ states }: ReportAccount, calendar: Calendar): Reached {
  const { firstContact, met } = states.pursuits as PursuitsState;
  const ordered = firstRegularOrderDay(states.performance as PerformanceState);
  const quarters = new Map<number, readonly [quarter: number, contacts: number, beforeFirstOrder: number]>();
  for (const time of Object.values(met)) {
    const quarter = quarterOf(time, calendar);
    const [, contacts, before] = quarters.get(quarter) ?? [quarter, 0, 0];
    const early = ordered === null || dayOf(time, calendar) < ordered;
    quarters.set(quarter, [quarter, contacts + 1, before + (early ? 1 : 0)]);
  }
  return { first: firstContact ? quarterOf(firstContact[0], calendar) : null, met: [...quarters.values()] };
}

/** One line for each quarter from the first contact of all to the moment. */
export function reachOf(told: readonly Reached[], asOf: Instant, calendar: Calendar): ReachQuarter[] {
  const found = new Map<number, { accounts: number; contacts: number; beforeFirstOrder: number }>();
  const at = (quarter: number) => {
    const known = found.get(quarter) ?? { accounts: 0, contacts: 0, beforeFirstOrder: 0 };
    found.set(quarter, known);
    return known;
  };
  for (const { first, met } of told) {
    if (first !== null) at(first).accounts++;
    for (const [quarter, contacts, beforeFirstOrder] of met) {
      const counted = at(quarter);
      counted.contacts += contacts;
      counted.beforeFirstOrder += beforeFirstOrder;
    }
  }
  if (found.size === 0) return [];
  const last = quarterOf(asOf, calendar);
  const first = [...found.keys()].reduce((a, b) => Math.min(a, b));
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const counted = found.get(first + i) ?? { accounts: 0, contacts: 0, beforeFirstOrder: 0 };
    return { quarter: quarterName(first + i, calendar), open: first + i === last, ...counted };
  });
}
