import type { AccountEvent } from '../src/domain/account/account.events.js';
import type { ActivityEvent } from '../src/domain/activity/activity.events.js';
import type { BooksEvent } from '../src/domain/books/books.events.js';
import type { Event } from '../src/kernel/event.js';
import { monthOf } from '../src/kernel/instant.js';
import type { Money } from '../src/kernel/money.js';
import type { Policy } from '../src/kernel/policy.js';
import type { Projection, Subject } from '../src/kernel/projection.js';
import { met, ordered, pursue, spent } from './investment/acquisition.js';
import { courtshipOf, type InvestmentState, initial, own } from './investment/state.js';
import { type InvestmentView, investmentView } from './investment/view.js';
import { keyOf } from './performance/books.js';
import { inCurrency, pairOf } from './performance/pricing.js';

type Events = AccountEvent | ActivityEvent | BooksEvent;

/**
 * What was put into an account to win it and to build it, and whether it comes back. Of a group: one ledger and one curve over the
 * money of all members, while each of them is won by itself, so that what winning them cost adds up.
 */
export const investment: Projection<InvestmentState, InvestmentView, Events> = {
  name: 'investment',
  version: 5,
  of: 'account',
  question: { en: 'Is the sacrifice paying back?', zh: '牺牲是否得到回报?' },
  initial,
  policy: ['rates', 'fx', 'settings'],
  uses: ['performance'],
  sums: true,
  on: {
    PursuitOpened: (state, event, rules, subject) =>
      pursue(
        courtshipOf(state, event, subject),
        event,
        rules,
        currencyOf(state, subject, event.data.plannedCost, rules),
      ),
    OrderPlaced: (state, event, _rules, subject) => {
      if (event.data.regular !== false) ordered(courtshipOf(state, event, subject), event.time);
    },
    InvoiceIssued: (state, event, _rules, subject) => {
      if (event.data.orderId === undefined) ordered(courtshipOf(state, event, subject), event.time);
    },
    StageDeclared: (state, event, _rules, subject) => {
      courtshipOf(state, event, subject).exited = event.data.stage === 'EXITED';
    },
    CostIncurred: (state, event, rules, subject) =>
      spent(state, event, rules, subject, currencyOf(state, subject, event.data.amount, rules)),
    InteractionLogged: (state, event, rules, subject) => {
      if (event.data.pursuitId !== undefined)
        met(state, event, rules, subject, currencyOf(state, subject, undefined, rules));
    },
    InvestmentCommitted: (state, event, rules, subject) => {
      const { investmentId, planned, horizonMonths } = event.data;
      const missing: string[] = [];
      const minor = (amount: Money) => minorOf(state, subject, rules, amount, missing);
      const key = keyOf(event, investmentId, subject);
      state.investments[key] = {
        accountId: event.accountid ?? subject.id,
        id: investmentId,
        committedAt: event.time,
        committed: true,
        horizonMonths,
        planned: planned.map(({ month, out, back }) => [month, minor(out), minor(back)]),
        stoppedAt: null,
        releases: own(state.investments, key)?.releases ?? [],
        eventIds: [event.id],
        missing,
      };
    },
    InvestmentReleased: (state, event, rules, subject) => {
      const { investmentId, amount } = event.data;
      const key = keyOf(event, investmentId, subject);
      const found = own(state.investments, key) ?? unplanned(event, investmentId, subject, rules);
      state.investments[key] = found;
      const minor = minorOf(state, subject, rules, amount, found.missing);
      found.releases.push([monthOf(event.time, state.calendar), minor, event.id]);
    },
    InvestmentStopped: (state, event, _rules, subject) => {
      const found = own(state.investments, keyOf(event, event.data.investmentId, subject));
      if (found === undefined) return;
      found.stoppedAt = event.time;
      found.eventIds.push(event.id);
    },
    SacrificeApproved: (state, event, rules, subject) => {
      const { sacrificeId, amount, from, to, reviewOn, approver } = event.data;
      const missing: string[] = [];
      const minor = minorOf(state, subject, rules, amount, missing);
      const key = keyOf(event, sacrificeId, subject);
      state.sacrifices[key] = {
        accountId: event.accountid ?? subject.id,
        id: sacrificeId,
        amount: missing.length > 0 ? null : minor,
        pair: missing[0] ?? null,
        from: Date.parse(from),
        to: Date.parse(to),
        reviewOn: Date.parse(reviewOn),
        approver,
        eventId: event.id,
        reviews: own(state.sacrifices, key)?.reviews ?? [],
      };
    },
    SacrificeReviewed: (state, event, _rules, subject) => {
      own(state.sacrifices, keyOf(event, event.data.sacrificeId, subject))?.reviews.push([event.time, event.id]);
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

const unplanned = (event: Event<string, object>, id: string, subject: Subject, { horizons }: Policy) => ({
  accountId: event.accountid ?? subject.id,
  id,
  committedAt: event.time,
  committed: false,
  horizonMonths: horizons.defaultMonths,
  planned: [],
  stoppedAt: null,
  releases: [],
  eventIds: [],
  missing: [],
});
