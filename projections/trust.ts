import type { AccountEvent } from '../src/domain/account/account.events.js';
import type { ActivityEvent } from '../src/domain/activity/activity.events.js';
import type { BooksEvent } from '../src/domain/books/books.events.js';
import type { Projection } from '../src/kernel/projection.js';
import { own, ownOr } from './keyed.js';
import { keyOf } from './performance/books.js';
import { invoiceDue, paid } from './trust/payments.js';
import { type Commitment, initial, type Mark, type Outcome, type Support, type TrustState } from './trust/state.js';
import { type TrustView, trustView } from './trust/view.js';

type Events = AccountEvent | ActivityEvent | BooksEvent;

/** Whether each side keeps its word: promises, breaches, good faith, reviews held, help given, payments. */
export const trust: Projection<TrustState, TrustView, Events> = {
  name: 'trust',
  version: 2,
  of: 'account',
  question: { en: 'Does each side keep its word?', zh: '双方守信吗?' },
  initial,
  policy: ['settings'],
  on: {
    CommitmentMade: (state, event, _rules, subject) => {
      const { time, id, data } = event;
      const { by, ownerId, due } = data;
      ownOr(
        state.commitments,
        keyOf(event, data.commitmentId, subject),
        (): Commitment => ({
          by,
          ownerId,
          made: [time, id],
          dues: [[time, Date.parse(due), id]],
        }),
      );
    },
    CommitmentMoved: (state, event, _rules, subject) => {
      const { time, id, data } = event;
      own(state.commitments, keyOf(event, data.commitmentId, subject))?.dues.push([time, Date.parse(data.due), id]);
    },
    CommitmentKept: (state, event, _rules, subject) => {
      outcomeOf(state, keyOf(event, event.data.commitmentId, subject)).kept ??= [event.time, event.id];
    },
    CommitmentBroken: (state, event, _rules, subject) => {
      outcomeOf(state, keyOf(event, event.data.commitmentId, subject)).broken ??= [event.time, event.id];
    },
    TrustBreached: (state, event, _rules, subject) => {
      const { time: at, id: eventId, data } = event;
      const { by, severity } = data;
      ownOr(state.breaches, keyOf(event, data.breachId, subject), () => ({ by, severity, at, eventId }));
    },
    TrustRepaired: (state, event, _rules, subject) => {
      ownOr(state.repairs, keyOf(event, event.data.breachId, subject), (): Mark => [event.time, event.id]);
    },
    IntegritySignalled: (state, { time, id, data: { kind, positive } }) => {
      state.signals.push({ at: time, kind, positive, eventId: id });
    },
    CharterAgreed: (state, { time, id, data: { cadence } }) => {
      state.charters.push({ at: time, cadence, eventId: id });
    },
    InteractionLogged: (state, { time, id, data: { kind, twoWay } }) => {
      if ((kind === 'JOINT_REVIEW' || kind === 'EXECUTIVE_REVIEW') && twoWay !== false) state.reviews.push([time, id]);
    },
    SupportRequested: (state, event, _rules, subject) => {
      const { time, id, data } = event;
      const { unit, neededBy, processId } = data;
      const support = supportOf(state, keyOf(event, data.requestId, subject), unit);
      support.requested ??= [time, id];
      support.neededBy ??= Date.parse(neededBy);
      support.processId ??= processId ?? null;
    },
    SupportPledged: (state, event, _rules, subject) => {
      const { time, id, data } = event;
      const { unit, due, processId } = data;
      const support = supportOf(state, keyOf(event, data.requestId, subject), unit);
      support.unit = unit;
      support.pledged = [time, id];
      support.due = Date.parse(due);
      support.processId ??= processId ?? null;
    },
    SupportDelivered: (state, event, _rules, subject) => {
      const { time, id, data } = event;
      const { unit, processId } = data;
      const support = supportOf(state, keyOf(event, data.requestId, subject), unit);
      support.delivered ??= [time, id];
      const process = processId ?? support.processId;
      if (process === null) return;
      const units = ownOr(state.processes, process, () => ({}));
      units[unit] ??= [time, id];
    },
    SupportFailed: (state, event, _rules, subject) => {
      const { time, id, data } = event;
      supportOf(state, keyOf(event, data.requestId, subject), data.unit).failed ??= [time, id];
    },
    SupportDeclined: (state, event, _rules, subject) => {
      const { time, id, data } = event;
      supportOf(state, keyOf(event, data.requestId, subject), data.unit).declined ??= [time, id];
    },
    InvoiceIssued: (state, event, _rules, subject) => {
      const { data } = event;
      const invoiceId = keyOf(event, data.invoiceId, subject);
      if (data.dueOn !== undefined) invoiceDue(state, { ...data, invoiceId }, Date.parse(data.dueOn));
    },
    PaymentReceived: (state, event, { settings }, subject) => {
      const invoiceId = keyOf(event, event.data.invoiceId, subject);
      paid(state, { ...event.data, invoiceId }, event.time, settings);
    },
  },
  view: trustView,
};

function outcomeOf(state: TrustState, commitmentId: string): Outcome {
  return ownOr(state.outcomes, commitmentId, () => ({ kept: null, broken: null }));
}

function supportOf(state: TrustState, requestId: string, unit: Support['unit']): Support {
  return ownOr(state.support, requestId, () => ({
    unit,
    processId: null,
    requested: null,
    neededBy: null,
    pledged: null,
    due: null,
    delivered: null,
    failed: null,
    declined: null,
  }));
}
