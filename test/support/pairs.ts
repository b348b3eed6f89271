import { accountCast } from './cast/account.js';
import { activityCast } from './cast/activity.js';
import { booksCast } from './cast/books.js';
import { programmeCast } from './cast/programme.js';
import { acme, ada } from './cast/ids.js';
import type { Said } from './telling.js';

/** A command, and one that presupposes it: both tell of the same thing. */
export interface Pair {
  readonly begins: Said;
  readonly follows: Said;
  /** What follows is a fact by itself, whatever it stands on: it goes on counting. */
  readonly counts: boolean;
}

/** An account, a person of theirs and a person of ours of whom nothing else is told. */
export const solo = 'SOLO';
const carl = '33333333-3333-4333-8333-333333333333';
const dora = '44444444-4444-4444-8444-444444444444';
const emil = 'cccccccc-cccc-4ccc-8ccc-cccccccccccc';
const fred = 'ffffffff-ffff-4fff-8fff-ffffffffffff';

/** What stands before every pair. */
export const before: readonly Said[] = [
  { name: 'RegisterAccount', body: { accountId: solo, name: solo, customerType: 'OEM_MAKER', currency: 'EUR' } },
  { name: 'AddContact', body: { contactId: carl, accountId: acme, name: 'C', function: 'IT', seniority: 1 } },
  { name: 'AddMember', body: { memberId: emil, name: 'E', function: 'LEGAL', seniority: 1, qualifications: [] } },
].map(({ name, body }) => ({ name, body: { ...body, occurredAt: '2021-01-02T00:00:00.000Z' } }));

const samples: Readonly<Record<string, object>> = {
  ...accountCast.commands,
  ...activityCast.commands,
  ...booksCast.commands,
  ...programmeCast.commands,
  RecordInsight: { ...activityCast.commands.RecordInsight, fromInteractionIds: [] },
  RecordNeed: { ...activityCast.commands.RecordNeed, driverId: undefined },
  UndertakeValueActivity: { ...activityCast.commands.UndertakeValueActivity, needIds: [] },
  WinPursuit: { ...activityCast.commands.WinPursuit, wonBy: [] },
  CapActivityType: { ...programmeCast.commands.CapActivityType, accountId: undefined },
  DesignateKeyAccount: { ...programmeCast.commands.DesignateKeyAccount, accountId: solo },
  HandOverKeyAccount: { ...programmeCast.commands.HandOverKeyAccount, accountId: solo },
  ReleaseKeyAccount: { ...programmeCast.commands.ReleaseKeyAccount, accountId: solo },
  AssignMember: { memberId: emil, assignmentId: 'a', accountId: acme, role: 'EXPERT', ftePct: 5, from: '2022-03-01' },
  ReleaseMember: { memberId: emil, assignmentId: 'a', on: '2022-09-01' },
  AssignContactRole: { contactId: carl, role: 'GATEKEEPER' },
  EndContactRole: { contactId: carl, role: 'GATEKEEPER' },
  AddContact: { contactId: dora, accountId: acme, name: 'Dora', function: 'QUALITY', seniority: 2 },
  ChangeContactDetails: { contactId: dora, function: 'FINANCE' },
  AssessContact: { contactId: dora, attitude: 1, influence: 3 },
  SetReportingLine: { contactId: dora, reportsTo: ada },
  AddMember: { memberId: fred, name: 'Fred', function: 'LEGAL', seniority: 2, qualifications: [] },
  ChangeMember: { memberId: fred, function: 'FINANCE' },
  ConfirmKam: { memberId: fred, accountId: acme, by: 'TEAM' },
  WithdrawKamConfidence: { memberId: fred, accountId: acme, by: 'TEAM', reason: 'Never there' },
};

/** What begins → what follows; a star where that goes on counting. */
const told: Readonly<Record<string, string>> = {
  AgreeContract: 'RenewContract EndContract',
  AgreeJointPlan: 'CancelJointPlan',
  RecordIntegrationStep: 'EndIntegrationStep',
  RecordSupplierReduction: 'RecordSupplierReductionDecision',
  StateCustomerIntent: 'WithdrawCustomerIntent',
  MakeCommitment: 'MoveCommitment KeepCommitment BreakCommitment',
  RecordTrustBreach: 'RecordTrustRepair',
  RecordNeed: 'RecordNeedMet LapseNeed',
  RecordValueDriver: 'LapseValueDriver',
  RecordInsight: 'UndertakeValueActivity* AdaptActivity*',
  OpenPursuit: 'AdvancePursuit WinPursuit LosePursuit',
  RequestSupport: 'DeclineSupport',
  PledgeSupport: 'DeliverSupport* FailSupport DeclineSupport',
  PlaceOrder: 'CancelOrder',
  IssueInvoice: 'RecordPayment*',
  CommitInvestment: 'ReleaseInvestment* StopInvestment',
  ApproveSacrifice: 'ReviewSacrifice',
  AssignMember: 'ReleaseMember',
  DesignateKeyAccount: 'HandOverKeyAccount ReleaseKeyAccount',
  AssignContactRole: 'EndContactRole',
  AddContact: 'ChangeContactDetails AssessContact SetReportingLine',
  AddMember: 'ChangeMember ConfirmKam* WithdrawKamConfidence*',
  DefineObjective: 'CloseObjective LinkObjective*',
  ProposeActivityType: 'ApproveActivityType CapActivityType RejectActivityType',
};

/** Ids of the samples, so that they mean nothing else in a random history. */
const ids =
  /"(frame-1|plan-26|edi|six-to-three|open-lines|quote|leak|downtime|stock|spares|uptime|line-2|bench|SO-1|IN-1|PM-1|lab|entry|rail-share|open-day|npi-7)"/g;

const said = (name: string, occurredAt: string): Said => ({
  name,
  body: JSON.parse(JSON.stringify({ ...samples[name], occurredAt }).replace(ids, '"pair-$1"')) as Said['body'],
});

/** When pairs begin and when they go on: in the spring, and in the autumn after. */
export const [began, went] = ['2022-03-01T09:00:00.000Z', '2022-09-01T09:00:00.000Z'];

/** Every pair there is. */
export const pairs: readonly Pair[] = Object.entries(told).flatMap(([begins, all]) =>
  all.split(' ').map((one) => ({
    begins: said(begins, began),
    follows: said(one.replace('*', ''), went),
    counts: one.endsWith('*'),
  })),
);
