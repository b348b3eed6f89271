import type { Event } from '../../src/kernel/event.js';
import { DAY_MS } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Quarter } from './state.js';

/** What was known too late for the quarter's close: how many events, what they changed (before cost of credit), and the first of them. */
export interface Late {
  events: number;
  net: number;
  contribution: number;
  ids: string[];
}

/**
 * Adds to what was known too late: after the last instant of the closeDays-th day after the quarter's last day (§3.12.28). `counts` is
 * false where the same event adds to the same quarter again.
 */
export function noteLate(
  quarter: Quarter,
  event: Event<string, object>,
  rules: Policy,
  net: number,
  contribution: number,
  counts = true,
): void {
  if (event.known < quarter.ends + rules.settings.closeDays * DAY_MS) return;
  quarter.late ??= { events: 0, net: 0, contribution: 0, ids: [] };
  const { late } = quarter;
  late.net += net;
  late.contribution += contribution;
  if (!counts) return;
  late.events++;
  if (late.ids.length < lateIdsMax) late.ids.push(event.id);
}

/** Late events named in a quarter; more are only counted. */
const lateIdsMax = 10;
