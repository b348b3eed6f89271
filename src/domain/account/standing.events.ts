import { IsPart, Optional } from '../../kernel/fields.js';
import { IsAmount, IsDecimal, IsId, IsOneOf, IsText, IsUuid, IsWhen, IsWhole } from '../../kernel/kinds.js';
import type { Money } from '../../kernel/money.js';
import {
  type Stage,
  type SupplierStatus,
  stages,
  supplierStatuses,
  type TargetStage,
  targetStages,
} from '../vocabulary.js';

/** The six things by which a stage can be proven. */
export const evidenceItems = [
  'contactStructure',
  'supplierStatus',
  'jointPlanning',
  'informationSharing',
  'trust',
  'exitBarrier',
] as const;
export type EvidenceItem = (typeof evidenceItems)[number];

/** Stages that can be declared; PROSPECT is what an account is before anyone declares one. */
export const declarableStages = stages.filter((stage) => stage !== 'PROSPECT');

/** Something proves a level of one item of the relationship. */
export class StageEvidenceRecorded {
  @IsOneOf(evidenceItems) item!: EvidenceItem;
  @IsWhole(1, 4) level!: number;
  /** Events that prove it. */
  @IsUuid({ list: true, max: 100 }) sourceEventIds!: string[];
  @Optional() @IsWhen('bound') expiresOn?: string;
}

/** A rule of stages was set aside, by whom and why. */
export class StageOverride {
  @IsText(8000) reason!: string;
  /** A member of ours. */
  @IsUuid() approver!: string;
}

/** The account's manager says where the relationship stands. */
export class StageDeclared {
  @IsOneOf(declarableStages) stage!: Exclude<Stage, 'PROSPECT'>;
  /** Events of recorded evidence. */
  @IsUuid({ list: true, max: 100 }) evidenceIds!: string[];
  @Optional() @IsPart(() => StageOverride) override?: StageOverride;
}

/** The stage that we want to reach, and not to go beyond. */
export class TargetStageSet {
  @IsOneOf(targetStages) stage!: TargetStage;
  @Optional() @IsWhen('bound') until?: string;
}

const category = { public: 'a category of goods, of the firm’s own list' };
const source = { public: 'the kind of source, not a person' };

/** The customer sees us on this rung of suppliers. */
export class SupplierStatusDeclared {
  @IsText(200, category) category!: string;
  @IsOneOf(supplierStatuses) status!: SupplierStatus;
  @IsText(200, source) source!: string;
}

/** The rung that we want to reach, and by when. */
export class SupplierStatusTargeted {
  @IsText(200, category) category!: string;
  @IsOneOf(supplierStatuses) status!: SupplierStatus;
  @IsWhen('bound') until!: string;
}

/** A service that this customer gets and others do not. */
export class DifferentiatedService {
  @IsId() serviceId!: string;
  @IsText(200, { public: 'the name of a service of ours' }) name!: string;
}

/** How often both sides meet to look at the relationship itself. */
export const cadences = ['MONTHLY', 'QUARTERLY', 'HALF_YEARLY', 'YEARLY'] as const;
export type Cadence = (typeof cadences)[number];

/** Both sides agreed how they deal with each other; it replaces what they had agreed before. */
export class CharterAgreed {
  @IsPart(() => DifferentiatedService, { list: true, max: 100 }) differentiatedServices!: DifferentiatedService[];
  @IsOneOf(cadences) cadence!: Cadence;
  @IsText(200, { public: 'the name of a forum' }) forum!: string;
  /** Members of ours. */
  @IsUuid({ list: true, max: 50 }) ourOwners!: string[];
  /** Contacts of theirs. */
  @IsUuid({ list: true, max: 50 }) theirOwners!: string[];
}

/** Both sides agreed on a plan. */
export class JointPlanAgreed {
  @IsId() planId!: string;
  @IsWhen('start') from!: string;
  @IsWhen('bound') to!: string;
  @IsText(200, { public: 'a kind of resource', list: true, max: 50 }) sharedResources!: string[];
}

/** A joint plan was given up. */
export class JointPlanCancelled {
  @IsId() planId!: string;
  @IsText(8000) reason!: string;
}

/** Steps by which two firms grow into each other. */
export const integrationSteps = [
  'FORECAST_SHARED',
  'SELECTIVE_INFORMATION',
  'CONFIDENTIAL_INFORMATION',
  'OPEN_BOOK',
  'JOINT_TEAM',
  'PROCESS_LINK',
  'SYSTEMS_LINK',
] as const;
export type IntegrationStep = (typeof integrationSteps)[number];

/** Which way something goes between the two firms. */
export const directions = ['FROM_THEM', 'TO_THEM', 'BOTH'] as const;
export type Direction = (typeof directions)[number];

/** The two firms are linked by one thing more. */
export class IntegrationStepTaken {
  @IsId() stepId!: string;
  @IsOneOf(integrationSteps) step!: IntegrationStep;
  @IsOneOf(directions) direction!: Direction;
}

/** A link between the two firms is no more. */
export class IntegrationStepEnded {
  @IsId() stepId!: string;
  @IsText(8000) reason!: string;
}

/** What share of a category's purchases is ours, as one source has it. */
export class ShareOfWalletEstimated {
  @IsText(200, category) category!: string;
  /** 0 to 1. */
  @Optional() @IsDecimal(0, 1) share?: number;
  @Optional() @IsAmount(0) wallet?: Money;
  @Optional() @IsWhole(1, 1000) ourRank?: number;
  @Optional() @IsWhole(1, 1000) suppliers?: number;
  @IsText(200, source) source!: string;
  /** How sure the source is, 0 to 1. */
  @IsDecimal(0, 1) confidence!: number;
}

/** Where the relationship stands and what is agreed. */
export const standingEvents = {
  StageEvidenceRecorded,
  StageDeclared,
  TargetStageSet,
  SupplierStatusDeclared,
  SupplierStatusTargeted,
  CharterAgreed,
  JointPlanAgreed,
  JointPlanCancelled,
  IntegrationStepTaken,
  IntegrationStepEnded,
  ShareOfWalletEstimated,
};
