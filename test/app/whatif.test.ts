import { beforeAll, describe, expect, it } from '@jest/globals';
import { acme } from '../support/cast/ids.js';
import { invoice, meeting, people, registered, scene } from '../support/scene.js';

const s = scene('2025-01-10T12:00:00.000Z');
const at = (query = '') => s.at.get(`/v1/accounts/${acme}/performance?asOf=2025-12-31${query}`);
const served = async (query = '') => (await at(query)).body.data.total.costToServe;
const rate = (capacityCost: number, from: string) =>
  s.tell('SetRateCard', {
    ...{ pool: 'SALES', functions: ['KEY_ACCOUNT'], capacityCost: { minor: capacityCost, currency: 'EUR' } },
    ...{ practicalMinutes: 1_000, per: 'MONTH', activities: [], from },
  });
const positions: number[] = [];

/** An hour in February at 1 a minute, one in May at 2; in June the card of February is found wrong and set to 3. */
beforeAll(async () => {
  await s.tell('RegisterAccount', registered(acme));
  await people(s);
  await rate(1_000, '2025-01-01');
  positions.push(s.at.taproot.head);
  s.on('2025-05-31T12:00:00.000Z');
  await rate(2_000, '2025-04-01');
  positions.push(s.at.taproot.head);
  await s.tell('LogInteraction', meeting('feb', '2025-02-10T10:00:00Z'));
  await s.tell('LogInteraction', meeting('may', '2025-05-10T10:00:00Z'));
  await s.tell('IssueInvoice', invoice('I', '2025-05-20', 10_000, 4_000));
  s.on('2025-06-30T12:00:00.000Z');
  await rate(3_000, '2025-02-01');
  positions.push(s.at.taproot.head);
  s.on('2025-12-31T12:00:00.000Z');
});

describe('what a figure would be under other rules', () => {
  it('each minute costs what its day says; with an older policy all minutes cost what that one says', async () => {
    expect(await served()).toBe(60 * 3 + 60 * 2);
    expect(await served('&knownAt=2025-06-15')).toBe(60 * 1 + 60 * 2);
    expect(await served(`&policy=${positions[0]}`)).toBe(60 * 1 + 60 * 1);
    expect(await served(`&policy=${positions[1]}`)).toBe(60 * 2 + 60 * 2);
  });

  it('says that it is a what-if, by which position, and changes no answer that is none', async () => {
    const before = (await at()).body;
    const { body } = await at(`&policy=${positions[0]}`);
    expect(body.policy).toMatchObject({ position: positions[0], whatIf: true });
    expect(body.policy.digest).not.toBe(before.policy.digest);
    expect(before.policy).not.toHaveProperty('whatIf');
    await s.at.level();
    expect((await at()).body).toEqual(before);
    expect(await served(`&policy=${positions[0]}`)).toBe(120);
  });

  it('a report too is what it would be under the rules of a position, and says so', async () => {
    const report = async (query = '') => (await s.at.get(`/v1/portfolio/whale?asOf=2025-12-31${query}`)).body;
    const [now, then] = [await report(), await report(`&policy=${positions[0]}`)];
    expect([now.data.total, then.data.total]).toEqual([6_000 - 300, 6_000 - 120]);
    expect(then.policy).toMatchObject({ position: positions[0], whatIf: true });
    expect(now.policy).not.toHaveProperty('whatIf');
    const bad = await s.at.get('/v1/portfolio/whale?policy=yesterday');
    expect([bad.status, bad.body.errors[0].pointer]).toEqual([400, '?policy']);
  });

  it('a posted draft of one part leaves the other parts as they are', async () => {
    const card = {
      ...{ functions: ['KEY_ACCOUNT'], capacityCost: { minor: 7_000, currency: 'EUR' }, practicalMinutes: 1_000 },
      ...{ per: 'MONTH', activities: [] },
    };
    const reply = await s.at.post(`/v1/accounts/${acme}/performance?asOf=2025-12-31`, { rates: { SALES: card } });
    expect([reply.status, reply.body.data.total.costToServe, reply.body.policy.whatIf]).toEqual([
      200,
      60 * 7 * 2,
      true,
    ]);
    expect(reply.body.data.total.net).toBe(10_000);
  });

  it('a draft of the rules in force is no other answer', async () => {
    const { rates: _rates, ...inForce } = (await s.at.get('/v1/programme/policy?asOf=2025-12-31')).body.data;
    const reply = await s.at.post(`/v1/accounts/${acme}/performance?asOf=2025-12-31`, inForce);
    expect([reply.status, reply.body.detail]).toEqual([200, undefined]);
    expect(reply.body.data).toEqual((await at()).body.data);
  });

  it('is explained under those rules: the terms lead to what they give', async () => {
    const path = `/v1/accounts/${acme}/performance/explain?figure=/total/costToServe&asOf=2025-12-31`;
    for (const [query, sum] of [
      ['', 300],
      [`&policy=${positions[0]}`, 120],
    ] as const) {
      const { data } = (await s.at.get(path + query)).body;
      expect(data.to.value).toBe(sum);
      expect(data.terms.reduce((all: number, { delta }: { delta: number }) => all + delta, 0)).toBe(
        sum - (data.from.value ?? 0),
      );
    }
  });

  it.each([
    ['a factor without a name', { scoring: { attractiveness: [{ weight: 100 }] } }],
    ['weights that are not 100', { scoring: { attractiveness: [{ factor: 'SIZE', weight: 99 }] } }],
    ['no such part', { colours: {} }],
    [
      'a rate without minutes',
      { rates: { SALES: { functions: ['KEY_ACCOUNT'], capacityCost: { minor: 1, currency: 'EUR' } } } },
    ],
    ['a list', []],
    ['null for a part', { rates: null }],
  ])('a draft with %s is refused, and never a fault', async (_what, draft) => {
    for (const path of [
      `accounts/${acme}/performance`,
      `accounts/${acme}/value`,
      'portfolio/whale',
      'portfolio/matrix',
    ]) {
      const reply = await s.at.post(`/v1/${path}`, draft);
      expect([path, reply.status, reply.body.code]).toEqual([path, 422, 'policy/draft-invalid']);
      expect(reply.body.errors[0]).toHaveProperty('pointer');
    }
  });
});
