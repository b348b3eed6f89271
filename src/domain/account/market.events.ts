import { IsMapOf, IsPart, Optional } from '../../kernel/fields.js';
import {
  decimalCheck,
  IsAmount,
  IsDecimal,
  IsFlag,
  IsId,
  IsOneOf,
  IsPeriod,
  IsText,
  IsUuid,
  IsWhen,
  IsWhole,
} from '../../kernel/kinds.js';
import type { Money } from '../../kernel/money.js';
import {
  type Approach,
  approaches,
  type SupplierStatus,
  supplierStatuses,
  type TargetStage,
  targetStages,
} from '../vocabulary.js';
import { type ImpactArea, impactAreas, type PlanBasis, planBases } from './identity.events.js';

const category = { public: 'a category of goods, of the firm’s own list' };
const competitor = { public: 'the name of a competing firm' };
const source = { public: 'the kind of source, not a person' };
const factor = { public: 'a factor, of the firm’s own list' };
const rater = { public: 'the function that rates, not a person' };

/** What we want with a customer that others court. */
export const postures = ['DEFEND', 'EXPAND'] as const;
export type Posture = (typeof postures)[number];

/** We made up our mind to hold a customer, or to grow with it. */
export class PostureSet {
  @IsOneOf(postures) posture!: Posture;
  @IsText(8000) reason!: string;
}

/** A competitor did something about this customer. */
export class CompetitorMoved {
  @IsId() moveId!: string;
  @IsText(200, competitor) competitor!: string;
  @IsText(200, category) category!: string;
  @IsText(8000) move!: string;
  @IsText(200, { public: 'a word for how much it can cost us' }) impact!: string;
}

/** How safe our place is when a customer cuts down its suppliers. */
export const slots = ['SAFE', 'AT_RISK', 'OUT', 'UNKNOWN'] as const;
export type Slot = (typeof slots)[number];

/** The customer is going to cut down its suppliers. */
export class SupplierReductionAnnounced {
  @IsId() programmeId!: string;
  @IsText(200, category) category!: string;
  @IsWhole(1, 100_000) suppliersBefore!: number;
  @IsWhole(1, 100_000) suppliersAfter!: number;
  @IsWhen('bound') deadline!: string;
  @IsOneOf(slots) ourSlot!: Slot;
}

/** The customer decided whom it keeps. */
export class SupplierReductionDecided {
  @IsId() programmeId!: string;
  @IsFlag() kept!: boolean;
}

/** The customer announced terms of discounts for its suppliers. */
export class DiscountSchemeAnnounced {
  @IsId() schemeId!: string;
  @Optional() @IsText(200, category) category?: string;
  @IsText(8000) terms!: string;
  @Optional() @IsWhen('bound') until?: string;
}

/** The customer said what it wants to become. */
export class CustomerIntentStated {
  @IsId() intentId!: string;
  @IsText(8000) statement!: string;
  @IsText(200, source) source!: string;
  @Optional() @IsWhen('bound') until?: string;
}

/** The customer no longer wants that. */
export class CustomerIntentWithdrawn {
  @IsId() intentId!: string;
}

/** A factor by which the customer judges its suppliers, and how much it weighs. */
export class SuccessFactor {
  @IsText(100, factor) factor!: string;
  @IsDecimal(0, 100) weight!: number;
}

/** The customer said by what it judges suppliers; the weights add to 100. */
export class SuccessFactorsStated {
  @IsPart(() => SuccessFactor, { list: true, min: 1, max: 50 }) factors!: SuccessFactor[];
  @IsText(200, source) source!: string;
  @Optional() @IsUuid() respondentId?: string;
}

/** One rater's score of how attractive the customer is, 0 to 10. */
export class AttractivenessScored {
  @IsText(100, factor) factor!: string;
  @IsDecimal(0, 10) score!: number;
  @IsText(100, rater) rater!: string;
}

/** Where a score of strength comes from, best first. */
export const strengthSources = ['customer_survey', 'customer_interview', 'supplier_estimate'] as const;
export type StrengthSource = (typeof strengthSources)[number];

/** How strong we and our competitors are at one success factor, 0 to 10. */
export class StrengthScored {
  @IsText(100, factor) factor!: string;
  @IsDecimal(0, 10) ours!: number;
  @IsMapOf({ type: 'number', minimum: 0, maximum: 10 }, decimalCheck(0, 10)) competitors!: Record<string, number>;
  @IsOneOf(strengthSources) source!: StrengthSource;
  @IsText(100, rater) rater!: string;
}

/** Who rates how well each side knows the customer's business. */
export const knowledgeRaters = ['US', 'CUSTOMER'] as const;
export type KnowledgeRater = (typeof knowledgeRaters)[number];

/** How well we know one domain of the customer's business, and how well it does itself, 0 to 5. */
export class KnowledgeAssessed {
  @IsText(100, { public: 'a domain of a business' }) domain!: string;
  @IsDecimal(0, 5) ours!: number;
  @IsDecimal(0, 5) theirs!: number;
  @IsOneOf(knowledgeRaters) ratedBy!: KnowledgeRater;
  @Optional() @IsUuid() respondentId?: string;
}

/** We decided how to sell to this customer. */
export class SellingApproachAssigned {
  @IsOneOf(approaches) approach!: Approach;
  @IsText(8000) reason!: string;
}

/** What a future period should bring; a newer plan of the same basis replaces it from then on. */
export class FuturePlanSet {
  @IsPeriod() period!: string;
  @IsOneOf(planBases) basis!: PlanBasis;
  @IsAmount() contribution!: Money;
  @Optional() @IsDecimal(0, 1) shareOfWallet?: number;
  @Optional() @IsOneOf(targetStages) stage?: TargetStage;
  @Optional() @IsOneOf(supplierStatuses) supplierStatus?: SupplierStatus;
}

/** What share of something of our own this customer takes or causes. */
export class InternalImpactRecorded {
  @IsOneOf(impactAreas) area!: ImpactArea;
  @IsDecimal(0, 1) share!: number;
  @IsPeriod() period!: string;
  @IsText(8000) effect!: string;
}

/** The customer helps us reach an objective. */
export class ObjectiveServed {
  @IsId() objectiveId!: string;
  @IsAmount() contribution!: Money;
}

/** The customer's world, and ours with it. */
export const marketEvents = {
  PostureSet,
  CompetitorMoved,
  SupplierReductionAnnounced,
  SupplierReductionDecided,
  DiscountSchemeAnnounced,
  CustomerIntentStated,
  CustomerIntentWithdrawn,
  SuccessFactorsStated,
  AttractivenessScored,
  StrengthScored,
  KnowledgeAssessed,
  SellingApproachAssigned,
  FuturePlanSet,
  InternalImpactRecorded,
  ObjectiveServed,
};
