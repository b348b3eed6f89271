import { beforeAll, describe, expect, it } from '@jest/globals';
import { acquisitionTypes } from '../../src/domain/books/books.events.js';
import { acme, globex, manager } from '../support/cast/ids.js';
import { eur, invoice, meeting, people, registered, scene } from '../support/scene.js';

const s = scene('2026-12-31T12:00:00.000Z');
const month = (k: number) => `${2023 + Math.floor((k - 1) / 12)}-${String(((k - 1) % 12) + 1).padStart(2, '0')}`;
/** Contributions of ten customers whose curve peaks at the sixth (§7.3). */
const customers = [4_000, 2_500, 1_500, 800, 400, 200, 0, -300, -1_100, -2_000];

const batch = async (lines: readonly object[]) => {
  for (const answer of await s.at.batch(
    lines.map((line, i) => ({ commandId: `b${JSON.stringify(line).length}-${i}`, ...line })),
  ))
    expect([answer.code, answer.detail]).toEqual([undefined, undefined]);
};

beforeAll(async () => {
  await s.tell('RegisterAccount', registered(acme, 'EUR', '2022-01-01'));
  await people(s, '2022-01-02');
  await s.tell('CommitInvestment', {
    accountId: acme,
    investmentId: 'lab',
    thesis: 'A shared lab',
    planned: [],
    horizonMonths: 36,
    occurredAt: '2023-01-02',
  });
  await batch([
    ...[1, 2, 3, 4, 5, 6].map((k) => ({
      command: 'ReleaseInvestment',
      accountId: acme,
      investmentId: 'lab',
      amount: eur(2_000_000),
      occurredAt: `${month(k)}-10`,
    })),
    ...Array.from({ length: 30 }, (_, i) => ({
      command: 'IssueInvoice',
      ...invoice(`i${i}`, `${month(i + 7)}-15`, 500_000, 0),
    })),
  ]);
});

describe('key-account management as an investment, from the same log (capability 7)', () => {
  it('draws the J-curve: six months of −20 k, then 5 k a month, even at the end of month 30 (§7.2)', async () => {
    const { curve } = await s.view('investment', 'asOf=2025-12-31');
    expect(curve).toMatchObject({ trough: { month: 6, value: -12_000_000 }, breakEven: 30, verdict: 'paid back' });
    const then = await s.view('investment', 'asOf=2025-05-31');
    expect(then.curve).toMatchObject({ breakEven: null, breakEvenReason: 'not-yet', trough: { value: -12_000_000 } });
  });

  it('counts what winning a customer cost, by the eight types, against the plan: 60 k planned, 84 k spent → 1.40 (E4, E8)', async () => {
    await s.tell('RegisterAccount', registered(globex, 'EUR', '2022-01-01'));
    const on = (data: object) => ({ accountId: globex, ...data });
    await s.tell(
      'OpenPursuit',
      on({
        pursuitId: 'win',
        purpose: 'ACQUISITION',
        approach: 'HUNTER',
        plannedCost: eur(6_000_000),
        occurredAt: '2023-01-01',
      }),
    );
    for (const [i, acquisition] of acquisitionTypes.entries())
      await s.tell(
        'RecordCost',
        on({
          costId: `k${i}`,
          category: 'OTHER',
          acquisition,
          pursuitId: 'win',
          amount: eur(1_050_000),
          occurredAt: `2023-02-0${i + 1}`,
        }),
      );
    await s.tell('PlaceOrder', on({ orderId: 'first', amount: eur(100), occurredAt: '2023-03-01' }));
    await s.tell(
      'WinPursuit',
      on({ pursuitId: 'win', value: eur(100), approach: 'HUNTER', wonBy: [manager], occurredAt: '2023-03-02' }),
    );
    const { acquisition } = await s.view('investment', 'asOf=2025-12-31', globex);
    expect(acquisition).toMatchObject({ cac: 8_400_000, planned: 6_000_000, overrun: 1.4 });
    expect(acquisition.types).toHaveLength(8);
    const report = await s.report('acquisition', 'asOf=2025-12-31');
    expect(report).toMatchObject({ cac: 8_400_000, overrun: { value: 1.4, n: 1 } });
    expect((await s.report('acquisition', 'asOf=2023-02-03')).cac).toBe(3_150_000);
  });

  it('prices the minutes of a meeting by the rate card of its day', async () => {
    const card = {
      pool: 'kam',
      functions: ['KEY_ACCOUNT', 'SERVICE'],
      practicalMinutes: 700_000,
      per: 'QUARTER',
      activities: [],
    };
    await s.tell('SetRateCard', { ...card, capacityCost: eur(56_000_000), from: '2026-01-01' });
    await s.tell('SetRateCard', { ...card, capacityCost: eur(112_000_000), from: '2026-04-01' });
    await s.tell(
      'LogInteraction',
      meeting('m1', '2026-02-02T10:00:00Z', 'manager', 'ada', { durationMin: 100, travelMin: 50 }),
    );
    await s.tell('LogInteraction', meeting('m2', '2026-05-05T10:00:00Z', 'manager', 'ada', { durationMin: 100 }));
    const { quarters } = await s.view('performance', 'asOf=2026-06-30');
    expect(quarters['2026-Q1'].costByCategory).toEqual({ TEAM_TIME: 8_000, TRAVEL: 4_000 });
    expect(quarters['2026-Q2'].costByCategory).toEqual({ TEAM_TIME: 16_000 });
  });

  it('draws the whale at any date: peak at the sixth customer, the top fifth at 108 % (§7.3)', async () => {
    const ids = customers.map((_, i) => `W${String(i).padStart(2, '0')}`);
    await batch([
      ...ids.map((accountId) => ({ command: 'RegisterAccount', ...registered(accountId, 'EUR', '2022-01-01') })),
      ...ids.map((accountId, i) => ({
        command: 'IssueInvoice',
        ...invoice('w', '2022-06-01', 5_000, 5_000 - customers[i]!),
        accountId,
      })),
      { command: 'IssueInvoice', ...invoice('w2', '2022-09-01', 9_000, 0), accountId: 'W09' },
    ]);
    const then = await s.report('whale', 'asOf=2022-06-30');
    expect(then).toMatchObject({ n: 10, total: 6_000, peakAt: 6, costed: true });
    expect(then.topFifthShare).toBeCloseTo(1.0833, 4);
    expect(then.subsidy).toBeCloseTo(9_400 / 6_000 - 1, 4);
    expect(then.area).toBeCloseTo(0.756667, 5);
    expect(then.accounts.map(({ contribution }: { contribution: number }) => contribution)).toEqual(customers);
    const later = await s.report('whale', 'asOf=2022-12-31');
    expect(later.accounts[0]).toMatchObject({ accountId: 'W09', contribution: 7_000 });
    expect(await s.report('whale', 'asOf=2022-06-30')).toEqual(then);
  });

  it('tells whether those who were hunted stay as long as those who were farmed (H3, H6)', async () => {
    const lines: object[] = [];
    for (const [i, approach] of [...Array(6).fill('HUNTER'), ...Array(6).fill('FARMER')].entries()) {
      const accountId = `S${i}`;
      lines.push({ command: 'RegisterAccount', ...registered(accountId, 'EUR', '2022-01-01') });
      lines.push({
        command: 'OpenPursuit',
        accountId,
        pursuitId: 'p',
        purpose: 'ACQUISITION',
        approach,
        occurredAt: '2022-01-05',
      });
      lines.push({
        command: 'WinPursuit',
        accountId,
        pursuitId: 'p',
        value: eur(1),
        approach,
        wonBy: [manager],
        occurredAt: '2022-01-20',
      });
      const orders =
        approach === 'HUNTER' ? ['2022-02'] : ['2022-02', '2022-11', '2023-08', '2024-05', '2025-03', '2026-01'];
      for (const when of orders)
        lines.push({
          command: 'PlaceOrder',
          accountId,
          orderId: `o${when}`,
          amount: eur(10),
          occurredAt: `${when}-0${(i % 6) + 1}`,
        });
    }
    await batch(lines);
    const told = await s.report('survival', 'asOf=2026-06-30');
    const curve = (name: string) => told.groups.find(({ approach }: { approach: string }) => approach === name);
    expect(curve('FARMER')).toMatchObject({ n: 6, events: 0 });
    expect(curve('HUNTER')).toMatchObject({ n: 7, events: 7, median: 365 });
    expect(told.logRank.approaches).toEqual(['FARMER', 'HUNTER']);
    expect(told.logRank.p).toBeLessThan(0.01);
    const then = await s.report('survival', 'asOf=2022-12-31');
    expect(then.groups.map(({ events }: { events: number }) => events)).toEqual([0, 0, 0]);
  });
});
