import { type Decider, digestIn } from '../../kernel/decider.js';
import { heldOnce, once } from '../once.js';
import type { accountCommands } from './account.commands.js';
import type { AccountEvent } from './account.events.js';
import { type Account, classify, end, nobodyKnown, sayIn } from './account.state.js';
import { identity } from './identity.decider.js';
import { market, marketNeeds } from './market.decider.js';
import { stages, stagesNeeds } from './stage.decider.js';
import { standing, standingNeeds } from './standing.decider.js';

/** Rules of the `account` streams; the decisions stand in four tables, by what they are about. */
export const account: Decider<Account, typeof accountCommands, AccountEvent> = {
  name: 'account',
  stream: ({ accountId }) => `account-${accountId}`,
  initial: nobodyKnown,

  on: {
    AccountRegistered: (state, event) => {
      if (state.registered !== undefined)
        state.twice ??= { id: event.accountid ?? event.subject, code: 'account/id-taken' };
      state.registered = digestIn(event);
      state.currency = event.data.currency;
      classify(state, event.data, event.time);
    },
    AccountReclassified: (state, { data, time }) => classify(state, data, time),
    PotentialEstimated: (state, event) => void state.told.add(digestIn(event)),
    ContractAgreed: (state, event) => {
      const { contractId, from } = event.data;
      const contract = { digest: digestIn(event), from, renewals: new Set<string>() };
      once(state, state.contracts, contractId, contract, 'contract/id-taken');
    },
    ContractRenewed: (state, event) => void state.contracts.get(event.data.contractId)?.renewals.add(digestIn(event)),
    ContractEnded: (state, event) => end(state.contracts.get(event.data.contractId), event),

    StageEvidenceRecorded: (state, event) => {
      const { item, level } = event.data;
      state.evidence.set(event.id, { item, level, revision: event.streamrevision });
      state.told.add(digestIn(event));
    },
    StageDeclared: (state, { data, time, streamrevision }) => {
      state.stages.turn(time, { stage: data.stage, overridden: data.override !== undefined });
      state.declaredAt = Math.max(state.declaredAt, streamrevision);
    },
    TargetStageSet: (state, event) => sayIn(state, 'targetStage', event),
    SupplierStatusDeclared: (state, event) => sayIn(state, `status/${event.data.category}`, event),
    SupplierStatusTargeted: (state, event) => sayIn(state, `statusGoal/${event.data.category}`, event),
    CharterAgreed: (state, event) => sayIn(state, 'charter', event),
    JointPlanAgreed: (state, event) =>
      once(state, state.plans, event.data.planId, { digest: digestIn(event) }, 'plan/id-taken'),
    JointPlanCancelled: (state, event) => end(state.plans.get(event.data.planId), event),
    IntegrationStepTaken: (state, event) =>
      once(state, state.integrations, event.data.stepId, { digest: digestIn(event) }, 'integration/id-taken'),
    IntegrationStepEnded: (state, event) => end(state.integrations.get(event.data.stepId), event),
    ShareOfWalletEstimated: (state, event) => void state.told.add(digestIn(event)),

    PostureSet: (state, event) => sayIn(state, 'posture', event),
    CompetitorMoved: (state, event) => once(state, state.moves, event.data.moveId, digestIn(event), 'move/id-taken'),
    SupplierReductionAnnounced: (state, event) =>
      once(state, state.reductions, event.data.programmeId, { digest: digestIn(event) }, 'reduction/id-taken'),
    SupplierReductionDecided: (state, { data }) => {
      const reduction = state.reductions.get(data.programmeId);
      if (reduction) reduction.kept = data.kept;
    },
    DiscountSchemeAnnounced: (state, event) =>
      once(state, state.schemes, event.data.schemeId, digestIn(event), 'scheme/id-taken'),
    CustomerIntentStated: (state, event) =>
      once(state, state.intents, event.data.intentId, { digest: digestIn(event) }, 'intent/id-taken'),
    CustomerIntentWithdrawn: (state, event) => end(state.intents.get(event.data.intentId), event),
    SuccessFactorsStated: (state, event) => void state.told.add(digestIn(event)),
    AttractivenessScored: (state, event) => void state.told.add(digestIn(event)),
    StrengthScored: (state, event) => void state.told.add(digestIn(event)),
    KnowledgeAssessed: (state, event) => void state.told.add(digestIn(event)),
    SellingApproachAssigned: (state, event) => sayIn(state, 'approach', event),
    FuturePlanSet: (state, event) => sayIn(state, `plan/${event.data.basis}/${event.data.period}`, event),
    InternalImpactRecorded: (state, event) => void state.told.add(digestIn(event)),
    ObjectiveServed: (state, event) => sayIn(state, `objective/${event.data.objectiveId}`, event),
  },

  needs: { ...stagesNeeds, ...standingNeeds, ...marketNeeds },
  decide: { ...identity, ...stages, ...standing, ...market },
  holds: heldOnce,
  fewerHolds: true,
};
