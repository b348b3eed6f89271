import { describe, expect, it } from '@jest/globals';
import { reports } from '../../projections/registry.js';
import { unsayable } from '../support/folding.js';
import { service } from '../support/service.js';

const now = Date.parse('2026-06-30T12:00:00.000Z');
const taproot = service(() => now);
const anna = '00000000-0000-4000-8000-0000000000a1';
const bert = '00000000-0000-4000-8000-0000000000a2';

describe('the programme and its reports, over HTTP (F3, F5, F7, H2, H3)', () => {
  const said = async (name: string, occurredAt: string, body: object) => {
    const reply = await taproot.command(name, { ...body, occurredAt });
    expect([name, reply.status, reply.body.detail]).toEqual([name, 201, undefined]);
    return reply.body.events[0].id as string;
  };
  const asked = async (path: string) => {
    const reply = await taproot.get(path);
    expect([path, reply.status, reply.body.detail]).toEqual([path, 200, undefined]);
    return reply.body.data;
  };
  let secondReview = '';

  it('takes commands', async () => {
    const euro = { currency: 'EUR', customerType: 'OEM_MAKER' };
    for (const accountId of ['ACME', 'BETA'])
      await said('RegisterAccount', '2026-01-01', { accountId, name: accountId, ...euro });
    for (const memberId of [anna, bert])
      await said('AddMember', '2026-01-01', {
        memberId,
        name: 'A. Person',
        function: 'KEY_ACCOUNT',
        seniority: 3,
        qualifications: [],
      });
    const key = { accountId: 'ACME', managerId: anna, thesis: 'Growth', horizonYears: 5, targetStage: 'INTEGRATED' };
    await said('DesignateKeyAccount', '2026-01-02', key);
    await said('HandOverKeyAccount', '2026-03-01', { accountId: 'ACME', toManagerId: bert, reason: 'Moved' });
    await said('EndorseProgramme', '2026-01-01', { executive: 'CEO', until: '2026-05-31' });
    await said('PlanRoute', '2026-01-01', { routeId: 'north', weekday: 1, accountIds: ['ACME', 'BETA'] });
    await said('RecordPerformanceReview', '2026-04-10', { accountId: 'ACME', horizon: 36 });
    secondReview = await said('RecordPerformanceReview', '2026-05-10', { accountId: 'ACME', horizon: 36 });
    await said('OpenPursuit', '2026-02-01', {
      accountId: 'BETA',
      pursuitId: 'P1',
      purpose: 'ACQUISITION',
      fromCompetitor: 'Rival',
    });
    const value = { minor: 500, currency: 'EUR' };
    await said('WinPursuit', '2026-03-01', { accountId: 'BETA', pursuitId: 'P1', value, wonBy: [anna] });
    await said('PlaceOrder', '2026-04-01', { accountId: 'BETA', orderId: 'O1', amount: value });
  });

  it('shows who is in it and in whose hands, as of any day', async () => {
    const march = await asked('/v1/programme?asOf=2026-02-28');
    expect(march).toMatchObject({ size: 1, accounts: [{ accountId: 'ACME', managerId: anna }], findings: [] });
    const today = await asked('/v1/programme');
    expect(today).toMatchObject({ accounts: [{ managerId: bert }], findings: [{ code: 'UNENDORSED' }] });
    expect(today.policy).toBeDefined();
  });

  it('answers every report with what JSON can say', async () => {
    for (const { name } of reports) expect([name, unsayable(await asked(`/v1/portfolio/${name}`))]).toEqual([name, []]);
  });

  it('tells endorsement, measurement, captures and key accounts on routes', async () => {
    expect(await asked('/v1/portfolio/programme?asOf=2026-05-31')).toMatchObject({ status: 'ENDORSED' });
    expect(await asked('/v1/portfolio/programme?asOf=2026-06-01')).toMatchObject({
      status: 'UNENDORSED',
      turnover: { handovers: 1 },
    });
    expect(await asked('/v1/portfolio/measurement')).toMatchObject({
      quarters: [{ accountId: 'ACME', quarter: '2026-Q2', flagged: [secondReview] }],
    });
    expect(await asked('/v1/portfolio/funnel')).toMatchObject({ captures: { claimed: 1, counted: 1 } });
    expect(await asked('/v1/portfolio/funnel?asOf=2026-03-31')).toMatchObject({ captures: { claimed: 1, counted: 0 } });
    const { routes } = await asked('/v1/portfolio/routes?from=2026-01-01&to=2026-01-31');
    expect(routes).toMatchObject([{ routeId: 'north', planned: 8, adherence: 0, keyAccounts: ['ACME'] }]);
  });

  it('gathers all alarms, by code and account', async () => {
    const { findings } = await asked('/v1/portfolio/findings?code=UNENDORSED,OVER_MEASUREMENT,KEY_ACCOUNT_ON_ROUTE');
    expect(findings.map(({ code, accountId }: { code: string; accountId: string }) => [code, accountId])).toEqual([
      ['UNENDORSED', null],
      ['KEY_ACCOUNT_ON_ROUTE', 'ACME'],
      ['OVER_MEASUREMENT', 'ACME'],
    ]);
    expect(await asked('/v1/portfolio/findings?account=BETA&code=UNENDORSED')).toMatchObject({ total: 0 });
  });

  it('shows pursuits, reviews and visits of an account, and their rows', async () => {
    expect(await asked('/v1/accounts/BETA/pursuits')).toMatchObject({
      pursuits: [{ pursuitId: 'P1', standing: 'WON' }],
    });
    expect(await asked('/v1/accounts/ACME/reviews')).toMatchObject({ findings: [{ code: 'OVER_MEASUREMENT' }] });
    expect(await asked('/v1/accounts/ACME/visits')).toMatchObject({ routes: [{ planned: true, visits: 0 }] });
    const rows = await taproot.get('/v1/rows/programme');
    expect(rows.text.trim().split('\n')).toHaveLength(2);
  });
});
