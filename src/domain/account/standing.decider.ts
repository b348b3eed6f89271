import { citing, type Context, exists, toldAlready } from '../../kernel/decider.js';
import { Refusal } from '../../kernel/refusal.js';
import type * as commands from './account.commands.js';
import type { Account } from './account.state.js';
import { checkPeriod, type Drafts, inForce, lasts, registered, tell, toldOnce } from './tell.js';

/** What decisions about agreements need to see. */
export const standingNeeds = {
  AgreeCharter: [
    exists<commands.AgreeCharter>('member', ({ ourOwners }) => citing(ourOwners, 'ourOwners')),
    exists<commands.AgreeCharter>('contact', ({ theirOwners }) => citing(theirOwners, 'theirOwners')),
  ],
};

/** Decisions about where the relationship stands besides its stage, and what is agreed. */
export const standing = {
  DeclareSupplierStatus(state: Account, command: commands.DeclareSupplierStatus, context: Context): Drafts {
    registered(state, command);
    return inForce(state, `status/${command.category}`, context) ? [] : tell('SupplierStatusDeclared', command);
  },
  TargetSupplierStatus(state: Account, command: commands.TargetSupplierStatus, context: Context): Drafts {
    registered(state, command);
    return inForce(state, `statusGoal/${command.category}`, context) ? [] : tell('SupplierStatusTargeted', command);
  },
  AgreeCharter(state: Account, command: commands.AgreeCharter, context: Context): Drafts {
    registered(state, command);
    return inForce(state, 'charter', context) ? [] : tell('CharterAgreed', command);
  },

  AgreeJointPlan(state: Account, command: commands.AgreeJointPlan, context: Context): Drafts {
    registered(state, command);
    const { planId, from, to } = command;
    if (toldAlready(state.plans.get(planId)?.digest, context, 'plan/id-taken', planId)) return [];
    checkPeriod(from, to, 'to');
    return tell('JointPlanAgreed', command);
  },
  CancelJointPlan(state: Account, command: commands.CancelJointPlan): Drafts {
    registered(state, command);
    const plan = state.plans.get(command.planId);
    return lasts(plan, 'plan/not-in-force', 'planId', 'joint plan', command.planId)
      ? tell('JointPlanCancelled', command)
      : [];
  },

  RecordIntegrationStep(state: Account, command: commands.RecordIntegrationStep, context: Context): Drafts {
    registered(state, command);
    const { stepId } = command;
    const known = state.integrations.get(stepId)?.digest;
    return toldAlready(known, context, 'integration/id-taken', stepId) ? [] : tell('IntegrationStepTaken', command);
  },
  EndIntegrationStep(state: Account, command: commands.EndIntegrationStep): Drafts {
    registered(state, command);
    const step = state.integrations.get(command.stepId);
    return lasts(step, 'integration/not-in-force', 'stepId', 'integration step', command.stepId)
      ? tell('IntegrationStepEnded', command)
      : [];
  },

  EstimateShareOfWallet(state: Account, command: commands.EstimateShareOfWallet, context: Context): Drafts {
    registered(state, command);
    checkWallet(command);
    return toldOnce(state, command, context) ? [] : tell('ShareOfWalletEstimated', command);
  },
};

/** A share is given, or can be had from our rank among the suppliers. */
function checkWallet({ share, ourRank, suppliers }: commands.EstimateShareOfWallet): void {
  if (ourRank !== undefined && suppliers !== undefined && ourRank > suppliers) {
    const detail = `Rank ${ourRank} among ${suppliers} suppliers cannot be`;
    throw new Refusal('wallet/contradiction', detail, {
      errors: [
        { pointer: '/ourRank', code: 'contradiction', detail: 'give a rank of at most the number of suppliers' },
      ],
    });
  }
  if (share !== undefined || (ourRank !== undefined && suppliers !== undefined)) return;
  const detail = 'Give share, or ourRank with suppliers, from which a share can be estimated';
  throw new Refusal('wallet/incomplete', detail, { errors: [{ pointer: '/share', code: 'incomplete', detail }] });
}
