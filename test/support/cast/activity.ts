import { acme, ada, bert, manager, sponsor } from './ids.js';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const day = (date: string): string => `${date}T00:00:00.000Z`;

const pledge = {
  requestId: 'bench',
  unit: 'ENGINEERING',
  resource: 'Two engineers for a week',
  due: day('2026-05-16'),
  processId: 'npi-7',
};

const events = {
  InteractionLogged: {
    interactionId: 'visit-1',
    kind: 'VISIT',
    initiator: 'US',
    ours: [
      { memberId: manager, function: 'KEY_ACCOUNT' },
      { memberId: sponsor, function: 'MANAGEMENT' },
    ],
    theirs: [{ contactId: ada, function: 'PURCHASING', seniority: 2 }],
    durationMin: 90,
    travelMin: 120,
    expenses: [{ category: 'TRAVEL', amount: eur(18_050) }],
    twoWay: true,
    orderId: 'SO-1',
    pursuitId: 'line-2',
    intentId: 'open-lines',
    activityTypeId: 'open-day',
    routeId: 'north',
    topics: ['capacity', 'price'],
    summary: 'Ada will show us the second line in May',
  },
  CommitmentMade: {
    commitmentId: 'quote',
    by: 'US',
    ownerId: manager,
    what: 'A quote for the second line',
    due: day('2026-04-16'),
  },
  CommitmentMoved: { commitmentId: 'quote', due: day('2026-05-01'), agreedBy: ada },
  CommitmentKept: { commitmentId: 'quote' },
  CommitmentBroken: { commitmentId: 'quote', reason: 'The plant had no figures' },
  TrustBreached: { breachId: 'leak', by: 'US', severity: 'MAJOR', what: 'Their drawing was shown to a supplier' },
  TrustRepaired: { breachId: 'leak', what: 'Drawings recalled, rules agreed' },
  IntegritySignalled: { kind: 'PAID_EARLY', positive: true },
  SurveyAnswered: { respondentId: ada, recommend: 9, satisfaction: 8.5 },
  InsightRecorded: {
    insightId: 'downtime',
    topic: 'downtime',
    fromInteractionIds: ['visit-1'],
    text: 'An hour of standstill costs them more than a year of ours',
  },
  ValueActivityUndertaken: {
    valueActivityId: 'stock',
    what: 'Spare parts at their line',
    insightIds: ['downtime'],
    needIds: ['spares'],
  },
  NeedRecorded: { needId: 'spares', order: 'PROCESS', priority: 2, driverId: 'uptime' },
  NeedMet: { needId: 'spares' },
  NeedLapsed: { needId: 'spares' },
  ValueDriverRecorded: { driverId: 'uptime', what: 'Lines that never stand', weight: 60, source: 'workshop' },
  ValueDriverLapsed: { driverId: 'uptime' },
  ActivityAdapted: { becauseOf: ['downtime'], before: 'Repairs on call', after: 'Parts kept at the line' },
  PursuitOpened: {
    pursuitId: 'line-2',
    purpose: 'GROWTH',
    plannedCost: eur(6_000_000),
    value: eur(90_000_000),
    category: 'signalling',
    approach: 'FARMER',
    fromCompetitor: 'Hexa Systems',
  },
  PursuitAdvanced: { pursuitId: 'line-2', stage: 'PROPOSED' },
  PursuitWon: { pursuitId: 'line-2', value: eur(84_000_000), approach: 'FARMER', wonBy: [manager] },
  PursuitLost: { pursuitId: 'line-2', reason: 'Too late with the quote', lostTo: 'Hexa Systems' },
  SupportRequested: {
    requestId: 'bench',
    unit: 'ENGINEERING',
    resource: 'Two engineers for a week',
    neededBy: day('2026-05-16'),
    processId: 'npi-7',
  },
  SupportPledged: pledge,
  SupportDelivered: { requestId: 'bench', unit: 'ENGINEERING', processId: 'npi-7' },
  SupportFailed: { requestId: 'bench', reason: 'Both fell ill', unit: 'ENGINEERING' },
  SupportDeclined: { requestId: 'bench', reason: 'No hands free before June', unit: 'ENGINEERING' },
} as const;

const on = (data: object): object => ({ accountId: acme, ...data });

/** Samples of dealings. */
export const activityCast: {
  readonly commands: Readonly<Record<string, object>>;
  readonly events: Readonly<Record<string, object>>;
} = {
  commands: {
    LogInteraction: on({ occurredAt: '2026-03-02T09:00:00.000Z', ...events.InteractionLogged, about: [bert] }),
    MakeCommitment: on(events.CommitmentMade),
    MoveCommitment: on(events.CommitmentMoved),
    KeepCommitment: on(events.CommitmentKept),
    BreakCommitment: on(events.CommitmentBroken),
    RecordTrustBreach: on(events.TrustBreached),
    RecordTrustRepair: on(events.TrustRepaired),
    SignalIntegrity: on(events.IntegritySignalled),
    RecordSurveyAnswer: on(events.SurveyAnswered),
    RecordInsight: on(events.InsightRecorded),
    UndertakeValueActivity: on(events.ValueActivityUndertaken),
    RecordNeed: on(events.NeedRecorded),
    RecordNeedMet: on(events.NeedMet),
    LapseNeed: on(events.NeedLapsed),
    RecordValueDriver: on(events.ValueDriverRecorded),
    LapseValueDriver: on(events.ValueDriverLapsed),
    AdaptActivity: on(events.ActivityAdapted),
    OpenPursuit: on(events.PursuitOpened),
    AdvancePursuit: on(events.PursuitAdvanced),
    WinPursuit: on(events.PursuitWon),
    LosePursuit: on(events.PursuitLost),
    RequestSupport: on(events.SupportRequested),
    PledgeSupport: on(pledge),
    DeliverSupport: on({ requestId: 'bench' }),
    FailSupport: on({ requestId: 'bench', reason: 'Both fell ill' }),
    DeclineSupport: on({ requestId: 'bench', reason: 'No hands free before June' }),
  },
  events,
};
