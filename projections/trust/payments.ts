import type { InvoiceIssued, PaymentReceived } from '../../src/domain/books/books.events.js';
import { type Calendar, dayOf, type Instant, quarterName, quarterOf } from '../../src/kernel/instant.js';
import type { Money } from '../../src/kernel/money.js';
import { own } from '../keyed.js';
import type { OpenInvoice, Paid, TrustState } from './state.js';

/** Years for which the due day of an invoice is remembered for a late payment. */
const yearsKept = 4;
const yearOf = (at: Instant): number => new Date(at).getUTCFullYear();

/** An invoice is due. One that is paid, or was due years ago, is forgotten: a payment that late is counted without its days. */
export function invoiceDue(
  state: TrustState,
  { invoiceId, gross, onInvoiceDiscount }: InvoiceIssued,
  due: Instant,
): void {
  const year = yearOf(due);
  const known = state.due[year];
  const open: OpenInvoice = [due, gross.minor - (onInvoiceDiscount?.minor ?? 0), gross.currency];
  if (known) known[invoiceId] = open;
  else {
    state.due[year] = { [invoiceId]: open };
    for (const other of Object.keys(state.due)) if (Number(other) < year - yearsKept) delete state.due[other];
  }
}

/** A payment came: so many days after the invoice's due day, or as the source says. */
export function paid(
  state: TrustState,
  { invoiceId, daysLate, amount }: PaymentReceived,
  time: Instant,
  calendar: Calendar,
): void {
  const quarter = quarterOf(time, calendar);
  state.paid[quarter] ??= { n: 0, late: 0, early: 0, lateDays: 0, days: 0, unknown: 0 };
  const sum = state.paid[quarter];
  const due = settledDue(state, invoiceId, amount);
  const days = due === undefined ? daysLate : dayOf(time, calendar) - dayOf(due - 1, calendar);
  if (days === undefined) {
    sum.unknown++;
    return;
  }
  sum.n++;
  sum.days += days;
  if (days < 0) sum.early++;
  if (days <= 0) return;
  sum.late++;
  sum.lateDays += days;
}

/** Due bound of the invoice that a payment is for; undefined where nobody knows it. An invoice paid in full is dropped. */
function settledDue(state: TrustState, invoiceId: string, { minor, currency }: Money): Instant | undefined {
  for (const year of Object.values(state.due)) {
    const open = own(year, invoiceId);
    if (!open) continue;
    const [due, left] = open;
    if (currency !== open[2]) return due;
    if (left <= minor) delete year[invoiceId];
    else year[invoiceId] = [due, left - minor, currency];
    return due;
  }
  return undefined;
}

/** How they pay. Shown, and no part of the integrity index unless signalled (§3.12.8). */
export interface Payments {
  readonly n: number;
  readonly late: number;
  readonly onTime: number;
  readonly early: number;
  readonly withoutDueDay: number;
  readonly lateShare: number | null;
  /** Mean days between due day and payment; negative: early. */
  readonly meanDays: number | null;
  /** Mean days of the late ones. */
  readonly meanDaysLate: number | null;
  readonly reason?: 'no-payment-with-due-day' | 'none-late';
}

/** Payments by quarter, oldest first, and of the four quarters that end with the open one. */
export function paymentsAt(
  state: TrustState,
  t: Instant,
  calendar: Calendar,
): { readonly lastYear: Payments; readonly quarters: readonly (Payments & { readonly quarter: string })[] } {
  const now = quarterOf(t, calendar);
  const quarters = Object.entries(state.paid)
    .map(([quarter, sum]) => [Number(quarter), sum] as const)
    .sort(([a], [b]) => a - b);
  const lastYear = { n: 0, late: 0, early: 0, lateDays: 0, days: 0, unknown: 0 };
  for (const [quarter, sum] of quarters)
    if (quarter > now - 4) for (const key of Object.keys(lastYear) as (keyof Paid)[]) lastYear[key] += sum[key];
  return {
    lastYear: shown(lastYear),
    quarters: quarters.map(([quarter, sum]) => ({ quarter: quarterName(quarter, calendar), ...shown(sum) })),
  };
}

function shown({ n, late, early, lateDays, days, unknown }: Paid): Payments {
  const counted = { n, late, onTime: n - late - early, early, withoutDueDay: unknown };
  if (n === 0)
    return { ...counted, lateShare: null, meanDays: null, meanDaysLate: null, reason: 'no-payment-with-due-day' };
  const known = { ...counted, lateShare: late / n, meanDays: days / n };
  if (late === 0) return { ...known, meanDaysLate: null, reason: 'none-late' };
  return { ...known, meanDaysLate: lateDays / late };
}
