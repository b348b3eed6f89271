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
  /** Days from opening to winning or losing; while it is open, days so far. */
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
  const said = (day: number | null) => (day === null ? null : iso(startOfDay(day, calendar)));
  const worth = won ? (close.value ?? value) : value;
  return {
    pursuitId,
    purpose,
    standing: close ? (won ? 'WON' : 'LOST') : (steps.at(-1)?.stage ?? 'OPEN'),
    openedAt: iso(at),
    closedAt: close ? iso(close.at) : null,
    days: daysBetween(at, close?.at ?? t, calendar),
    value: worth,
    ...(worth === null ? { valueReason: missing === null ? 'not-told' : `no-rate ${missing}` } : {}),
    category: pursuit.category,
    approach: close?.approach ?? pursuit.approach,
    fromCompetitor,
    wonBy: close?.wonBy ?? [],
    lostTo: close?.lostTo ?? null,
    orderedOn: said(ordered),
    ...(ordered === null
      ? { orderedReason: close !== null && !won ? ('lost' as const) : ('no-order-yet' as const) }
      : {}),
    daysToOrder: ordered === null ? null : ordered - dayOf(at, calendar),
    capture:
      won && fromCompetitor !== null ? { from: fromCompetitor, counted: wonOn !== null, orderedOn: said(wonOn) } : null,
    eventIds: [pursuit.eventId, ...steps.map(({ eventId }) => eventId), ...(close ? [close.eventId] : [])],
  };
}
