import { type Calendar, dayOf, type Instant, periodOf, readWhen } from '../../src/kernel/instant.js';
import type { ReportAccount, ReportQuery } from '../../src/kernel/projection.js';
import { Refusal } from '../../src/kernel/refusal.js';
import { creditIn, invoicesOf, missingRatesOf, sumsBetween, type Sums } from '../performance/days.js';
import type { PerformanceState } from '../performance/state.js';

/** A report's window in days [fromDay, toDay): every day that [from, to) touches, up to the day of the moment; without bounds, all history. */
export interface Days {
  readonly fromDay: number;
  readonly toDay: number;
}

export function windowOf({ from, to, asOf }: ReportQuery, calendar: Calendar): Days {
  const last = to === null ? asOf : Math.min(asOf, to - 1);
  return { fromDay: from === null ? -1e9 : dayOf(from, calendar), toDay: dayOf(last, calendar) + 1 };
}

/** The parameter `period` of a report: a fiscal year or quarter; undefined where none is asked. */
export function periodAsked({ period }: ReportQuery['parameters'], calendar: Calendar): string | undefined {
  if (period === undefined || periodOf(period, calendar) !== null) return period;
  throw new Refusal('view/parameter-invalid', `period must be a fiscal year or quarter, not ${period}`, {
    errors: [{ pointer: '?period', code: 'period', detail: 'such as 2027 or 2027-Q1' }],
  });
}

/** A parameter of a report that is a date, read as the last instant of its day, or an instant; undefined where none is given. */
export function whenAsked(
  name: string,
  { [name]: told }: ReportQuery['parameters'],
  calendar: Calendar,
): Instant | undefined {
  if (told === undefined) return undefined;
  const at = readWhen(told, 'last', calendar);
  if (at !== null) return at;
  throw new Refusal('view/parameter-invalid', `${name} must be a date or an instant, not ${told || 'nothing'}`, {
    errors: [{ pointer: `?${name}`, code: 'instant', detail: 'such as 2024-12-31' }],
  });
}

/** What an account brought in a window; contribution after cost of credit where there is one. */
export interface Brought extends Sums {
  readonly accountId: string;
  /** Invoices of the window, and those of them without a cost of goods. */
  readonly counts: ReturnType<typeof invoicesOf>;
  /** Pairs of currencies without a rate: its amounts are not whole. */
  readonly missing: readonly string[];
}

/** Sums of an account; null without a money event in the window. What waiting cost ends with the day of the moment. */
export function broughtBy(
  { accountId, states }: ReportAccount,
  { fromDay, toDay }: Days,
  query: ReportQuery,
  calendar: Calendar,
  wacc: number | null,
): Brought | null {
  const waits = Math.min(toDay, dayOf(query.asOf, calendar));
  const state = states.performance as PerformanceState;
  const sums = sumsBetween(state, fromDay, toDay);
  if (sums.moneyEvents === 0) return null;
  const contribution = sums.contribution - (creditIn(state, fromDay, waits, wacc) ?? 0);
  const counts = invoicesOf(state, fromDay, toDay);
  return { ...sums, contribution, accountId, counts, missing: missingRatesOf(state, fromDay, toDay) };
}

/** By account id: how ties in lists are broken. */
export const byId = (a: { readonly accountId: string }, b: { readonly accountId: string }): number =>
  a.accountId < b.accountId ? -1 : a.accountId > b.accountId ? 1 : 0;
