import { type Decider, digestIn } from '../../kernel/decider.js';
import { heldOnce, once } from '../once.js';
import type { activityCommands } from './activity.commands.js';
import type { ActivityEvent } from './activity.events.js';
import { dealings, dealingsNeeds } from './dealings.decider.js';
import { learning, learningNeeds } from './learning.decider.js';
import { pursuits, pursuitsNeeds } from './pursuit.decider.js';
import { type Activity, nothingTold, type Open, type Support } from './activity.state.js';

const opened = (event: ActivityEvent): Open => ({ digest: digestIn(event), state: 'open' });

const close = (open: Open | undefined, type: string): void => {
  if (!open) return;
  open.state = 'closed';
  open.closedBy = type;
};

/** Rules of the `activity` streams; the decisions stand in three tables, by what they are about. */
export const activity: Decider<Activity, typeof activityCommands, ActivityEvent> = {
  name: 'activity',
  stream: ({ accountId }) => `activity-${accountId}`,
  initial: nothingTold,

  on: {
    InteractionLogged: (state, event) =>
      once(state, state.interactions, event.data.interactionId, digestIn(event), 'interaction/id-taken'),
    CommitmentMade: (state, event) => {
      const { commitmentId, due } = event.data;
      once(state, state.commitments, commitmentId, { ...opened(event), due }, 'commitment/id-taken');
    },
    CommitmentMoved: (state, { data }) => {
      const commitment = state.commitments.get(data.commitmentId);
      if (commitment) commitment.due = data.due;
    },
    CommitmentKept: (state, { data, type }) => close(state.commitments.get(data.commitmentId), type),
    CommitmentBroken: (state, { data, type }) => close(state.commitments.get(data.commitmentId), type),
    TrustBreached: (state, event) => once(state, state.breaches, event.data.breachId, opened(event), 'breach/id-taken'),
    TrustRepaired: (state, { data, type }) => close(state.breaches.get(data.breachId), type),
    IntegritySignalled: (state, event) => void state.told.add(digestIn(event)),
    SurveyAnswered: (state, event) => void state.told.add(digestIn(event)),
    InsightRecorded: (state, event) =>
      once(state, state.insights, event.data.insightId, digestIn(event), 'insight/id-taken'),
    ValueActivityUndertaken: (state, event) =>
      once(state, state.valueActivities, event.data.valueActivityId, digestIn(event), 'activity/id-taken'),
    NeedRecorded: (state, event) => once(state, state.needs, event.data.needId, opened(event), 'need/id-taken'),
    NeedMet: (state, { data, type }) => close(state.needs.get(data.needId), type),
    NeedLapsed: (state, { data, type }) => close(state.needs.get(data.needId), type),
    ValueDriverRecorded: (state, event) =>
      once(state, state.drivers, event.data.driverId, opened(event), 'driver/id-taken'),
    ValueDriverLapsed: (state, { data, type }) => close(state.drivers.get(data.driverId), type),
    ActivityAdapted: (state, event) => void state.told.add(digestIn(event)),
    PursuitOpened: (state, event) =>
      once(state, state.pursuits, event.data.pursuitId, opened(event), 'pursuit/id-taken'),
    PursuitAdvanced: (state, { data }) => {
      const pursuit = state.pursuits.get(data.pursuitId);
      if (pursuit) pursuit.stage = data.stage;
    },
    PursuitWon: (state, { data, type }) => close(state.pursuits.get(data.pursuitId), type),
    PursuitLost: (state, { data, type }) => close(state.pursuits.get(data.pursuitId), type),
    SupportRequested: (state, event) => {
      const { requestId, unit, processId } = event.data;
      const request: Support = { digest: digestIn(event), unit, processId, state: 'requested' };
      once(state, state.support, requestId, request, 'support/id-taken');
    },
    SupportPledged: (state, event) => {
      const { requestId, unit, processId } = event.data;
      const asked = state.support.get(requestId) ?? { digest: '', unit, processId };
      if ('pledge' in asked) state.twice ??= { id: requestId, code: 'support/id-taken' };
      state.support.set(requestId, { ...asked, state: 'pledged', pledge: digestIn(event) });
    },
    SupportDelivered: (state, { data }) => end(state, data.requestId, 'delivered'),
    SupportFailed: (state, { data }) => end(state, data.requestId, 'failed'),
    SupportDeclined: (state, { data }) => end(state, data.requestId, 'declined'),
  },

  needs: { ...dealingsNeeds, ...learningNeeds, ...pursuitsNeeds },
  decide: { ...dealings, ...learning, ...pursuits },
  holds: heldOnce,
  fewerHolds: true,
};

function end(state: Activity, requestId: string, how: 'delivered' | 'failed' | 'declined'): void {
  const support = state.support.get(requestId);
  if (support) support.state = how;
}
