import { beforeAll, describe, expect, it } from '@jest/globals';
import { service } from '../../support/service.js';

const at = service();
const ada = '11111111-1111-4111-8111-111111111111';
const bert = '22222222-2222-4222-8222-222222222222';
const grace = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
const hugo = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb';

const told = async (name: string, body: object) => {
  const reply = await at.command(name, body);
  expect({ name, status: reply.status, detail: reply.body.detail }).toEqual({ name, status: 201, detail: undefined });
};
const meet = (
  interactionId: string,
  occurredAt: string,
  us: [string, string],
  them: [string, string, number],
  kind = 'MEETING',
) =>
  told('LogInteraction', {
    accountId: 'ACME',
    interactionId,
    occurredAt,
    kind,
    initiator: 'US',
    ours: [{ memberId: us[0], function: us[1] }],
    theirs: [{ contactId: them[0], function: them[1], seniority: them[2] }],
    durationMin: 60,
    summary: 'Spoke about the new line',
  });
const view = async (name: string, query: string) => (await at.get(`/v1/accounts/ACME/${name}?${query}`)).body.data;

beforeAll(async () => {
  await told('RegisterAccount', {
    accountId: 'ACME',
    name: 'Acme',
    customerType: 'OEM_MAKER',
    currency: 'EUR',
    occurredAt: '2025-01-01',
  });
  for (const [memberId, name, does] of [
    [grace, 'Grace', 'KEY_ACCOUNT'],
    [hugo, 'Hugo', 'SERVICE'],
  ] as const) {
    await told('AddMember', {
      memberId,
      name,
      function: does,
      seniority: 3,
      qualifications: [],
      occurredAt: '2025-01-01',
    });
    await told('AssignMember', {
      memberId,
      assignmentId: `as-${name}`,
      accountId: 'ACME',
      role: 'EXPERT',
      ftePct: 40,
      from: '2025-01-02',
    });
  }
  await told('AddContact', {
    contactId: ada,
    accountId: 'ACME',
    name: 'Ada',
    function: 'PURCHASING',
    seniority: 2,
    occurredAt: '2025-01-02',
  });
  await told('AddContact', {
    contactId: bert,
    accountId: 'ACME',
    name: 'Bert',
    function: 'QUALITY',
    seniority: 3,
    occurredAt: '2025-01-02',
  });
  await told('AssignContactRole', { contactId: bert, role: 'DECIDER', occurredAt: '2025-01-03' });
  await meet('i2', '2025-03-10T10:00:00Z', [hugo, 'SERVICE'], [bert, 'QUALITY', 3]);
  await meet('i1', '2025-03-10T10:00:00Z', [grace, 'KEY_ACCOUNT'], [ada, 'PURCHASING', 2]);
});

describe('who knows whom, over HTTP (C5)', () => {
  it('shows the matrix and its figures as of a day', async () => {
    const data = await view('contacts', 'asOf=2025-03-31');
    expect(data.matrix).toMatchObject({ rows: ['KEY_ACCOUNT', 'SERVICE'], columns: ['PURCHASING', 'QUALITY'] });
    expect(data).toMatchObject({
      breadth: 1,
      depth: 1,
      gaps: [],
      unfilled: ['SPONSOR'],
      busFactor: { ours: 2, theirs: 2 },
    });
    expect(data.diamondIndex).toBeCloseTo(0.5, 9);
    expect(await view('contacts', 'asOf=2025-03-01')).toMatchObject({ silent: true, breadth: 0 });
  });

  it('shows what is lost if a person leaves', async () => {
    const { without } = await view('contacts', `asOf=2025-03-31&without=${bert}`);
    expect(without).toMatchObject({ side: 'THEIRS', after: { diamondIndex: 0, coverage: 0 } });
  });

  it('says which events made the index what it is', async () => {
    const reply = await at.get('/v1/accounts/ACME/contacts/explain?figure=/diamondIndex&asOf=2025-03-31');
    expect(reply.status).toBe(200);
    expect(JSON.stringify(reply.body)).toContain('InteractionLogged');
  });

  it('takes a meeting that is told late into every later figure', async () => {
    await meet('late', '2025-02-10', [grace, 'KEY_ACCOUNT'], [bert, 'QUALITY', 3], 'WORKSHOP');
    expect(await view('contacts', 'asOf=2025-02-28')).toMatchObject({ silent: false, singleThreaded: true });
    expect((await view('contacts', 'asOf=2025-03-31')).diamondIndex).toBeLessThan(0.5);
  });

  it('answers what we learned and how we sell as well', async () => {
    expect(await view('understanding', 'asOf=2025-03-31')).toMatchObject({
      insights: { n: 0 },
      expansion: { rho: null },
    });
    expect(await view('approach', 'asOf=2025-03-31')).toMatchObject({ actual: null, beyondOrder: { of: 3, share: 1 } });
  });
});

describe('a person, over HTTP (F2, D10)', () => {
  it('is shown with account, place and parts', async () => {
    const { body } = await at.get(`/v1/contacts/${bert}?asOf=2025-03-31`);
    expect(body.data).toMatchObject({ accountId: 'ACME', function: 'QUALITY', seniority: 3, roles: ['DECIDER'] });
  });

  it('of ours is shown with assignments and what is given away', async () => {
    const { body } = await at.get(`/v1/members/${hugo}?asOf=2025-03-31`);
    expect(body.data).toMatchObject({
      function: 'SERVICE',
      ftePct: 40,
      assignments: [{ accountId: 'ACME', days: 88 }],
    });
  });
});
