import { beforeAll, describe, expect, it } from '@jest/globals';
import { acme, ada, globex, manager } from '../support/cast/ids.js';
import { invoice, meeting, people, registered, scene } from '../support/scene.js';
import type { Reply } from '../support/service.js';

const s = scene('2025-12-31T12:00:00.000Z');
const chain = ['A', 'B', 'C'];
const nobody = '99999999-9999-4999-8999-999999999999';

beforeAll(async () => {
  await s.tell('RegisterAccount', registered(acme));
  await s.tell('RegisterAccount', registered(globex));
  for (const id of chain) await s.tell('RegisterAccount', registered(id));
  await people(s);
  await s.tell('LogInteraction', meeting('m', '2025-03-01T10:00:00Z'));
  await s.tell('IssueInvoice', invoice('I', '2025-03-01', 100, 50));
});

/** A problem document of that status and code, and nothing written. */
function problem(reply: Reply, status: number, code: string, head: number): void {
  expect({ status: reply.status, code: reply.body.code }).toEqual({ status, code });
  expect(reply.headers.get('content-type')).toContain('application/problem+json');
  expect(reply.body).toMatchObject({ type: `urn:taproot:${code.replace('/', ':')}`, status });
  expect(reply.body.detail.length).toBeGreaterThan(10);
  expect(s.at.taproot.head).toBe(head);
}
const refused = async (command: string, body: object, status: number, code: string) => {
  const { head } = s.at.taproot;
  problem(await s.at.command(command, body), status, code, head);
};

describe('a structure that cannot be (bad input)', () => {
  it('refuses an account under itself, and a circle of parents', async () => {
    const under = (accountId: string, parentId: string) => ({ accountId, parentId, occurredAt: '2025-01-01' });
    await refused('PlaceAccountUnder', under('A', 'A'), 422, 'structure/self');
    await s.tell('PlaceAccountUnder', under('B', 'A'));
    await s.tell('PlaceAccountUnder', under('C', 'B'));
    await refused('PlaceAccountUnder', under('A', 'C'), 409, 'structure/cycle');
    await refused('PlaceAccountUnder', under('A', 'NOBODY'), 422, 'account/unknown');
  });

  it('refuses a merge into itself, a second merge, and an unmerge of what is not merged or was parted already', async () => {
    const pair = { from: globex, into: acme, reason: 'One firm' };
    await refused('MergeAccounts', { ...pair, into: globex }, 422, 'structure/self');
    await refused('UnmergeAccounts', { ...pair, occurredAt: '2025-01-02' }, 409, 'structure/not-merged');
    await s.tell('MergeAccounts', { ...pair, occurredAt: '2025-02-01' });
    await refused('MergeAccounts', { ...pair, into: 'A', occurredAt: '2025-02-02' }, 409, 'structure/already-merged');
    await refused(
      'MergeAccounts',
      { ...pair, from: acme, into: globex, occurredAt: '2025-02-02' },
      409,
      'structure/cycle',
    );
    await s.tell('UnmergeAccounts', { ...pair, occurredAt: '2025-03-01' });
    await refused('UnmergeAccounts', { ...pair, occurredAt: '2025-03-02' }, 409, 'structure/not-merged');
  });
});

describe('models that cannot be (bad input)', () => {
  it('refuses to publish weights that do not add to 100, a factor twice, and one without a name', async () => {
    const model = (attractiveness: object[]) => ({ version: `v${attractiveness.length}`, attractiveness });
    await refused('PublishScoringModel', model([{ factor: 'growth', weight: 60 }]), 422, 'scoring/weights');
    await refused('PublishScoringModel', model([{ weight: 100 }]), 400, 'command/invalid');
    const twice = [1, 2].map(() => ({ factor: 'growth', weight: 50 }));
    const reply = await s.at.command('PublishScoringModel', model(twice));
    expect([reply.status >= 400 && reply.status < 500, typeof reply.body.code]).toEqual([true, 'string']);
  });

  const drafts: readonly (readonly [string, unknown, string])[] = [
    ['a factor without a name', { scoring: { attractiveness: [{ weight: 100 }] } }, '/scoring/attractiveness/0/factor'],
    ['weights of 90', { scoring: { attractiveness: [{ factor: 'a', weight: 90 }] } }, '/scoring/attractiveness'],
    [
      'a factor twice',
      { scoring: { attractiveness: ['a', 'a'].map((factor) => ({ factor, weight: 50 })) } },
      '/scoring/attractiveness',
    ],
    ['weights that are words', { scoring: { baseWeights: { VISIT: 'much' } } }, '/scoring/baseWeights'],
    ['a part of health that is none', { scoring: { health: { mood: 100 } } }, '/scoring/health'],
    ['a half-life of nothing', { scoring: { halfLifeDays: 0 } }, '/scoring/halfLifeDays'],
    ['a rate of −100 %', { settings: { discountRate: -1 } }, '/settings/discountRate'],
    ['a window without days', { settings: { windowDays: 0 } }, '/settings/windowDays'],
    ['a month thirteen', { settings: { fiscalYearStartMonth: 13 } }, '/settings/fiscalYearStartMonth'],
    ['a setting that is none', { settings: { colour: 'red' } }, '/settings/colour'],
    ['a part that is none', { weather: {} }, '/weather'],
    ['a part that every object has', { constructor: {} }, '/constructor'],
    ['a card without minutes', { rates: { kam: { functions: ['SALES'] } } }, '/rates/kam/practicalMinutes'],
    ['a card that is a number', { rates: { kam: 5 } }, '/rates/kam'],
    ['a rate that is a number', { fx: { 'USD/EUR': 1.1 } }, '/fx/USD~1EUR/rate'],
    ['a pair of one', { fx: { USD: '1' } }, '/fx/USD/quote'],
    ['gates without a name', { criteria: { version: 'x', gates: [{ threshold: 1 }] } }, '/criteria/gates/0/gate'],
    ['a budget for nobody', { budgets: [{ period: '2025' }] }, '/budgets/0/accountId'],
    ['budgets that are no list', { budgets: {} }, '/budgets'],
    ['a burst without days', { bursts: { b: { accountIds: ['A'] } } }, '/bursts/b/from'],
    ['an activity in no state', { activities: { a: { name: 'x' } } }, '/activities/a/state'],
    ['a model without parameters', { models: { 'bg-nbd': { population: 5 } } }, '/models/bg-nbd/parameters'],
    ['a list', [], ''],
    ['a word', '"draft"', ''],
  ];
  it.each(drafts)('refuses a draft with %s, naming the place', async (_what, draft, pointer) => {
    const { head } = s.at.taproot;
    for (const path of [`/v1/accounts/${acme}/loyalty`, '/v1/portfolio/matrix']) {
      const reply = await s.at.post(path, draft as object);
      if (reply.status === 400) expect(reply.body.code).toBe('request/malformed');
      else {
        problem(reply, 422, 'policy/draft-invalid', head);
        expect(reply.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
      }
    }
  });

  it('takes back every rule that it shows itself', async () => {
    await s.tell('SetCapacity', { hours: { BASIC: 10 } });
    await s.tell('SetAttentionPolicy', { stage: 'BASIC', role: 'SPONSOR', days: 30 });
    await s.tell('SetUnitPolicy', { stage: 'BASIC', units: 2 });
    await s.tell('SetFxRate', { base: 'USD', quote: 'EUR', rate: '0.9' });
    await s.tell('PlanRoute', { routeId: 'r', weekday: 2, accountIds: [acme] });
    await s.tell('DeclareOpportunityBurst', {
      burstId: 'b',
      region: 'Iberia',
      from: '2025-01-01',
      until: '2025-06-30',
      why: 'Money',
    });
    await s.tell('SetCommissionPlan', {
      planId: 'c',
      approach: 'HUNTER',
      memberIds: [manager],
      terms: '2 %',
      from: '2025-01-01',
    });
    await s.tell('ProposeActivityType', { activityTypeId: 'open', name: 'Open day', why: 'They see us' });
    await s.tell('CapActivityType', { activityTypeId: 'open', amount: { minor: 5, currency: 'EUR' }, per: 'YEAR' });
    await s.tell('DefineObjective', { objectiveId: 'o', statement: 'A third' });
    await s.tell('AllocateBudget', {
      accountId: acme,
      period: '2025',
      amount: { minor: 9, currency: 'EUR' },
      purpose: 'fairs',
    });
    await s.tell('EndorseProgramme', { executive: 'ceo', until: '2026-01-01' });
    await s.tell('SetRateCard', {
      pool: 'kam',
      functions: ['SALES'],
      capacityCost: { minor: 5, currency: 'EUR' },
      practicalMinutes: 5,
      per: 'YEAR',
      activities: [],
    });
    await s.tell('PublishLifetimeModel', {
      model: 'bg-nbd',
      parameters: { r: 1 },
      trainedAsOf: '2025-01-01',
      trainedKnownAt: '2025-01-01',
      population: 5,
      digest: 'x',
    });
    const shown = await s.at.get('/v1/programme/policy');
    const reply = await s.at.post(`/v1/accounts/${acme}/loyalty`, shown.body.data);
    expect([reply.status, reply.body.detail]).toEqual([200, undefined]);
    expect(reply.body.policy).toEqual({ ...shown.body.policy, whatIf: true });
    const report = await s.at.post('/v1/portfolio/whale', shown.body.data);
    expect([report.status, report.body.policy?.digest]).toEqual([200, shown.body.policy.digest]);
  });
});

describe('questions that cannot be (bad input)', () => {
  const account = `/v1/accounts/${acme}`;
  const questions: readonly (readonly [string, number, string])[] = [
    [`${account}/mood`, 404, 'view/unknown'],
    ['/v1/accounts/NOBODY/contacts', 404, 'view/account-unknown'],
    [`${account}/contacts?asOf=2025-02-30`, 400, 'view/parameter-invalid'],
    [`${account}/contacts?asOf=yesterday`, 400, 'view/parameter-invalid'],
    [`${account}/contacts?asOf=9999-12-31`, 400, 'view/parameter-invalid'],
    [`${account}/contacts?knownAt=99999999999999999999`, 400, 'view/parameter-invalid'],
    [`${account}/contacts?asOf=2025-01-01&asOf=2025-01-02`, 400, 'view/parameter-invalid'],
    [`${account}/contacts?policy=latest`, 400, 'view/parameter-invalid'],
    [`${account}/contacts?scope=world`, 400, 'view/parameter-invalid'],
    [`${account}/contacts/explain`, 400, 'view/parameter-invalid'],
    [`${account}/contacts/explain?figure=diamondIndex`, 400, 'view/parameter-invalid'],
    [`${account}/contacts/explain?figure=/nothing`, 404, 'view/figure-unknown'],
    [`${account}/contacts/series?figure=/diamondIndex&every=hour`, 400, 'view/parameter-invalid'],
    [`${account}/contacts/series?figure=/diamondIndex&every=day&from=1900-01-01`, 400, 'view/parameter-invalid'],
    [`${account}/contacts/compare`, 400, 'view/parameter-invalid'],
    ['/v1/portfolio/mood', 404, 'report/unknown'],
    ['/v1/portfolio/whale?colour=red', 400, 'request/unknown-parameter'],
    ['/v1/portfolio/whale?from=2025-12-31&to=2025-01-01', 400, 'view/parameter-invalid'],
    ['/v1/portfolio/whale?designated=maybe', 400, 'view/parameter-invalid'],
    ['/v1/accounts?stage=FRIENDLY', 400, 'view/parameter-invalid'],
    ['/v1/portfolio/whale?by=region', 400, 'view/parameter-invalid'],
    ['/v1/portfolio/retention?by=month', 400, 'view/parameter-invalid'],
    ['/v1/portfolio/restatements?saidAsOf=2025-02-30', 400, 'view/parameter-invalid'],
    ['/v1/portfolio/restatements?saidKnownAt=2025-02-28', 400, 'view/parameter-invalid'],
    ['/v1/portfolio/balance?period=2025-Q5', 400, 'view/parameter-invalid'],
    ['/v1/portfolio/impact?period=spring', 400, 'view/parameter-invalid'],
    [`${account}/performance?restatements=all`, 400, 'view/parameter-invalid'],
    [`${account}/loyalty?quintiles=1`, 400, 'view/parameter-invalid'],
    [`${account}/value?survival=tenure`, 400, 'view/parameter-invalid'],
    [`${account}/contacts?without=${nobody}`, 404, 'view/person-unknown'],
    [`${account}/contacts?without=`, 404, 'view/person-unknown'],
    [`${account}/contacts?without=${ada}&knownAt=0`, 404, 'view/account-unknown'],
    [`${account}/stages?without=${nobody}`, 404, 'view/person-unknown'],
    [`${account}/timeline?person=${nobody}`, 404, 'view/person-unknown'],
    [`${account}/timeline?type=InvoiceIssued,Nothing`, 400, 'view/parameter-invalid'],
    [`${account}/timeline?function=JOKES`, 400, 'view/parameter-invalid'],
    [`${account}/timeline?needOrder=FOOD`, 400, 'view/parameter-invalid'],
    [`/v1/accounts?manager=${nobody}`, 404, 'view/person-unknown'],
    [`/v1/accounts?manager=${ada}`, 404, 'view/person-unknown'],
    [`/v1/portfolio/whale?manager=${nobody}`, 404, 'view/person-unknown'],
    [`/v1/portfolio/findings?account=${acme},NOBODY`, 404, 'view/account-unknown'],
    ['/v1/portfolio/findings?code=BOW_TIE,GLOOM', 400, 'view/parameter-invalid'],
    ['/v1/rows/mood', 404, 'view/unknown'],
  ];
  it.each(questions)('%s → %d', async (path, status, code) => {
    problem(await s.at.get(path), status, code, s.at.taproot.head);
  });

  it('names that are known are taken, also where they have nothing to do with the account', async () => {
    for (const query of [
      `contacts?without=${ada}`,
      `stages?without=${manager}`,
      `timeline?person=${ada}&type=InteractionLogged&function=PURCHASING`,
    ])
      for (const id of [acme, globex])
        expect([query, (await s.at.get(`/v1/accounts/${id}/${query}`)).status]).toEqual([query, 200]);
    expect((await s.at.get(`/v1/accounts?manager=${manager}`)).body.items).toEqual([]);
    expect((await s.at.get(`/v1/portfolio/findings?account=${acme}&code=SILENT`)).status).toBe(200);
  });

  it('moments at the ends of time are answered like any other', async () => {
    for (const asOf of ['0001-01-01', '2199-12-31T23:59:59.999Z', '1969-12-31'])
      for (const view of ['contacts', 'performance', 'stages', 'loyalty', 'value', 'profile', 'trust'])
        expect([asOf, view, (await s.at.get(`${account}/${view}?asOf=${asOf}`)).status]).toEqual([asOf, view, 200]);
    expect((await s.at.get(`${account}/contacts?policy=0`)).status).toBe(200);
    expect((await s.at.get(`${account}/contacts?policy=999999999999`)).status).toBe(200);
  });
});
