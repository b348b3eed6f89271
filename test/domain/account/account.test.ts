import { describe, expect, it } from '@jest/globals';
import { accountCommands } from '../../../src/domain/account/account.commands.js';
import { account } from '../../../src/domain/account/account.decider.js';
import { account as topic } from '../../../src/domain/account/account.topic.js';
import { digestOf } from '../../../src/kernel/identity.js';
import { accountCast } from '../../support/cast/account.js';
import { acme, ada, bert, manager } from '../../support/cast/ids.js';
import { samplesFit } from '../../support/samples.js';
import { type Past, specFor } from '../../support/spec.js';

samplesFit(topic, accountCast);

const given = specFor(account, accountCommands);
const { commands, events } = accountCast;
/** The sample event, as told by the sample command of that name. */
const told = (type: string, command: string, more: Partial<Past> = {}): Past => ({
  type,
  data: events[type]!,
  digest: digestOf(commands[command]),
  ...more,
});
const registered = told('AccountRegistered', 'RegisterAccount');

describe('registering an account (A2)', () => {
  it('begins its memory, in one currency', () => {
    given()
      .when('RegisterAccount', commands.RegisterAccount!)
      .then({ type: 'AccountRegistered', accountid: acme, data: events.AccountRegistered as never });
    expect(given(registered).state().currency).toBe('EUR');
    expect(given().state().currency).toBeNull();
  });
  it('says nothing new the second time', () => {
    given(registered).when('RegisterAccount', commands.RegisterAccount!).thenNothing();
  });
  it('is refused with other content', () => {
    given(registered)
      .when('RegisterAccount', { ...commands.RegisterAccount, currency: 'USD' })
      .thenRefused('account/id-taken');
  });
  it('comes before every other command', () => {
    for (const name of Object.keys(commands).filter((one) => one !== 'RegisterAccount'))
      expect([
        name,
        given()
          .when(name as 'DeclareStage', commands[name]!)
          .thenRefusal().code,
      ]).toEqual([name, 'account/unknown']);
  });
  it('stands once, whatever is corrected', () => {
    expect(given(registered).holds()).not.toThrow();
    expect(given(registered, registered).holds()).toThrow('would mean two things');
  });
});

describe('reclassifying an account (A2)', () => {
  it('changes what is given', () => {
    given(registered)
      .when('ReclassifyAccount', { accountId: acme, customerType: 'DEALER' })
      .then({ type: 'AccountReclassified', data: { customerType: 'DEALER' } as never });
  });
  it('says nothing new where it is so already', () => {
    given(registered)
      .when('ReclassifyAccount', { accountId: acme, customerType: 'OEM_MAKER', oemFitShare: 0.8 })
      .thenNothing();
    given(registered, told('AccountReclassified', 'ReclassifyAccount', { time: '2026-02-01T00:00:00.000Z' }))
      .when('ReclassifyAccount', { accountId: acme, customerType: 'OEM_MAKER' })
      .then({ type: 'AccountReclassified' });
  });
  it('is refused where nothing is given', () => {
    given(registered).when('ReclassifyAccount', { accountId: acme }).thenRefused('command/invalid');
  });
});

describe('estimates and ratings (A3, F4, F8)', () => {
  const names = {
    EstimatePotential: 'PotentialEstimated',
    EstimateShareOfWallet: 'ShareOfWalletEstimated',
    ScoreAttractiveness: 'AttractivenessScored',
    ScoreStrength: 'StrengthScored',
    AssessKnowledge: 'KnowledgeAssessed',
    StateSuccessFactors: 'SuccessFactorsStated',
    RecordInternalImpact: 'InternalImpactRecorded',
  } as const;
  it.each(Object.entries(names))('%s is told anew each time, and once of the same time', (command, type) => {
    const body = { ...commands[command], occurredAt: '2026-03-01' };
    const before: Past = { type, data: events[type]!, digest: digestOf(body) };
    given(registered)
      .when(command as 'EstimatePotential', body)
      .then({ type, accountid: acme, data: events[type] as never });
    given(registered, before)
      .when(command as 'EstimatePotential', body)
      .thenNothing();
    given(registered, before)
      .when(command as 'EstimatePotential', { ...body, occurredAt: '2026-04-01' })
      .then({ type });
  });
});

describe('statements that replace the one before (C10, D3, D8, H1, B6, B4)', () => {
  const names = {
    SetTargetStage: 'TargetStageSet',
    DeclareSupplierStatus: 'SupplierStatusDeclared',
    TargetSupplierStatus: 'SupplierStatusTargeted',
    AgreeCharter: 'CharterAgreed',
    SetPosture: 'PostureSet',
    AssignSellingApproach: 'SellingApproachAssigned',
    SetFuturePlan: 'FuturePlanSet',
  } as const;
  it.each(Object.entries(names))('%s says nothing new while it is in force', (command, type) => {
    const first = told(type, command, { time: '2026-02-01T00:00:00.000Z' });
    const other: Past = { ...first, digest: 'another', time: '2026-03-01T00:00:00.000Z' };
    given(registered)
      .when(command as 'SetPosture', commands[command]!)
      .then({ type, data: events[type] as never });
    given(registered, first)
      .when(command as 'SetPosture', commands[command]!)
      .thenNothing();
    given(registered, first, other)
      .when(command as 'SetPosture', commands[command]!)
      .then({ type });
  });
  it('are kept by category, and by basis and period', () => {
    given(registered, told('SupplierStatusDeclared', 'DeclareSupplierStatus'))
      .when('DeclareSupplierStatus', { ...commands.DeclareSupplierStatus, category: 'brakes' })
      .then({ type: 'SupplierStatusDeclared' });
    given(registered, told('FuturePlanSet', 'SetFuturePlan'))
      .when('SetFuturePlan', { ...commands.SetFuturePlan, basis: 'TARGET' })
      .then({ type: 'FuturePlanSet' });
  });
  it('a charter names owners who exist on both sides', () => {
    const needs = account.needs!.AgreeCharter as unknown as { noun: string; of: (c: object) => { id: string }[] }[];
    expect(needs.map(({ noun, of }) => [noun, of(commands.AgreeCharter!).map(({ id }) => id)])).toEqual([
      ['member', [manager]],
      ['contact', [ada, bert]],
    ]);
  });
});

describe('a share of wallet (D7)', () => {
  const bare = { accountId: acme, category: 'brakes', source: 'buyer', confidence: 0.5 };
  it('needs a share, or our rank among the suppliers', () => {
    given(registered).when('EstimateShareOfWallet', bare).thenRefused('wallet/incomplete');
    given(registered)
      .when('EstimateShareOfWallet', { ...bare, ourRank: 2 })
      .thenRefused('wallet/incomplete');
    given(registered)
      .when('EstimateShareOfWallet', { ...bare, ourRank: 2, suppliers: 5 })
      .then({ type: 'ShareOfWalletEstimated' });
    given(registered)
      .when('EstimateShareOfWallet', { ...bare, share: 0 })
      .then({ type: 'ShareOfWalletEstimated' });
  });
  it('cannot rank us behind more suppliers than there are', () => {
    given(registered)
      .when('EstimateShareOfWallet', { ...bare, share: 0.1, ourRank: 6, suppliers: 5 })
      .thenRefused('wallet/contradiction');
  });
});
