import { beforeAll, describe, expect, it } from '@jest/globals';
import { acme, ada, bert } from '../support/cast/ids.js';
import { invoice, meeting, people, registered, scene } from '../support/scene.js';

const s = scene('2025-06-30T12:00:00.000Z');
const series = `accounts/${acme}/loyalty/series?figure=/health/value&every=month&from=2025-01-01&asOf=2025-06-29`;
const june = 'asOf=2025-06-29';
const weights = { trust: 25, contact: 25, wallet: 25, recommend: 25 };
let published = '';
let seen: object = {};
let v1 = 0;
let v2 = 0;

const positionOf = async (index: number): Promise<number> => {
  const reply = await s.at.get('/v1/events?after=0&type=ScoringModelPublished&limit=10');
  return JSON.parse(reply.text.trim().split('\n')[index]!).position;
};
const healthUnder = async (query: string) => (await s.at.get(`/v1/accounts/${acme}/loyalty?${query}`)).body;

beforeAll(async () => {
  await s.tell('PublishScoringModel', { version: 'v1', health: weights, halfLifeDays: 45, from: '2024-01-01' });
  v1 = await positionOf(0);
  await s.tell('RegisterAccount', registered(acme));
  await people(s);
  for (const month of ['01', '02', '03', '04', '05', '06']) {
    await s.tell('LogInteraction', meeting(`a${month}`, `2025-${month}-05T10:00:00Z`));
    await s.tell('LogInteraction', meeting(`b${month}`, `2025-${month}-15T10:00:00Z`, 'sponsor', 'bert'));
    await s.tell('RecordSurveyAnswer', {
      accountId: acme,
      respondentId: month < '04' ? ada : bert,
      recommend: Number(month),
      occurredAt: `2025-${month}-20`,
    });
  }
  await s.tell('IssueInvoice', invoice('I1', '2025-03-01', 10_000, 4_000));
  published = JSON.stringify(await s.data(series));
  const whale = await s.at.get(`/v1/portfolio/whale?${june}`);
  seen = { report: 'whale', asOf: whale.body.asOf, knownAt: whale.body.knownAt, policy: whale.body.policy };
  await s.tell('PublishReport', { ...seen, digest: 'seen-in-june' });
  s.on('2025-07-15T12:00:00.000Z');
  await s.tell('PublishScoringModel', { version: 'v2', health: { recommend: 100 }, halfLifeDays: 10 });
  v2 = await positionOf(1);
});

describe('scores have a time machine of their own (capability 4)', () => {
  it('a new model never moves what was scored under the old one: the series is the same to the byte', async () => {
    expect(JSON.stringify(await s.data(series))).toBe(published);
    await s.at.level();
    expect(JSON.stringify(await s.data(series))).toBe(published);
    const before = await healthUnder(june);
    expect(before.data.health.version).toBe('v1');
    expect(before.policy).toMatchObject({ position: v1 });
    expect(before.policy).not.toHaveProperty('whatIf');
  });

  it('from its day on the new model scores, and says its name', async () => {
    const now = await healthUnder('asOf=2025-07-15');
    expect(now.data.health).toMatchObject({ version: 'v2' });
    expect(now.data.health.value).toBeCloseTo(45, 9);
    expect(now.policy.position).toBe(v2);
  });

  it('recomputes the past under the new one where asked by its position, labelled as what it is', async () => {
    const then = await healthUnder(june);
    const whatIf = await healthUnder(`${june}&policy=${v2}`);
    expect(whatIf.data.health.version).toBe('v2');
    expect(whatIf.data.health.value).toBeCloseTo(45, 9);
    expect(whatIf.policy).toMatchObject({ position: v2, whatIf: true });
    expect(whatIf.policy.digest).not.toBe(then.policy.digest);
    const under = await s.data(`${series}&policy=${v2}`);
    expect(under.points.map(({ value }: { value: number }) => value)).toEqual([10, 20, 30, 35, 40, 45]);
    expect(JSON.stringify(await s.data(series))).toBe(published);
  });

  it('recomputes under the old model what the new one scores', async () => {
    const whatIf = await healthUnder(`asOf=2025-07-15&policy=${v1}`);
    expect(whatIf.data.health.version).toBe('v1');
    expect(whatIf.policy).toMatchObject({ position: v1, whatIf: true });
  });

  it('tries a draft that nobody has published, and keeps nothing of it', async () => {
    const { head } = s.at.taproot;
    const draft = { scoring: { version: 'draft', health: { recommend: 50, contact: 50 } } };
    const reply = await s.at.post(`/v1/accounts/${acme}/loyalty?${june}`, draft);
    expect(reply.status).toBe(200);
    expect(reply.body.data.health).toMatchObject({ version: 'draft' });
    expect(reply.body.data.health.value).toBeCloseTo((100 * (0.45 + reply.body.data.contact.diamondIndex)) / 2, 9);
    expect(reply.body.policy.whatIf).toBe(true);
    expect((await healthUnder(june)).data.health.version).toBe('v1');
    expect(s.at.taproot.head).toBe(head);
  });

  it('a draft of what a fold reads holds at all times', async () => {
    const rate = { fx: { 'USD/EUR': '0.5' } };
    const usd = {
      accountId: acme,
      invoiceId: 'U1',
      gross: { minor: 1_000, currency: 'USD' },
      occurredAt: '2025-03-02',
    };
    await s.tell('IssueInvoice', usd);
    const plain = await s.view('performance', june);
    expect(plain.total).toMatchObject({ net: null, missingRates: ['USD/EUR'] });
    const reply = await s.at.post(`/v1/accounts/${acme}/performance?${june}`, rate);
    expect(reply.body.data.total.net).toBe(10_500);
    const whale = await s.at.post(`/v1/portfolio/whale?${june}`, rate);
    expect(whale.body.data.total).toBe(6_500);
    expect(whale.body.policy.whatIf).toBe(true);
  });

  it('keeps which report people saw, and can show it again as it was', async () => {
    const stream = await s.at.get('/v1/events?after=0&type=ReportPublished&limit=10');
    const [kept] = stream.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(kept.data).toEqual({ ...seen, digest: 'seen-in-june' });
    const again = await s.report('whale', `asOf=${kept.data.asOf}&knownAt=${kept.data.knownAt}`);
    expect(again).toMatchObject({ total: 6_000, n: 1 });
    const changed = await s.report('restatements', `saidAsOf=${kept.data.asOf}&saidKnownAt=${kept.data.knownAt}`);
    expect(changed.lines).toMatchObject([
      { accountId: acme, quarter: '2025-Q1', said: { net: 10_000 }, says: { net: null } },
    ]);
  });
});
