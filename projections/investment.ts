import type { AccountEvent } from '../src/domain/account/account.events.js';
import type { ActivityEvent } from '../src/domain/activity/activity.events.js';
import type { BooksEvent } from '../src/domain/books/books.events.js';
import { monthOf } from '../src/kernel/instant.js';
import type { Money } from '../src/kernel/money.js';
import type { Policy } from '../src/kernel/policy.js';
import type { Projection, Subject } from '../src/kernel/projection.js';
import { met, ordered, pursue, spent } from './investment/acquisition.js';
import { type InvestmentState, initial, own } from './investment/state.js';
import { type InvestmentView, investmentView } from './investment/view.js';
import { inCurrency, pairOf } from './performance/pricing.js';

type Events = AccountEvent | ActivityEvent | BooksEvent;

/** What was put into an account to win it and to build it, and whether it comes back. */
export const investment: Projection<InvestmentState, InvestmentView, Events> = {
  name: 'investment',
  version: 2,
  of: 'account',
  question: { en: 'Is the sacrifice paying back?', zh: '牺牲是否得到回报?' },
  initial,
  policy: ['rates', 'fx', 'settings'],
  uses: ['performance'],
  on: {
    PursuitOpened: (state, event, rules, subject) =>
      pursue(state, event, rules, currencyOf(state, subject, event.data.plannedCost, rules)),
    OrderPlaced: (state, event) => {
      if (event.data.regular !== false) ordered(state, event.time);
    },
    InvoiceIssued: (state, event) => {
      if (event.data.orderId === undefined) ordered(state, event.time);
    },
    StageDeclared: (state, event) => {
      state.exited = event.data.stage === 'EXITED';
    },
    CostIncurred: (state, event, rules, subject) =>
      spent(state, event, rules, currencyOf(state, subject, event.data.amount, rules)),
    InteractionLogged: (state, event, rules, subject) => {
      if (event.data.pursuitId !== undefined && state.phases.length > 0)
        met(state, event, rules, currencyOf(state, subject, undefined, rules));
    },
    InvestmentCommitted: (state, event, rules, subject) => {
      const { investmentId, planned, horizonMonths } = event.data;
      const missing: string[] = [];
      const minor = (amount: Money) => minorOf(state, subject, rules, amount, missing);
      state.investments[investmentId] = {
        committedAt: event.time,
        horizonMonths,
        planned: planned.map(({ month, out, back }) => [month, minor(out), minor(back)]),
        stoppedAt: null,
        releases: own(state.investments, investmentId)?.releases ?? [],
        eventIds: [event.id],
        missing,
      };
    },
    InvestmentReleased: (state, event, rules, subject) => {
      const { investmentId, amount } = event.data;
      const found = own(state.investments, investmentId) ?? unplanned(event.time, rules.horizons.defaultMonths);
      state.investments[investmentId] = found;
      const minor = minorOf(state, subject, rules, amount, found.missing);
      found.releases.push([monthOf(event.time, state.calendar), minor, event.id]);
    },
    InvestmentStopped: (state, event) => {
      const found = own(state.investments, event.data.investmentId);
      if (found === undefined) return;
      found.stoppedAt = event.time;
      found.eventIds.push(event.id);
    },
    SacrificeApproved: (state, event, rules, subject) => {
      const { sacrificeId, amount, from, to, reviewOn, approver } = event.data;
      const missing: string[] = [];
      const minor = minorOf(state, subject, rules, amount, missing);
      state.sacrifices[sacrificeId] = {
        amount: missing.length > 0 ? null : minor,
        pair: missing[0] ?? null,
        from: Date.parse(from),
        to: Date.parse(to),
        reviewOn: Date.parse(reviewOn),
        approver,
        eventId: event.id,
        reviews: own(state.sacrifices, sacrificeId)?.reviews ?? [],
      };
    },
    SacrificeReviewed: (state, event) => {
      own(state.sacrifices, event.data.sacrificeId)?.reviews.push([event.time, event.id]);
    },
  },
  view: investmentView,
};

/** The currency that the state counts in: the account's, else that of the first amount. Calendars go with it. */
function currencyOf(state: InvestmentState, subject: Subject, amount: Money | undefined, rules: Policy): string {
  state.calendar.utcOffsetMin = rules.settings.utcOffsetMin;
  state.calendar.fiscalYearStartMonth = rules.settings.fiscalYearStartMonth;
  state.currency = subject.currency ?? state.currency ?? amount?.currency ?? null;
  return state.currency ?? '';
}

/** The amount; 0 where it has no rate, and the pair is named. */
function minorOf(state: InvestmentState, subject: Subject, rules: Policy, amount: Money, missing: string[]): number {
  const currency = currencyOf(state, subject, amount, rules);
  const minor = inCurrency(amount, currency, rules.fx);
  if (minor === null) missing.push(pairOf(amount.currency, currency));
  return minor ?? 0;
}

const unplanned = (committedAt: number, horizonMonths: number) => ({
  committedAt,
  horizonMonths,
  planned: [],
  stoppedAt: null,
  releases: [],
  eventIds: [],
  missing: [],
});
