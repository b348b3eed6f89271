import { type Calendar, dayOf, daysBetween, type Instant, iso, startOfDay } from '../../src/kernel/instant.js';
import type { Pursuit, PursuitsState } from './state.js';

/** Where a pursuit stands. */
export type PursuitStanding = 'OPEN' | 'QUALIFIED' | 'PROPOSED' | 'NEGOTIATING' | 'WON' | 'LOST';

/** The order in which a funnel shows them. */
export const standings: readonly PursuitStanding[] = ['OPEN', 'QUALIFIED', 'PROPOSED', 'NEGOTIATING', 'WON', 'LOST'];

/** One pursuit at a moment. Days are the firm's. */
export interface PursuitLine {
  readonly pursuitId: string;
  readonly purpose: Pursuit['purpose'];
  readonly standing: PursuitStanding;
  readonly openedAt: string;
  readonly closedAt: string | null;
  /** By the order that a customer was won or won back with, or by what was told; null while it is open. */
  readonly closedBy: 'order' | 'claim' | null;
  /** Days from opening to its close; while it is open, days so far. */
  readonly days: number;
  readonly value: number | null;
  readonly valueReason?: string;
  readonly category: string | null;
  readonly approach: string | null;
  readonly fromCompetitor: string | null;
  readonly wonBy: readonly string[];
  readonly lostTo: string | null;
  /** Day of the regular order that closes it for good: a win is a claim (§3.12.12). */
  readonly orderedOn: string | null;
  readonly orderedReason?: 'no-order-yet' | 'lost';
  readonly daysToOrder: number | null;
  readonly daysToOrderReason?: 'no-order-yet' | 'lost';
  /** Won from a competitor; it counts from the first order on (H3). */
  readonly capture: { readonly from: string; readonly counted: boolean; readonly orderedOn: string | null } | null;
  readonly eventIds: readonly string[];
}

/** All pursuits in order of opening. `orderDays`: numbers of days with a regular order, ascending. */
export function linesOf(
  state: PursuitsState,
  orderDays: readonly number[],
  t: Instant,
  calendar: Calendar,
): PursuitLine[] {
  return Object.entries(state.pursuits)
    .sort(([a, one], [b, other]) => one.at - other.at || (a < b ? -1 : 1))
    .map(([pursuitId, pursuit]) => lineOf(pursuitId, pursuit, orderDays, t, calendar));
}

const firstFrom = (days: readonly number[], day: number): number | null => days.find((one) => one >= day) ?? null;

function lineOf(
  pursuitId: string,
  pursuit: Pursuit,
  orderDays: readonly number[],
  t: Instant,
  calendar: Calendar,
): PursuitLine {
  const { purpose, at, close, steps, value, missing, fromCompetitor } = pursuit;
  const won = close?.won === true;
  const wonOn = won ? firstFrom(orderDays, dayOf(close.at, calendar)) : null;
  const began = purpose === 'GROWTH' ? wonOn : firstFrom(orderDays, dayOf(at, calendar));
  const ordered = close !== null && !won ? null : began;
  // the first regular order closes the pursuit of a customer, told won or not (D4, §3.12.12); a loss that is told stands
  const others = purpose === 'GROWTH' || (purpose === 'ACQUISITION' && began !== orderDays[0]);
  const closing = others ? null : ordered;
  const orderAt = closing === null ? null : Math.max(at, startOfDay(closing, calendar));
  const byOrder = orderAt !== null && (close === null || orderAt < close.at);
  const closedAt = byOrder ? orderAt : (close?.at ?? null);
  const said = (day: number | null) => (day === null ? null : iso(startOfDay(day, calendar)));
  const worth = won ? (close.value ?? value) : value;
  const unordered = close !== null && !won ? 'lost' : 'no-order-yet';
  return {
    pursuitId,
    purpose,
    standing: won || byOrder ? 'WON' : close ? 'LOST' : (steps.at(-1)?.stage ?? 'OPEN'),
    openedAt: iso(at),
    closedAt: closedAt === null ? null : iso(closedAt),
    closedBy: byOrder ? 'order' : close ? 'claim' : null,
    days: daysBetween(at, closedAt ?? t, calendar),
    value: worth,
    ...(worth === null ? { valueReason: missing === null ? 'not-told' : `no-rate ${missing}` } : {}),
    category: pursuit.category,
    approach: close?.approach ?? pursuit.approach,
    fromCompetitor,
    wonBy: close?.wonBy ?? [],
    lostTo: close?.lostTo ?? null,
    orderedOn: said(ordered),
    ...(ordered === null
      ? { orderedReason: unordered, daysToOrder: null, daysToOrderReason: unordered }
      : { daysToOrder: ordered - dayOf(at, calendar) }),
    capture:
      won && fromCompetitor !== null ? { from: fromCompetitor, counted: wonOn !== null, orderedOn: said(wonOn) } : null,
    eventIds: [pursuit.eventId, ...steps.map(({ eventId }) => eventId), ...(close ? [close.eventId] : [])],
  };
}
