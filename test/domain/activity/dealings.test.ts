import { describe, expect, it } from '@jest/globals';
import { activityCommands } from '../../../src/domain/activity/activity.commands.js';
import { activity } from '../../../src/domain/activity/activity.decider.js';
import { activity as topic } from '../../../src/domain/activity/activity.topic.js';
import { digestOf } from '../../../src/kernel/identity.js';
import { activityCast } from '../../support/cast/activity.js';
import { acme, ada, manager, sponsor } from '../../support/cast/ids.js';
import { samplesFit } from '../../support/samples.js';
import { type Past, specFor } from '../../support/spec.js';

samplesFit(topic, activityCast);

const { commands, events } = activityCast;
const stated = { 'account-ACME': { intents: new Map([['open-lines', {}]]) } };
const given = specFor(activity, activityCommands, { states: stated });
const told = (type: string, command: string, more: Partial<Past> = {}): Past => ({
  type,
  data: events[type]!,
  digest: digestOf(commands[command]),
  ...more,
});
const pursued = told('PursuitOpened', 'OpenPursuit');
const bare = { accountId: acme, interactionId: 'call-1', initiator: 'THEM', ours: [], theirs: [], durationMin: 10 };

describe('every command on dealings', () => {
  it('needs the account to be known', () => {
    for (const name of Object.keys(activityCommands)) {
      const needs = activity.needs![name as 'LogInteraction'] as unknown as {
        kind: string;
        noun?: string;
        of: (c: object) => unknown;
      }[];
      const account = needs.find(({ kind, noun }) => kind === 'exists' && noun === 'account');
      expect([name, account?.of(commands[name]!)]).toEqual([name, [{ id: acme, pointer: '/accountId' }]]);
    }
  });
});

describe('logging an interaction (C1, C5, D11)', () => {
  it('is recorded once; its id means one thing', () => {
    const body = commands.LogInteraction!;
    const logged = told('InteractionLogged', 'LogInteraction');
    given(pursued)
      .when('LogInteraction', body)
      .then({ type: 'InteractionLogged', accountid: acme, data: events.InteractionLogged as never });
    given(pursued, logged).when('LogInteraction', body).thenNothing();
    given(pursued, logged)
      .when('LogInteraction', { ...body, durationMin: 5 })
      .thenRefused('interaction/id-taken');
    expect(given(logged).holds()).not.toThrow();
    expect(given(logged, logged).holds()).toThrow('visit-1 would mean two things');
  });
  it.each([
    ['CALL', true],
    ['EXECUTIVE_REVIEW', true],
    ['MESSAGE', false],
    ['CAMPAIGN', false],
  ])('a %s goes both ways unless said: %s', (kind, twoWay) => {
    given()
      .when('LogInteraction', { ...bare, kind })
      .then({ data: { twoWay } as never });
    given()
      .when('LogInteraction', { ...bare, kind, twoWay: !twoWay })
      .then({ data: { twoWay: !twoWay } as never });
  });
  it('cites a pursuit of this account and an intent that was stated', () => {
    const call = { ...bare, kind: 'CALL' };
    given()
      .when('LogInteraction', { ...call, pursuitId: 'line-2' })
      .thenRefused('pursuit/unknown');
    given()
      .when('LogInteraction', { ...call, intentId: 'other' })
      .thenRefused('intent/unknown');
    given(pursued)
      .when('LogInteraction', { ...call, pursuitId: 'line-2', intentId: 'open-lines' })
      .then({ type: 'InteractionLogged' });
  });
  it('may cite an order that other books hold', () => {
    given()
      .when('LogInteraction', { ...bare, kind: 'CALL', orderId: 'SO-77' })
      .then({ type: 'InteractionLogged' });
  });
  it('needs every person of both sides to be known', () => {
    const needs = activity.needs!.LogInteraction as unknown as { noun?: string; of: (c: object) => unknown[] }[];
    const named = (noun: string) => needs.find((need) => need.noun === noun)?.of(commands.LogInteraction!);
    expect(named('member')).toEqual([
      { id: manager, pointer: '/ours/0/memberId' },
      { id: sponsor, pointer: '/ours/1/memberId' },
    ]);
    expect(named('contact')).toEqual([{ id: ada, pointer: '/theirs/0/contactId' }]);
  });
});

describe('keeping one’s word (C8)', () => {
  const promised = told('CommitmentMade', 'MakeCommitment');
  const kept = told('CommitmentKept', 'KeepCommitment');
  const broken = told('CommitmentBroken', 'BreakCommitment');
  it('is given once', () => {
    given().when('MakeCommitment', commands.MakeCommitment!).then({ type: 'CommitmentMade' });
    given(promised).when('MakeCommitment', commands.MakeCommitment!).thenNothing();
    given(promised)
      .when('MakeCommitment', { ...commands.MakeCommitment, due: '2026-07-01' })
      .thenRefused('commitment/id-taken');
  });
  it('is given by somebody who exists: a member of ours, or a contact of theirs', () => {
    const needs = activity.needs!.MakeCommitment as unknown as { noun: string; of: (c: object) => unknown[] }[];
    const owners = (by: string) => needs.slice(1).map(({ noun, of }) => [noun, of({ by, ownerId: ada }).length]);
    expect(owners('US')).toEqual([
      ['member', 1],
      ['contact', 0],
    ]);
    expect(owners('THEM')).toEqual([
      ['member', 0],
      ['contact', 1],
    ]);
  });
  it('is kept or broken once, and only where it was given', () => {
    given().when('KeepCommitment', commands.KeepCommitment!).thenRefused('commitment/not-open');
    given(promised).when('KeepCommitment', commands.KeepCommitment!).then({ type: 'CommitmentKept' });
    given(promised, kept).when('KeepCommitment', commands.KeepCommitment!).thenNothing();
    given(promised, kept).when('BreakCommitment', commands.BreakCommitment!).thenRefused('commitment/not-open');
    given(promised).when('BreakCommitment', commands.BreakCommitment!).then({ type: 'CommitmentBroken' });
    given(promised, broken).when('BreakCommitment', commands.BreakCommitment!).thenNothing();
    given(promised, broken).when('KeepCommitment', commands.KeepCommitment!).thenRefused('commitment/not-open');
  });
  it('moves to another day while it is open', () => {
    const moved = told('CommitmentMoved', 'MoveCommitment');
    given(promised).when('MoveCommitment', commands.MoveCommitment!).then({ type: 'CommitmentMoved' });
    given(promised, moved).when('MoveCommitment', commands.MoveCommitment!).thenNothing();
    given(promised, kept).when('MoveCommitment', commands.MoveCommitment!).thenRefused('commitment/not-open');
  });
  it('a breach of trust is made good once', () => {
    const breach = told('TrustBreached', 'RecordTrustBreach');
    given().when('RecordTrustRepair', commands.RecordTrustRepair!).thenRefused('breach/not-open');
    given().when('RecordTrustBreach', commands.RecordTrustBreach!).then({ type: 'TrustBreached' });
    given(breach).when('RecordTrustBreach', commands.RecordTrustBreach!).thenNothing();
    given(breach)
      .when('RecordTrustBreach', { ...commands.RecordTrustBreach, severity: 'MINOR' })
      .thenRefused('breach/id-taken');
    given(breach).when('RecordTrustRepair', commands.RecordTrustRepair!).then({ type: 'TrustRepaired' });
    given(breach, told('TrustRepaired', 'RecordTrustRepair'))
      .when('RecordTrustRepair', commands.RecordTrustRepair!)
      .thenNothing();
  });
});

describe('signs and answers (A4, D7)', () => {
  it('a good sign is called good and a bad one bad', () => {
    given().when('SignalIntegrity', commands.SignalIntegrity!).then({ type: 'IntegritySignalled' });
    given()
      .when('SignalIntegrity', { accountId: acme, kind: 'PAID_LATE', positive: true })
      .thenRefused('integrity/contradiction');
    given()
      .when('SignalIntegrity', { accountId: acme, kind: 'PAID_EARLY', positive: false })
      .thenRefused('integrity/contradiction');
  });
  it.each([
    ['SignalIntegrity', 'IntegritySignalled'],
    ['RecordSurveyAnswer', 'SurveyAnswered'],
  ] as const)('%s of the same time is told once', (command, type) => {
    const body = { ...commands[command], occurredAt: '2026-05-05' };
    const before = { ...told(type, command), digest: digestOf(body) };
    given().when(command, body).then({ type });
    given(before).when(command, body).thenNothing();
    given(before)
      .when(command, { ...body, occurredAt: '2026-05-06' })
      .then({ type });
  });
});
