import { describe, expect, it } from '@jest/globals';
import { service } from '../support/service.js';
import { items } from '../support/standing.js';

const now = Date.parse('2026-06-30T12:00:00.000Z');
const taproot = service(() => now);
const anna = '00000000-0000-4000-8000-0000000000a1';

describe('where a relationship stands, over HTTP (I1, I2)', () => {
  it('is told by commands and read at any moment', async () => {
    const said = async (name: string, body: object) => {
      const reply = await taproot.command(name, body);
      expect([name, reply.status, reply.body.detail]).toEqual([name, 201, undefined]);
      return reply.body.events[0].id as string;
    };
    const acme = { accountId: 'ACME' };
    await said('RegisterAccount', {
      ...acme,
      name: 'Acme',
      customerType: 'OEM_MAKER',
      currency: 'EUR',
      occurredAt: '2025-01-01',
    });
    await said('AddMember', {
      memberId: anna,
      name: 'Anna',
      function: 'KEY_ACCOUNT',
      seniority: 3,
      qualifications: [],
      occurredAt: '2025-01-01',
    });
    await said('DesignateKeyAccount', {
      ...acme,
      managerId: anna,
      thesis: 'Growth',
      horizonYears: 5,
      targetStage: 'INTERDEPENDENT',
      occurredAt: '2025-01-02',
    });
    const order = await said('PlaceOrder', {
      ...acme,
      orderId: 'O1',
      amount: { minor: 100, currency: 'EUR' },
      occurredAt: '2025-01-03',
    });
    await said('DeclareStage', { ...acme, stage: 'BASIC', evidenceIds: [], occurredAt: '2025-01-04' });
    const levels = [3, 3, 3, 3, 3, 2];
    const evidence = await said('RecordStageEvidence', {
      ...acme,
      item: items[0],
      level: 3,
      sourceEventIds: [order],
      occurredAt: '2026-01-05',
    });
    for (const [i, item] of items.slice(1).entries())
      await said('RecordStageEvidence', {
        ...acme,
        item,
        level: levels[i + 1],
        sourceEventIds: [],
        occurredAt: '2026-01-05',
      });
    const skipped = await taproot.command('DeclareStage', {
      ...acme,
      stage: 'INTEGRATED',
      evidenceIds: [evidence],
      occurredAt: '2026-02-01',
    });
    expect(skipped.status).toBe(422);
    await said('DeclareStage', { ...acme, stage: 'COOPERATIVE', evidenceIds: [evidence], occurredAt: '2026-02-01' });

    const { body } = await taproot.get('/v1/accounts/ACME/stages?asOf=2026-03-01');
    expect(body.data).toMatchObject({
      declared: [{ stage: 'BASIC' }, { stage: 'COOPERATIVE', to: null, days: 28 }],
      current: 'COOPERATIVE',
      derived: {
        stage: 'INTERDEPENDENT',
        band: 'INTERDEPENDENT',
        confirmed: 'INTERDEPENDENT',
        index: 17,
        failedGates: [],
      },
      inflation: -1,
      target: 'INTERDEPENDENT',
    });
    const profile = await taproot.get('/v1/accounts/ACME/profile?asOf=2026-03-01');
    expect(profile.body.data).toMatchObject({
      stage: 'COOPERATIVE',
      designation: { managerId: anna },
      group: { parentId: null },
    });
    const trust = await taproot.get('/v1/accounts/ACME/trust');
    expect(trust.body.data.integrity).toMatchObject({ index: 0.5, unproven: true });

    const found = await taproot.get(`/v1/accounts?manager=${anna}&stage=COOPERATIVE`);
    expect(found.body.items).toHaveLength(1);
    const none = await taproot.get('/v1/accounts?stage=BASIC');
    expect(none.body.items).toEqual([]);
    const explained = await taproot.get('/v1/accounts/ACME/stages/explain?figure=/derived/index&asOf=2026-03-01');
    expect(explained.status).toBe(200);

    await said('RetractEvent', { retracts: order, reason: 'never placed' });
    const after = await taproot.get('/v1/accounts/ACME/stages?asOf=2026-03-01');
    expect(after.body.data).toMatchObject({ derived: { index: 15, band: 'EXPLORATORY' } });
    expect(after.body.data.findings.map(({ code }: { code: string }) => code)).toContain('EVIDENCE_GONE');
  });
});
