import { beforeAll, describe, expect, it } from '@jest/globals';
import { invoice, registered, scene } from '../support/scene.js';

const s = scene('2025-12-31T12:00:00.000Z');
const bill = (accountId: string, invoiceId: string, day: string, gross: number, currency = 'EUR') =>
  s.tell('IssueInvoice', {
    ...invoice(invoiceId, day, 0, 0),
    accountId,
    gross: { minor: gross, currency },
    cogs: { minor: 0, currency },
  });
const place = (accountId: string, parentId: string | null, day: string) =>
  s.tell('PlaceAccountUnder', { accountId, parentId, occurredAt: day });
const group = (id: string, query: string) => s.view('performance', `scope=group&${query}`, id);
const net = async (id: string, query: string) => (await group(id, query)).total.net;
const rows = async (report: string, query: string) =>
  Object.fromEntries(
    (await s.report(report, `by=group&${query}`)).accounts.map((one: { accountId: string; revenue: number }) => [
      one.accountId,
      one.revenue,
    ]),
  );

/** HEAD has ONE from February to June and TWO from April on; LEAF stands under TWO. */
beforeAll(async () => {
  for (const id of ['HEAD', 'ONE', 'TWO', 'LEAF', 'LONE'])
    await s.tell('RegisterAccount', registered(id, 'EUR', '2024-01-01'));
  await place('ONE', 'HEAD', '2025-02-01');
  await place('LEAF', 'TWO', '2025-03-01');
  await place('TWO', 'HEAD', '2025-04-01');
  await place('ONE', null, '2025-07-01');
  for (const month of ['01', '03', '05', '08'])
    for (const [i, id] of ['HEAD', 'ONE', 'TWO', 'LEAF', 'LONE'].entries())
      await bill(id, `I${month}`, `2025-${month}-10`, 10 ** i);
});

describe('a group of accounts, as its members belonged', () => {
  it('adds events of members up while they were members', async () => {
    expect(await net('HEAD', 'asOf=2025-01-31')).toBe(1);
    expect(await net('HEAD', 'asOf=2025-03-31')).toBe(2 + 10);
    expect(await net('HEAD', 'asOf=2025-05-31')).toBe(3 + 20 + 100 + 1_000);
    expect(await net('HEAD', 'asOf=2025-12-31')).toBe(4 + 20 + 200 + 2_000);
  });

  it('members=now: whoever belongs today, with all of the past', async () => {
    expect(await net('HEAD', 'asOf=2025-12-31&members=now')).toBe(4 + 400 + 4_000);
    expect(await net('HEAD', 'asOf=2025-05-31&members=now')).toBe(3 + 30 + 300 + 3_000);
  });

  it('says whose events it adds up, and by which reading', async () => {
    const then = await s.at.get('/v1/accounts/HEAD/performance?scope=group&asOf=2025-12-31');
    expect(then.body).toMatchObject({
      accountId: 'HEAD',
      group: { members: 'then', accounts: ['HEAD', 'LEAF', 'ONE', 'TWO'] },
    });
    const now = await s.at.get('/v1/accounts/HEAD/performance?scope=group&members=now&asOf=2025-12-31');
    expect(now.body.group).toEqual({ members: 'now', accounts: ['HEAD', 'LEAF', 'TWO'] });
    const alone = await s.at.get('/v1/accounts/HEAD/performance?asOf=2025-12-31');
    expect(alone.body).not.toHaveProperty('group');
  });

  it('a group below another is a group as well', async () => {
    expect(await net('TWO', 'asOf=2025-12-31')).toBe(400 + 3_000);
  });

  it('what a quarter said then is what the group said then', async () => {
    await s.tell('IssueInvoice', { ...invoice('LATE', '2025-05-20', 7, 0), accountId: 'TWO' });
    const { restatements } = await group('HEAD', 'asOf=2025-12-31&restatements=exact');
    const [second] = restatements.filter(({ quarter }: { quarter: string }) => quarter === '2025-Q2');
    expect(second).toMatchObject({ quarter: '2025-Q2', said: { net: 0 }, says: { net: 1_118 } });
  });

  it.each(['contacts', 'stages', 'trust', 'value', 'profile'])(
    'refuses %s of a group: it does not add up',
    async (view) => {
      const reply = await s.at.get(`/v1/accounts/HEAD/${view}?scope=group`);
      expect([reply.status, reply.body.code]).toEqual([422, 'view/not-for-groups']);
    },
  );

  it.each(['explain?figure=/total/net&', 'series?figure=/total/net&', 'compare?with=2025-01-31&'])(
    'refuses to answer %s of a group by its head alone',
    async (path) => {
      const reply = await s.at.get(`/v1/accounts/HEAD/performance/${path}scope=group`);
      expect([reply.status, reply.body.code]).toEqual([422, 'view/not-for-groups']);
    },
  );
});

describe('reports with a row for each group', () => {
  it('count every event once, where its account belonged at its time', async () => {
    const groups = await rows('whale', 'asOf=2025-08-31&to=2025-05-11');
    expect(groups).toEqual({ HEAD: 3 + 20 + 1_100, ONE: 10, TWO: 200 + 1_000, LEAF: 1_000, LONE: 30_000 });
    const byAccount = await s.report('whale', 'asOf=2025-08-31');
    const byGroup = await s.report('whale', 'asOf=2025-08-31&by=group');
    expect(byGroup.total).toBe(byAccount.total);
    expect(byGroup.n).toBe(5);
  });

  it('keep what a filter takes', async () => {
    expect(await rows('whale', 'asOf=2025-08-31&q=LEAF')).toEqual({ HEAD: 2_000, TWO: 1_000, LEAF: 1_000 });
  });

  it('are refused where groups do not add up, and other words are no grouping', async () => {
    for (const report of ['acquisition', 'retention', 'survival', 'capacity', 'matrix']) {
      const reply = await s.at.get(`/v1/portfolio/${report}?by=group`);
      expect([report, reply.status, reply.body.code]).toEqual([report, 422, 'view/not-for-groups']);
    }
    const other = await s.at.get('/v1/portfolio/survival?by=region');
    expect([other.status, other.body.code]).toEqual([400, 'request/unknown-parameter']);
  });
});

describe('groups and merges', () => {
  it('a member that was merged counts with whom it was merged into, once', async () => {
    await s.tell('MergeAccounts', { from: 'LEAF', into: 'TWO', reason: 'One firm', occurredAt: '2025-09-01' });
    expect(await net('HEAD', 'asOf=2025-12-31&members=now')).toBe(4 + 407 + 4_000);
    const byGroup = await s.report('whale', 'asOf=2025-12-31&by=group');
    expect(byGroup.total).toBe((await s.report('whale', 'asOf=2025-12-31')).total);
  });
});

describe('several currencies', () => {
  beforeAll(async () => {
    await s.tell('RegisterAccount', registered('YEN', 'JPY', '2024-01-01'));
    await s.tell('RegisterAccount', registered('US', 'USD', '2024-01-01'));
    await place('US', 'YEN', '2025-01-01');
    await bill('US', 'A', '2025-02-10', 1_000, 'USD');
    await bill('YEN', 'B', '2025-02-10', 500, 'JPY');
  });

  it('add up in the currency of the head, by the rate in force on the day; without one the figure is null and names the pair', async () => {
    const without = await group('YEN', 'asOf=2025-03-31');
    expect(without.total).toMatchObject({ net: null, missingRates: ['USD/JPY'] });
    expect(without.findings).toMatchObject([{ code: 'MISSING_RATE' }]);
    await s.tell('SetFxRate', { base: 'USD', quote: 'JPY', rate: '150', from: '2025-02-01' });
    await s.tell('SetFxRate', { base: 'USD', quote: 'JPY', rate: '100', from: '2025-03-01' });
    expect(await net('YEN', 'asOf=2025-03-31')).toBe(500 + 1_500);
    await bill('US', 'C', '2025-03-10', 1_000, 'USD');
    expect(await net('YEN', 'asOf=2025-03-31')).toBe(500 + 1_500 + 1_000);
    const { body } = await s.at.get('/v1/accounts/YEN/performance?scope=group&asOf=2025-03-31');
    expect(body.currency).toBe('JPY');
    expect((await s.view('performance', 'asOf=2025-03-31', 'US')).total.net).toBe(2_000);
  });

  it('a report has one only where the firm says which', async () => {
    const none = await s.at.get('/v1/portfolio/whale?asOf=2025-03-31');
    expect(none.body).toMatchObject({
      currency: null,
      currencyReason: 'no-reporting-currency',
      data: { total: null, reason: 'no-reporting-currency' },
    });
    await s.tell('SetFirmSettings', { reportingCurrency: 'EUR', from: '2024-01-01' });
    const missing = await s.report('whale', 'asOf=2025-03-31');
    expect(missing).toMatchObject({ total: null, reason: 'missing-rate', missingRates: ['JPY/EUR', 'USD/EUR'] });
    await s.tell('SetFxRate', { base: 'USD', quote: 'EUR', rate: '0.5', from: '2025-01-01' });
    await s.tell('SetFxRate', { base: 'JPY', quote: 'EUR', rate: '0.01', from: '2025-01-01' });
    const byGroup = await s.report('whale', 'asOf=2025-03-31&by=group');
    const line = byGroup.accounts.find(({ accountId }: { accountId: string }) => accountId === 'YEN');
    expect(line).toMatchObject({ revenue: 1_000 + 500 });
    expect(byGroup.total).toBe((await s.report('whale', 'asOf=2025-03-31')).total);
  });
});
