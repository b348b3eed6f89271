import type { AccountEvent } from '../src/domain/account/account.events.js';
import type { ActivityEvent } from '../src/domain/activity/activity.events.js';
import type { BooksEvent } from '../src/domain/books/books.events.js';
import { NEVER } from '../src/kernel/instant.js';
import type { Projection } from '../src/kernel/projection.js';
import { cost, credit, currencyOf, invoice, keyOf, minorOf, placeOf } from './performance/books.js';
import { interaction } from './performance/interactions.js';
import { noteLate } from './performance/late.js';
import { owed } from './performance/open.js';
import { ordered } from './performance/ordered.js';
import { future, impact, released } from './performance/outlook.js';
import { rows } from './performance/rows.js';
import { put, take } from './performance/shelf.js';
import { isTold, tell } from './sequence/marks.js';
import { at, dayIn, dayOfPast, initial, lacks, type PerformanceState } from './performance/state.js';
import { furtherMoments, type PerformanceView, performanceView } from './performance/view.js';

type Events = AccountEvent | ActivityEvent | BooksEvent;

/** The waterfall of an account by quarter, from what was invoiced to what is left after serving it, waiting for it and its capital. */
export const performance: Projection<PerformanceState, PerformanceView, Events> = {
  name: 'performance',
  version: 4,
  of: 'account',
  question: { en: 'What does it bring and what does it cost, over years?', zh: '多年来带来多少,花费多少?' },
  sums: true,
  parameters: { restatements: 'exact: closed quarters folded again as they were known then, corrections included' },
  choices: { restatements: ['exact'] },
  initial,
  policy: ['rates', 'fx', 'settings'],
  on: {
    OrderPlaced: (state, event, rules, subject) => {
      const { quarter, row } = placeOf(state, event, rules, subject, event.data.amount);
      const regular = event.data.regular === false ? 0 : 1;
      quarter.orders++;
      ordered(state, row, regular);
      const orderId = keyOf(event, event.data.orderId, subject);
      put(state.orders, row[at.day], orderId, [row[at.day], regular]);
      tell(state.placed, orderId);
    },
    OrderCancelled: (state, event, rules, subject) => {
      const orderId = keyOf(event, event.data.orderId, subject);
      if (!isTold(state.placed, orderId)) return;
      const { quarter } = placeOf(state, event, rules, subject, undefined);
      quarter.cancelled++;
      const placed = take(state.orders, orderId);
      const past = placed === undefined ? undefined : dayOfPast(state, placed[0]);
      if (placed === undefined || past === undefined) return;
      past.quarter.orders--;
      ordered(state, past.row, -placed[1]);
    },
    InvoiceIssued: (state, event, rules, subject) => {
      invoice(placeOf(state, event, rules, subject, event.data.gross), event.data, subject);
    },
    CreditIssued: (state, event, rules, subject) => {
      credit(placeOf(state, event, rules, subject, event.data.amount), event.data);
    },
    RebateGranted: (state, event, rules, subject) => {
      const place = placeOf(state, event, rules, subject, event.data.amount);
      const amount = minorOf(place, event.data.amount, lacks.rebates);
      place.quarter.rebates += amount;
      place.row[at.net] -= amount;
      noteLate(place.quarter, event, rules, -amount, -amount);
    },
    PaymentReceived: (state, event, rules, subject) => {
      const place = placeOf(state, event, rules, subject, event.data.amount);
      place.row[at.balance] += owed(place, event.data.amount, -1);
      state.paid = true;
    },
    CostIncurred: (state, event, rules, subject) => {
      cost(placeOf(state, event, rules, subject, event.data.amount), event.data, subject);
    },
    InteractionLogged: (state, event, rules, subject) => {
      interaction(state, event, rules, subject, currencyOf(state, subject, undefined));
    },
    CustomerIntentStated: (state, event, _rules, subject) => {
      const { intentId, until } = event.data;
      state.intents[keyOf(event, intentId, subject)] = until === undefined ? NEVER : Date.parse(until);
    },
    CustomerIntentWithdrawn: (state, event, _rules, subject) => {
      delete state.intents[keyOf(event, event.data.intentId, subject)];
    },
    FuturePlanSet: (state, event, rules, subject) => future(state, event, rules, subject),
    InvestmentCommitted: (state, event, _rules, subject) => {
      state.horizons[keyOf(event, event.data.investmentId, subject)] = event.data.horizonMonths;
    },
    InvestmentReleased: (state, event, rules, subject) =>
      released(state, event, dayIn(rules.settings, event.time), rules, subject),
    InternalImpactRecorded: (state, event, _rules, subject) => impact(state, event, subject),
  },
  also: furtherMoments,
  view: performanceView,
  rows,
};
