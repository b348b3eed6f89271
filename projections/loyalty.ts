import type { AccountEvent } from '../src/domain/account/account.events.js';
import type { ActivityEvent } from '../src/domain/activity/activity.events.js';
import type { BooksEvent } from '../src/domain/books/books.events.js';
import type { ProgrammeEvent } from '../src/domain/programme/programme.events.js';
import type { Projection } from '../src/kernel/projection.js';
import { own } from './keyed.js';
import { amountOf, contractHandlers } from './loyalty/contracts.js';
import { initial, type LoyaltyState } from './loyalty/state.js';
import { type LoyaltyView, loyaltyView } from './loyalty/view.js';
import { pairOf } from './performance/pricing.js';

type Events = AccountEvent | ActivityEvent | BooksEvent | ProgrammeEvent;

/** Whether they stay because they want to: share of wallet, what they say, how long and how often they buy, whom they meet. */
export const loyalty: Projection<LoyaltyState, LoyaltyView, Events> = {
  name: 'loyalty',
  version: 2,
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
    CommitmentMade: (state, { id, data: { commitmentId, by, due } }) => {
      state.promises[commitmentId] = { by, due: Date.parse(due), closed: null, eventId: id };
    },
    CommitmentMoved: (state, { data }) => {
      const promise = own(state.promises, data.commitmentId);
      if (promise) promise.due = Date.parse(data.due);
    },
    CommitmentKept: (state, { id, data }) => close(state, data.commitmentId, 'KEPT', id),
    CommitmentBroken: (state, { id, data }) => close(state, data.commitmentId, 'BROKEN', id),
    KeyAccountDesignated: (state, { id, time }) => {
      state.designations.push([time, 1, id]);
    },
    KeyAccountReleased: (state, { id, time }) => {
      state.designations.push([time, 0, id]);
    },
    PursuitOpened: (state, { data: { pursuitId, purpose, approach = null } }) => {
      state.pursuits[pursuitId] = { purpose, approach };
    },
    PursuitWon: (state, { id, time, data }) => {
      const pursuit = own(state.pursuits, data.pursuitId);
      const approach = data.approach ?? pursuit?.approach ?? null;
      state.wins.push({ time, purpose: pursuit?.purpose ?? null, approach, eventId: id });
    },
    OrderPlaced: (state, { id, data: { orderId, regular } }) => {
      if (regular !== false) state.lastOrder = { orderId, eventId: id };
    },
    OrderCancelled: (state, { data: { orderId } }) => {
      if (state.lastOrder?.orderId === orderId) state.lastOrder = null;
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
