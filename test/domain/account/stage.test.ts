import { describe, expect, it } from '@jest/globals';
import { accountCommands } from '../../../src/domain/account/account.commands.js';
import { account } from '../../../src/domain/account/account.decider.js';
import { accountCast } from '../../support/cast/account.js';
import { acme, sponsor } from '../../support/cast/ids.js';
import { type Past, specFor } from '../../support/spec.js';

const given = specFor(account, accountCommands);
const registered: Past = {
  type: 'AccountRegistered',
  data: accountCast.events.AccountRegistered!,
  time: '2020-01-01T00:00:00.000Z',
};
const override = { reason: 'The board signed first', approver: sponsor };

const declared = (stage: string, time = '2026-01-01', more: object = {}): Past => ({
  type: 'StageDeclared',
  data: { stage, evidenceIds: [], ...more },
  time: `${time}T00:00:00.000Z`,
});
/** Evidence by number; later ones of a past are newer. */
const idOf = (n: number): string => `00000000-0000-5000-8000-0000000001${String(n).padStart(2, '0')}`;
const proof = (n: number, item = 'trust', level = 2): Past => ({
  type: 'StageEvidenceRecorded',
  data: { item, level, sourceEventIds: [] },
  id: idOf(n),
});
const declare = (stage: string, evidence: readonly number[] = [], more: object = {}) => ({
  accountId: acme,
  stage,
  evidenceIds: evidence.map(idOf),
  ...more,
});

describe('declaring a stage (I1)', () => {
  it.each(['EXPLORATORY', 'BASIC'])('begins with %s, without proof', (stage) => {
    given(registered)
      .when('DeclareStage', declare(stage))
      .then({ type: 'StageDeclared', accountid: acme, data: { stage, evidenceIds: [] } as never });
  });
  it.each(['COOPERATIVE', 'INTEGRATED', 'DISINTEGRATING', 'EXITED'])('does not begin with %s', (stage) => {
    given(registered).when('DeclareStage', declare(stage)).thenRefused('stage/transition');
  });
  it('never names PROSPECT, which is what none declared means', () => {
    expect(() => given(registered).when('DeclareStage', declare('PROSPECT')).events()).toThrow(/stage must be one of/);
  });
  it('says nothing new where that stage is in force', () => {
    given(registered, declared('BASIC')).when('DeclareStage', declare('BASIC')).thenNothing();
  });
  it('goes one step forward with evidence newer than the last declaration', () => {
    given(registered, declared('BASIC'), proof(1))
      .when('DeclareStage', declare('COOPERATIVE', [1]))
      .then({ data: { stage: 'COOPERATIVE', evidenceIds: [idOf(1)] } as never });
  });
  it('is refused a step forward without evidence, or with none that is newer', () => {
    given(registered, declared('BASIC'))
      .when('DeclareStage', declare('COOPERATIVE'))
      .thenRefused('stage/evidence-missing');
    given(registered, proof(1), declared('BASIC'))
      .when('DeclareStage', declare('COOPERATIVE', [1]))
      .thenRefused('stage/evidence-missing');
    given(registered, proof(1), declared('BASIC'), proof(2))
      .when('DeclareStage', declare('COOPERATIVE', [1, 2]))
      .then({ type: 'StageDeclared' });
  });
  it('is refused to skip a stage, whatever is cited', () => {
    given(registered, declared('COOPERATIVE'), proof(1, 'contactStructure', 4))
      .when('DeclareStage', declare('INTEGRATED', [1]))
      .thenRefused('stage/transition');
  });
  it('cites only evidence of this account that still counts, each named by its place', () => {
    const refusal = given(registered, declared('BASIC'), proof(1))
      .when('DeclareStage', declare('COOPERATIVE', [1, 7]))
      .thenRefusal();
    expect(refusal).toMatchObject({
      code: 'stage/evidence-unknown',
      errors: [{ pointer: '/evidenceIds/1' }],
      values: { ids: [idOf(7)] },
    });
  });
  it.each([
    ['INTEGRATED', 'EXPLORATORY'],
    ['INTERDEPENDENT', 'BASIC'],
    ['EXPLORATORY', 'DISINTEGRATING'],
    ['INTEGRATED', 'DISINTEGRATING'],
    ['DISINTEGRATING', 'EXITED'],
    ['BASIC', 'EXITED'],
    ['EXITED', 'EXPLORATORY'],
  ])('goes from %s to %s without proof', (from, to) => {
    given(registered, declared(from, '2026-01-01', { override }))
      .when('DeclareStage', declare(to))
      .then({ type: 'StageDeclared' });
  });
  it.each([
    ['EXITED', 'BASIC'],
    ['EXITED', 'DISINTEGRATING'],
    ['BASIC', 'INTERDEPENDENT'],
    ['EXPLORATORY', 'INTEGRATED'],
  ])('goes from %s to %s only by an override', (from, to) => {
    const past = [registered, declared(from, '2026-01-01', { override })];
    given(...past)
      .when('DeclareStage', declare(to))
      .thenRefused('stage/transition');
    given(...past)
      .when('DeclareStage', declare(to, [], { override }))
      .then({ data: { stage: to, override } as never });
  });
  it('recovers to at most the stage that was left', () => {
    const past = [registered, declared('COOPERATIVE', '2026-01-01'), declared('DISINTEGRATING', '2026-02-01')];
    given(...past)
      .when('DeclareStage', declare('COOPERATIVE'))
      .then({ type: 'StageDeclared' });
    given(...past)
      .when('DeclareStage', declare('BASIC'))
      .then({ type: 'StageDeclared' });
    given(...past)
      .when('DeclareStage', declare('INTERDEPENDENT'))
      .thenRefused('stage/transition');
  });
  it('needs the approver of an override to be a member of ours', () => {
    const [need] = account.needs!.DeclareStage as unknown as { noun: string; of: (c: object) => unknown }[];
    expect(need?.noun).toBe('member');
    expect(need?.of(declare('BASIC'))).toEqual([]);
    expect(need?.of(declare('BASIC', [], { override }))).toEqual([{ id: sponsor, pointer: '/override/approver' }]);
  });
});

describe('gates of a stage (I1, I2)', () => {
  const structure = proof(1, 'contactStructure', 3);
  const plan = proof(2, 'jointPlanning', 3);
  it('INTERDEPENDENT asks proof of contact structure and joint planning at level 3', () => {
    const past = [registered, declared('COOPERATIVE'), structure, plan, proof(3, 'jointPlanning', 2)];
    given(...past)
      .when('DeclareStage', declare('INTERDEPENDENT', [1, 2]))
      .then({ type: 'StageDeclared' });
    expect(
      given(...past)
        .when('DeclareStage', declare('INTERDEPENDENT', [1, 3]))
        .thenRefusal(),
    ).toMatchObject({
      code: 'stage/evidence-missing',
      values: { missing: ['jointPlanning'] },
    });
  });
  it('INTEGRATED also asks proof of an exit barrier at level 4; what proved the stage before may be cited again', () => {
    const past = [
      registered,
      structure,
      plan,
      declared('INTERDEPENDENT'),
      proof(4, 'exitBarrier', 4),
      proof(5, 'exitBarrier', 3),
    ];
    given(...past)
      .when('DeclareStage', declare('INTEGRATED', [1, 2, 4]))
      .then({ type: 'StageDeclared' });
    expect(
      given(...past)
        .when('DeclareStage', declare('INTEGRATED', [1, 2, 5]))
        .thenRefusal().values.missing,
    ).toEqual(['exitBarrier']);
    expect(
      given(...past)
        .when('DeclareStage', declare('INTEGRATED', [4]))
        .thenRefusal().values.missing,
    ).toEqual(['contactStructure', 'jointPlanning']);
  });
});

describe('a declaration told late (I1)', () => {
  const history = [registered, declared('BASIC', '2026-01-01'), declared('COOPERATIVE', '2026-05-01'), proof(1)];
  const late = (stage: string, evidence: number[] = [], more: object = {}) =>
    declare(stage, evidence, { occurredAt: '2026-03-01', ...more });
  it('must fit what was declared before it and after it', () => {
    given(...history)
      .when('DeclareStage', late('DISINTEGRATING'))
      .thenRefused('stage/out-of-order');
    given(...history)
      .when('DeclareStage', late('EXPLORATORY'))
      .thenRefused('stage/out-of-order');
    given(...history)
      .when('DeclareStage', late('INTEGRATED', [1]))
      .thenRefused('stage/out-of-order');
    given(...history)
      .when('DeclareStage', late('COOPERATIVE', [1]))
      .then({ type: 'StageDeclared' });
  });
  it('may stand before the first one where that is a move from it', () => {
    given(registered, declared('BASIC', '2026-05-01'))
      .when('DeclareStage', late('EXPLORATORY'))
      .then({ type: 'StageDeclared' });
  });
  it('fits before a declaration that set the rules aside', () => {
    given(registered, declared('BASIC', '2026-01-01'), declared('INTEGRATED', '2026-05-01', { override }))
      .when('DeclareStage', late('EXPLORATORY'))
      .then({ type: 'StageDeclared' });
  });
  it('passes with an override', () => {
    given(...history)
      .when('DeclareStage', late('EXPLORATORY', [], { override }))
      .then({ type: 'StageDeclared' });
  });
});
