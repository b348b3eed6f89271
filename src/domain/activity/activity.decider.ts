import { type Decider, digestIn } from '../../kernel/decider.js';
import type { activityCommands } from './activity.commands.js';
import type { ActivityEvent } from './activity.events.js';
import { dealings, dealingsNeeds } from './dealings.decider.js';
import { learning, learningNeeds } from './learning.decider.js';
import { pursuits, pursuitsNeeds } from './pursuit.decider.js';
import { type Activity, nothingTold, type Open } from './activity.state.js';

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
    InteractionLogged: (state, event) => void state.interactions.set(event.data.interactionId, digestIn(event)),
    CommitmentMade: (state, event) => {
      const { commitmentId, due } = event.data;
      state.commitments.set(commitmentId, { digest: digestIn(event), state: 'open', due });
    },
    CommitmentMoved: (state, { data }) => {
      const commitment = state.commitments.get(data.commitmentId);
      if (commitment) commitment.due = data.due;
    },
    CommitmentKept: (state, { data, type }) => close(state.commitments.get(data.commitmentId), type),
    CommitmentBroken: (state, { data, type }) => close(state.commitments.get(data.commitmentId), type),
    TrustBreached: (state, event) =>
      void state.breaches.set(event.data.breachId, { digest: digestIn(event), state: 'open' }),
    TrustRepaired: (state, { data, type }) => close(state.breaches.get(data.breachId), type),
    IntegritySignalled: (state, event) => void state.told.add(digestIn(event)),
    SurveyAnswered: (state, event) => void state.told.add(digestIn(event)),
    InsightRecorded: (state, event) => void state.insights.set(event.data.insightId, digestIn(event)),
    ValueActivityUndertaken: (state, event) =>
      void state.valueActivities.set(event.data.valueActivityId, digestIn(event)),
    NeedRecorded: (state, event) => void state.needs.set(event.data.needId, { digest: digestIn(event), state: 'open' }),
    NeedMet: (state, { data, type }) => close(state.needs.get(data.needId), type),
    NeedLapsed: (state, { data, type }) => close(state.needs.get(data.needId), type),
    ValueDriverRecorded: (state, event) =>
      void state.drivers.set(event.data.driverId, { digest: digestIn(event), state: 'open' }),
    ValueDriverLapsed: (state, { data, type }) => close(state.drivers.get(data.driverId), type),
    ActivityAdapted: (state, event) => void state.told.add(digestIn(event)),
    PursuitOpened: (state, event) =>
      void state.pursuits.set(event.data.pursuitId, { digest: digestIn(event), state: 'open' }),
    PursuitAdvanced: (state, { data }) => {
      const pursuit = state.pursuits.get(data.pursuitId);
      if (pursuit) pursuit.stage = data.stage;
    },
    PursuitWon: (state, { data, type }) => close(state.pursuits.get(data.pursuitId), type),
    PursuitLost: (state, { data, type }) => close(state.pursuits.get(data.pursuitId), type),
    SupportRequested: (state, event) => {
      const { requestId, unit, processId } = event.data;
      state.support.set(requestId, { digest: digestIn(event), unit, processId, state: 'requested' });
    },
    SupportPledged: (state, event) => {
      const { requestId, unit, processId } = event.data;
      const asked = state.support.get(requestId) ?? { digest: '', unit, processId };
      state.support.set(requestId, { ...asked, state: 'pledged', pledge: digestIn(event) });
    },
    SupportDelivered: (state, { data }) => end(state, data.requestId, 'delivered'),
    SupportFailed: (state, { data }) => end(state, data.requestId, 'failed'),
    SupportDeclined: (state, { data }) => end(state, data.requestId, 'declined'),
  },

  needs: { ...dealingsNeeds, ...learningNeeds, ...pursuitsNeeds },
  decide: { ...dealings, ...learning, ...pursuits },
};

function end(state: Activity, requestId: string, how: 'delivered' | 'failed' | 'declined'): void {
  const support = state.support.get(requestId);
  if (support) support.state = how;
}
