import type { AccountEvent } from '../src/domain/account/account.events.js';
import type { ActivityEvent } from '../src/domain/activity/activity.events.js';
import type { BooksEvent } from '../src/domain/books/books.events.js';
import type { ProgrammeEvent } from '../src/domain/programme/programme.events.js';
import type { Projection } from '../src/kernel/projection.js';
import { own } from './keyed.js';
import { amountOf, contractHandlers } from './loyalty/contracts.js';
import { initial, type LoyaltyState } from './loyalty/state.js';
import { type LoyaltyView, loyaltyView } from './loyalty/view.js';
import { keyOf } from './performance/books.js';
import { pairOf } from './performance/pricing.js';

type Events = AccountEvent | ActivityEvent | BooksEvent | ProgrammeEvent;

/** Whether they stay because they want to: share of wallet, what they say, how long and how often they buy, whom they meet. */
export const loyalty: Projection<LoyaltyState, LoyaltyView, Events> = {
  name: 'loyalty',
  version: 4,
  of: 'account',
  question: { en: 'Is loyalty rising over years?', zh: '忠诚度是否逐年上升?' },
  policy: ['fx'],
  parameters: { quintiles: 'yes: recency, frequency and money as fifths of all accounts' },
  choices: { quintiles: ['yes'] },
  uses: ['performance', 'contacts'],
  usesFor: { quintiles: ['population/quintiles'] },
  initial,
  on: {
    ...contractHandlers,
    ShareOfWalletEstimated: (state, { id, time, data }, rules, subject) => {
      const { category, share = null, wallet, ourRank = null, suppliers = null, source, confidence } = data;
      const amount = amountOf(wallet, rules, subject);
      const missing =
        wallet !== undefined && amount === null ? pairOf(wallet.currency, subject.currency ?? wallet.currency) : null;
      const told = { category, share, wallet: amount, missing, ourRank, suppliers, source, confidence };
      state.estimates.push({ time, ...told, eventId: id });
    },
    SurveyAnswered: (state, { id, time, data: { respondentId, recommend, satisfaction = null } }) => {
      state.answers.push([time, respondentId, recommend, satisfaction, id]);
    },
    CommitmentMade: (state, event, _rules, subject) => {
      const { commitmentId, by, due } = event.data;
      const promise = { by, due: Date.parse(due), closed: null, eventId: event.id };
      state.promises[keyOf(event, commitmentId, subject)] = promise;
    },
    CommitmentMoved: (state, event, _rules, subject) => {
      const promise = own(state.promises, keyOf(event, event.data.commitmentId, subject));
      if (promise) promise.due = Date.parse(event.data.due);
    },
    CommitmentKept: (state, event, _rules, subject) =>
      close(state, keyOf(event, event.data.commitmentId, subject), 'KEPT', event.id),
    CommitmentBroken: (state, event, _rules, subject) =>
      close(state, keyOf(event, event.data.commitmentId, subject), 'BROKEN', event.id),
    KeyAccountDesignated: (state, { id, time }) => {
      state.designations.push([time, 1, id]);
    },
    KeyAccountReleased: (state, { id, time }) => {
      state.designations.push([time, 0, id]);
    },
    PursuitOpened: (state, event, _rules, subject) => {
      const { pursuitId, purpose, approach = null } = event.data;
      state.pursuits[keyOf(event, pursuitId, subject)] = { purpose, approach };
    },
    PursuitWon: (state, event, _rules, subject) => {
      const { id, time, data } = event;
      const pursuit = own(state.pursuits, keyOf(event, data.pursuitId, subject));
      if (!pursuit) return;
      const approach = data.approach ?? pursuit.approach;
      state.wins.push({ time, purpose: pursuit.purpose, approach, eventId: id });
    },
    OrderPlaced: (state, event, _rules, subject) => {
      const { orderId, regular } = event.data;
      if (regular !== false) state.lastOrder = { orderId: keyOf(event, orderId, subject), eventId: event.id };
    },
    OrderCancelled: (state, event, _rules, subject) => {
      if (state.lastOrder?.orderId === keyOf(event, event.data.orderId, subject)) state.lastOrder = null;
    },
    InvoiceIssued: (state, { id, data: { orderId } }) => {
      if (orderId === undefined) state.lastOrder = { orderId: null, eventId: id };
    },
  },
  view: loyaltyView,
};

function close(state: LoyaltyState, id: string, how: 'KEPT' | 'BROKEN', eventId: string): void {
  const promise = own(state.promises, id);
  if (!promise) return;
  promise.closed = how;
  promise.eventId = eventId;
}
