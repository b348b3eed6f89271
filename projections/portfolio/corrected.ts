import { type Calendar, quarterOf, startOfQuarter } from '../../src/kernel/instant.js';
import { knownAtBoth } from '../../src/kernel/knowing.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { ReportAccount, ReportQuery, Touch } from '../../src/kernel/projection.js';
import { sumOf } from '../performance/figures.js';
import { closeOf, type Said } from '../performance/restated.js';
import type { PerformanceState } from '../performance/state.js';

/** A closed quarter into which corrections reached after its close: what it said then, folded again as it was known. */
export interface Corrected {
  readonly q: number;
  readonly said: Said;
  readonly says: Said;
  /** Corrections and retractions known after the close. */
  readonly touches: readonly Touch[];
}

/** How far from a cost the interaction may lie whose own cost it replaces, in days: a year, and the days of a quarter. */
const citedWithinDays = 460;

/**
 * Quarters of an account that corrections changed after they were closed, and those that were told too late of an amount without a
 * rate. Only these are folded again, each once: an account without any costs nothing.
 */
export function correctedQuarters(account: ReportAccount, query: ReportQuery, policy: Policy): Corrected[] {
  const { touches = [], states, then } = account;
  if (then === undefined) return [];
  const now = states.performance as PerformanceState;
  const { settings } = policy;
  const reached = new Map<number, Touch[]>();
  for (const touch of touches)
    for (const q of quartersOf(touch, now, settings)) {
      const close = closeOf(startOfQuarter(q + 1, settings), settings.closeDays);
      if (close < query.asOf && touch.known > close) reached.set(q, [...(reached.get(q) ?? []), touch]);
    }
  for (const { q, ends, late, missing } of now.quarters)
    if (late && missing && closeOf(ends, settings.closeDays) < query.asOf && !reached.has(q)) reached.set(q, []);
  return [...reached].map(([q, by]) => {
    const close = closeOf(startOfQuarter(q + 1, settings), settings.closeDays);
    const before = then({ asOf: close, knownAt: knownAtBoth(query.knownAt, close) }).performance as PerformanceState;
    return { q, said: saidIn(before, q), says: saidIn(now, q), touches: by };
  });
}

/** Quarters that an event counts in before or after a correction; one that others refer to, or that says the currency, reaches further. */
export function quartersOf(
  { type, data, times }: Touch,
  { quarters }: PerformanceState,
  calendar: Calendar,
): Set<number> {
  const found = new Set(times.map((time) => quarterOf(time, calendar)));
  if (type === 'AccountRegistered') for (const { q } of quarters) found.add(q);
  if (type === 'CostIncurred' && data.interactionId !== undefined) {
    const away = citedWithinDays * 86_400_000;
    for (const { q, ends } of quarters) if (times.some((time) => Math.abs(ends - time) < away)) found.add(q);
  }
  return found;
}

function saidIn({ quarters }: PerformanceState, q: number): Said {
  const { net, contribution } = sumOf(quarters.filter((quarter) => quarter.q === q));
  return { net, contribution };
}
