import { beforeAll, describe, expect, it } from '@jest/globals';
import { acme } from '../support/cast/ids.js';
import { eur, people, registered, scene } from '../support/scene.js';
import { items } from '../support/standing.js';

const s = scene('2026-06-30T12:00:00.000Z');
let expiring = '';

beforeAll(async () => {
  await s.tell('RegisterAccount', registered(acme));
  await people(s);
  await s.tell('PlaceOrder', { accountId: acme, orderId: 'O', amount: eur(500), occurredAt: '2025-01-05' });
  await s.tell('DeclareStage', { accountId: acme, stage: 'BASIC', evidenceIds: [], occurredAt: '2025-01-06' });
  const levels = [3, 3, 3, 3, 3, 2];
  const proofs: string[] = [];
  for (const [i, item] of items.entries()) {
    const lasts = item === 'jointPlanning' ? { expiresOn: '2025-09-30' } : { expiresOn: '2027-12-31' };
    const id = await s.tell('RecordStageEvidence', {
      accountId: acme,
      item,
      level: levels[i],
      sourceEventIds: [],
      occurredAt: '2025-02-01',
      ...lasts,
    });
    proofs.push(id);
  }
  await s.tell('DeclareStage', {
    accountId: acme,
    stage: 'COOPERATIVE',
    evidenceIds: [proofs[0]],
    occurredAt: '2025-03-01',
  });
  const newer = await s.tell('RecordStageEvidence', {
    accountId: acme,
    item: 'contactStructure',
    level: 3,
    sourceEventIds: [],
    occurredAt: '2025-03-02',
    expiresOn: '2027-12-31',
  });
  expiring = await s.tell('RecordStageEvidence', {
    accountId: acme,
    item: 'jointPlanning',
    level: 3,
    sourceEventIds: [],
    occurredAt: '2025-03-03',
    expiresOn: '2025-09-30',
  });
  await s.tell('DeclareStage', {
    accountId: acme,
    stage: 'INTERDEPENDENT',
    evidenceIds: [newer, expiring],
    occurredAt: '2025-04-01',
  });
});

const codes = (found: readonly { code: string }[]) => found.map(({ code }) => code);

describe('a declared stage is held against what can be proven (capability 2)', () => {
  it('stands as long as its last proof, and falls on the day after, with nothing told', async () => {
    const { head } = s.at.taproot;
    const last = await s.view('stages', 'asOf=2025-09-30');
    expect(last.derived).toMatchObject({ stage: 'INTERDEPENDENT', index: 17, failedGates: [] });
    expect(last).toMatchObject({ current: 'INTERDEPENDENT', inflation: 0 });
    const first = await s.view('stages', 'asOf=2025-10-01T00:00:00.000Z');
    expect(first.derived).toMatchObject({ stage: 'COOPERATIVE', band: 'COOPERATIVE', index: 15 });
    expect(first).toMatchObject({ current: 'INTERDEPENDENT', inflation: 1 });
    expect(s.at.taproot.head).toBe(head);
  });

  it('names the proof that is over among its findings, from that day on', async () => {
    const before = await s.view('stages', 'asOf=2025-09-30');
    const after = await s.view('stages', 'asOf=2025-10-01');
    expect(codes(before.findings)).not.toContain('EVIDENCE_EXPIRED');
    expect(codes(before.findings)).not.toContain('STAGE_INFLATION');
    const expired = after.findings.filter(({ code }: { code: string }) => code === 'EVIDENCE_EXPIRED');
    expect(expired.flatMap(({ eventIds }: { eventIds: string[] }) => eventIds)).toContain(expiring);
    expect(codes(after.findings)).toContain('STAGE_INFLATION');
  });

  it('moves the series of the index by that day alone', async () => {
    const points = await s.data(
      `accounts/${acme}/stages/series?figure=/derived/index&every=day&from=2025-09-28&asOf=2025-10-03`,
    );
    expect(points.points.map(({ value }: { value: number }) => value)).toEqual([17, 17, 17, 15, 15, 15]);
  });

  it('is carried into the league of inflated stages on that very day', async () => {
    const league = async (day: string) => (await s.report('inflation', `asOf=${day}`)).league[0];
    expect(await league('2025-09-30')).toMatchObject({ accountId: acme, declared: 'INTERDEPENDENT', inflation: 0 });
    expect(await league('2025-10-01')).toMatchObject({ accountId: acme, band: 'COOPERATIVE', inflation: 1, place: 1 });
  });

  it('explains the fall by the passing of time alone', async () => {
    const told = await s.data(
      `accounts/${acme}/stages/explain?figure=/derived/index&from=2025-09-30T23:59:59.999Z&asOf=2025-10-01`,
    );
    expect(told.terms).toEqual([{ kind: 'time', before: 17, after: 15, delta: -2 }]);
  });

  it('confirms a stage only after thirty days, and takes it back at once', async () => {
    const at = async (day: string) => (await s.view('stages', `asOf=${day}`)).derived.confirmed;
    expect(await at('2025-09-30')).toBe('INTERDEPENDENT');
    expect(await at('2025-10-01')).toBe('COOPERATIVE');
  });
});
