import { DAY_MS, dayOf, type Instant } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import { atLeast, over } from '../statistics/figure.js';
import { type ApproachState, CITES, nearDays, orderNear, ROUTE, VISIT } from './state.js';

/** Median days between orders above which citing an order or a pursuit is not enough (§3.12.13). */
const longGapDays = 60;
/** Fewer interactions than this show no approach (§3.12.14). */
export const leastInteractions = 8;

/** What the interactions of the window add up to. Minutes are those of the meetings, however many took part. */
export interface Window {
  readonly interactions: number;
  readonly minutes: number;
  /** Minutes that cite a pursuit of acquisition or of business that a competitor holds. */
  readonly huntingMinutes: number;
  readonly visits: number;
  readonly visitMinutes: number;
  readonly routeVisits: number;
  /** Beyond orders; `of` leaves out what cannot be decided yet. */
  readonly beyond: {
    readonly interactions: number;
    readonly of: number;
    readonly minutes: number;
    readonly ofMinutes: number;
  };
}

/** Median of the days between regular orders; null with fewer than two. */
export function medianGap(state: ApproachState): number | null {
  const gaps = Object.entries(state.gaps).map(([days, count]) => [Number(days), count] as const);
  gaps.sort(([a], [b]) => a - b);
  const n = gaps.reduce((all, [, count]) => all + count, 0);
  if (n === 0) return null;
  const at = (place: number): number => {
    let seen = 0;
    for (const [days, count] of gaps) {
      seen += count;
      if (place < seen) return days;
    }
    return gaps.at(-1)![0];
  };
  return (at((n - 1) >> 1) + at(n >> 1)) / 2;
}

/** Where orders are rare, those with no order around them count as beyond orders too. */
export const ordersAreRare = (state: ApproachState): boolean => over(medianGap(state) ?? 0, longGapDays);

/** Adds the window (asOf − windowDays, asOf] up. */
export function windowAt(state: ApproachState, asOf: Instant, { settings }: Policy): Window {
  const rare = ordersAreRare(state);
  const from = asOf - settings.windowDays * DAY_MS;
  const today = dayOf(asOf, settings);
  const sums = { interactions: 0, minutes: 0, huntingMinutes: 0, visits: 0, visitMinutes: 0, routeVisits: 0 };
  const beyond = { interactions: 0, of: 0, minutes: 0, ofMinutes: 0 };
  const { dealt } = state;
  for (let i = dealt.length - 1; i >= 0; i--) {
    const one = dealt[i]!;
    const at = one[0];
    if (at <= from) break;
    if (at > asOf) continue;
    const [minutes, flags, pursuit] = [one[1], one[3], one[4]];
    sums.interactions++;
    sums.minutes += minutes;
    const { purpose, fromCompetitor } = state.pursuits[pursuit] ?? { purpose: null, fromCompetitor: false };
    if (purpose === 'ACQUISITION' || fromCompetitor) sums.huntingMinutes += minutes;
    if (flags & VISIT) {
      sums.visits++;
      sums.visitMinutes += minutes;
      if (flags & ROUTE) sums.routeVisits++;
    }
    const free = (flags & CITES) === 0;
    const day = dayOf(at, settings);
    const apart = !free && rare && !orderNear(state, day);
    if (apart && today - day <= nearDays) continue;
    beyond.of++;
    beyond.ofMinutes += minutes;
    if (!free && !apart) continue;
    beyond.interactions++;
    beyond.minutes += minutes;
  }
  return { ...sums, beyond };
}

/** How we really sell to them. */
export type Actual = 'INSUFFICIENT' | 'HUNTER' | 'MILK_ROUND' | 'FARMER' | 'MIXED';

/** The first rule that holds (§3.12.14). */
export function actualOf(window: Window, ordered: boolean): Actual {
  const { minutes, beyond } = window;
  const half = (part: number, whole: number): boolean => whole > 0 && atLeast(part / whole, 0.5);
  if (window.interactions < leastInteractions) return 'INSUFFICIENT';
  if (!ordered || half(window.huntingMinutes, minutes)) return 'HUNTER';
  const onRoute = window.visits > 0 && atLeast(window.routeVisits / window.visits, 0.7);
  if (onRoute && half(window.visitMinutes, minutes)) return 'MILK_ROUND';
  if (half(beyond.minutes, beyond.ofMinutes)) return 'FARMER';
  return 'MIXED';
}
