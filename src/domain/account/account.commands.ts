import { onAccount } from '../../kernel/command.js';
import * as known from './identity.events.js';
import * as seen from './market.events.js';
import * as stands from './standing.events.js';

/** Begins our memory of a customer. */
export class RegisterAccount extends onAccount(known.AccountRegistered) {}
/** A customer is of another kind than we had it. */
export class ReclassifyAccount extends onAccount(known.AccountReclassified) {}
/** Someone estimates what the customer could be worth. */
export class EstimatePotential extends onAccount(known.PotentialEstimated) {}
/** Both sides sign a contract. */
export class AgreeContract extends onAccount(known.ContractAgreed) {}
/** A contract goes on. */
export class RenewContract extends onAccount(known.ContractRenewed) {}
/** A contract is over. */
export class EndContract extends onAccount(known.ContractEnded) {}
/** Something proves a level of one item of the relationship. */
export class RecordStageEvidence extends onAccount(stands.StageEvidenceRecorded) {}
/** Says where the relationship stands. */
export class DeclareStage extends onAccount(stands.StageDeclared) {}
/** Says which stage we want to reach. */
export class SetTargetStage extends onAccount(stands.TargetStageSet) {}
/** Says on which rung of suppliers the customer sees us. */
export class DeclareSupplierStatus extends onAccount(stands.SupplierStatusDeclared) {}
/** Says which rung we want to reach, and by when. */
export class TargetSupplierStatus extends onAccount(stands.SupplierStatusTargeted) {}
/** Both sides agree how they deal with each other. */
export class AgreeCharter extends onAccount(stands.CharterAgreed) {}
/** Both sides agree on a plan. */
export class AgreeJointPlan extends onAccount(stands.JointPlanAgreed) {}
/** A joint plan is given up. */
export class CancelJointPlan extends onAccount(stands.JointPlanCancelled) {}
/** The two firms are linked by one thing more. */
export class RecordIntegrationStep extends onAccount(stands.IntegrationStepTaken) {}
/** A link between the two firms is no more. */
export class EndIntegrationStep extends onAccount(stands.IntegrationStepEnded) {}
/** Someone estimates our share of what the customer buys. */
export class EstimateShareOfWallet extends onAccount(stands.ShareOfWalletEstimated) {}
/** We make up our mind to hold a customer, or to grow with it. */
export class SetPosture extends onAccount(seen.PostureSet) {}
/** A competitor did something about this customer. */
export class RecordCompetitorMove extends onAccount(seen.CompetitorMoved) {}
/** The customer is going to cut down its suppliers. */
export class RecordSupplierReduction extends onAccount(seen.SupplierReductionAnnounced) {}
/** The customer decided whom it keeps. */
export class RecordSupplierReductionDecision extends onAccount(seen.SupplierReductionDecided) {}
/** The customer announced terms of discounts. */
export class RecordDiscountScheme extends onAccount(seen.DiscountSchemeAnnounced) {}
/** The customer says what it wants to become. */
export class StateCustomerIntent extends onAccount(seen.CustomerIntentStated) {}
/** The customer no longer wants that. */
export class WithdrawCustomerIntent extends onAccount(seen.CustomerIntentWithdrawn) {}
/** The customer says by what it judges suppliers. */
export class StateSuccessFactors extends onAccount(seen.SuccessFactorsStated) {}
/** Someone rates how attractive the customer is. */
export class ScoreAttractiveness extends onAccount(seen.AttractivenessScored) {}
/** Someone rates how strong we and our competitors are. */
export class ScoreStrength extends onAccount(seen.StrengthScored) {}
/** Someone rates how well each side knows the customer's business. */
export class AssessKnowledge extends onAccount(seen.KnowledgeAssessed) {}
/** We decide how to sell to this customer. */
export class AssignSellingApproach extends onAccount(seen.SellingApproachAssigned) {}
/** Says what a future period should bring. */
export class SetFuturePlan extends onAccount(seen.FuturePlanSet) {}
/** Says what share of something of our own this customer takes or causes. */
export class RecordInternalImpact extends onAccount(seen.InternalImpactRecorded) {}
/** Says that the customer helps us reach an objective. */
export class LinkObjective extends onAccount(seen.ObjectiveServed) {}

/** Commands on who an account is and where the relationship stands, by name. */
export const accountCommands = {
  RegisterAccount,
  ReclassifyAccount,
  EstimatePotential,
  AgreeContract,
  RenewContract,
  EndContract,
  RecordStageEvidence,
  DeclareStage,
  SetTargetStage,
  DeclareSupplierStatus,
  TargetSupplierStatus,
  AgreeCharter,
  AgreeJointPlan,
  CancelJointPlan,
  RecordIntegrationStep,
  EndIntegrationStep,
  EstimateShareOfWallet,
  SetPosture,
  RecordCompetitorMove,
  RecordSupplierReduction,
  RecordSupplierReductionDecision,
  RecordDiscountScheme,
  StateCustomerIntent,
  WithdrawCustomerIntent,
  StateSuccessFactors,
  ScoreAttractiveness,
  ScoreStrength,
  AssessKnowledge,
  AssignSellingApproach,
  SetFuturePlan,
  RecordInternalImpact,
  LinkObjective,
};
