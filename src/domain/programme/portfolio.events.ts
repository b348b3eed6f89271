import { IsPart, Optional } from '../../kernel/fields.js';
import { IsAmount, IsId, IsOneOf, IsPeriod, IsText, IsUuid, IsWhen, IsWhole } from '../../kernel/kinds.js';
import type { Money } from '../../kernel/money.js';
import { type Approach, approaches } from '../vocabulary.js';
import { type Per, periods } from './rules.events.js';

/** Someone at the top stands behind key-account management. */
export class ProgrammeEndorsed {
  /** Their member id, or the name of their office; never their own name. */
  @IsId() executive!: string;
  @IsWhen('bound') until!: string;
}

/** The firm set itself an aim. */
export class ObjectiveDefined {
  @IsId() objectiveId!: string;
  @IsText(8000) statement!: string;
  @Optional() @IsWhole(1900, 9999) year?: number;
  @Optional() @IsAmount() contributionTarget?: Money;
}

/** The firm no longer follows that aim. */
export class ObjectiveClosed {
  @IsId() objectiveId!: string;
}

/** An account may cost this much in a period for a purpose; told again, the later amount holds. */
export class BudgetAllocated {
  @IsId() accountId!: string;
  @IsPeriod() period!: string;
  @IsAmount(0) amount!: Money;
  @IsText(200, { public: 'what money is for, a kind of spending' }) purpose!: string;
}

/** Somebody wants to do something of a new kind for customers. */
export class ActivityTypeProposed {
  @IsId() activityTypeId!: string;
  @IsText(200) name!: string;
  @IsText(8000) why!: string;
}

/** Activities of this kind may be done. */
export class ActivityTypeApproved {
  @IsId() activityTypeId!: string;
}

/** Activities of this kind may cost so much, for each account or for one. */
export class ActivityTypeCapped {
  @IsId() activityTypeId!: string;
  @IsAmount(0) amount!: Money;
  @IsOneOf(periods) per!: Per;
  @Optional() @IsId() accountId?: string;
}

/** Activities of this kind shall not be done. */
export class ActivityTypeRejected {
  @IsId() activityTypeId!: string;
}

/** An account's budget rises or falls by an amount. */
export class BudgetMove {
  @IsId() accountId!: string;
  @IsPeriod() period!: string;
  /** Signed. */
  @IsAmount() amount!: Money;
}

/** Money was moved between accounts. */
export class PortfolioRebalanced {
  @IsPart(() => BudgetMove, { list: true, min: 1 }) moves!: BudgetMove[];
  @IsText(8000) reason!: string;
}

/** These accounts are visited on a fixed day of the week. */
export class RoutePlanned {
  @IsId() routeId!: string;
  /** 1 Monday … 7 Sunday. */
  @IsWhole(1, 7) weekday!: number;
  @IsId({ list: true, min: 1 }) accountIds!: string[];
}

/** People of ours are paid by what they bring in. */
export class CommissionPlanSet {
  @IsId() planId!: string;
  @IsOneOf(approaches) approach!: Approach;
  @IsUuid({ list: true, min: 1 }) memberIds!: string[];
  @IsText(8000) terms!: string;
  @IsWhen('start') from!: string;
  @Optional() @IsWhen('bound') until?: string;
}

/** A sudden opportunity is open, with some accounts, in a region or in an industry. */
export class OpportunityBurstDeclared {
  @IsId() burstId!: string;
  @Optional() @IsId({ list: true, min: 1 }) accountIds?: string[];
  @Optional() @IsText(200, { public: 'a region' }) region?: string;
  @Optional() @IsText(200, { public: 'an industry' }) industry?: string;
  @IsWhen('start') from!: string;
  @IsWhen('bound') until!: string;
  @Optional() @IsAmount(0) value?: Money;
  @IsText(8000) why!: string;
}

/** The rules that a report was drawn up under, as its answer named them. */
export class PolicyLabel {
  @IsWhole() position!: number;
  @IsText(100, { public: 'a digest' }) digest!: string;
}

/** A report was shown to those who decide, and this is what they saw. */
export class ReportPublished {
  @IsId() report!: string;
  @IsWhen('last') asOf!: string;
  @IsWhen('last') knownAt!: string;
  @IsPart(() => PolicyLabel) policy!: PolicyLabel;
  @IsText(100, { public: 'a digest' }) digest!: string;
}
