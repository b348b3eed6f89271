import { told } from '../../kernel/command.js';
import { Designation, KeyAccountHandedOver, KeyAccountReleased, PerformanceReviewed } from './key-account.events.js';
import { programmeEvents as event } from './programme.events.js';

/** Says what the firm's settings are. */
export class SetFirmSettings extends told(event.FirmSettingsSet) {}
/** Says what makes a customer a key account. */
export class DefineKeyAccountCriteria extends told(event.KeyAccountCriteriaDefined) {}
/** Says how scores are made. */
export class PublishScoringModel extends told(event.ScoringModelPublished) {}
/** Makes a customer a key account. */
export class DesignateKeyAccount extends told(Designation) {}
/** Gives a key account to another manager. */
export class HandOverKeyAccount extends told(KeyAccountHandedOver) {}
/** Ends an account's being a key account. */
export class ReleaseKeyAccount extends told(KeyAccountReleased) {}
/** Says what a minute of a pool costs. */
export class SetRateCard extends told(event.RateCardSet) {}
/** Says what a currency is worth. */
export class SetFxRate extends told(event.FxRateSet) {}
/** Says how many key accounts we can manage. */
export class SetCapacity extends told(event.CapacitySet) {}
/** Says over how long we judge. */
export class SetEvaluationHorizon extends told(event.EvaluationHorizonSet) {}
/** Says how long a role may stay without contact. */
export class SetAttentionPolicy extends told(event.AttentionPolicySet) {}
/** Says how many units of ours should take part. */
export class SetUnitPolicy extends told(event.UnitPolicySet) {}
/** Puts someone at the top behind the programme. */
export class EndorseProgramme extends told(event.ProgrammeEndorsed) {}
/** Sets the firm an aim. */
export class DefineObjective extends told(event.ObjectiveDefined) {}
/** Gives an aim up, or ends it. */
export class CloseObjective extends told(event.ObjectiveClosed) {}
/** Gives an account a budget. */
export class AllocateBudget extends told(event.BudgetAllocated) {}
/** Proposes a kind of activity. */
export class ProposeActivityType extends told(event.ActivityTypeProposed) {}
/** Allows a kind of activity. */
export class ApproveActivityType extends told(event.ActivityTypeApproved) {}
/** Limits what a kind of activity may cost. */
export class CapActivityType extends told(event.ActivityTypeCapped) {}
/** Forbids a kind of activity. */
export class RejectActivityType extends told(event.ActivityTypeRejected) {}
/** Tells of a formal look at an account's results. */
export class RecordPerformanceReview extends told(PerformanceReviewed) {}
/** Moves money between accounts. */
export class RebalancePortfolio extends told(event.PortfolioRebalanced) {}
/** Plans a weekly route. */
export class PlanRoute extends told(event.RoutePlanned) {}
/** Says how people are paid by what they bring in. */
export class SetCommissionPlan extends told(event.CommissionPlanSet) {}
/** Says that a sudden opportunity is open. */
export class DeclareOpportunityBurst extends told(event.OpportunityBurstDeclared) {}
/** Publishes a fitted model. */
export class PublishLifetimeModel extends told(event.LifetimeModelPublished) {}
/** Keeps what those who decide saw. */
export class PublishReport extends told(event.ReportPublished) {}

/** Commands on the `programme` stream, by name. */
export const programmeCommands = {
  SetFirmSettings,
  DefineKeyAccountCriteria,
  PublishScoringModel,
  DesignateKeyAccount,
  HandOverKeyAccount,
  ReleaseKeyAccount,
  SetRateCard,
  SetFxRate,
  SetCapacity,
  SetEvaluationHorizon,
  SetAttentionPolicy,
  SetUnitPolicy,
  EndorseProgramme,
  DefineObjective,
  CloseObjective,
  AllocateBudget,
  ProposeActivityType,
  ApproveActivityType,
  CapActivityType,
  RejectActivityType,
  RecordPerformanceReview,
  RebalancePortfolio,
  PlanRoute,
  SetCommissionPlan,
  DeclareOpportunityBurst,
  PublishLifetimeModel,
  PublishReport,
};
