import { type Context, stateOf, toldAlready } from '../../kernel/decider.js';
import { sumDecimals } from '../../kernel/money.js';
import { Refusal } from '../../kernel/refusal.js';
import type * as commands from './account.commands.js';
import type { Account } from './account.state.js';
import { type Drafts, inForce, lasts, named, notInForce, registered, tell, toldOnce } from './tell.js';

/** What decisions about the customer's world need to see. */
export const marketNeeds = {
  StateSuccessFactors: [named<commands.StateSuccessFactors>('contact', 'respondentId')],
  AssessKnowledge: [named<commands.AssessKnowledge>('contact', 'respondentId')],
  LinkObjective: [stateOf<commands.LinkObjective>('programme', () => ['programme'])],
};

/** Decisions about the customer's world, and ours with it. */
export const market = {
  SetPosture(state: Account, command: commands.SetPosture, context: Context): Drafts {
    registered(state, command);
    return inForce(state, 'posture', context) ? [] : tell('PostureSet', command);
  },
  RecordCompetitorMove(state: Account, command: commands.RecordCompetitorMove, context: Context): Drafts {
    registered(state, command);
    const { moveId } = command;
    const known = toldAlready(state.moves.get(moveId), context, 'move/id-taken', moveId);
    return known ? [] : tell('CompetitorMoved', command);
  },

  RecordSupplierReduction(state: Account, command: commands.RecordSupplierReduction, context: Context): Drafts {
    registered(state, command);
    const { programmeId, suppliersBefore, suppliersAfter } = command;
    const known = state.reductions.get(programmeId)?.digest;
    if (toldAlready(known, context, 'reduction/id-taken', programmeId)) return [];
    if (suppliersAfter >= suppliersBefore) {
      const detail = `From ${suppliersBefore} to ${suppliersAfter} suppliers is no reduction`;
      throw new Refusal('reduction/contradiction', detail, {
        errors: [{ pointer: '/suppliersAfter', code: 'contradiction', detail: 'give fewer suppliers than before' }],
      });
    }
    return tell('SupplierReductionAnnounced', command);
  },
  RecordSupplierReductionDecision(state: Account, command: commands.RecordSupplierReductionDecision): Drafts {
    registered(state, command);
    const { programmeId, kept } = command;
    const reduction = state.reductions.get(programmeId);
    if (!reduction) {
      const why = 'was never announced by this customer';
      throw notInForce('reduction/not-announced', 'programmeId', 'supplier reduction', programmeId, why);
    }
    if (reduction.kept === kept) return [];
    if (reduction.kept !== undefined) {
      const why = `was decided already: we were ${reduction.kept ? 'kept' : 'not kept'}; correct that event`;
      throw notInForce('reduction/decided', 'programmeId', 'supplier reduction', programmeId, why);
    }
    return tell('SupplierReductionDecided', command);
  },
  RecordDiscountScheme(state: Account, command: commands.RecordDiscountScheme, context: Context): Drafts {
    registered(state, command);
    const { schemeId } = command;
    const known = toldAlready(state.schemes.get(schemeId), context, 'scheme/id-taken', schemeId);
    return known ? [] : tell('DiscountSchemeAnnounced', command);
  },

  StateCustomerIntent(state: Account, command: commands.StateCustomerIntent, context: Context): Drafts {
    registered(state, command);
    const { intentId } = command;
    const known = toldAlready(state.intents.get(intentId)?.digest, context, 'intent/id-taken', intentId);
    return known ? [] : tell('CustomerIntentStated', command);
  },
  WithdrawCustomerIntent(state: Account, command: commands.WithdrawCustomerIntent): Drafts {
    registered(state, command);
    const intent = state.intents.get(command.intentId);
    return lasts(intent, 'intent/not-in-force', 'intentId', 'customer intent', command.intentId)
      ? tell('CustomerIntentWithdrawn', command)
      : [];
  },

  StateSuccessFactors(state: Account, command: commands.StateSuccessFactors, context: Context): Drafts {
    registered(state, command);
    checkWeights(command);
    return toldOnce(state, command, context) ? [] : tell('SuccessFactorsStated', command);
  },
  ScoreAttractiveness(state: Account, command: commands.ScoreAttractiveness, context: Context): Drafts {
    registered(state, command);
    return toldOnce(state, command, context) ? [] : tell('AttractivenessScored', command);
  },
  ScoreStrength(state: Account, command: commands.ScoreStrength, context: Context): Drafts {
    registered(state, command);
    return toldOnce(state, command, context) ? [] : tell('StrengthScored', command);
  },
  AssessKnowledge(state: Account, command: commands.AssessKnowledge, context: Context): Drafts {
    registered(state, command);
    return toldOnce(state, command, context) ? [] : tell('KnowledgeAssessed', command);
  },
  AssignSellingApproach(state: Account, command: commands.AssignSellingApproach, context: Context): Drafts {
    registered(state, command);
    return inForce(state, 'approach', context) ? [] : tell('SellingApproachAssigned', command);
  },
  SetFuturePlan(state: Account, command: commands.SetFuturePlan, context: Context): Drafts {
    registered(state, command);
    return inForce(state, `plan/${command.basis}/${command.period}`, context) ? [] : tell('FuturePlanSet', command);
  },
  RecordInternalImpact(state: Account, command: commands.RecordInternalImpact, context: Context): Drafts {
    registered(state, command);
    return toldOnce(state, command, context) ? [] : tell('InternalImpactRecorded', command);
  },
  LinkObjective(state: Account, command: commands.LinkObjective, context: Context): Drafts {
    registered(state, command);
    if (inForce(state, `objective/${command.objectiveId}`, context)) return [];
    checkObjective(command.objectiveId, context);
    return tell('ObjectiveServed', command);
  },
};

/** Weights of success factors add to 100, each factor once. */
function checkWeights({ factors }: commands.StateSuccessFactors): void {
  const sum = sumDecimals(factors.map(({ weight }) => weight));
  const twice = factors.find(({ factor }, i) => factors.findIndex((one) => one.factor === factor) < i);
  if (sum === 100 && !twice) return;
  const detail = twice
    ? `${twice.factor} is named twice`
    : `The weights of success factors must add to 100, not ${sum}`;
  throw new Refusal('account/weights', detail, {
    errors: [{ pointer: '/factors', code: 'weights', detail }],
    values: { sum },
  });
}

/** An objective of ours is defined and not closed. */
function checkObjective(objectiveId: string, { found }: Context): void {
  const { objectives } = found.state<{ objectives: ReadonlyMap<string, 'open' | 'closed'> }>('programme', 'programme');
  const objective = objectives.get(objectiveId);
  if (objective === 'open') return;
  const errors = [{ pointer: '/objectiveId', code: 'unknown', detail: 'name an objective that is open' }];
  const values = { objectiveId };
  if (objective) throw new Refusal('objective/not-open', `Objective ${objectiveId} is closed`, { errors, values });
  throw new Refusal('objective/unknown', `There is no objective ${objectiveId}; define it first`, { errors, values });
}
