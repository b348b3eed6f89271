import { beforeAll, describe, expect, it } from '@jest/globals';
import { manager } from '../support/cast/ids.js';
import { invoice, registered, scene } from '../support/scene.js';

const s = scene('2026-01-31T12:00:00.000Z');
const money = (minor: number, currency = 'EUR') => ({ minor, currency });
const bill = (accountId: string, day: string, minor: number, currency = 'EUR') =>
  s.tell('IssueInvoice', {
    ...invoice(`I${day}`, day, 0, 0),
    accountId,
    gross: money(minor, currency),
    cogs: money(0, currency),
  });
const place = (accountId: string, parentId: string | null, day: string) =>
  s.tell('PlaceAccountUnder', { accountId, parentId, occurredAt: day });
const group = (id: string, query = 'asOf=2025-12-31') => s.view('investment', `scope=group&${query}`, id);
const invest = (accountId: string, day: string, amount: object, out: object, horizonMonths: number) =>
  s
    .tell('CommitInvestment', {
      accountId,
      investmentId: 'line',
      thesis: 'It grows',
      planned: [{ month: 1, out, back: { ...out, minor: 0 } }],
      horizonMonths,
      occurredAt: day,
    })
    .then(() => s.tell('ReleaseInvestment', { accountId, investmentId: 'line', amount, occurredAt: day }));
const court = async (accountId: string, opened: string, spent: string, amount: object) => {
  await s.tell('OpenPursuit', { accountId, pursuitId: 'first', purpose: 'ACQUISITION', occurredAt: opened });
  await s.tell('RecordCost', {
    accountId,
    costId: 'c',
    category: 'TEAM_TIME',
    amount,
    acquisition: 'TIME',
    occurredAt: spent,
  });
};

/** HEAD is kept in EUR; US, in USD, has belonged to it since January 2025; LEFT belonged to it until July. */
beforeAll(async () => {
  await s.tell('RegisterAccount', registered('HEAD', 'EUR', '2024-01-01'));
  await s.tell('RegisterAccount', registered('US', 'USD', '2024-01-01'));
  await s.tell('RegisterAccount', registered('LEFT', 'EUR', '2024-01-01'));
  await place('US', 'HEAD', '2025-01-01');
  await place('LEFT', 'HEAD', '2025-01-01');
  await place('LEFT', null, '2025-07-01');
  await s.tell('SetFxRate', { base: 'USD', quote: 'EUR', rate: '0.5', from: '2025-01-01' });
  await s.tell('SetFxRate', { base: 'USD', quote: 'EUR', rate: '0.25', from: '2025-07-01' });
  await court('HEAD', '2024-12-01', '2024-12-10', money(3_000));
  await court('US', '2025-01-15', '2025-02-20', money(4_000, 'USD'));
  await invest('HEAD', '2025-01-10', money(100_000), money(80_000), 24);
  await invest('US', '2025-02-10', money(50_000, 'USD'), money(40_000, 'USD'), 36);
  for (let m = 2; m <= 12; m++) await bill('HEAD', `2025-${String(m).padStart(2, '0')}-05`, 10_000);
  for (let m = 3; m <= 12; m++) await bill('US', `2025-${String(m).padStart(2, '0')}-05`, 20_000, 'USD');
  await bill('LEFT', '2025-06-05', 1_000);
  await bill('LEFT', '2025-08-05', 1_000);
});

/** January to December: what members brought, at the rate of the day, less what was put into them. */
const flows = [-100_000, 10_000 - 2_000 - 25_000, ...[20, 20, 20, 21, 15, 15, 15, 15, 15, 15].map((k) => k * 1_000)];

describe('the investment of a group (B2, B3)', () => {
  it('is one curve over the money of its members while they belonged, each amount at the rate of its day', async () => {
    const { curve, released } = await group('HEAD');
    expect(curve.months.map(({ flow }: { flow: number }) => flow)).toEqual(flows);
    expect(curve).toMatchObject({
      begins: 'release',
      start: '2025-01',
      baseline: 0,
      trough: { month: 2, name: '2025-02', value: -117_000 },
      breakEven: 9,
      breakEvenMonth: '2025-09',
      roi: 54_000 / 125_000,
      verdict: 'paid back',
    });
    expect(curve.npv).toBeCloseTo(
      flows.reduce((sum, flow, i) => sum + flow / 1.1 ** (i / 12), 0),
      6,
    );
    expect(released).toBe(125_000);
  });

  it('has the rate of return of the flows together, which is no mean of its members’', async () => {
    const { curve } = await group('HEAD');
    const monthly = (1 + curve.irr.value) ** (1 / 12);
    expect(flows.reduce((sum, flow, i) => sum + flow / monthly ** i, 0)).toBeCloseTo(0, 2);
    const [head, us] = [
      await s.view('investment', 'asOf=2025-12-31', 'HEAD'),
      await s.view('investment', 'asOf=2025-12-31', 'US'),
    ];
    expect(head.curve.irr.value).toBeLessThan(curve.irr.value);
    expect(us.curve.irr.value).toBeGreaterThan(curve.irr.value);
  });

  it('keeps investments of one name apart, each with its account', async () => {
    const { investments, planned } = await group('HEAD');
    expect(investments).toMatchObject([
      { accountId: 'HEAD', investmentId: 'line', horizonMonths: 24, plannedOut: 80_000, released: 100_000 },
      { accountId: 'US', investmentId: 'line', horizonMonths: 36, plannedOut: 20_000, released: 25_000 },
    ]);
    expect(planned).toBe(100_000);
  });

  it('won every member by itself: what that cost adds up, also where another was a customer already', async () => {
    const { phases, cac, acquisition, payback } = await group('HEAD');
    expect(phases).toMatchObject([
      { accountId: 'HEAD', pursuitId: 'first', to: '2025-02-05T00:00:00.000Z', cac: 3_000 },
      { accountId: 'US', pursuitId: 'first', to: '2025-03-05T00:00:00.000Z', cac: 2_000 },
    ]);
    expect([cac, acquisition.accountId]).toEqual([5_000, 'US']);
    // from December 2024: 10, 30, 50, 70, 91, 106, 121, 136 thousand at the ends of February to September, against 130
    expect(payback).toEqual({ months: 10, invested: 130_000 });
  });

  it('takes in all of the past of who belongs today, by members=now', async () => {
    expect((await group('HEAD', 'asOf=2025-12-31&members=now')).curve.months[5].flow).toBe(20_000);
    expect((await group('HEAD', 'asOf=2025-06-30&members=now')).curve.months[5].flow).toBe(21_000);
  });

  it('is null and names the pair where an amount of a member has no rate on its day', async () => {
    await s.tell('RegisterAccount', registered('YEN', 'JPY', '2024-01-01'));
    await place('YEN', 'LEFT', '2025-08-01');
    await invest('YEN', '2025-09-01', money(500, 'JPY'), money(500, 'JPY'), 12);
    expect(await group('LEFT')).toMatchObject({
      released: null,
      releasedReason: 'missing-rate',
      curve: null,
      curveReason: 'missing-rate JPY/EUR',
      payback: { months: null, reason: 'missing-rate JPY/EUR', invested: null },
      investments: [{ accountId: 'YEN', released: null, missingRates: ['JPY/EUR'] }],
    });
    expect((await s.view('investment', 'asOf=2025-12-31', 'YEN')).released).toBe(500);
  });

  it('cannot say what a sacrifice for one member cost', async () => {
    await s.tell('AddMember', {
      memberId: manager,
      name: 'Board',
      function: 'MANAGEMENT',
      seniority: 4,
      qualifications: [],
      occurredAt: '2024-01-02',
    });
    await s.tell('ApproveSacrifice', {
      accountId: 'US',
      sacrificeId: 'allowed',
      amount: money(10, 'USD'),
      from: '2025-02-01',
      to: '2025-02-28',
      expectedReturn: 'Growth',
      reviewOn: '2026-01-15',
      approver: manager,
      occurredAt: '2025-01-20',
    });
    const [line] = (await group('HEAD')).sacrifices;
    expect(line).toMatchObject({
      accountId: 'US',
      amount: 5,
      contribution: null,
      contributionReason: 'not-of-one-account',
    });
    expect((await s.view('investment', 'asOf=2025-12-31', 'US')).sacrifices[0]).toMatchObject({
      contribution: -4_000,
      exceeded: true,
    });
  });
});

describe('what members tell under ids of their own, in a group', () => {
  it('writes each release off over its own horizon: 24 months here, 36 there', async () => {
    await s.tell('SetFirmSettings', { wacc: 0.12, from: '2024-01-01' });
    const quarter = (await s.view('performance', 'scope=group&asOf=2025-12-31', 'HEAD')).quarters['2025-Q1'];
    // one per cent a month of what a month opens with: 100, then 100 × 23/24 + 25, then 100 × 22/24 + 25 × 35/36 thousand
    const capital = Math.round(
      1_000 + 0.01 * (100_000 * (23 / 24) + 25_000) + 0.01 * ((100_000 * 22) / 24 + (25_000 * 35) / 36),
    );
    expect(quarter.contribution - quarter.economicProfit).toBe(capital);
  });

  it('keeps intents apart: one withdrawn there is in force here', async () => {
    for (const accountId of ['HEAD', 'US'])
      await s.tell('StateCustomerIntent', {
        accountId,
        intentId: 'grow',
        statement: 'Grow',
        source: 'CEO',
        occurredAt: '2025-10-01',
      });
    await s.tell('WithdrawCustomerIntent', { accountId: 'US', intentId: 'grow', occurredAt: '2025-10-02' });
    await s.tell('RecordCost', {
      accountId: 'HEAD',
      costId: 'x',
      category: 'SERVICE',
      amount: money(500),
      intentId: 'grow',
      occurredAt: '2025-10-03',
    });
    const { unalignedSpend } = await s.view('performance', 'scope=group&asOf=2025-12-31', 'HEAD');
    expect(unalignedSpend).toMatchObject({ cost: 2_500, unaligned: 2_000 });
  });

  it('adds plans of a period up, with how many members planned it', async () => {
    const plan = (accountId: string, minor: number, currency: string, day: string) =>
      s.tell('SetFuturePlan', {
        accountId,
        period: '2025-Q4',
        basis: 'FORECAST',
        contribution: money(minor, currency),
        occurredAt: day,
      });
    await plan('HEAD', 30_000, 'EUR', '2025-09-01');
    await plan('US', 60_000, 'USD', '2025-09-02');
    await plan('HEAD', 29_000, 'EUR', '2025-09-03');
    const { plans } = await s.view('performance', 'scope=group&asOf=2025-12-31', 'HEAD');
    expect(plans).toMatchObject([
      { contribution: 30_000, accounts: 1, inForce: false },
      { contribution: 45_000, accounts: 2, inForce: false },
      { contribution: 44_000, accounts: 2, inForce: true, actual: 44_500 },
    ]);
  });

  it('adds shares of our own business up in the row of a group (B5)', async () => {
    for (const [accountId, share] of [
      ['HEAD', 0.2],
      ['US', 0.1],
    ] as const)
      await s.tell('RecordInternalImpact', {
        accountId,
        area: 'CAPACITY',
        share,
        period: '2025',
        effect: 'Shifts',
        occurredAt: '2025-09-01',
      });
    const { areas } = await s.report('impact', 'asOf=2025-12-31&by=group');
    expect(areas[0]).toMatchObject({ told: 0.3, accounts: [{ accountId: 'HEAD', share: 0.3 }] });
    expect(areas[0].accounts[0].eventIds).toHaveLength(2);
  });
});
