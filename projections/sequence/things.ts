import type { Subject } from '../../src/kernel/projection.js';

/** What an event that presupposes a thing says of it: the field that names it (null: there is one only), and what came of it. */
export interface Followed {
  readonly field: string | null;
  readonly was: string;
}

/** Something that begins with one event and that others presuppose. */
export interface Thing {
  readonly is: string;
  /** In whose Histories it is told. */
  readonly of: Subject['of'];
  /** Event → the field that names what it begins; null: there is one only. */
  readonly begins: Readonly<Record<string, string | null>>;
  /** What is lacking where no such event stands before. */
  readonly lacks: string;
  readonly follows: Readonly<Record<string, Followed>>;
  /** The event after which it is as if it had never begun. */
  readonly ends?: string;
  /** What presupposes it may be of an earlier time: figures count it all the same. */
  readonly anyOrder?: true;
  /** Its ids are those of one person of ours. */
  readonly ofPerson?: true;
}

/** A thing that all its events name by the same field. */
function thing(
  is: string,
  field: string | null,
  begins: string,
  lacks: string,
  follows: Readonly<Record<string, string>>,
  more: Partial<Thing> = {},
): Thing {
  return {
    is,
    of: 'account',
    lacks,
    begins: Object.fromEntries(begins.split(' ').map((type) => [type, field])),
    follows: Object.fromEntries(Object.entries(follows).map(([type, was]) => [type, { field, was }])),
    ...more,
  };
}

const anyOrder = { anyOrder: true } as const;

/** Everything that begins, and what presupposes it: every event of the catalogue that names a thing which another begins. */
export const things: readonly Thing[] = [
  thing('Contract', 'contractId', 'ContractAgreed', 'it was agreed', {
    ContractRenewed: 'was renewed',
    ContractEnded: 'ended',
  }),
  thing('Joint plan', 'planId', 'JointPlanAgreed', 'it was agreed', { JointPlanCancelled: 'was cancelled' }),
  thing('Step of integration', 'stepId', 'IntegrationStepTaken', 'it was taken', { IntegrationStepEnded: 'ended' }),
  thing(
    'Supplier reduction',
    'programmeId',
    'SupplierReductionAnnounced',
    'it was announced',
    { SupplierReductionDecided: 'was decided' },
    anyOrder,
  ),
  thing('Intent', 'intentId', 'CustomerIntentStated', 'it was stated', { CustomerIntentWithdrawn: 'was withdrawn' }),
  thing(
    'Promise',
    'commitmentId',
    'CommitmentMade',
    'it was made',
    { CommitmentMoved: 'was moved', CommitmentKept: 'was kept', CommitmentBroken: 'was broken' },
    anyOrder,
  ),
  thing('Breach', 'breachId', 'TrustBreached', 'there was one', { TrustRepaired: 'was made good' }, anyOrder),
  thing('Need', 'needId', 'NeedRecorded', 'there was one', { NeedMet: 'was met', NeedLapsed: 'lapsed' }),
  thing('Value driver', 'driverId', 'ValueDriverRecorded', 'there was one', { ValueDriverLapsed: 'lapsed' }),
  thing(
    'Insight',
    'insightId',
    'InsightRecorded',
    'we had it',
    {},
    {
      ...anyOrder,
      follows: {
        ValueActivityUndertaken: { field: 'insightIds', was: 'led to a value activity' },
        ActivityAdapted: { field: 'becauseOf', was: 'led to an adaptation' },
      },
    },
  ),
  thing('Pursuit', 'pursuitId', 'PursuitOpened', 'it was opened', {
    PursuitAdvanced: 'advanced',
    PursuitWon: 'was won',
    PursuitLost: 'was lost',
  }),
  thing(
    'Support',
    'requestId',
    'SupportRequested SupportPledged',
    'it was asked for or promised',
    { SupportDelivered: 'was delivered', SupportFailed: 'failed', SupportDeclined: 'was declined' },
    anyOrder,
  ),
  thing('Order', 'orderId', 'OrderPlaced', 'it was placed', { OrderCancelled: 'was cancelled' }),
  thing('Invoice', 'invoiceId', 'InvoiceIssued', 'it was issued', { PaymentReceived: 'was paid' }, anyOrder),
  thing('Investment', 'investmentId', 'InvestmentCommitted', 'it was committed', {
    InvestmentReleased: 'was released',
    InvestmentStopped: 'was stopped',
  }),
  thing('Sacrifice', 'sacrificeId', 'SacrificeApproved', 'it was approved', { SacrificeReviewed: 'was reviewed' }),
  thing(
    'Assignment',
    'assignmentId',
    'MemberAssigned',
    'there was one',
    { MemberReleased: 'ended' },
    { ofPerson: true },
  ),
  thing(
    'The key account',
    null,
    'KeyAccountDesignated',
    'it was one',
    { KeyAccountHandedOver: 'was handed over', KeyAccountReleased: 'was released' },
    { ends: 'KeyAccountReleased' },
  ),
  thing(
    'The part of',
    'role',
    'ContactRoleAssigned',
    'they had it',
    { ContactRoleEnded: 'ended' },
    {
      of: 'contact',
      begins: { ContactRoleAssigned: 'role', ContactJoined: 'roles' },
    },
  ),
  thing(
    'The contact',
    null,
    'ContactAdded ContactJoined',
    'there is such a person',
    {
      ContactDetailsChanged: 'changed',
      ContactRoleAssigned: 'was given a part',
      ContactAssessed: 'was assessed',
      ContactReportsTo: 'was placed under another',
    },
    { of: 'contact', ...anyOrder },
  ),
  thing(
    'The member',
    null,
    'MemberAdded',
    'there is such a person',
    {
      MemberChanged: 'changed',
      MemberAssigned: 'was assigned',
      KamConfirmed: 'was confirmed',
      KamConfidenceWithdrawn: 'lost confidence',
    },
    { of: 'member', ...anyOrder },
  ),
  thing(
    'Objective',
    'objectiveId',
    'ObjectiveDefined',
    'it was set',
    { ObjectiveClosed: 'was closed' },
    {
      of: 'programme',
    },
  ),
  thing(
    'Kind of activity',
    'activityTypeId',
    'ActivityTypeProposed',
    'it was proposed',
    { ActivityTypeApproved: 'was approved', ActivityTypeCapped: 'was capped', ActivityTypeRejected: 'was rejected' },
    { of: 'programme' },
  ),
];
