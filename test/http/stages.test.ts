import { beforeAll, describe, expect, it } from '@jest/globals';
import { ada, manager, sponsor } from '../support/cast/ids.js';
import { service } from '../support/service.js';

const at = service();
const account = { name: 'Acme Rail', customerType: 'OEM_MAKER', currency: 'EUR' };
const visit = {
  accountId: 'ACME',
  interactionId: 'visit-1',
  kind: 'VISIT',
  initiator: 'US',
  ours: [{ memberId: manager, function: 'KEY_ACCOUNT' }],
  theirs: [{ contactId: ada, function: 'PURCHASING', seniority: 2 }],
  durationMin: 90,
  summary: 'The second line is decided',
  occurredAt: '2026-03-02T09:00:00.000Z',
};
const declare = (stage: string, occurredAt: string, evidenceIds: string[] = [], more: object = {}) =>
  at.command('DeclareStage', { accountId: 'ACME', stage, evidenceIds, occurredAt, ...more });
const proof = (sourceEventIds: string[], occurredAt: string) =>
  at.command('RecordStageEvidence', { accountId: 'ACME', item: 'trust', level: 2, sourceEventIds, occurredAt });
const idOf = (reply: { body: { events: { id: string }[] } }): string => reply.body.events[0]!.id;

beforeAll(async () => {
  for (const [name, body] of [
    ['RegisterAccount', { accountId: 'ACME', ...account, occurredAt: '2025-01-01' }],
    ['RegisterAccount', { accountId: 'ACME-2', ...account, currency: 'USD', occurredAt: '2025-01-01' }],
    ['AddMember', { memberId: manager, name: 'Grace', function: 'KEY_ACCOUNT', seniority: 3, qualifications: [] }],
    ['AddContact', { contactId: ada, accountId: 'ACME', name: 'Ada', function: 'PURCHASING', seniority: 2 }],
  ] as const)
    expect((await at.command(name, body)).status).toBe(201);
});

describe('stages over HTTP (I1, I2)', () => {
  it('rise by evidence that stands on what happened', async () => {
    const logged = await at.command('LogInteraction', visit);
    expect(logged.status).toBe(201);
    expect((await declare('BASIC', '2026-01-10')).status).toBe(201);
    const unproven = await declare('COOPERATIVE', '2026-04-01');
    expect([unproven.status, unproven.body.code]).toEqual([422, 'stage/evidence-missing']);
    const evidence = await proof([idOf(logged)], '2026-03-10');
    expect(evidence.status).toBe(201);
    expect((await declare('COOPERATIVE', '2026-04-01', [idOf(evidence)])).status).toBe(201);
  });

  it('do not rise by evidence that is retracted, or stands on nothing', async () => {
    const nothing = await proof(['00000000-0000-5000-8000-000000000000'], '2026-04-02');
    expect([nothing.status, nothing.body.code, nothing.body.errors[0].pointer]).toEqual([
      422,
      'stage/evidence-unknown',
      '/sourceEventIds/0',
    ]);
    const evidence = await proof([], '2026-04-03');
    expect((await at.command('RetractEvent', { retracts: idOf(evidence), reason: 'Another customer' })).status).toBe(
      201,
    );
    const declared = await declare('INTERDEPENDENT', '2026-05-01', [idOf(evidence)]);
    expect([declared.status, declared.body.code]).toEqual([422, 'stage/evidence-unknown']);
  });

  it('skip a step only by an override that a member approves', async () => {
    const skipped = await declare('INTEGRATED', '2026-05-01');
    expect([skipped.status, skipped.body.code]).toEqual([422, 'stage/transition']);
    const override = { reason: 'An alliance of both boards', approver: sponsor };
    const nobody = await declare('INTEGRATED', '2026-05-01', [], { override });
    expect([nobody.status, nobody.body.code, nobody.body.errors[0].pointer]).toEqual([
      422,
      'member/unknown',
      '/override/approver',
    ]);
    const approved = await declare('INTEGRATED', '2026-05-01', [], { override: { ...override, approver: manager } });
    expect(approved.status).toBe(201);
  });

  it('stand in the timeline, in both languages, with what else happened', async () => {
    const { body } = await at.get('/v1/accounts/ACME/timeline?order=asc&limit=50');
    const texts = body.data.items.map(
      ({ type, text }: { type: string; text: { en: string } }) => `${type}: ${text.en}`,
    );
    expect(texts).toContain('AccountRegistered: Acme Rail registered as OEM_MAKER, kept in EUR');
    expect(texts).toContain('StageDeclared: Stage declared: COOPERATIVE');
    expect(texts).toContain(
      'InteractionLogged: VISIT begun by us: 1 of ours, 1 of theirs, 90 min: The second line is decided',
    );
    expect(texts.filter((text: string) => text.startsWith('EventRetracted: Retracted '))).toHaveLength(1);
    const declared = body.data.items.find(({ type }: { type: string }) => type === 'StageDeclared');
    expect(declared.text.zh).toBe('声明关系阶段:BASIC');
  });
});

describe('structure over HTTP', () => {
  const pair = { from: 'ACME-2', into: 'ACME', reason: 'Entered twice', occurredAt: '2026-02-01' };
  it('shows two currencies before a merge, and merges all the same', async () => {
    const dry = await at.post('/v1/commands/MergeAccounts?dryRun=true', { commandId: 'dry', ...pair });
    expect([dry.status, dry.body.conflicts.map(({ code }: { code: string }) => code)]).toEqual([
      200,
      ['account/currency-differs'],
    ]);
    expect((await at.command('MergeAccounts', pair)).status).toBe(201);
  });
  it('refuses a second merge, a circle, and an account that nobody knows', async () => {
    const again = await at.command('MergeAccounts', { ...pair, occurredAt: '2026-03-01' });
    expect([again.status, again.body.code]).toEqual([409, 'structure/already-merged']);
    const circle = await at.command('MergeAccounts', { ...pair, from: 'ACME', into: 'ACME-2' });
    expect([circle.status, circle.body.code]).toEqual([409, 'structure/cycle']);
    const unknown = await at.command('PlaceAccountUnder', { accountId: 'ACME', parentId: 'NOBODY' });
    expect([unknown.status, unknown.body.code]).toEqual([422, 'account/unknown']);
  });
});
