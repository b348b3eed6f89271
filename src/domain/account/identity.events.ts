import { IsPart, Optional } from '../../kernel/fields.js';
import { IsAmount, IsCurrency, IsDecimal, IsFlag, IsId, IsOneOf, IsText, IsWhen, IsWhole } from '../../kernel/kinds.js';
import type { Money } from '../../kernel/money.js';

/** Kinds of customers; our own rules say which of them may be key accounts. */
export const customerTypes = ['OEM_MAKER', 'DEALER', 'OTHER'] as const;
export type CustomerType = (typeof customerTypes)[number];

const company = { public: 'the name of a company' };
const region = { public: 'a region, of the firm’s own list' };
const industry = { public: 'an industry, of the firm’s own list' };

/** The id that another system has for an account. */
export class ExternalId {
  @IsId() system!: string;
  @IsText(200, { public: 'an id of a company in another system' }) id!: string;
}

/** We began to keep a memory of a customer, in one currency for good. */
export class AccountRegistered {
  @IsText(200, company) name!: string;
  @IsOneOf(customerTypes) customerType!: CustomerType;
  /** Share of its business that is fit for original equipment, 0 to 1. */
  @Optional() @IsDecimal(0, 1) oemFitShare?: number;
  @Optional() @IsText(200, industry) industry?: string;
  @Optional() @IsText(200, region) region?: string;
  @IsCurrency() currency!: string;
  @Optional() @IsPart(() => ExternalId, { list: true, max: 50 }) externalIds?: ExternalId[];
}

/** A customer turned out to be, or became, of another kind. */
export class AccountReclassified {
  @Optional() @IsOneOf(customerTypes) customerType?: CustomerType;
  @Optional() @IsDecimal(0, 1) oemFitShare?: number;
  @Optional() @IsText(200, industry) industry?: string;
  @Optional() @IsText(200, region) region?: string;
}

/** What the customer could be worth, as one source has it. */
export class PotentialEstimated {
  /** Sales that any supplier could make with it in three years. */
  @IsAmount(0) availableSales3y!: Money;
  /** Growth of its need, percent a year. */
  @IsDecimal(-100, 1000) growthPct!: number;
  /** Chance that it is still ours a year later, 0 to 1. */
  @IsDecimal(0, 1) expectedRetention!: number;
  /** Margin that it leaves per year. */
  @IsAmount() margin!: Money;
  @IsText(200, { public: 'the kind of source, not a person' }) source!: string;
}

/** What a future period should bring: a forecast, or a target. */
export const planBases = ['FORECAST', 'TARGET'] as const;
export type PlanBasis = (typeof planBases)[number];

/** Ways in which an account weighs on our own business. */
export const impactAreas = ['CAPACITY', 'MARGIN', 'RISK', 'CASH'] as const;
export type ImpactArea = (typeof impactAreas)[number];

/** A term with a length of payment in days, for contracts. */
export class ContractAgreed {
  @IsId() contractId!: string;
  @Optional() @IsText(200, { public: 'a category of goods, of the firm’s own list' }) category?: string;
  @IsWhen('start') from!: string;
  @IsWhen('bound') until!: string;
  @Optional() @IsWhole(0, 3650) paymentDays?: number;
  @Optional() @IsAmount(0) value?: Money;
}

/** A contract goes on. */
export class ContractRenewed {
  @IsId() contractId!: string;
  @IsWhen('bound') until!: string;
  /** True where it was put out to tender before. */
  @IsFlag() tendered!: boolean;
  @Optional() @IsAmount(0) value?: Money;
}

/** Why a contract ended. */
export const contractEnds = ['EXPIRED', 'LOST', 'ENDED_BY_US', 'INSOLVENT'] as const;
export type ContractEnd = (typeof contractEnds)[number];

/** A contract is over. */
export class ContractEnded {
  @IsId() contractId!: string;
  @IsOneOf(contractEnds) reason!: ContractEnd;
  @Optional() @IsText(200, { public: 'the name of a competing firm' }) lostTo?: string;
}

/** Who the customer is, and its contracts. */
export const identityEvents = {
  AccountRegistered,
  AccountReclassified,
  PotentialEstimated,
  ContractAgreed,
  ContractRenewed,
  ContractEnded,
};
