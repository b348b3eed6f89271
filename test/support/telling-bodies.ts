import { acme, ada, bert, globex, manager, sponsor } from './cast/ids.js';

const day = 86_400_000;
const first = Date.parse('2021-01-01T00:00:00.000Z');

/** The instant of a numbered day, and its date. */
export const at = (n: number): string => new Date(first + n * day + 3_600_000).toISOString();
const date = (n: number): string => at(n).slice(0, 10);

/** What a random command may vary: its day, its account, small numbers, amounts, a flag. */
export interface Dice {
  readonly at: number;
  readonly account: string;
  readonly small: number;
  readonly minor: number;
  readonly back: number;
  readonly odd: boolean;
  readonly currency: string;
}

/** Makes a command's fields of what may vary. */
export type Body = (dice: Dice) => object;
const stages = ['EXPLORATORY', 'BASIC', 'COOPERATIVE', 'INTERDEPENDENT', 'INTEGRATED', 'DISINTEGRATING', 'EXITED'];
const parts = ['trust', 'contactStructure', 'jointPlanning', 'supplierStatus', 'informationSharing', 'exitBarrier'];
const money = ({ minor, currency }: Dice) => ({ minor, currency });
const id = (letter: string, n: number): string => `${letter}${n}`;
const override = { reason: 'Because the board says so', approver: sponsor };

/** Commands that vary; ids repeat on purpose, so that later ones find what earlier ones made, or are refused. */
export const bodies: Readonly<Record<string, Body>> = {
  IssueInvoice: (d) => ({
    invoiceId: id('I', d.at),
    orderId: id('O', d.small),
    gross: money(d),
    cogs: { ...money(d), minor: d.minor + d.back },
    dueOn: date(d.at + 30),
  }),
  IssueCredit: (d) => ({ creditId: id('C', d.at), amount: { ...money(d), minor: d.minor * 3 } }),
  PlaceOrder: (d) => ({ orderId: id('O', d.at % 12), amount: money(d), regular: d.odd }),
  CancelOrder: (d) => ({ orderId: id('O', d.small), reason: 'Cut' }),
  RecordPayment: (d) => ({ paymentId: id('P', d.at), invoiceId: id('I', d.small), amount: money(d) }),
  GrantRebate: (d) => ({ rebateId: id('R', d.at), amount: money(d) }),
  RecordCost: (d) => ({
    costId: id('K', d.at),
    category: d.odd ? 'SERVICE' : 'TRAVEL',
    amount: money(d),
    ...(d.small > 6 ? { acquisition: 'TIME', pursuitId: 'w1' } : {}),
  }),
  CommitInvestment: (d) => ({
    investmentId: id('n', d.small % 3),
    thesis: 'It pays',
    planned: [{ month: 1, out: money(d), back: money(d) }],
    horizonMonths: 12,
  }),
  ReleaseInvestment: (d) => ({ investmentId: id('n', d.small % 3), amount: money(d) }),
  ApproveSacrifice: (d) => ({
    sacrificeId: id('s', d.small % 3),
    amount: money(d),
    from: date(d.at),
    to: date(d.at + 90),
    expectedReturn: 'More',
    reviewOn: date(d.at + 120),
    approver: sponsor,
  }),
  LogInteraction: (d) => ({
    ...{ interactionId: id('X', d.at), initiator: ['US', 'THEM', 'JOINT'][d.small % 3], durationMin: d.small * 20 },
    kind: ['CALL', 'MEETING', 'VISIT', 'MESSAGE', 'CAMPAIGN', 'JOINT_REVIEW', 'WORKSHOP'][d.small % 7],
    ours: [{ memberId: d.odd ? manager : sponsor, function: d.odd ? 'KEY_ACCOUNT' : 'SERVICE' }],
    theirs: [
      {
        contactId: d.back % 2 === 0 ? ada : bert,
        function: d.back % 2 === 0 ? 'PURCHASING' : 'ENGINEERING',
        seniority: 2,
      },
    ],
  }),
  MakeCommitment: (d) => ({
    commitmentId: id('c', d.small),
    by: d.odd ? 'US' : 'THEM',
    ownerId: d.odd ? manager : ada,
    what: 'A thing',
    due: date(d.at + d.small * 10),
  }),
  KeepCommitment: (d) => ({ commitmentId: id('c', d.small) }),
  BreakCommitment: (d) => ({ commitmentId: id('c', d.small), reason: 'No time' }),
  RecordTrustBreach: (d) => ({
    breachId: id('b', d.small),
    by: 'US',
    severity: d.odd ? 'MAJOR' : 'MINOR',
    what: 'A leak',
  }),
  SignalIntegrity: (d) => ({ kind: d.odd ? 'PAID_EARLY' : 'PAID_LATE', positive: d.odd }),
  RecordSurveyAnswer: (d) => ({ respondentId: d.odd ? ada : bert, recommend: d.small }),
  EstimateShareOfWallet: (d) => ({
    category: d.odd ? 'drives' : 'pumps',
    share: d.small / 10,
    source: 'buyer',
    confidence: 0.5,
    ...(d.small > 5 ? { wallet: money(d) } : {}),
  }),
  EstimatePotential: (d) => ({
    availableSales3y: money(d),
    growthPct: d.back % 90,
    expectedRetention: d.small / 10,
    margin: money(d),
    source: 'study',
  }),
  DeclareSupplierStatus: (d) => ({
    category: 'drives',
    status: ['CANDIDATE', 'APPROVED', 'PREFERRED', 'PRIMARY', 'SOLE'][d.small % 5],
    source: 'buyer',
  }),
  DeclareStage: (d) => ({ stage: stages[d.small % 7], evidenceIds: [], override }),
  SetTargetStage: (d) => ({ stage: stages[d.small % 5], until: date(d.at + 400) }),
  RecordStageEvidence: (d) => ({ item: parts[d.small % 6], level: 1 + (d.back % 4), sourceEventIds: [] }),
  AgreeContract: (d) => ({
    contractId: id('f', d.small % 3),
    category: 'drives',
    from: date(d.at),
    until: date(d.at + 200),
    paymentDays: 30,
    value: money(d),
  }),
  EndContract: (d) => ({ contractId: id('f', d.small % 3), reason: 'LOST', lostTo: 'Hexa' }),
  SetFuturePlan: (d) => ({
    period: String(2024 + (d.small % 5)),
    basis: d.odd ? 'FORECAST' : 'TARGET',
    contribution: money(d),
  }),
  DesignateKeyAccount: (d) => ({
    managerId: manager,
    thesis: 'Growth',
    horizonYears: 1 + (d.small % 6),
    targetStage: stages[d.small % 5],
    override,
  }),
  ReleaseKeyAccount: () => ({ reason: 'The plant closes' }),
  AllocateBudget: (d) => ({ period: String(2022 + (d.small % 3)), amount: money(d), purpose: 'fairs' }),
  OpenPursuit: (d) => ({
    pursuitId: id('w', d.small % 4),
    purpose: d.odd ? 'ACQUISITION' : 'GROWTH',
    plannedCost: { ...money(d), minor: d.back },
    value: money(d),
    approach: 'HUNTER',
  }),
  WinPursuit: (d) => ({ pursuitId: id('w', d.small % 4), value: money(d), approach: 'HUNTER', wonBy: [manager] }),
  LosePursuit: (d) => ({ pursuitId: id('w', d.small % 4), reason: 'Price', lostTo: 'Hexa' }),
  ScoreAttractiveness: (d) => ({ factor: d.odd ? 'growth' : 'spend', score: d.small, rater: 'SALES' }),
};

/** Commands of our own rules, and of who belongs where. */
export const ofFirm: Readonly<Record<string, Body>> = {
  SetFxRate: (d) => ({ base: d.odd ? 'JPY' : 'USD', quote: 'EUR', rate: d.odd ? '0.006' : '0.9', from: date(d.at) }),
  SetFirmSettings: (d) => ({
    from: date(d.at),
    wacc: d.small / 50,
    discountRate: d.small / 40,
    churnDays: 30 + d.small * 40,
    ...(d.odd ? { reportingCurrency: 'EUR' } : {}),
  }),
  PublishScoringModel: (d) => ({
    version: id('v', d.at),
    halfLifeDays: 1 + d.small,
    health: d.odd ? { trust: 100 } : { trust: 0 },
    attractiveness: [
      { factor: 'growth', weight: 60 },
      { factor: 'spend', weight: 40 },
    ],
    from: date(d.at),
  }),
  SetRateCard: (d) => ({
    pool: 'kam',
    functions: ['KEY_ACCOUNT'],
    capacityCost: { minor: d.minor, currency: 'EUR' },
    practicalMinutes: 1 + d.small * 100,
    per: 'QUARTER',
    activities: [],
    from: date(d.at),
  }),
  SetCapacity: (d) => ({
    hoursPerFteYear: d.small * 100,
    utilisation: d.small / 10,
    hours: { BASIC: d.small },
    from: date(d.at),
  }),
  AssignMember: (d) => ({
    memberId: d.odd ? manager : sponsor,
    assignmentId: id('a', d.at),
    accountId: d.account,
    role: 'EXPERT',
    ftePct: 1 + d.small,
    from: date(d.at),
  }),
  MoveContact: (d) => ({ contactId: bert, ...(d.odd ? { toAccountId: d.account } : {}), reason: 'A new post' }),
  AssignContactRole: (d) => ({ contactId: d.odd ? ada : bert, role: d.small > 5 ? 'DECIDER' : 'BUYER' }),
  PlaceAccountUnder: (d) => ({ accountId: d.account, parentId: d.odd ? acme : null }),
  MergeAccounts: () => ({ from: globex, into: acme, reason: 'One firm' }),
  UnmergeAccounts: () => ({ from: globex, into: acme, reason: 'Two firms' }),
};
