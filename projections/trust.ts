import type { AccountEvent } from '../src/domain/account/account.events.js';
import type { ActivityEvent } from '../src/domain/activity/activity.events.js';
import type { BooksEvent } from '../src/domain/books/books.events.js';
import type { Projection } from '../src/kernel/projection.js';
import { own, ownOr } from './keyed.js';
import { invoiceDue, paid } from './trust/payments.js';
import { type Commitment, initial, type Mark, type Outcome, type Support, type TrustState } from './trust/state.js';
import { type TrustView, trustView } from './trust/view.js';

type Events = AccountEvent | ActivityEvent | BooksEvent;

/** Whether each side keeps its word: promises, breaches, good faith, reviews held, help given, payments. */
export const trust: Projection<TrustState, TrustView, Events> = {
  name: 'trust',
  version: 1,
  of: 'account',
  question: { en: 'Does each side keep its word?', zh: '双方守信吗?' },
  initial,
  policy: ['settings'],
  on: {
    CommitmentMade: (state, { time, id, data: { commitmentId, by, ownerId, due } }) => {
      ownOr(
        state.commitments,
        commitmentId,
        (): Commitment => ({
          by,
          ownerId,
          made: [time, id],
          dues: [[time, Date.parse(due), id]],
        }),
      );
    },
    CommitmentMoved: (state, { time, id, data: { commitmentId, due } }) => {
      own(state.commitments, commitmentId)?.dues.push([time, Date.parse(due), id]);
    },
    CommitmentKept: (state, { time, id, data }) => {
      outcomeOf(state, data.commitmentId).kept ??= [time, id];
    },
    CommitmentBroken: (state, { time, id, data }) => {
      outcomeOf(state, data.commitmentId).broken ??= [time, id];
    },
    TrustBreached: (state, { time, id, data: { breachId, by, severity } }) => {
      ownOr(state.breaches, breachId, () => ({ by, severity, at: time, eventId: id }));
    },
    TrustRepaired: (state, { time, id, data }) => {
      ownOr(state.repairs, data.breachId, (): Mark => [time, id]);
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
    SupportRequested: (state, { time, id, data: { requestId, unit, neededBy, processId } }) => {
      const support = supportOf(state, requestId, unit);
      support.requested ??= [time, id];
      support.neededBy ??= Date.parse(neededBy);
      support.processId ??= processId ?? null;
    },
    SupportPledged: (state, { time, id, data: { requestId, unit, due, processId } }) => {
      const support = supportOf(state, requestId, unit);
      support.unit = unit;
      support.pledged = [time, id];
      support.due = Date.parse(due);
      support.processId ??= processId ?? null;
    },
    SupportDelivered: (state, { time, id, data: { requestId, unit, processId } }) => {
      const support = supportOf(state, requestId, unit);
      support.delivered ??= [time, id];
      const process = processId ?? support.processId;
      if (process === null) return;
      const units = ownOr(state.processes, process, () => ({}));
      units[unit] ??= [time, id];
    },
    SupportFailed: (state, { time, id, data }) => {
      supportOf(state, data.requestId, data.unit).failed ??= [time, id];
    },
    SupportDeclined: (state, { time, id, data }) => {
      supportOf(state, data.requestId, data.unit).declined ??= [time, id];
    },
    InvoiceIssued: (state, { data }) => {
      if (data.dueOn !== undefined) invoiceDue(state, data, Date.parse(data.dueOn));
    },
    PaymentReceived: (state, { time, data }, { settings }) => paid(state, data, time, settings),
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
