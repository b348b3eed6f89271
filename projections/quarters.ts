import { type Calendar, dayOf, type Instant, quarterName, startOfQuarter } from '../src/kernel/instant.js';

/** One quarter of the firm's: `[from, to)` by instants, `[fromDay, toDay)` by numbers of days. */
export interface QuarterBounds {
  readonly name: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly fromDay: number;
  readonly toDay: number;
}

/** The bounds of a quarter by its number; reckoned once for each calendar, for a series goes through the same ones again and again. */
export function boundsOf(q: number, calendar: Calendar): QuarterBounds {
  let known = reckoned.get(calendar);
  if (known === undefined) {
    known = new Map();
    reckoned.set(calendar, known);
  }
  let bounds = known.get(q);
  if (bounds === undefined) {
    const [from, to] = [startOfQuarter(q, calendar), startOfQuarter(q + 1, calendar)];
    const days = { fromDay: dayOf(from, calendar), toDay: dayOf(to - 1, calendar) + 1 };
    bounds = { name: quarterName(q, calendar), from, to, ...days };
    known.set(q, bounds);
  }
  return bounds;
}

const reckoned = new WeakMap<Calendar, Map<number, QuarterBounds>>();
