import { acme, globex, manager, sponsor } from './ids.js';

const eur = (minor: number) => ({ minor, currency: 'EUR' });

const settings = {
  reportingCurrency: 'EUR',
  utcOffsetMin: 60,
  fiscalYearStartMonth: 4,
  discountRate: 0.08,
  wacc: 0.09,
  windowDays: 365,
  churnDays: 400,
  closeDays: 20,
  from: '2026-01-01T00:00:00.000Z',
};
const criteria = {
  version: 'v1',
  gates: [
    { gate: 'customerType', values: ['OEM_MAKER', 'DEALER'], threshold: 0.5 },
    { gate: 'constantClv', threshold: 250 },
    { gate: 'integrity', threshold: 0.7 },
  ],
};
const scoring = {
  version: '2026',
  attractiveness: [
    { factor: 'spend', weight: 30, scale: [{ from: 7, to: 10, meaning: 'over ten million a year' }] },
    { factor: 'growth', weight: 25 },
    { factor: 'prestige', weight: 20 },
    { factor: 'reach', weight: 15 },
    { factor: 'exclusivity', weight: 10 },
  ],
  attractivenessHigh: 5.5,
  halfLifeDays: 60,
  baseWeights: { VISIT: 10 },
  health: { trust: 40, contact: 30, wallet: 20, recommend: 10 },
  stageBands: { COOPERATIVE: 12 },
  recommendHigh: 8,
  walletHigh: 0.5,
};
const designation = {
  accountId: acme,
  managerId: manager,
  thesis: 'Their second plant doubles what they need from us',
  horizonYears: 5,
  targetStage: 'INTERDEPENDENT',
};
const override = { reason: 'The board wants them in before the tender', approver: sponsor };
const handover = { accountId: acme, toManagerId: sponsor, reason: 'Grace moves to Asia' };
const release = { accountId: acme, reason: 'Their plant closes' };
const card = {
  pool: 'kam',
  functions: ['KEY_ACCOUNT', 'SALES'],
  capacityCost: eur(56_000_000),
  practicalMinutes: 700_000,
  per: 'QUARTER',
  activities: [{ activity: 'order', minutesEach: 8 }],
};
const fx = { base: 'USD', quote: 'EUR', rate: '0.9231', from: '2026-02-01T00:00:00.000Z' };
const capacity = {
  programmeCap: 30,
  managerCap: 4,
  managerHardCap: 8,
  hoursPerFteYear: 1600,
  utilisation: 0.75,
  hours: { BASIC: 100, INTEGRATED: 600 },
};
const burst = {
  burstId: 'rail-2026',
  industry: 'Rail',
  region: 'Iberia',
  from: '2026-03-01T00:00:00.000Z',
  until: '2026-09-01T00:00:00.000Z',
  value: eur(900_000_000),
  why: 'Public money for signalling',
};
const model = {
  model: 'bg-nbd',
  parameters: { r: 0.2426, alpha: 4.4135, a: 0.7929, b: 2.4258 },
  trainedAsOf: '2026-03-31T23:59:59.999Z',
  trainedKnownAt: '2026-04-05T23:59:59.999Z',
  population: 2357,
  digest: 'q83vEjRWeJCrze8',
};
const report = {
  report: 'whale',
  asOf: '2026-03-31T23:59:59.999Z',
  knownAt: '2026-04-30T23:59:59.999Z',
  policy: { position: 812, digest: '-x9_kQ' },
  digest: '_Zk3-w',
};

const events = {
  FirmSettingsSet: settings,
  KeyAccountCriteriaDefined: criteria,
  ScoringModelPublished: scoring,
  KeyAccountDesignated: {
    ...designation,
    override,
    criteriaVersion: 'v1',
    scores: [
      { gate: 'customerType', value: 'OEM_MAKER', passed: true },
      { gate: 'constantClv', threshold: 250, value: 266.666667, passed: true },
      { gate: 'integrity', threshold: 0.7, value: 0.5, passed: false, reason: 'unproven' },
    ],
    judgedAt: 4711,
  },
  KeyAccountHandedOver: handover,
  KeyAccountReleased: release,
  RateCardSet: card,
  FxRateSet: fx,
  CapacitySet: capacity,
  EvaluationHorizonSet: { minMonths: 18, defaultMonths: 48, reviewsPerQuarter: 2 },
  AttentionPolicySet: { stage: 'COOPERATIVE', role: 'SPONSOR', days: 45 },
  UnitPolicySet: { stage: 'INTERDEPENDENT', units: 4 },
  ProgrammeEndorsed: { executive: sponsor, until: '2027-01-01T00:00:00.000Z' },
  ObjectiveDefined: {
    objectiveId: 'rail-share',
    statement: 'A third of all signalling in Europe',
    year: 2028,
    contributionTarget: eur(1_000_000_000),
  },
  ObjectiveClosed: { objectiveId: 'rail-share' },
  BudgetAllocated: { accountId: acme, period: '2026-Q2', amount: eur(5_000_000), purpose: 'joint development' },
  ActivityTypeProposed: {
    activityTypeId: 'open-day',
    name: 'Open day at our plant',
    why: 'Engineers of theirs meet ours',
  },
  ActivityTypeApproved: { activityTypeId: 'open-day' },
  ActivityTypeCapped: { activityTypeId: 'open-day', amount: eur(1_000_000), per: 'YEAR', accountId: acme },
  ActivityTypeRejected: { activityTypeId: 'open-day' },
  PerformanceReviewed: { accountId: acme, horizon: 36 },
  PortfolioRebalanced: {
    moves: [
      { accountId: acme, period: '2026', amount: eur(-400_000) },
      { accountId: globex, period: '2026', amount: eur(400_000) },
    ],
    reason: 'Globex grows faster than its budget',
  },
  RoutePlanned: { routeId: 'north', weekday: 2, accountIds: [acme, globex] },
  CommissionPlanSet: {
    planId: 'hunters-26',
    approach: 'HUNTER',
    memberIds: [manager],
    terms: 'Two percent of the first year',
    from: '2026-01-01T00:00:00.000Z',
    until: '2027-01-01T00:00:00.000Z',
  },
  OpportunityBurstDeclared: burst,
  LifetimeModelPublished: model,
  ReportPublished: report,
} as const;

/** Samples of our own programme. */
export const programmeCast: {
  readonly commands: Readonly<Record<string, object>>;
  readonly events: Readonly<Record<string, object>>;
} = {
  commands: {
    SetFirmSettings: events.FirmSettingsSet,
    DefineKeyAccountCriteria: events.KeyAccountCriteriaDefined,
    PublishScoringModel: events.ScoringModelPublished,
    DesignateKeyAccount: { ...designation, override },
    HandOverKeyAccount: events.KeyAccountHandedOver,
    ReleaseKeyAccount: events.KeyAccountReleased,
    SetRateCard: events.RateCardSet,
    SetFxRate: events.FxRateSet,
    SetCapacity: events.CapacitySet,
    SetEvaluationHorizon: events.EvaluationHorizonSet,
    SetAttentionPolicy: events.AttentionPolicySet,
    SetUnitPolicy: events.UnitPolicySet,
    EndorseProgramme: events.ProgrammeEndorsed,
    DefineObjective: events.ObjectiveDefined,
    CloseObjective: events.ObjectiveClosed,
    AllocateBudget: events.BudgetAllocated,
    ProposeActivityType: events.ActivityTypeProposed,
    ApproveActivityType: events.ActivityTypeApproved,
    CapActivityType: events.ActivityTypeCapped,
    RejectActivityType: events.ActivityTypeRejected,
    RecordPerformanceReview: events.PerformanceReviewed,
    RebalancePortfolio: events.PortfolioRebalanced,
    PlanRoute: events.RoutePlanned,
    SetCommissionPlan: events.CommissionPlanSet,
    DeclareOpportunityBurst: events.OpportunityBurstDeclared,
    PublishLifetimeModel: events.LifetimeModelPublished,
    PublishReport: events.ReportPublished,
  },
  events,
};
