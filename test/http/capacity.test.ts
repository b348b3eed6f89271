import { describe, expect, it } from '@jest/globals';
import { service } from '../support/service.js';

const at = Date.parse('2026-06-30T12:00:00.000Z');
const taproot = service(() => at);
const manager = '00000000-0000-4000-8000-0000000000a1';
const kam = '00000000-0000-4000-8000-0000000000a2';
const account = (accountId: string, more: object = {}) =>
  taproot.command('RegisterAccount', {
    accountId,
    name: accountId,
    customerType: 'OEM_MAKER',
    currency: 'EUR',
    ...more,
  });
const designate = (accountId: string, more: object = {}) =>
  taproot.command('DesignateKeyAccount', {
    accountId,
    managerId: manager,
    thesis: 'Their second plant doubles what they need from us',
    horizonYears: 3,
    targetStage: 'COOPERATIVE',
    ...more,
  });
const stage = (accountId: string) =>
  taproot.command('DeclareStage', {
    accountId,
    stage: 'BASIC',
    evidenceIds: [],
    occurredAt: '2026-02-01T00:00:00.000Z',
  });
const view = async (accountId: string, name: string) =>
  (await taproot.get(`/v1/accounts/${accountId}/${name}?asOf=2026-06-30`)).body.data;

describe('designating over HTTP', () => {
  it('the hours of all key accounts bound the next one (F9)', async () => {
    for (const memberId of [manager, kam])
      await taproot.command('AddMember', {
        memberId,
        name: 'N',
        function: 'KEY_ACCOUNT',
        seniority: 2,
        qualifications: [],
      });
    for (const id of ['A', 'B', 'C']) expect((await account(id)).status).toBe(201);
    const caps = { hoursPerFteYear: 1_000, utilisation: 0.8, hours: { BASIC: 150 } };
    expect((await taproot.command('SetCapacity', { ...caps, from: '2026-01-01' })).status).toBe(201);
    const share = { assignmentId: 'a1', accountId: 'A', role: 'EXPERT', ftePct: 50, from: '2026-01-01' };
    expect((await taproot.command('AssignMember', { memberId: kam, ...share })).status).toBe(201);
    for (const id of ['A', 'B', 'C']) expect((await stage(id)).status).toBe(201);
    expect((await designate('A')).status).toBe(201);
    expect(await view('B', 'capacity')).toMatchObject({ required: 150, available: 400, newHours: 150, stage: 'BASIC' });
    expect((await designate('B')).status).toBe(201);
    const refused = await designate('C');
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ code: 'programme/capacity-exceeded' });
    expect((await taproot.get('/v1/portfolio/capacity?asOf=2026-06-30')).body.data.programme).toMatchObject({
      accounts: 2,
      required: 300,
      available: 400,
      load: 0.75,
    });
  });

  it('a dealer with .4 is refused, naming customerType (A2)', async () => {
    const gates = [{ gate: 'customerType', threshold: 0.5 }];
    expect(
      (await taproot.command('DefineKeyAccountCriteria', { version: 'v1', gates, from: '2026-01-01' })).status,
    ).toBe(201);
    await account('D', { customerType: 'DEALER', oemFitShare: 0.4 });
    const refused = await designate('D');
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ code: 'criteria/gate-failed', errors: [{ code: 'customerType' }] });
  });

  it('criteria v2 leave a designation under v1 as it was (A1)', async () => {
    const release = await taproot.command('ReleaseKeyAccount', { accountId: 'B', reason: 'Their plant closes' });
    expect(release.status).toBe(201);
    await taproot.command('DefineKeyAccountCriteria', {
      version: 'v2',
      gates: [
        { gate: 'customerType', threshold: 0.9 },
        { gate: 'constantClv', threshold: 1 },
      ],
      from: '2026-02-01',
    });
    const known = await view('A', 'criteria');
    expect(known).toMatchObject({ version: 'v2', passed: false, failed: ['constantClv'], designated: true });
    await taproot.command('EstimatePotential', {
      accountId: 'C',
      availableSales3y: { minor: 9, currency: 'EUR' },
      growthPct: 0,
      expectedRetention: 0.8,
      margin: { minor: 100, currency: 'EUR' },
      source: 'panel',
      occurredAt: '2026-03-01T00:00:00.000Z',
    });
    expect((await designate('C')).status).toBe(201);
    await taproot.command('DefineKeyAccountCriteria', {
      version: 'v3',
      gates: [{ gate: 'constantClv', threshold: 300 }],
    });
    const after = (await taproot.get('/v1/accounts/C/criteria')).body.data;
    expect(after).toMatchObject({ version: 'v3', passed: false, designation: { criteriaVersion: 'v2' } });
    expect(after.designation.scores[1]).toMatchObject({
      gate: 'constantClv',
      threshold: 1,
      value: 266.666667,
      passed: true,
    });
  });

  it('views that look at all accounts answer level with the log', async () => {
    for (const name of ['criteria', 'loyalty', 'value', 'capacity'])
      expect((await taproot.get(`/v1/accounts/A/${name}`)).status).toBe(200);
    for (const name of ['matrix', 'retention', 'survival', 'rfm', 'outlook', 'lifetime', 'capacity', 'objectives'])
      expect((await taproot.get(`/v1/portfolio/${name}`)).status).toBe(200);
  });
});
