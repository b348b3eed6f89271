import { field, IsMapOf, IsPart, Optional } from '../../kernel/fields.js';
import {
  decimalCheck,
  IsAmount,
  IsCurrency,
  IsDecimal,
  IsId,
  IsOneOf,
  IsRate,
  IsText,
  IsWhen,
  IsWhole,
} from '../../kernel/kinds.js';
import type { Money } from '../../kernel/money.js';
import { type DmuRole, dmuRoles, type Stage, stages, type UnitFunction, unitFunctions } from '../vocabulary.js';

/** A rule of our own; it holds from `from`, or from when it was decided. */
class Rule {
  @Optional() @IsWhen('start') from?: string;
}

/** The firm's own settings are as said; what is left out stays. Offset and first month of the year never change once said. */
export class FirmSettingsSet extends Rule {
  @Optional() @IsCurrency() reportingCurrency?: string;
  @Optional() @IsWhole(-720, 840) utcOffsetMin?: number;
  @Optional() @IsWhole(1, 12) fiscalYearStartMonth?: number;
  /** Per year, as a fraction. */
  @Optional() @IsDecimal(0, 10) discountRate?: number;
  /** Cost of capital per year, as a fraction. */
  @Optional() @IsDecimal(0, 10) wacc?: number;
  @Optional() @IsWhole(1, 3660) windowDays?: number;
  /** Days without a regular order after which an account has ended. */
  @Optional() @IsWhole(1, 3660) churnDays?: number;
  /** Days after a period's end until what it says is closed. */
  @Optional() @IsWhole(0, 366) closeDays?: number;
}

/** One condition of being a key account: a figure and the least it must be, or the values it may have. */
export class Gate {
  @IsId() gate!: string;
  @Optional() @IsDecimal() threshold?: number;
  @Optional() @IsText(100, { list: true, min: 1, max: 100, public: 'values of a closed vocabulary' }) values?: string[];
}

/** We decided what makes a customer a key account of ours. */
export class KeyAccountCriteriaDefined extends Rule {
  @IsId() version!: string;
  @IsPart(() => Gate, { list: true, min: 1, max: 50 }) gates!: Gate[];
}

/** An anchor of a factor's scale, so that raters mean the same by the same number. */
export class ScaleStep {
  @IsDecimal(0, 10) from!: number;
  @IsDecimal(0, 10) to!: number;
  @IsText(500, { public: 'an anchor of a rating scale, which speaks of no person' }) meaning!: string;
}

/** A factor of attractiveness and its share of the whole, in percent. */
export class WeightedFactor {
  @IsId() factor!: string;
  @IsDecimal(0, 100) weight!: number;
  @Optional() @IsPart(() => ScaleStep, { list: true, max: 20 }) scale?: ScaleStep[];
}

/** What weights by name may be called: unknown names would never be used, and nobody would notice. */
const weighed = {
  baseWeights: [
    ...['MESSAGE', 'REPLY', 'ENTERTAINMENT', 'CALL', 'PRESENTATION', 'MEETING', 'VISIT', 'WORKSHOP'],
    ...['JOINT_REVIEW', 'EXECUTIVE_REVIEW', 'EXECUTIVE_ONE_TO_ONE', 'CAMPAIGN'],
  ],
  health: ['trust', 'contact', 'wallet', 'recommend'],
  stageBands: ['BASIC', 'COOPERATIVE', 'INTERDEPENDENT', 'INTEGRATED'],
} as const;

/** Numbers by name, the names from a closed list. */
function IsWeights(names: readonly string[], max: number): PropertyDecorator {
  const each = decimalCheck(0, max);
  const properties = Object.fromEntries(names.map((name) => [name, { type: 'number', minimum: 0, maximum: max }]));
  return field('isWeights', { type: 'object', properties, additionalProperties: false }, (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'an object';
    for (const [name, weight] of Object.entries(value)) {
      if (!names.includes(name)) return `an object whose names are among ${names.join(', ')}`;
      if (each(weight) !== null) return `an object in which each value is ${each(weight)}`;
    }
    return null;
  });
}

/** Weights and thresholds of our scores under a version's name; what is left out stays as it was. */
export class ScoringModelPublished extends Rule {
  @IsId() version!: string;
  /** Weights add up to 100. */
  @Optional() @IsPart(() => WeightedFactor, { list: true, min: 1, max: 50 }) attractiveness?: WeightedFactor[];
  @Optional() @IsDecimal(0, 10) attractivenessHigh?: number;
  @Optional() @IsDecimal(0, 100) strengthHigh?: number;
  /** Days after which an interaction weighs half. */
  @Optional() @IsDecimal(0.1, 36500) halfLifeDays?: number;
  @Optional() @IsWeights(weighed.baseWeights, 1000) baseWeights?: Record<string, number>;
  @Optional() @IsDecimal(0, 1) salesOnlyShare?: number;
  @Optional() @IsWhole(1, 3660) matrixDays?: number;
  @Optional() @IsWhole(1, 3660) contactDays?: number;
  /** Parts of the health figure; replaces all of them. */
  @Optional() @IsWeights(weighed.health, 100) health?: Record<string, number>;
  /** Least evidence index (6 to 24) of each stage. */
  @Optional() @IsWeights(weighed.stageBands, 24) stageBands?: Record<string, number>;
  @Optional() @IsWhole(1, 3660) evidenceDays?: number;
  /** Mean recommendation (0 to 10) from which an attitude is high. */
  @Optional() @IsDecimal(0, 10) recommendHigh?: number;
  /** Share of wallet from which behaviour is loyal. */
  @Optional() @IsDecimal(0, 1) walletHigh?: number;
}

/** How long costs and caps are counted together. */
export const periods = ['MONTH', 'QUARTER', 'YEAR'] as const;
export type Per = (typeof periods)[number];

/** How many minutes one of an activity takes. */
export class ActivityMinutes {
  @IsId() activity!: string;
  @IsDecimal(0, 1e6) minutesEach!: number;
}

/** A minute of these people costs capacityCost ÷ practicalMinutes. */
export class RateCardSet extends Rule {
  @IsId() pool!: string;
  @IsOneOf(unitFunctions, { list: true, max: unitFunctions.length }) functions!: UnitFunction[];
  /** Cost of the pool for one `per`. */
  @IsAmount(0) capacityCost!: Money;
  /** Minutes the pool can really work in one `per`. */
  @IsDecimal(1, 1e9) practicalMinutes!: number;
  @IsOneOf(periods) per!: Per;
  @IsPart(() => ActivityMinutes, { list: true }) activities!: ActivityMinutes[];
}

/** One unit of the base currency is worth `rate` units of the quote. */
export class FxRateSet extends Rule {
  @IsCurrency() base!: string;
  @IsCurrency() quote!: string;
  @IsRate() rate!: string;
}

/** How many key accounts we can manage, and the hours that one takes a year at each stage; what is left out stays. */
export class CapacitySet extends Rule {
  @Optional() @IsWhole(0, 100_000) programmeCap?: number;
  @Optional() @IsWhole(0, 100_000) managerCap?: number;
  /** Never exceeded, whoever overrides. */
  @Optional() @IsWhole(0, 100_000) managerHardCap?: number;
  @Optional() @IsDecimal(0, 8784) hoursPerFteYear?: number;
  /** Share of the hours that key accounts may take. */
  @Optional() @IsDecimal(0, 1) utilisation?: number;
  @Optional() @IsWeights(stages, 100_000) hours?: Record<string, number>;
}

/** Over how many months we judge, and how often a quarter we look. */
export class EvaluationHorizonSet extends Rule {
  @Optional() @IsWhole(1, 600) minMonths?: number;
  @Optional() @IsWhole(1, 600) defaultMonths?: number;
  @Optional() @IsWhole(0, 1000) reviewsPerQuarter?: number;
}

/** At this stage, nobody in this role stays without two-way contact for more than these days. */
export class AttentionPolicySet extends Rule {
  @IsOneOf(stages) stage!: Stage;
  @IsOneOf(dmuRoles) role!: DmuRole;
  @IsWhole(1, 3660) days!: number;
}

/** At this stage, at least this many units of ours take part. */
export class UnitPolicySet extends Rule {
  @IsOneOf(stages) stage!: Stage;
  @IsWhole(0, unitFunctions.length) units!: number;
}

/** A model of customers' lifetimes was fitted, and these are its parameters. */
export class LifetimeModelPublished {
  @IsId() model!: string;
  @IsMapOf({ type: 'number' }, decimalCheck(-1e9, 1e9)) parameters!: Record<string, number>;
  @IsWhen('last') trainedAsOf!: string;
  @IsWhen('last') trainedKnownAt!: string;
  /** Customers it was fitted on. */
  @IsWhole() population!: number;
  @IsText(100, { public: 'a digest' }) digest!: string;
}
