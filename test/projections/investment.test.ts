import { describe, expect, it } from '@jest/globals';
import { acquisitionTypes } from '../../src/domain/books/books.events.js';
import { investment } from '../../projections/investment.js';
import { performance } from '../../projections/performance.js';
import type { Event } from '../../src/kernel/event.js';
import { type Around, event, foldOf, viewAt } from '../support/folding.js';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const seen = (told: readonly Event<string, object>[], asOf: string, around: Around = {}) =>
  viewAt(investment, told, asOf, {
    ...around,
    used: { states: { performance: foldOf(performance, told, { ...around, asOf }) } },
  });
const month = (k: number) => `${2023 + Math.floor((k - 1) / 12)}-${String(((k - 1) % 12) + 1).padStart(2, '0')}`;
const pursuit = (time: string, data: object = {}) =>
  event('PursuitOpened', time, { pursuitId: 'p1', purpose: 'ACQUISITION', ...data });
const cost = (costId: string, time: string, minor: number, data: object = {}) =>
  event('CostIncurred', time, { costId, category: 'OTHER', amount: eur(minor), ...data });
const order = (time: string, data: object = {}) =>
  event('OrderPlaced', time, { orderId: 'o', amount: eur(1), ...data });

describe('a J-curve (B2)', () => {
  const told = [
    ...[1, 2, 3, 4, 5, 6].map((k) =>
      event('InvestmentReleased', `${month(k)}-10`, { investmentId: 'n', amount: eur(2_000_000) }),
    ),
    ...Array.from({ length: 30 }, (_, i) =>
      event('InvoiceIssued', `${month(i + 7)}-15`, { invoiceId: `i${i}`, gross: eur(500_000), cogs: eur(0) }),
    ),
  ].sort((a, b) => a.time - b.time);

  it('goes down to −120 k in month 6 and is even at the end of month 30', () => {
    const { curve } = seen(told, '2025-12-31');
    expect(curve).toMatchObject({
      begins: 'release',
      start: '2023-01',
      baseline: 0,
      trough: { month: 6, name: '2023-06', value: -12_000_000 },
      breakEven: 30,
      breakEvenMonth: '2025-06',
      verdict: 'paid back',
      roi: (30 * 500_000 - 12_000_000) / 12_000_000,
    });
    expect(curve!.months[29]).toMatchObject({ flow: 500_000, cumulative: 0 });
  });
  it('is not even a day earlier, and says nothing under the least horizon', () => {
    expect(seen(told, '2025-06-29').curve).toMatchObject({ breakEven: null, breakEvenReason: 'not-yet' });
    expect(seen(told, '2023-08-31').curve).toMatchObject({ horizon: 'insufficient', verdict: 'insufficient horizon' });
  });
  it('discounts month k by (k − 1)/12 years, and has one rate of return', () => {
    const { curve } = seen(told, '2025-12-31');
    const npv = curve!.months.reduce((sum, { flow }, i) => sum + flow / 1.1 ** (i / 12), 0);
    expect(curve!.npv).toBeCloseTo(npv, 4);
    expect(curve!.irr.value).toBeGreaterThan(0);
  });
  it('takes off what the account brought before: the mean of the 12 months before', () => {
    const before = Array.from({ length: 12 }, (_, i) =>
      event('InvoiceIssued', `2022-${String(i + 1).padStart(2, '0')}-01`, { invoiceId: `b${i}`, gross: eur(100) }),
    );
    const { curve } = seen([...before, told[0]!], '2023-02-28');
    expect(curve).toMatchObject({ baseline: 100, trough: { month: 2, value: -2_000_200 } });
  });
  it('takes nothing off without trade: what the account cost before is no level to be kept', () => {
    const courted = cost('early', '2022-06-01', 700);
    expect(seen([courted, told[0]!], '2023-02-28').curve).toMatchObject({
      baseline: 0,
      trough: { month: 1, value: -2_000_000 },
    });
    const ordered = seen([courted, order('2022-07-01'), told[0]!], '2023-02-28').curve;
    expect(ordered).toMatchObject({ baseline: -700 / 12 });
  });
  it('pays back in the month that covers cost of acquisition and releases', () =>
    expect(seen(told, '2025-12-31').payback).toEqual({ months: 30, invested: 12_000_000 }));
});

describe('the ledger of investments (B3)', () => {
  const told = [
    event('InvestmentCommitted', '2025-01-01', {
      investmentId: 'n',
      horizonMonths: 24,
      planned: [
        { month: 1, out: eur(100), back: eur(0) },
        { month: 4, out: eur(50), back: eur(400) },
      ],
    }),
    event('InvestmentReleased', '2025-01-20', { investmentId: 'n', amount: eur(100) }),
    event(
      'InvestmentReleased',
      '2025-06-20',
      { investmentId: 'n', amount: eur(80) },
      { known: Date.parse('2025-08-01') },
    ),
  ];
  const knownBy = (at: string) => told.filter(({ known }) => known <= Date.parse(at));

  it('as of a day holds what had happened, as known on it what had been told', () => {
    expect(seen(told, '2025-06-30')).toMatchObject({ released: 180, releasedReason: null });
    expect(seen(knownBy('2025-06-30T23:59:59.999Z'), '2025-06-30').released).toBe(100);
    expect(seen(told, '2025-06-19').released).toBe(100);
  });
  it('stands planned against released', () =>
    expect(seen(told, '2025-03-31').investments).toMatchObject([
      { plannedOut: 150, plannedBack: 400, plannedOutByNow: 100, released: 100, overrun: 100 / 150 },
    ]));
  it('finds an overrun', () =>
    expect(seen(told, '2025-06-30').findings).toMatchObject([{ code: 'INVESTMENT_OVERRUN' }]));
});

describe('a sacrifice (B2)', () => {
  const told = [
    event('SacrificeApproved', '2025-01-01', {
      sacrificeId: 's',
      amount: eur(50),
      from: '2025-01-01T00:00:00.000Z',
      to: '2025-07-01T00:00:00.000Z',
      reviewOn: '2025-07-01T00:00:00.000Z',
      approver: 'm',
    }),
    cost('c', '2025-02-01', 60),
  ];
  it('moves no money, and shows what the account cost meanwhile', () => {
    const view = seen(told, '2025-06-30');
    expect(view.sacrifices).toMatchObject([{ amount: 50, contribution: -60, exceeded: true, review: 'ahead' }]);
    expect(view.released).toBe(0);
    expect(seen(told, '2025-07-01').sacrifices).toMatchObject([{ review: 'overdue' }]);
  });
});

describe('the cost of winning a customer (E8, E4, D4)', () => {
  it('has eight types, and their sum is CAC', () => {
    const tagged = acquisitionTypes.map((type, i) => cost(`c${i}`, '2025-02-01', 100_000, { acquisition: type }));
    const { acquisition } = seen([pursuit('2025-01-01'), ...tagged], '2025-03-31');
    expect(acquisition!.cac).toBe(800_000);
    expect(acquisition!.types).toHaveLength(8);
    expect(acquisition!.types.map(({ type, amount }) => [type, amount])).toEqual(
      acquisitionTypes.map((t) => [t, 100_000]),
    );
  });
  it('counts costs without a pursuit from the first of them on', () =>
    expect(seen([cost('c', '2025-02-01', 5, { acquisition: 'TIME' })], '2025-03-31').acquisition).toMatchObject({
      pursuitId: null,
      cac: 5,
      overrunReason: 'not-planned',
    }));
  it('is null with the type that an amount without a rate belongs to; the other types stand', () => {
    const told = [
      pursuit('2025-01-01'),
      cost('a', '2025-01-02', 5, { acquisition: 'TIME', amount: { minor: 5, currency: 'USD' } }),
      cost('b', '2025-01-03', 70, { acquisition: 'TRAVEL' }),
    ];
    const { acquisition } = seen(told, '2025-03-31', { currency: 'EUR' });
    expect(acquisition).toMatchObject({ cac: null, cacReason: 'missing-rate', missingRates: ['USD/EUR'] });
    const amounts = Object.fromEntries(acquisition!.types.map(({ type, amount }) => [type, amount]));
    expect(amounts).toMatchObject({ TIME: null, TRAVEL: 70, MEETING: 0 });
  });
  it('counts what was spent on the very instant of the opening and of the order, told before them or after', () => {
    const time = (id: string, at: string, minor: number) => cost(id, at, minor, { acquisition: 'TIME' });
    const told = [
      time('early', '2024-12-31', 1),
      time('same', '2025-01-01', 20),
      pursuit('2025-01-01'),
      time('too', '2025-01-01', 300),
      order('2025-02-01'),
      time('last', '2025-02-01', 4_000),
      time('late', '2025-02-02', 50_000),
    ];
    expect(seen(told, '2025-03-31').acquisition).toMatchObject({
      cac: 4_320,
      beforePursuit: { amount: 1, events: 1 },
      late: { amount: 50_000, events: 1 },
    });
  });
  it('overruns the plan by 1.40 at 84 k for 60 k, and is frozen by the first regular order after 210 days', () => {
    const told = [
      pursuit('2025-01-01', { plannedCost: eur(6_000_000) }),
      cost('a', '2025-03-01', 8_000_000, { acquisition: 'TIME' }),
      order('2025-04-01', { orderId: 't', regular: false }),
      cost('b', '2025-07-30', 400_000, { acquisition: 'TRIAL_DISCOUNT' }),
      order('2025-07-30'),
      cost('c', '2025-08-01', 99, { acquisition: 'TRAVEL' }),
    ];
    const view = seen(told, '2025-12-31');
    expect(view.acquisition).toMatchObject({
      days: 210,
      cac: 8_400_000,
      overrun: 1.4,
      late: { amount: 99, events: 1 },
    });
    expect(view.findings).toMatchObject([{ code: 'CAC_OVERRUN', eventIds: [told[0]!.id] }]);
    expect(view.acquisitionCurve).toMatchObject({ begins: 'acquisition', start: '2025-03' });
  });
  it('counts interactions that cite the pursuit, and a cost that cites one of them instead of its category', () => {
    const rates = {
      desk: {
        pool: 'd',
        functions: ['SALES'],
        capacityCost: eur(100),
        practicalMinutes: 100,
        per: 'YEAR' as const,
        activities: [],
      },
    };
    const visit = event('InteractionLogged', '2025-02-01', {
      interactionId: 'v',
      kind: 'PRESENTATION',
      ours: [{ memberId: 'm', function: 'SALES' }],
      durationMin: 60,
      travelMin: 30,
      pursuitId: 'p1',
      expenses: [
        { category: 'ENTERTAINMENT', amount: eur(7) },
        { category: 'OTHER', amount: eur(3) },
      ],
    });
    const ticket = cost('t', '2025-02-02', 500, { category: 'TRAVEL', interactionId: 'v' });
    const types = (told: Event<string, object>[]) =>
      Object.fromEntries(
        seen([pursuit('2025-01-01'), ...told], '2025-03-31', { policy: { rates } })
          .acquisition!.types.filter(({ amount }) => amount !== 0)
          .map(({ type, amount }) => [type, amount]),
      );
    expect(types([visit])).toEqual({ TIME: 60, TRAVEL: 30, ENTERTAINMENT: 7, PRESENTATION: 3 });
    expect(types([visit, ticket])).toEqual({ TIME: 60, TRAVEL: 500, ENTERTAINMENT: 7, PRESENTATION: 3 });
    const early = { ...ticket, time: Date.parse('2025-01-20') };
    expect(types([early, visit])).toEqual({ TIME: 60, TRAVEL: 500, ENTERTAINMENT: 7, PRESENTATION: 3 });
  });
  it('begins again with a win-back after the account had exited', () => {
    const told = [
      pursuit('2024-01-01'),
      order('2024-02-01'),
      event('StageDeclared', '2025-01-01', { stage: 'EXITED', evidenceIds: [] }),
      pursuit('2025-02-01', { pursuitId: 'p2', purpose: 'WIN_BACK' }),
      cost('c', '2025-03-01', 40, { acquisition: 'TIME' }),
    ];
    expect(seen(told, '2025-12-31').phases).toMatchObject([
      { purpose: 'ACQUISITION', cac: 0, to: '2024-02-01T00:00:00.000Z' },
      { purpose: 'WIN_BACK', pursuitId: 'p2', cac: 40, to: null, daysReason: 'open' },
    ]);
  });
});
