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

/** One line for each quarter from the first contact of all to the moment. */
export function reachOf(accounts: readonly ReportAccount[], asOf: Instant, calendar: Calendar): ReachQuarter[] {
  const found = new Map<number, { accounts: number; contacts: number; beforeFirstOrder: number }>();
  const at = (time: Instant) => {
    const quarter = quarterOf(time, calendar);
    const known = found.get(quarter) ?? { accounts: 0, contacts: 0, beforeFirstOrder: 0 };
    found.set(quarter, known);
    return known;
  };
  for (const { states } of accounts) {
    const { firstContact, met } = states.pursuits as PursuitsState;
    const ordered = firstRegularOrderDay(states.performance as PerformanceState);
    if (firstContact) at(firstContact[0]).accounts++;
    for (const time of Object.values(met)) {
      const quarter = at(time);
      quarter.contacts++;
      if (ordered === null || dayOf(time, calendar) < ordered) quarter.beforeFirstOrder++;
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
