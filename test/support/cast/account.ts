import { acme, ada, bert, evidence, manager, someEvent, sponsor } from './ids.js';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const day = (date: string): string => `${date}T00:00:00.000Z`;

const registered = {
  name: 'Acme Rail',
  customerType: 'OEM_MAKER',
  oemFitShare: 0.8,
  industry: 'Rail',
  region: 'Iberia',
  currency: 'EUR',
  externalIds: [{ system: 'crm', id: '0011-A' }],
};
const override = { reason: 'The board signed the alliance before the papers', approver: sponsor };

const events = {
  AccountRegistered: registered,
  AccountReclassified: { customerType: 'DEALER', oemFitShare: 0.5, industry: 'Signalling', region: 'France' },
  PotentialEstimated: {
    availableSales3y: eur(900_000_000),
    growthPct: 4.5,
    expectedRetention: 0.8,
    margin: eur(10_000),
    source: 'market study',
  },
  ContractAgreed: {
    contractId: 'frame-1',
    category: 'signalling',
    from: day('2025-01-01'),
    until: day('2027-01-01'),
    paymentDays: 60,
    value: eur(120_000_000),
  },
  ContractRenewed: { contractId: 'frame-1', until: day('2029-01-01'), tendered: false, value: eur(150_000_000) },
  ContractEnded: { contractId: 'frame-1', reason: 'LOST', lostTo: 'Hexa Systems' },
  StageEvidenceRecorded: {
    item: 'contactStructure',
    level: 3,
    sourceEventIds: [someEvent],
    expiresOn: day('2027-04-01'),
  },
  StageDeclared: { stage: 'COOPERATIVE', evidenceIds: [evidence], override },
  TargetStageSet: { stage: 'INTERDEPENDENT', until: day('2028-01-01') },
  SupplierStatusDeclared: { category: 'signalling', status: 'PREFERRED', source: 'customer letter' },
  SupplierStatusTargeted: { category: 'signalling', status: 'PRIMARY', until: day('2027-07-01') },
  CharterAgreed: {
    differentiatedServices: [{ serviceId: 'line-stock', name: 'Stock at their line' }],
    cadence: 'QUARTERLY',
    forum: 'steering round',
    ourOwners: [manager],
    theirOwners: [ada, bert],
  },
  JointPlanAgreed: {
    planId: 'plan-26',
    from: day('2026-01-01'),
    to: day('2028-01-01'),
    sharedResources: ['test bench'],
  },
  JointPlanCancelled: { planId: 'plan-26', reason: 'Their new board stopped all joint projects' },
  IntegrationStepTaken: { stepId: 'edi', step: 'SYSTEMS_LINK', direction: 'BOTH' },
  IntegrationStepEnded: { stepId: 'edi', reason: 'They moved to another system' },
  ShareOfWalletEstimated: {
    category: 'signalling',
    share: 0.4,
    wallet: eur(250_000_000),
    ourRank: 2,
    suppliers: 6,
    source: 'buyer interview',
    confidence: 0.7,
  },
  PostureSet: { posture: 'DEFEND', reason: 'Hexa offers at cost' },
  CompetitorMoved: {
    moveId: 'hexa-1',
    competitor: 'Hexa Systems',
    category: 'signalling',
    move: 'Opened an office across the street',
    impact: 'high',
  },
  SupplierReductionAnnounced: {
    programmeId: 'six-to-three',
    category: 'signalling',
    suppliersBefore: 6,
    suppliersAfter: 3,
    deadline: day('2026-10-01'),
    ourSlot: 'AT_RISK',
  },
  SupplierReductionDecided: { programmeId: 'six-to-three', kept: true },
  DiscountSchemeAnnounced: {
    schemeId: 'volume-26',
    category: 'signalling',
    terms: 'Two percent above ten million',
    until: day('2027-01-01'),
  },
  CustomerIntentStated: {
    intentId: 'open-lines',
    statement: 'To run their lines without own engineers',
    source: 'annual report',
    until: day('2029-01-01'),
  },
  CustomerIntentWithdrawn: { intentId: 'open-lines' },
  SuccessFactorsStated: {
    factors: [
      { factor: 'delivery', weight: 40.2 },
      { factor: 'quality', weight: 35.4 },
      { factor: 'price', weight: 24.4 },
    ],
    source: 'customer survey',
    respondentId: ada,
  },
  AttractivenessScored: { factor: 'growth', score: 7.5, rater: 'SALES' },
  StrengthScored: {
    factor: 'delivery',
    ours: 8,
    competitors: { 'Hexa Systems': 7, 'Orbit Controls': 6.5 },
    source: 'customer_survey',
    rater: 'PURCHASING',
  },
  KnowledgeAssessed: { domain: 'their market', ours: 3.5, theirs: 3, ratedBy: 'CUSTOMER', respondentId: ada },
  SellingApproachAssigned: { approach: 'FARMER', reason: 'Two plants will need us for ten years' },
  FuturePlanSet: {
    period: '2027',
    basis: 'FORECAST',
    contribution: eur(40_000_000),
    shareOfWallet: 0.45,
    stage: 'INTERDEPENDENT',
    supplierStatus: 'PRIMARY',
  },
  InternalImpactRecorded: {
    area: 'CAPACITY',
    share: 0.3,
    period: '2026-Q2',
    effect: 'A third of the new line is theirs',
  },
  ObjectiveServed: { objectiveId: 'rail-share', contribution: eur(300_000_000) },
} as const;

const on = (data: object): object => ({ accountId: acme, ...data });

/** Samples of who an account is and where the relationship stands. */
export const accountCast: {
  readonly commands: Readonly<Record<string, object>>;
  readonly events: Readonly<Record<string, object>>;
} = {
  commands: {
    RegisterAccount: on(events.AccountRegistered),
    ReclassifyAccount: on(events.AccountReclassified),
    EstimatePotential: on(events.PotentialEstimated),
    AgreeContract: on(events.ContractAgreed),
    RenewContract: on(events.ContractRenewed),
    EndContract: on(events.ContractEnded),
    RecordStageEvidence: on(events.StageEvidenceRecorded),
    DeclareStage: on({ ...events.StageDeclared, about: [ada] }),
    SetTargetStage: on(events.TargetStageSet),
    DeclareSupplierStatus: on(events.SupplierStatusDeclared),
    TargetSupplierStatus: on(events.SupplierStatusTargeted),
    AgreeCharter: on(events.CharterAgreed),
    AgreeJointPlan: on(events.JointPlanAgreed),
    CancelJointPlan: on(events.JointPlanCancelled),
    RecordIntegrationStep: on(events.IntegrationStepTaken),
    EndIntegrationStep: on(events.IntegrationStepEnded),
    EstimateShareOfWallet: on(events.ShareOfWalletEstimated),
    SetPosture: on(events.PostureSet),
    RecordCompetitorMove: on(events.CompetitorMoved),
    RecordSupplierReduction: on(events.SupplierReductionAnnounced),
    RecordSupplierReductionDecision: on(events.SupplierReductionDecided),
    RecordDiscountScheme: on(events.DiscountSchemeAnnounced),
    StateCustomerIntent: on(events.CustomerIntentStated),
    WithdrawCustomerIntent: on(events.CustomerIntentWithdrawn),
    StateSuccessFactors: on(events.SuccessFactorsStated),
    ScoreAttractiveness: on(events.AttractivenessScored),
    ScoreStrength: on(events.StrengthScored),
    AssessKnowledge: on(events.KnowledgeAssessed),
    AssignSellingApproach: on(events.SellingApproachAssigned),
    SetFuturePlan: on(events.FuturePlanSet),
    RecordInternalImpact: on(events.InternalImpactRecorded),
    LinkObjective: on(events.ObjectiveServed),
  },
  events,
};
