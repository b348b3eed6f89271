import type { CostIncurred, CreditIssued, InvoiceIssued, InvoiceLine } from '../../src/domain/books/books.events.js';
import type { Event } from '../../src/kernel/event.js';
import { yearOfQuarter } from '../../src/kernel/instant.js';
import type { Money } from '../../src/kernel/money.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Subject } from '../../src/kernel/projection.js';
import { noteLate } from './late.js';
import { lacksRate } from './missing.js';
import { owed } from './open.js';
import { ordered } from './ordered.js';
import { costAmount, inCurrency, pairOf } from './pricing.js';
import { find, put, take } from './shelf.js';
import {
  at,
  type Day,
  dayAt,
  dayIn,
  dayOfPast,
  lacks,
  type PerformanceState,
  type Quarter,
  quarterAt,
} from './state.js';

/** Where an event's amounts go: its quarter, its day, the rules at its time, the currency of the state. */
export interface Place {
  readonly state: PerformanceState;
  readonly quarter: Quarter;
  readonly row: Day;
  readonly event: Event<string, object>;
  readonly rules: Policy;
  readonly currency: string;
}

/** The currency that a state counts in. */
export function currencyOf(state: PerformanceState, subject: Subject, amount: Money | undefined): string {
  if (subject.currency !== null) {
    state.currency = subject.currency;
    return subject.currency;
  }
  if (state.currency === null && amount !== undefined) state.currency = amount.currency;
  return state.currency ?? '';
}

/** The place of a money event. */
export function placeOf(
  state: PerformanceState,
  event: Event<string, object>,
  rules: Policy,
  subject: Subject,
  amount: Money | undefined,
): Place {
  const quarter = quarterAt(state, event, rules);
  const row = dayAt(state, dayIn(state.calendar, event.time));
  row[at.money]++;
  return { state, quarter, row, event, rules, currency: currencyOf(state, subject, amount) };
}

/** The amount in the state's currency; 0 where it is not told, and where it has no rate, which the quarter then names. */
export function minorOf({ quarter, rules, currency }: Place, amount: Money | undefined, lack: number): number {
  if (amount === undefined) return 0;
  if (amount.currency === currency) return amount.minor;
  const minor = inCurrency(amount, currency, rules.fx);
  if (minor === null) lacksRate(quarter, pairOf(amount.currency, currency), lack);
  return minor ?? 0;
}

/** The key of a thing that is named within its account: with the account where the History is another's. */
export const keyOf = (event: Event<string, object>, id: string, subject: Subject): string =>
  event.accountid === undefined || event.accountid === subject.id ? id : `${event.accountid}/${id}`;

/** What was sold: gross, what came off on the invoice, what the goods cost us (else their lines), and what is now open. */
export function invoice(place: Place, data: InvoiceIssued, subject: Subject): void {
  const { state, quarter, row, event, rules } = place;
  const gross = minorOf(place, data.gross, lacks.gross);
  const discount = minorOf(place, data.onInvoiceDiscount, lacks.discounts);
  const { lines } = data;
  let cogs = minorOf(place, data.cogs, lacks.cogs);
  let costed = data.cogs !== undefined;
  if (lines !== undefined && lines.length > 0) {
    const told = linesOf(place, lines);
    if (!costed) {
      cogs = told.cogs;
      costed = told.costed;
    }
  }
  quarter.gross += gross;
  quarter.discounts += discount;
  quarter.cogs += cogs;
  quarter.invoices++;
  if (!costed) quarter.withoutCogs++;
  row[at.net] += gross - discount;
  row[at.cogs] += cogs;
  row[at.balance] += owed(place, data.gross, 1) + owed(place, data.onInvoiceDiscount, -1);
  if (data.orderId === undefined) ordered(state, row, 1);
  noteLate(quarter, event, rules, gross - discount, gross - discount - cogs);
  if (data.orderId !== undefined) take(state.orders, keyOf(event, data.orderId, subject));
}

function linesOf(place: Place, lines: readonly InvoiceLine[]): { cogs: number; costed: boolean } {
  const { state, quarter } = place;
  const year = yearOfQuarter(quarter.q, state.calendar);
  let all = 0;
  let costed = true;
  for (const { category, net, cogs } of lines) {
    const key = `:${category}`;
    let years = state.categories[key];
    if (years === undefined) {
      years = {};
      state.categories[key] = years;
    }
    let sums = years[year];
    if (sums === undefined) {
      sums = [0, 0, 0, 0];
      years[year] = sums;
    }
    const cost = minorOf(place, cogs, lacks.lines);
    sums[0] += minorOf(place, net, lacks.lines);
    sums[1] += cost;
    sums[2]++;
    if (cogs === undefined) {
      sums[3]++;
      costed = false;
    }
    all += cost;
  }
  return { cogs: all, costed };
}

/** Money given back; goods that come back lower the cost of goods; what is open on an invoice falls with a credit that names it. */
export function credit(place: Place, data: CreditIssued): void {
  const { quarter, row, event, rules } = place;
  const amount = minorOf(place, data.amount, lacks.credits);
  const cogs = minorOf(place, data.cogs, lacks.cogs);
  quarter.credits += amount;
  quarter.cogs -= cogs;
  row[at.net] -= amount;
  row[at.cogs] -= cogs;
  if (data.invoiceId !== undefined) row[at.balance] += owed(place, data.amount, -1);
  noteLate(quarter, event, rules, -amount, cogs - amount);
}

/** A cost told by itself. Trial and first-order discounts stand above net; one that cites an interaction replaces its category. */
export function cost(place: Place, data: CostIncurred, subject: Subject): void {
  const { state, quarter, row, event, rules, currency } = place;
  const priced = costAmount(data, rules, currency);
  if (typeof priced !== 'number') {
    if (priced.pair !== null) {
      const lack = data.acquisition ? lacks.cost | lacks.discounts : lacks.cost;
      lacksRate(quarter, priced.pair, lack, data.acquisition?.endsWith('_DISCOUNT') ? [] : [data.category]);
      if (data.activityTypeId !== undefined) spend(state, data.activityTypeId, row[at.day], 0);
      if (data.activity !== undefined) rate(state, data.activity, 0);
    } else if (data.minutes !== undefined) quarter.unpricedMinutes += data.minutes;
    else quarter.unpricedActivities += data.quantity ?? 0;
    return;
  }
  if (data.acquisition === 'TRIAL_DISCOUNT' || data.acquisition === 'FIRST_ORDER_DISCOUNT') {
    quarter.discounts += priced;
    row[at.net] -= priced;
    noteLate(quarter, event, rules, -priced, -priced);
    return;
  }
  if (data.interactionId !== undefined) replace(place, keyOf(event, data.interactionId, subject), data.category);
  quarter.cost[data.category] = (quarter.cost[data.category] ?? 0) + priced;
  row[at.cost] += priced;
  if (data.acquisition !== undefined) row[at.acquisition] += priced;
  if (!intended(state, data.intentId, event, subject)) {
    quarter.unaligned += priced;
    row[at.unaligned] += priced;
  }
  if (data.activityTypeId !== undefined) spend(state, data.activityTypeId, row[at.day], priced);
  if (data.activity !== undefined) rate(state, data.activity, priced);
  noteLate(quarter, event, rules, 0, -priced);
}

/** Takes the category's amount out of the interaction; one that has not come yet will find it taken. */
function replace(place: Place, key: string, category: string): void {
  const { state, row, event, rules } = place;
  const logged = find(state.interactions, key);
  if (logged === undefined) {
    const cited = find(state.cited, key);
    if (cited === undefined) put(state.cited, row[at.day], key, [category]);
    else if (!cited.includes(category)) cited.push(category);
    return;
  }
  const [day, aligned, activityTypeId, amounts] = logged;
  const amount = amounts[category];
  const past = amount === undefined ? undefined : dayOfPast(state, day);
  if (amount === undefined || past === undefined) return;
  delete amounts[category];
  const { quarter } = past;
  quarter.cost[category] = quarter.cost[category]! - amount;
  past.row[at.cost] -= amount;
  if (aligned === 0) {
    quarter.unaligned -= amount;
    past.row[at.unaligned] -= amount;
  }
  if (activityTypeId !== null) spend(state, activityTypeId, day, -amount);
  noteLate(quarter, event, rules, 0, amount, quarter !== place.quarter);
}

/** Whether the intent that a cost cites was in force at its time (§3.12.26). */
export function intended(
  { intents }: PerformanceState,
  intentId: string | undefined,
  event: Event<string, object>,
  subject: Subject,
): boolean {
  if (intentId === undefined) return false;
  const key = keyOf(event, intentId, subject);
  return Object.hasOwn(intents, key) && event.time < intents[key]!;
}

/** Adds to what was spent on a kind of activity in a month. */
export function spend(state: PerformanceState, activityTypeId: string, day: number, amount: number): void {
  if (!Object.hasOwn(state.activities, activityTypeId)) state.activities[activityTypeId] = {};
  const spent = state.activities[activityTypeId]!;
  const month = monthOfDay(day);
  spent[month] = (spent[month] ?? 0) + amount;
}

function rate({ rated }: PerformanceState, activity: string, amount: number): void {
  rated[activity] = (Object.hasOwn(rated, activity) ? rated[activity]! : 0) + amount;
}

/** Months since year 0 of the month that holds a day (days since 1970-01-01 of the firm's calendar). */
export function monthOfDay(day: number): number {
  const date = new Date(day * 86_400_000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
