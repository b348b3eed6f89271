import type { Calendar, Instant } from './instant.js';
import type { Money } from './money.js';

/** The firm's settings. Rates are per year; `wacc` null until set: no cost of credit is invented. */
export interface Settings extends Calendar {
  readonly reportingCurrency: string | null;
  readonly discountRate: number;
  readonly wacc: number | null;
  readonly windowDays: number;
  readonly churnDays: number;
  readonly closeDays: number;
}

/** A pool of capacity and what a minute of it costs: capacityCost ÷ practicalMinutes (TDABC). */
export interface RateCard {
  readonly pool: string;
  readonly functions: readonly string[];
  readonly capacityCost: Money;
  readonly practicalMinutes: number;
  readonly per: 'MONTH' | 'QUARTER' | 'YEAR';
  readonly activities: readonly { readonly activity: string; readonly minutesEach: number }[];
}

/** Key-account criteria in force. */
export interface Criteria {
  readonly version: string;
  readonly gates: readonly {
    readonly gate: string;
    readonly threshold?: number;
    readonly values?: readonly string[];
  }[];
}

/** Caps and the hours a key account takes at each stage; hours are unchecked where none are set. */
export interface Caps {
  readonly programmeCap: number;
  readonly managerCap: number;
  readonly managerHardCap: number;
  readonly hoursPerFteYear: number | null;
  readonly utilisation: number;
  readonly hours: Readonly<Record<string, number>>;
}

/** Horizons of evaluation in months, and how many formal reviews a quarter the programme wants at most. */
export interface Horizons {
  readonly minMonths: number;
  readonly defaultMonths: number;
  readonly reviewsPerQuarter: number;
}

/** Our own rules at one instant, as known at another. Lists are keyed by what makes an entry replace an earlier one. */
export interface Policy {
  readonly settings: Settings;
  readonly criteria: Criteria | null;
  readonly scoring: Scoring;
  readonly rates: Readonly<Record<string, RateCard>>;
  /** `EUR/USD` → decimal text: units of the quote for one unit of the base. */
  readonly fx: Readonly<Record<string, string>>;
  readonly horizons: Horizons;
  readonly caps: Caps;
  /** `STAGE/ROLE` → days of silence that are too many. */
  readonly attention: Readonly<Record<string, number>>;
  /** Stage → units of ours that should be active. */
  readonly units: Readonly<Record<string, number>>;
  readonly routes: Readonly<Record<string, { readonly weekday: number; readonly accountIds: readonly string[] }>>;
  readonly bursts: Readonly<Record<string, Burst>>;
  readonly commission: Readonly<
    Record<
      string,
      {
        readonly approach: string;
        readonly memberIds: readonly string[];
        readonly from: Instant;
        readonly until: Instant;
      }
    >
  >;
  readonly activities: Readonly<Record<string, ActivityType>>;
  readonly objectives: Readonly<Record<string, Objective>>;
  readonly budgets: readonly Budget[];
  readonly models: Readonly<Record<string, LifetimeModel>>;
  readonly endorsements: readonly {
    readonly executive: string;
    readonly from: Instant;
    readonly until: Instant;
    readonly eventId: string;
  }[];
}

/** Versioned weights and thresholds of every score; constructs of our own ship as defaults. */
export interface Scoring {
  readonly version: string;
  readonly attractiveness: readonly {
    readonly factor: string;
    readonly weight: number;
    readonly scale?: readonly { readonly from: number; readonly to: number; readonly meaning: string }[];
  }[];
  readonly attractivenessHigh: number;
  readonly strengthHigh: number;
  readonly halfLifeDays: number;
  readonly baseWeights: Readonly<Record<string, number>>;
  readonly salesOnlyShare: number;
  readonly matrixDays: number;
  readonly contactDays: number;
  readonly health: Readonly<Record<string, number>>;
  readonly stageBands: Readonly<Record<string, number>>;
  readonly evidenceDays: number;
  /** Loyalty type: mean recommendation and share of wallet from which attitude and behaviour are high. */
  readonly recommendHigh: number;
  readonly walletHigh: number;
}

/** A sudden opportunity in a market. */
export interface Burst {
  readonly accountIds: readonly string[];
  readonly region: string | null;
  readonly industry: string | null;
  readonly from: Instant;
  readonly until: Instant;
  readonly value: Money | null;
}

/** A kind of customer-centred activity and how it is controlled. */
export interface ActivityType {
  readonly name: string | null;
  readonly state: 'PROPOSED' | 'APPROVED' | 'REJECTED';
  readonly caps: readonly { readonly amount: Money; readonly per: string; readonly accountId: string | null }[];
}

/** A corporate objective. */
export interface Objective {
  readonly year: number | null;
  readonly contributionTarget: Money | null;
  readonly open: boolean;
}

/** A budget, or a move of one (`signed` amount). */
export interface Budget {
  readonly accountId: string;
  readonly period: string;
  readonly amount: Money;
  readonly purpose: string | null;
  readonly moved: boolean;
  readonly eventId: string;
}

/** A published lifetime model. */
export interface LifetimeModel {
  readonly model: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly trainedAsOf: Instant;
  readonly trainedKnownAt: Instant;
  readonly population: number;
}

/** The parts that a new rule can touch one by one. */
export type PolicyPart = keyof Policy;

/** Rules of our own before anyone has said anything. */
export const defaultPolicy: Policy = {
  settings: {
    reportingCurrency: null,
    utcOffsetMin: 0,
    fiscalYearStartMonth: 1,
    discountRate: 0.1,
    wacc: null,
    windowDays: 365,
    churnDays: 365,
    closeDays: 30,
  },
  criteria: null,
  scoring: {
    version: 'default',
    attractiveness: [],
    attractivenessHigh: 5,
    strengthHigh: 1,
    halfLifeDays: 45,
    baseWeights: {
      MESSAGE: 1,
      REPLY: 3,
      ENTERTAINMENT: 3,
      CALL: 5,
      PRESENTATION: 6,
      MEETING: 8,
      VISIT: 8,
      WORKSHOP: 12,
      JOINT_REVIEW: 12,
      EXECUTIVE_REVIEW: 15,
      EXECUTIVE_ONE_TO_ONE: 20,
      CAMPAIGN: 0,
    },
    salesOnlyShare: 0.8,
    matrixDays: 365,
    contactDays: 90,
    health: { trust: 25, contact: 25, wallet: 25, recommend: 25 },
    stageBands: { BASIC: 6, COOPERATIVE: 11, INTERDEPENDENT: 17, INTEGRATED: 23 },
    evidenceDays: 365,
    recommendHigh: 8,
    walletHigh: 0.5,
  },
  rates: {},
  fx: {},
  horizons: { minMonths: 12, defaultMonths: 36, reviewsPerQuarter: 1 },
  caps: { programmeCap: 35, managerCap: 5, managerHardCap: 10, hoursPerFteYear: null, utilisation: 0.8, hours: {} },
  attention: {},
  units: {},
  routes: {},
  bursts: {},
  commission: {},
  activities: {},
  objectives: {},
  budgets: [],
  models: {},
  endorsements: [],
};
