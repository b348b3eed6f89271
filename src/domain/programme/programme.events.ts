import type { EventsOf } from '../../kernel/event.js';
import {
  KeyAccountDesignated,
  KeyAccountHandedOver,
  KeyAccountReleased,
  PerformanceReviewed,
} from './key-account.events.js';
import {
  ActivityTypeApproved,
  ActivityTypeCapped,
  ActivityTypeProposed,
  ActivityTypeRejected,
  BudgetAllocated,
  CommissionPlanSet,
  ObjectiveClosed,
  ObjectiveDefined,
  OpportunityBurstDeclared,
  PortfolioRebalanced,
  ProgrammeEndorsed,
  ReportPublished,
  RoutePlanned,
} from './portfolio.events.js';
import {
  AttentionPolicySet,
  CapacitySet,
  EvaluationHorizonSet,
  FirmSettingsSet,
  FxRateSet,
  KeyAccountCriteriaDefined,
  LifetimeModelPublished,
  RateCardSet,
  ScoringModelPublished,
  UnitPolicySet,
} from './rules.events.js';

/** What can happen on the `programme` stream, by stored name. */
export const programmeEvents = {
  FirmSettingsSet,
  KeyAccountCriteriaDefined,
  ScoringModelPublished,
  KeyAccountDesignated,
  KeyAccountHandedOver,
  KeyAccountReleased,
  RateCardSet,
  FxRateSet,
  CapacitySet,
  EvaluationHorizonSet,
  AttentionPolicySet,
  UnitPolicySet,
  ProgrammeEndorsed,
  ObjectiveDefined,
  ObjectiveClosed,
  BudgetAllocated,
  ActivityTypeProposed,
  ActivityTypeApproved,
  ActivityTypeCapped,
  ActivityTypeRejected,
  PerformanceReviewed,
  PortfolioRebalanced,
  RoutePlanned,
  CommissionPlanSet,
  OpportunityBurstDeclared,
  LifetimeModelPublished,
  ReportPublished,
};

/** Any event of our own programme: its rules, and which accounts are in it. */
export type ProgrammeEvent = EventsOf<typeof programmeEvents>;
