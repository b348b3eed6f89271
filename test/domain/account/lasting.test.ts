import { describe, expect, it } from '@jest/globals';
import { accountCommands } from '../../../src/domain/account/account.commands.js';
import { account } from '../../../src/domain/account/account.decider.js';
import { digestOf } from '../../../src/kernel/identity.js';
import type { RefusalCode } from '../../../src/kernel/refusal.js';
import { accountCast } from '../../support/cast/account.js';
import { acme, ada } from '../../support/cast/ids.js';
import { type Past, specFor } from '../../support/spec.js';

const given = specFor(account, accountCommands);
const { commands, events } = accountCast;
type Name = keyof typeof accountCommands;
const told = (type: string, command: string): Past => ({
  type,
  data: events[type]!,
  digest: digestOf(commands[command]),
});
const registered = told('AccountRegistered', 'RegisterAccount');

describe('ids of an account (B4, D3, E3, E6, I2)', () => {
  const rows: readonly [Name, string, RefusalCode, object][] = [
    ['AgreeContract', 'ContractAgreed', 'contract/id-taken', { paymentDays: 30 }],
    ['AgreeJointPlan', 'JointPlanAgreed', 'plan/id-taken', { sharedResources: [] }],
    ['RecordIntegrationStep', 'IntegrationStepTaken', 'integration/id-taken', { direction: 'TO_THEM' }],
    ['RecordCompetitorMove', 'CompetitorMoved', 'move/id-taken', { impact: 'low' }],
    ['RecordSupplierReduction', 'SupplierReductionAnnounced', 'reduction/id-taken', { suppliersAfter: 2 }],
    ['RecordDiscountScheme', 'DiscountSchemeAnnounced', 'scheme/id-taken', { category: 'brakes' }],
    ['StateCustomerIntent', 'CustomerIntentStated', 'intent/id-taken', { source: 'interview' }],
  ];
  it.each(rows)('%s is told once; its id means one thing', (command, type, code, other) => {
    const before = told(type, command);
    given(registered)
      .when(command, commands[command]!)
      .then({ type, accountid: acme, data: events[type] as never });
    given(registered, before).when(command, commands[command]!).thenNothing();
    given(registered, before)
      .when(command, { ...commands[command], ...other })
      .thenRefused(code);
    expect(given(registered, before).holds()).not.toThrow();
    expect(given(registered, before, before).holds()).toThrow('would mean two things');
  });
});

describe('what comes to an end', () => {
  const rows: readonly [Name, string, Name, string, RefusalCode][] = [
    ['AgreeContract', 'ContractAgreed', 'EndContract', 'ContractEnded', 'contract/not-in-force'],
    ['AgreeJointPlan', 'JointPlanAgreed', 'CancelJointPlan', 'JointPlanCancelled', 'plan/not-in-force'],
    [
      'RecordIntegrationStep',
      'IntegrationStepTaken',
      'EndIntegrationStep',
      'IntegrationStepEnded',
      'integration/not-in-force',
    ],
    [
      'StateCustomerIntent',
      'CustomerIntentStated',
      'WithdrawCustomerIntent',
      'CustomerIntentWithdrawn',
      'intent/not-in-force',
    ],
  ];
  it.each(rows)('%s: %s, then %s, once', (begin, began, end, ended, code) => {
    given(registered).when(end, commands[end]!).thenRefused(code);
    given(registered, told(began, begin))
      .when(end, commands[end]!)
      .then({ type: ended, data: events[ended] as never });
    given(registered, told(began, begin), told(ended, end)).when(end, commands[end]!).thenNothing();
  });
});

describe('contracts (D7, H6)', () => {
  const agreed = told('ContractAgreed', 'AgreeContract');
  it('end after they begin', () => {
    given(registered)
      .when('AgreeContract', { ...commands.AgreeContract, until: '2024-12-31' })
      .thenRefused('period/invalid');
    given(registered, agreed)
      .when('RenewContract', { ...commands.RenewContract, until: '2024-06-30' })
      .thenRefused('period/invalid');
  });
  it('are renewed while in force, each renewal once', () => {
    given(registered).when('RenewContract', commands.RenewContract!).thenRefused('contract/not-in-force');
    given(registered, agreed).when('RenewContract', commands.RenewContract!).then({ type: 'ContractRenewed' });
    given(registered, agreed, told('ContractRenewed', 'RenewContract'))
      .when('RenewContract', commands.RenewContract!)
      .thenNothing();
  });
  it('that have ended are neither renewed nor ended otherwise', () => {
    const ended = given(registered, agreed, told('ContractEnded', 'EndContract'));
    ended.when('RenewContract', commands.RenewContract!).thenRefused('contract/not-in-force');
    ended
      .when('EndContract', { ...commands.EndContract, reason: 'EXPIRED', lostTo: 'Orbit' })
      .thenRefused('contract/not-in-force');
  });
});

describe('joint plans (I2)', () => {
  it('end after they begin', () => {
    given(registered)
      .when('AgreeJointPlan', { ...commands.AgreeJointPlan, to: '2025-12-30' })
      .thenRefused('period/invalid');
  });
});

describe('supplier reductions (E6)', () => {
  const announced = told('SupplierReductionAnnounced', 'RecordSupplierReduction');
  const decision = { accountId: acme, programmeId: 'six-to-three', kept: true };
  it('leave fewer suppliers than before', () => {
    given(registered)
      .when('RecordSupplierReduction', { ...commands.RecordSupplierReduction, suppliersAfter: 6 })
      .thenRefused('reduction/contradiction');
  });
  it('are decided after they were announced, once', () => {
    const decided = told('SupplierReductionDecided', 'RecordSupplierReductionDecision');
    given(registered).when('RecordSupplierReductionDecision', decision).thenRefused('reduction/not-announced');
    given(registered, announced)
      .when('RecordSupplierReductionDecision', decision)
      .then({ type: 'SupplierReductionDecided' });
    given(registered, announced, decided).when('RecordSupplierReductionDecision', decision).thenNothing();
    given(registered, announced, decided)
      .when('RecordSupplierReductionDecision', { ...decision, kept: false })
      .thenRefused('reduction/decided');
  });
});

describe('success factors (D6, F8)', () => {
  const stated = (...weights: number[]) => ({
    accountId: acme,
    source: 'customer survey',
    factors: weights.map((weight, i) => ({ factor: `factor ${i}`, weight })),
  });
  it('weigh 100 together, added as decimals', () => {
    given(registered)
      .when('StateSuccessFactors', stated(20.2, 40.4, 30.3, 9.1))
      .then({ type: 'SuccessFactorsStated' });
    given(registered)
      .when('StateSuccessFactors', stated(33.333333, 33.333333, 33.333333))
      .thenRefused('account/weights');
    given(registered).when('StateSuccessFactors', stated(60, 50)).thenRefused('account/weights');
  });
  it('stand for one thing each', () => {
    const factors = [
      { factor: 'price', weight: 50 },
      { factor: 'price', weight: 50 },
    ];
    given(registered)
      .when('StateSuccessFactors', { ...stated(), factors })
      .thenRefused('account/weights');
  });
  it('come from a respondent who exists', () => {
    const [need] = account.needs!.StateSuccessFactors as unknown as { of: (c: object) => unknown }[];
    expect(need?.of(commands.StateSuccessFactors!)).toEqual([{ id: ada, pointer: '/respondentId' }]);
    expect(need?.of(stated(100))).toEqual([]);
  });
});

describe('serving an objective (D2)', () => {
  const states = (objectives: readonly [string, string][]) => ({
    states: { 'programme-programme': { objectives: new Map(objectives) } },
  });
  const link = commands.LinkObjective!;
  it('is recorded for one that is open, once', () => {
    const open = specFor(account, accountCommands, states([['rail-share', 'open']]));
    open(registered)
      .when('LinkObjective', link)
      .then({ type: 'ObjectiveServed', data: events.ObjectiveServed as never });
    open(registered, told('ObjectiveServed', 'LinkObjective')).when('LinkObjective', link).thenNothing();
  });
  it('is refused for one that is closed, or was never defined', () => {
    specFor(
      account,
      accountCommands,
      states([['rail-share', 'closed']]),
    )(registered)
      .when('LinkObjective', link)
      .thenRefused('objective/not-open');
    specFor(
      account,
      accountCommands,
      states([]),
    )(registered)
      .when('LinkObjective', link)
      .thenRefused('objective/unknown');
  });
});
