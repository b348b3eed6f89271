import { describe, expect, it } from '@jest/globals';
import { topics } from '../../src/domain/catalogue.js';
import { canonical } from '../../src/kernel/canonical.js';
import { digestOf } from '../../src/kernel/identity.js';
import { parseStrict } from '../../src/kernel/json.js';
import { faults } from '../../src/kernel/read.js';
import { casts } from '../support/cast/all.js';
import { acme, evidence, someEvent } from '../support/cast/ids.js';
import { type Past, type Surroundings, specFor } from '../support/spec.js';

/** What must have happened on the stream before a command of the cast can be carried out, by command; `*` for every one of its topic. */
const before: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  account: {
    '*': ['AccountRegistered'],
    RegisterAccount: [],
    RenewContract: ['AccountRegistered', 'ContractAgreed'],
    EndContract: ['AccountRegistered', 'ContractAgreed'],
    DeclareStage: ['AccountRegistered', 'StageEvidenceRecorded'],
    CancelJointPlan: ['AccountRegistered', 'JointPlanAgreed'],
    EndIntegrationStep: ['AccountRegistered', 'IntegrationStepTaken'],
    RecordSupplierReductionDecision: ['AccountRegistered', 'SupplierReductionAnnounced'],
    WithdrawCustomerIntent: ['AccountRegistered', 'CustomerIntentStated'],
  },
  activity: {
    LogInteraction: ['PursuitOpened'],
    MoveCommitment: ['CommitmentMade'],
    KeepCommitment: ['CommitmentMade'],
    BreakCommitment: ['CommitmentMade'],
    RecordTrustRepair: ['TrustBreached'],
    RecordInsight: ['InteractionLogged'],
    UndertakeValueActivity: ['InsightRecorded', 'NeedRecorded'],
    RecordNeed: ['ValueDriverRecorded'],
    RecordNeedMet: ['NeedRecorded'],
    LapseNeed: ['NeedRecorded'],
    LapseValueDriver: ['ValueDriverRecorded'],
    AdaptActivity: ['InsightRecorded'],
    AdvancePursuit: ['PursuitOpened'],
    WinPursuit: ['PursuitOpened'],
    LosePursuit: ['PursuitOpened'],
    PledgeSupport: ['SupportRequested'],
    DeliverSupport: ['SupportPledged'],
    FailSupport: ['SupportPledged'],
    DeclineSupport: ['SupportRequested'],
  },
  books: {
    CancelOrder: ['OrderPlaced'],
    RecordPayment: ['InvoiceIssued'],
    ReleaseInvestment: ['InvestmentCommitted'],
    StopInvestment: ['InvestmentCommitted'],
    ReviewSacrifice: ['SacrificeApproved'],
  },
  contact: { '*': ['ContactAdded'], AddContact: [], EndContactRole: ['ContactAdded', 'ContactRoleAssigned'] },
  member: { '*': ['MemberAdded'], AddMember: [], ReleaseMember: ['MemberAdded', 'MemberAssigned'] },
  programme: {
    HandOverKeyAccount: ['KeyAccountDesignated'],
    ReleaseKeyAccount: ['KeyAccountDesignated'],
    CloseObjective: ['ObjectiveDefined'],
    ApproveActivityType: ['ActivityTypeProposed'],
    CapActivityType: ['ActivityTypeProposed', 'ActivityTypeApproved'],
    RejectActivityType: ['ActivityTypeProposed'],
  },
  structure: { UnmergeAccounts: ['AccountsMerged'] },
  subject: {},
  batch: { CompleteImport: ['ImportStarted'], RevertImport: ['ImportStarted'] },
  log: {},
};

const around: Surroundings = {
  states: {
    'account-ACME': { intents: new Map([['open-lines', {}]]) },
    'programme-programme': { objectives: new Map([['rail-share', 'open']]) },
  },
  events: { [someEvent]: { type: 'InteractionLogged', accountid: acme, time: 0, position: 1, retracted: false } },
};

describe.each(topics.map((topic) => [topic.name, topic] as const))('what commands on %s tell', (name, topic) => {
  const { commands, events } = casts[name]!;
  const given = specFor(topic.decider, topic.commands, around);
  const pastOf = (command: string): Past[] =>
    (before[name]![command] ?? before[name]!['*'] ?? []).map((type) => ({
      type,
      data: events[type]!,
      ...(type === 'StageEvidenceRecorded' ? { id: evidence } : {}),
    }));
  const names = Object.keys(topic.commands);

  it('is looked at for every command', () => {
    expect(Object.keys(commands).sort()).toEqual([...names].sort());
    expect(Object.keys(before[name]!).filter((one) => one !== '*' && !names.includes(one))).toEqual([]);
  });
  if (names.length === 0) return;

  it.each(names)('%s tells what fits the classes of its events, the same after a journey as JSON', (command) => {
    const drafts = given(...pastOf(command))
      .when(command, commands[command]!)
      .events();
    expect(drafts.length).toBeGreaterThan(0);
    for (const { type, data } of drafts) {
      expect([type, faults(topic.events[type]!, data)]).toEqual([type, []]);
      expect(canonical(parseStrict(canonical(data)))).toBe(canonical(data));
    }
  });

  it.each(names.filter((one) => one !== 'UnmergeAccounts'))('%s, told again at once, adds nothing', (command) => {
    const body = { occurredAt: '2026-06-01T00:00:00.000Z', ...commands[command] };
    const past = pastOf(command);
    const drafts = given(...past)
      .when(command, body)
      .events();
    const told = drafts.map(({ type, data }): Past => {
      return { type, data, digest: digestOf(body), time: body.occurredAt };
    });
    given(...past, ...told)
      .when(command, body)
      .thenNothing();
  });
});
