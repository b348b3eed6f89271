import { describe, expect, it } from '@jest/globals';
import { accountCommands } from '../../../src/domain/account/account.commands.js';
import { account } from '../../../src/domain/account/account.decider.js';
import { structure } from '../../../src/domain/structure/structure.decider.js';
import type { FoundEvent } from '../../../src/kernel/decider.js';
import { digestOf } from '../../../src/kernel/identity.js';
import { accountCast } from '../../support/cast/account.js';
import { acme, globex, someEvent } from '../../support/cast/ids.js';
import { eventLike, type Past, specFor } from '../../support/spec.js';

const registered: Past = { type: 'AccountRegistered', data: accountCast.events.AccountRegistered! };
const body = {
  accountId: acme,
  item: 'trust',
  level: 3,
  sourceEventIds: [someEvent],
  occurredAt: '2026-06-01T00:00:00.000Z',
};
const met: FoundEvent = { type: 'InteractionLogged', accountid: acme, time: 0, position: 5, retracted: false };

function citing(event?: FoundEvent, states: Record<string, unknown> = {}) {
  const events = event ? { [someEvent]: event } : {};
  return specFor(account, accountCommands, { events, states });
}
/** The structure after GLOBEX was merged into ACME in May. */
function merged(): unknown {
  const state = structure.initial();
  const event = eventLike(
    {
      type: 'AccountsMerged',
      data: { from: globex, into: acme, reason: 'One firm' },
      time: '2026-05-01T00:00:00.000Z',
    },
    0,
  );
  structure.on.AccountsMerged!(state, event as never);
  return state;
}

describe('recording evidence of a stage (I2)', () => {
  it('cites events of the account', () => {
    citing(met)(registered)
      .when('RecordStageEvidence', body)
      .then({
        type: 'StageEvidenceRecorded',
        accountid: acme,
        data: { item: 'trust', level: 3, sourceEventIds: [someEvent] } as never,
      });
  });
  it('is refused for an event that is not recorded, naming item and place', () => {
    const refusal = citing()(registered).when('RecordStageEvidence', body).thenRefusal();
    expect(refusal).toMatchObject({ code: 'stage/evidence-unknown', values: { item: 'trust' } });
    expect(refusal.message).toContain('Evidence of trust');
    expect(refusal.errors).toEqual([
      { pointer: '/sourceEventIds/0', code: 'unknown', detail: `event ${someEvent} is not recorded` },
    ]);
  });
  it('is refused for an event that was retracted, or is of another account', () => {
    for (const event of [
      { ...met, retracted: true },
      { ...met, accountid: globex },
    ])
      citing(event)(registered).when('RecordStageEvidence', body).thenRefused('stage/evidence-unknown');
    const { accountid: _none, ...firms } = met;
    citing(firms)(registered).when('RecordStageEvidence', body).thenRefused('stage/evidence-unknown');
  });
  it('may cite events of an account that was merged into it, from then on', () => {
    const given = citing({ ...met, accountid: globex }, { 'structure-structure': merged() });
    given(registered).when('RecordStageEvidence', body).then({ type: 'StageEvidenceRecorded' });
    given(registered)
      .when('RecordStageEvidence', { ...body, occurredAt: '2026-04-01T00:00:00.000Z' })
      .thenRefused('stage/evidence-unknown');
  });
  it('of the same time is told once', () => {
    const past: Past = { type: 'StageEvidenceRecorded', data: {}, digest: digestOf(body) };
    citing(met)(registered, past).when('RecordStageEvidence', body).thenNothing();
  });
  it('needs the events it cites, and the structure only then', () => {
    const needs = account.needs!.RecordStageEvidence as unknown as { kind: string; of: (c: object) => unknown }[];
    expect(needs.map(({ kind, of }) => [kind, of(body)])).toEqual([
      ['event', [{ id: someEvent, pointer: '/sourceEventIds/0' }]],
      ['state', ['structure']],
    ]);
    expect(needs[1]!.of({ ...body, sourceEventIds: [] })).toEqual([]);
  });
});
