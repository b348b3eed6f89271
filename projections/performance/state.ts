import type { Event } from '../../src/kernel/event.js';
import { type Calendar, DAY_MS, MINUTE_MS, quarterOf, startOfQuarter } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Marks } from '../sequence/marks.js';
import type { Late } from './late.js';
import type { Shelf } from './shelf.js';

/** Which figures an amount without an exchange rate leaves undefined: bits of `Quarter.missing`. */
export const lacks = { gross: 1, discounts: 2, rebates: 4, credits: 8, cogs: 16, cost: 32, balance: 64, lines: 128 };

/** One quarter's sums, in minor units of the account's currency. */
export interface Quarter {
  /** Number of the quarter (`quarterOf`). */
  readonly q: number;
  /** First day, first day after it, and the instant at which it ends. */
  readonly from: number;
  readonly to: number;
  readonly ends: number;
  /** Open invoice balance × days, over all days before the quarter. */
  readonly waited: number;
  gross: number;
  discounts: number;
  rebates: number;
  credits: number;
  cogs: number;
  /** Cost to serve by category. */
  cost: Record<string, number>;
  unaligned: number;
  orders: number;
  cancelled: number;
  invoices: number;
  withoutCogs: number;
  unpricedMinutes: number;
  unpricedActivities: number;
  /** Events that later corrections changed. */
  corrected: number;
  late?: Late;
  /** `EUR/USD` → bits of `lacks`. */
  missing?: Record<string, number>;
  /** Categories of cost in which an amount has no exchange rate. */
  uncosted?: string[];
}

/**
 * One day with anything, as a row of numbers: day, net, cogs, cost to serve, of it unaligned, of it tagged as acquisition, regular
 * orders, money events, open invoice balance at its end, and balance × days from the beginning up to this day.
 */
export type Day = [number, number, number, number, number, number, number, number, number, number];

/** Places in a `Day`. */
export const at = {
  day: 0,
  net: 1,
  cogs: 2,
  cost: 3,
  unaligned: 4,
  acquisition: 5,
  orders: 6,
  money: 7,
  balance: 8,
  balanceDays: 9,
} as const;

/** An interaction that cost something: its day, the intent in force it served (1) or not (0), its kind of activity, amounts by category. */
export type Logged = [number, 0 | 1, string | null, Record<string, number>];

/** One version of a plan: period, basis, contribution (null: no exchange rate for the pair named next), when it was made, the event, whose. */
export type Plan = [string, 'FORECAST' | 'TARGET', number | null, string | null, number, string, string];

/** What an account brings and costs: sums by quarter and by day, and what later events may still refer to. */
export interface PerformanceState {
  calendar: { utcOffsetMin: number; fiscalYearStartMonth: number };
  /** Currency of all amounts: the account's, else that of the first amount. */
  currency: string | null;
  quarters: Quarter[];
  days: Day[];
  /** Days with regular orders, in order. */
  orderDays: number[];
  /** `:` + category → fiscal year → net, cogs, lines, lines without cogs. */
  categories: Record<string, Record<string, [number, number, number, number]>>;
  interactions: Shelf<Logged>;
  /** Categories of costs that cite an interaction which has not come yet. */
  cited: Shelf<string[]>;
  /** Orders neither invoiced nor cancelled: day, and whether regular (1). */
  orders: Shelf<[number, 0 | 1]>;
  /** Orders ever placed: only such can be cancelled. */
  placed: Marks;
  paid: boolean;
  /** What is open in other currencies: in theirs, and in that of the state. */
  abroad: Record<string, [number, number]>;
  /** Intents in force → until. */
  intents: Record<string, number>;
  plans: Plan[];
  /** Investments → months over which they are written off. */
  horizons: Record<string, number>;
  /** Month, amount (null: no exchange rate), investment. */
  releases: [number, number | null, string][];
  /** Pairs without a rate in releases. */
  releasesMissing: string[];
  /** Kind of activity → month → spent. */
  activities: Record<string, Record<string, number>>;
  /** Activity of a rate card → cost of what was told by minutes or quantity. */
  rated: Record<string, number>;
  /** Area → period → account → share and event, the latest told. */
  impacts: Record<string, Record<string, Record<string, [number, string]>>>;
}

export const initial = (): PerformanceState => ({
  calendar: { utcOffsetMin: 0, fiscalYearStartMonth: 1 },
  currency: null,
  quarters: [],
  days: [],
  orderDays: [],
  categories: {},
  interactions: {},
  cited: {},
  orders: {},
  placed: {},
  paid: false,
  abroad: {},
  intents: {},
  plans: [],
  horizons: {},
  releases: [],
  releasesMissing: [],
  activities: {},
  rated: {},
  impacts: {},
});

type Told = Event<string, object>;

/** Number of the day of an event. */
export function dayIn(calendar: Calendar, time: number): number {
  return Math.floor((time + calendar.utcOffsetMin * MINUTE_MS) / DAY_MS);
}

/** The quarter of an event: the last one of the state, as events come in order; a new one where it is over. */
export function quarterAt(state: PerformanceState, event: Told, rules: Policy): Quarter {
  const last = state.quarters.at(-1);
  const quarter = last !== undefined && event.time < last.ends ? last : opened(state, event.time, rules);
  if (event.correctedBy !== undefined) quarter.corrected++;
  return quarter;
}

function opened(state: PerformanceState, time: number, rules: Policy): Quarter {
  adoptCalendar(state, rules);
  const { calendar } = state;
  const q = quarterOf(time, calendar);
  const ends = startOfQuarter(q + 1, calendar);
  const from = dayIn(calendar, startOfQuarter(q, calendar));
  const quarter: Quarter = {
    q,
    from,
    to: dayIn(calendar, ends),
    ends,
    waited: waitedBefore(state.days.at(-1), from),
    gross: 0,
    discounts: 0,
    rebates: 0,
    credits: 0,
    cogs: 0,
    cost: {},
    unaligned: 0,
    orders: 0,
    cancelled: 0,
    invoices: 0,
    withoutCogs: 0,
    unpricedMinutes: 0,
    unpricedActivities: 0,
    corrected: 0,
  };
  state.quarters.push(quarter);
  return quarter;
}

/** The firm's calendar is the same at all times; the state keeps it so that rows can name quarters. */
export function adoptCalendar(state: PerformanceState, rules: Policy): void {
  const { utcOffsetMin, fiscalYearStartMonth } = rules.settings;
  state.calendar.utcOffsetMin = utcOffsetMin;
  state.calendar.fiscalYearStartMonth = fiscalYearStartMonth;
}

/** The row of a day that is not before the last one. */
export function dayAt(state: PerformanceState, day: number): Day {
  const last = state.days.at(-1);
  if (last !== undefined && last[at.day] >= day) return last;
  const balance = last === undefined ? 0 : last[at.balance];
  const row: Day = [day, 0, 0, 0, 0, 0, 0, 0, balance, waitedBefore(last, day)];
  state.days.push(row);
  return row;
}

/** Open invoice balance × days over all days before one, from the last row before it. A balance in the customer's favour waits for nothing. */
export function waitedBefore(last: Day | undefined, day: number): number {
  if (last === undefined) return 0;
  return last[at.balanceDays] + Math.max(0, last[at.balance]) * (day - last[at.day]);
}

/** The row of a day that has one, and the quarter that holds it. */
export function dayOfPast(state: PerformanceState, day: number): { row: Day; quarter: Quarter } | undefined {
  const row = state.days[firstFrom(state.days, day)];
  if (row === undefined || row[at.day] !== day) return undefined;
  for (let i = state.quarters.length - 1; i >= 0; i--) {
    const quarter = state.quarters[i]!;
    if (quarter.from <= day) return { row, quarter };
  }
  return undefined;
}

/** Place of the first row whose day is at least `day`. */
export function firstFrom(days: readonly Day[], day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]![at.day] < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
