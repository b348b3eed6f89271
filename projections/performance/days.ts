import { monthOfDay } from './books.js';
import { at, firstFrom, lacks, type PerformanceState, waitedBefore } from './state.js';

/** Sums over days; `contribution` is before cost of credit, `orders` are regular ones, `cost` is cost to serve. */
export interface Sums {
  net: number;
  cogs: number;
  cost: number;
  unaligned: number;
  acquisition: number;
  contribution: number;
  orders: number;
  moneyEvents: number;
}

/** Sums over the days [fromDay, toDay), in the currency of the state; `missingRatesOf` says what they leave out. */
export function sumsBetween(state: PerformanceState, fromDay: number, toDay: number): Sums {
  const sums: Sums = {
    net: 0,
    cogs: 0,
    cost: 0,
    unaligned: 0,
    acquisition: 0,
    contribution: 0,
    orders: 0,
    moneyEvents: 0,
  };
  const { days } = state;
  for (let i = firstFrom(days, fromDay); i < days.length && days[i]![at.day] < toDay; i++) {
    const row = days[i]!;
    sums.net += row[at.net];
    sums.cogs += row[at.cogs];
    sums.cost += row[at.cost];
    sums.unaligned += row[at.unaligned];
    sums.acquisition += row[at.acquisition];
    sums.orders += row[at.orders];
    sums.moneyEvents += row[at.money];
  }
  sums.contribution = sums.net - sums.cogs - sums.cost;
  return sums;
}

/**
 * Cost of credit over the days [fromDay, toDay): Σ open invoice balance × wacc ÷ 365 (§3.12.5), not rounded. An invoice is open from
 * its day until that of its payment. Null without a wacc, and while the account has no PaymentReceived ever.
 */
export function creditBetween(
  state: PerformanceState,
  fromDay: number,
  toDay: number,
  wacc: number | null,
): number | null {
  if (wacc === null || !state.paid) return null;
  if (toDay <= fromDay) return 0;
  const { days } = state;
  const before = (day: number) => waitedBefore(days[firstFrom(days, day) - 1], day);
  return ((before(toDay) - before(fromDay)) * wacc) / 365;
}

/** Quarters of mere waiting that are reckoned after the last event: a century. */
export const waitingMax = 400;

/** The same, each quarter's part rounded by itself, as the quarters of `performance` are: they add up to it. */
export function creditIn(state: PerformanceState, fromDay: number, toDay: number, wacc: number | null): number | null {
  if (wacc === null || !state.paid) return null;
  const first = state.days[0]?.[at.day] ?? toDay;
  const last = Math.min(toDay, (state.days.at(-1)?.[at.day] ?? toDay) + waitingMax * 92);
  let total = 0;
  for (let day = Math.max(fromDay, first); day < last; ) {
    const month = monthOfDay(day);
    const next = Math.min(last, firstDayOf(month - intoQuarter(state, month) + 3));
    total += Math.round(creditBetween(state, day, next, wacc)!);
    day = next;
  }
  return total;
}

const intoQuarter = ({ calendar }: PerformanceState, month: number): number =>
  (((month - calendar.fiscalYearStartMonth + 1) % 3) + 3) % 3;

/** A month's sums; contribution after cost of credit, where there is one. Integers. */
export interface Month {
  readonly month: number;
  readonly net: number;
  readonly cogs: number;
  readonly cost: number;
  readonly credit: number | null;
  readonly contribution: number;
}

/** What credit may cost up to when: the rate of capital and the day that has not begun to wait yet. */
export interface Waiting {
  readonly wacc: number | null;
  readonly asOfDay: number;
}

/** The months [fromMonth, toMonth), those without anything included. A quarter's three months add up to its figures. */
export function monthsOf(state: PerformanceState, fromMonth: number, toMonth: number, waiting: Waiting): Month[] {
  const months: Month[] = [];
  for (let month = fromMonth; month < toMonth; month++) {
    const { net, cogs, cost, contribution } = sumsBetween(state, firstDayOf(month), firstDayOf(month + 1));
    const credit = creditOfMonth(state, month, waiting);
    months.push({ month, net, cogs, cost, credit, contribution: contribution - (credit ?? 0) });
  }
  return months;
}

/** Rounded so that the months of a quarter add up to the quarter's rounded cost. */
function creditOfMonth(state: PerformanceState, month: number, { wacc, asOfDay }: Waiting): number | null {
  const from = firstDayOf(month - intoQuarter(state, month));
  const upTo = (day: number) => creditBetween(state, from, Math.min(day, asOfDay), wacc);
  const before = upTo(firstDayOf(month));
  const after = upTo(firstDayOf(month + 1));
  return before === null || after === null ? null : Math.round(after) - Math.round(before);
}

/** Number of the first day of a month (both as the firm's calendar numbers them), by the proleptic Gregorian calendar in integers. */
export function firstDayOf(month: number): number {
  // the year begins in March, so that the leap day is its last
  const march = month - 2;
  const year = Math.floor(march / 12);
  const era = Math.floor(year / 400);
  const ofEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (march - year * 12) + 2) / 5);
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + dayOfYear - 719_468;
}

/** Days with regular orders (§3.12.12), in order, and how many. */
export function regularOrderDays({ days }: PerformanceState): { day: number; count: number }[] {
  return days.flatMap((row) => (row[at.orders] > 0 ? [{ day: row[at.day], count: row[at.orders] }] : []));
}

/** Numbers of the days with regular orders, in order. */
export const orderDaysOf = ({ orderDays }: PerformanceState): readonly number[] => orderDays;

/** Day of the first regular order; null where there is none. */
export const firstRegularOrderDay = ({ orderDays }: PerformanceState): number | null => orderDays[0] ?? null;

/** Day of the last regular order; null where there is none. */
export const lastRegularOrderDay = ({ orderDays }: PerformanceState): number | null => orderDays.at(-1) ?? null;

/** Pairs of currencies without a rate in quarters that overlap [fromDay, toDay), by which sums are too small or too large: a figure over them is null, naming the pair. */
export function missingRatesOf({ quarters }: PerformanceState, fromDay = -1e9, toDay = 1e9): string[] {
  const overlapping = quarters.filter((quarter) => quarter.to > fromDay && quarter.from < toDay);
  return [...new Set(overlapping.flatMap(({ missing }) => (missing ? Object.keys(missing) : [])))].sort();
}

/** The same for figures after cost of credit: an open amount without a rate spoils what is waited for from its quarter on. */
export function missingMoneyOf(state: PerformanceState, fromDay: number, toDay: number, wacc: number | null): string[] {
  const pairs = new Set(missingRatesOf(state, fromDay, toDay));
  if (wacc !== null && state.paid)
    for (const { from, missing = {} } of state.quarters)
      if (from < toDay)
        for (const [pair, bits] of Object.entries(missing)) if ((bits & lacks.balance) !== 0) pairs.add(pair);
  return [...pairs].sort();
}

/** Invoices of quarters that overlap [fromDay, toDay), and those of them that tell no cost of goods. */
export function invoicesOf(
  { quarters }: PerformanceState,
  fromDay = -1e9,
  toDay = 1e9,
): { invoices: number; withoutCogs: number } {
  let invoices = 0;
  let withoutCogs = 0;
  for (const quarter of quarters) {
    if (quarter.to <= fromDay || quarter.from >= toDay) continue;
    invoices += quarter.invoices;
    withoutCogs += quarter.withoutCogs;
  }
  return { invoices, withoutCogs };
}
