import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { firstDayOf, monthsOf, regularOrderDays, sumsBetween } from '../../../projections/performance/days.js';
import { performance } from '../../../projections/performance.js';
import { defaultPolicy } from '../../../src/kernel/policy.js';
import { event, foldOf, unsayable, viewAt } from '../../support/folding.js';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const sale = (invoiceId: string, time: string, minor: number, cogs?: number) =>
  event('InvoiceIssued', time, { invoiceId, gross: eur(minor), ...(cogs === undefined ? {} : { cogs: eur(cogs) }) });
const cost = (costId: string, time: string, minor: number, more: object = {}) =>
  event('CostIncurred', time, { costId, category: 'SERVICE', amount: eur(minor), ...more });

describe('spend that no intent of the customer asked for (E3)', () => {
  it('is 30 k of 120 k → .25', () => {
    const told = [
      event('CustomerIntentStated', '2025-01-01', { intentId: 'grow', source: 'board' }),
      cost('a', '2025-02-01', 9_000_000, { intentId: 'grow' }),
      cost('b', '2025-02-02', 3_000_000),
    ];
    const view = viewAt(performance, told, '2025-06-30');
    expect(view.unalignedSpend).toMatchObject({ ratio: 0.25, cost: 12_000_000, unaligned: 3_000_000 });
    expect(view.total.unalignedShare).toBe(0.25);
  });
  it('counts as unaligned once the intent is over or withdrawn', () => {
    const told = [
      event('CustomerIntentStated', '2025-01-01', { intentId: 'a', source: 'x', until: '2025-02-01T00:00:00.000Z' }),
      event('CustomerIntentStated', '2025-01-01', { intentId: 'b', source: 'x' }),
      cost('1', '2025-01-31', 10, { intentId: 'a' }),
      cost('2', '2025-02-01', 20, { intentId: 'a' }),
      event('CustomerIntentWithdrawn', '2025-03-01', { intentId: 'b' }),
      cost('3', '2025-03-02', 40, { intentId: 'b' }),
    ];
    expect(viewAt(performance, told, '2025-06-30').total).toMatchObject({ unaligned: 60, costToServe: 70 });
  });
  it('has no ratio without cost', () =>
    expect(viewAt(performance, [], '2025-06-30').unalignedSpend).toMatchObject({ ratio: null, reason: 'no-cost' }));
});

describe('a plan beside what came (B6)', () => {
  const plan = (time: string, minor: number) =>
    event('FuturePlanSet', time, { period: '2025', basis: 'FORECAST', contribution: eur(minor) });
  const told = [plan('2023-12-31', 1000), plan('2024-12-15', 800), sale('i', '2025-03-01', 900)];

  it('keeps the forecast made 24 months ago beside the later one and the actual', () => {
    const { plans, forecastErrorByAge } = viewAt(performance, told, '2025-12-31');
    expect(plans).toMatchObject([
      {
        period: '2025',
        contribution: 1000,
        ageMonths: 25,
        actual: 900,
        error: -100,
        relativeError: -0.1,
        inForce: false,
      },
      {
        period: '2025',
        contribution: 800,
        ageMonths: 13,
        actual: 900,
        error: 100,
        relativeError: 0.125,
        inForce: true,
      },
    ]);
    expect(forecastErrorByAge).toMatchObject([
      { ageYears: '1–2', n: 1, meanError: 100 },
      { ageYears: '2–3', n: 1, meanAbsoluteRelativeError: 0.1 },
    ]);
  });
  it('says what came so far, and no error, while the period is open', () =>
    expect(viewAt(performance, told, '2025-06-30').plans[1]).toMatchObject({
      actual: 900,
      reason: 'open',
      error: null,
    }));
});

describe('judging only over years (F6)', () => {
  const monthly = (count: number) =>
    Array.from({ length: count }, (_, i) =>
      sale(`i${i}`, `${2022 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-01`, 100 + i),
    );
  it('gives numbers without verdict for 8 months of data', () => {
    const view = viewAt(performance, monthly(8), '2022-08-31');
    expect(view).toMatchObject({ horizon: 'insufficient', verdict: 'insufficient horizon' });
    expect(view.longTerm).toMatchObject({ months: 8, minMonths: 12, contribution: 828 });
  });
  it('sees twelve rising quarters rise', () => {
    const view = viewAt(performance, monthly(36), '2024-12-31');
    expect(view).toMatchObject({ horizon: 'sufficient', verdict: 'rising' });
    expect(view.longTerm.trend).toMatchObject({ n: 12 });
  });
  it('grows per year by the cube root over three years (§3.12.29)', () => {
    const told = [sale('a', '2021-05-01', 1000), sale('b', '2024-05-01', 1331)];
    const { growth3y } = viewAt(performance, told, '2024-12-31');
    expect(growth3y.value).toBeCloseTo(0.1, 12);
    expect(viewAt(performance, told.slice(1), '2024-12-31').growth3y).toMatchObject({
      value: null,
      reason: 'not-positive',
    });
  });
});

describe('goods by category', () => {
  it('come from the lines, whose costs stand in where the invoice tells none', () => {
    const lines = [
      { category: 'pumps', quantity: 1, net: eur(70), cogs: eur(40) },
      { category: '__proto__', quantity: 1, net: eur(30), cogs: eur(10) },
    ];
    const view = viewAt(
      performance,
      [event('InvoiceIssued', '2025-01-01', { invoiceId: 'i', gross: eur(100), lines })],
      '2025-01-31',
    );
    expect(view.total).toMatchObject({ cogs: 50, invoicesWithoutCogs: 0 });
    expect(view.byCategory).toMatchObject([
      { category: 'pumps', net: 70, grossMargin: 30, years: { 2025: { net: 70, grossMargin: 30 } } },
      { category: '__proto__', net: 30, grossMargin: 20 },
    ]);
  });
});

describe('what others read of the state', () => {
  const settings = { ...defaultPolicy.settings, wacc: 0.1 };
  const told = [
    sale('a', '2025-01-10', 10_000, 4_000),
    cost('c', '2025-02-10', 500),
    event('PaymentReceived', '2025-03-20', { paymentId: 'p', invoiceId: 'a', amount: eur(9_000) }),
    event('OrderPlaced', '2025-03-21', { orderId: 'o', amount: eur(1), regular: false }),
  ];
  const state = foldOf(performance, told, { policy: { settings } });

  it('months add up to their quarter, cost of credit included', () => {
    const view = viewAt(performance, told, '2025-06-30', { policy: { settings } });
    const asOfDay = Date.parse('2025-06-30T00:00:00Z') / 86_400_000;
    const months = monthsOf(state, 2025 * 12, 2025 * 12 + 3, { wacc: 0.1, asOfDay });
    const sum = months.reduce((all, month) => all + month.contribution, 0);
    expect(sum).toBe(view.quarters['2025-Q1']!.contribution);
    expect(view.quarters['2025-Q1']!.costOfCredit).toBe(192);
  });
  it('know the first day of every month, leap years included', () => {
    for (let month = 0; month < 12 * 2400; month++) {
      const first = new Date(0);
      first.setUTCFullYear(Math.floor(month / 12), month % 12, 1);
      if (firstDayOf(month) * 86_400_000 !== first.getTime()) throw new Error(`month ${month}`);
    }
    expect(firstDayOf(1970 * 12)).toBe(0);
  });
  it('days are exact, and only regular orders are orders', () => {
    const day = Date.parse('2025-02-10T00:00:00Z') / 86_400_000;
    expect(sumsBetween(state, day, day + 1)).toMatchObject({ net: 0, cost: 500, moneyEvents: 1 });
    expect(sumsBetween(state, day + 1, day + 100)).toMatchObject({ cost: 0, moneyEvents: 2 });
    expect(regularOrderDays(state)).toEqual([{ day: day - 31, count: 1 }]);
  });
});

describe('laws of the fold', () => {
  const day = fc
    .integer({ min: 0, max: 1500 })
    .map((n) => new Date(Date.UTC(2022, 0, 1) + n * 86_400_000).toISOString());
  const amount = fc.record({ minor: fc.integer({ min: 0, max: 1e6 }), currency: fc.constantFrom('EUR', 'USD', 'JPY') });
  const id = fc.constantFrom('x1', 'x2', 'constructor');
  const any = fc.oneof(
    fc.record({ type: fc.constant('InvoiceIssued'), data: fc.record({ invoiceId: id, gross: amount, cogs: amount }) }),
    fc.record({ type: fc.constant('CreditIssued'), data: fc.record({ creditId: id, invoiceId: id, amount }) }),
    fc.record({ type: fc.constant('PaymentReceived'), data: fc.record({ invoiceId: id, amount }) }),
    fc.record({ type: fc.constant('OrderPlaced'), data: fc.record({ orderId: id, amount }) }),
    fc.record({ type: fc.constant('OrderCancelled'), data: fc.record({ orderId: id }) }),
    fc.record({ type: fc.constant('InvestmentReleased'), data: fc.record({ investmentId: id, amount }) }),
    fc.record({
      type: fc.constant('CostIncurred'),
      data: fc.record({ costId: id, category: fc.constantFrom('TRAVEL', 'OTHER'), amount, interactionId: id }),
    }),
    fc.record({
      type: fc.constant('InteractionLogged'),
      data: fc.record({
        interactionId: id,
        ours: fc.constant([{ memberId: 'm', function: 'SALES' }]),
        durationMin: fc.nat(100),
        expenses: fc.array(fc.record({ category: fc.constantFrom('TRAVEL', 'OTHER'), amount }), { maxLength: 2 }),
      }),
    }),
  );
  const history = fc
    .array(fc.tuple(any, day), { maxLength: 30 })
    .map((list) =>
      list
        .map(([{ type, data }, time]) => event(type, time, data))
        .sort((a, b) => a.time - b.time || a.position - b.position),
    );
  const around = { policy: { settings: { ...defaultPolicy.settings, wacc: 0.09 }, fx: { 'USD/EUR': '0.91' } } };

  it('never answers with what JSON cannot say, and survives being stored half-way', () =>
    fc.assert(
      fc.property(history, fc.nat(30), (events, cut) => {
        const first = foldOf(performance, events.slice(0, cut), around);
        const resumed = foldOf(performance, events.slice(cut), { ...around, from: JSON.parse(JSON.stringify(first)) });
        expect(resumed).toEqual(foldOf(performance, events, around));
        expect(unsayable(viewAt(performance, events, '2026-12-31', around))).toEqual([]);
      }),
      { numRuns: 60 },
    ));
  it('answers over nothing at all, at any time', () => {
    const empty = performance.initial();
    const subject = { of: 'account', id: 'A', currency: 'EUR' } as const;
    for (const asOf of [-8.64e15, 0, 8.64e15]) {
      const policy = { ...defaultPolicy, settings: { ...defaultPolicy.settings, utcOffsetMin: -60 } };
      const view = performance.view(empty, { asOf, knownAt: asOf, subject }, policy, { states: {}, parameters: {} });
      expect(unsayable(view)).toEqual([]);
      expect(view).toMatchObject({ total: { gross: 0, contribution: 0 }, quarters: {}, years: {} });
    }
  });
});
