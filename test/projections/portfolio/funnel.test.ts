import { describe, expect, it } from '@jest/globals';
import { approach } from '../../../projections/approach.js';
import { investment } from '../../../projections/investment.js';
import { performance } from '../../../projections/performance.js';
import { funnel } from '../../../projections/portfolio/funnel.js';
import { pursuits } from '../../../projections/pursuits.js';
import { event, foldOf, unsayable } from '../../support/folding.js';
import { reportAt } from '../../support/reporting.js';
import { seenAt } from '../../support/several.js';
import { met } from '../contacts/people.js';

const all = [pursuits, performance, investment, approach];
const eur = (minor: number) => ({ minor, currency: 'EUR' });
const opened = (time: string, more: object = {}) =>
  event('PursuitOpened', time, { pursuitId: 'p1', purpose: 'ACQUISITION', ...more });
const won = (time: string, more: object = {}) =>
  event('PursuitWon', time, { pursuitId: 'p1', value: eur(500), wonBy: [], ...more });
const lost = (time: string, more: object = {}) => event('PursuitLost', time, { pursuitId: 'p1', ...more });
const order = (time: string, more: object = {}) =>
  event('OrderPlaced', time, { orderId: `o-${time}`, amount: eur(100), ...more });
const cost = (time: string, minor: number) =>
  event('CostIncurred', time, { costId: time, category: 'PRE_SALES', amount: eur(minor), acquisition: 'TIME' });

describe('reaching new customers (D4)', () => {
  const told = {
    NEW: [opened('2025-01-01'), cost('2025-03-01', 8_400_000), order('2025-07-30'), cost('2025-08-01', 99)],
  };
  it('took 210 days and 84,000 to the first regular order, which closes it and freezes the cost', () => {
    const found = reportAt(funnel, all, told, '2025-12-31');
    expect(found.pursuits).toMatchObject([
      { accountId: 'NEW', daysToOrder: 210, cac: 8_400_000, cacFinal: true, orderedOn: '2025-07-30T00:00:00.000Z' },
    ]);
    expect(found.pursuits).toMatchObject([
      { standing: 'WON', closedBy: 'order', closedAt: '2025-07-30T00:00:00.000Z', days: 210 },
    ]);
    expect(found).toMatchObject({ winRate: { won: 1, n: 1 }, daysToClose: { medianDays: 210, ended: 1 } });
    expect(found).toMatchObject({ daysToOrder: { medianDays: 210, ended: 1 }, cac: { total: 8_400_000, n: 1 } });
    const earlier = reportAt(funnel, all, told, '2025-07-01');
    expect(earlier.pursuits).toMatchObject([
      { standing: 'OPEN', closedBy: null, daysToOrder: null, orderedReason: 'no-order-yet', cacFinal: false },
    ]);
    expect(earlier.cac).toMatchObject({ total: null, reason: 'none-closed-by-an-order' });
  });
  it('is open however long nothing is told of it: a trial order does not close it, nor one of a customer of old', () => {
    const standing = (events: readonly ReturnType<typeof event>[], asOf = '2027-12-31') =>
      reportAt(funnel, all, { A: events }, asOf).pursuits[0];
    expect(standing([opened('2025-01-01'), order('2025-02-01', { regular: false })])).toMatchObject({
      standing: 'OPEN',
      days: 1_094,
    });
    const old = [order('2024-06-01'), opened('2025-01-01'), order('2025-02-01')];
    expect(standing(old)).toMatchObject({ standing: 'OPEN', closedBy: null });
    const growth = [opened('2025-01-01', { purpose: 'GROWTH' }), order('2025-02-01')];
    expect(standing(growth)).toMatchObject({ standing: 'OPEN', orderedOn: null });
    const back = [order('2024-06-01'), opened('2025-01-01', { purpose: 'WIN_BACK' }), order('2025-02-01')];
    expect(standing(back)).toMatchObject({ standing: 'WON', closedBy: 'order', days: 31 });
  });
  it('is closed by the order or by the claim, whichever comes first; a loss that is told stands', () => {
    const standing = (...events: ReturnType<typeof event>[]) =>
      reportAt(funnel, all, { A: [opened('2025-01-01'), ...events] }, '2025-12-31').pursuits[0];
    expect(standing(won('2025-02-01'), order('2025-03-01'))).toMatchObject({
      closedBy: 'claim',
      days: 31,
      daysToOrder: 59,
    });
    expect(standing(order('2025-02-01'), won('2025-03-01'))).toMatchObject({
      standing: 'WON',
      closedBy: 'order',
      days: 31,
    });
    expect(standing(order('2025-02-01'), lost('2025-03-01'))).toMatchObject({
      standing: 'LOST',
      closedBy: 'claim',
      days: 59,
    });
  });
  it('shows how contacts grow by quarter, and how many before any order', () => {
    const meetings = [
      met('2025-01-10', [[1, 'SALES']], [[1, 'PURCHASING']], { kind: 'CAMPAIGN' }),
      met('2025-02-10', [[1, 'SALES']], [[1, 'PURCHASING']]),
      met(
        '2025-08-10',
        [[1, 'SALES']],
        [
          [1, 'PURCHASING'],
          [2, 'QUALITY'],
        ],
      ),
    ];
    const found = reportAt(funnel, all, { NEW: [...told.NEW, ...meetings], OLD: [] }, '2025-09-30');
    expect(found.contactGrowth).toEqual([
      { quarter: '2025-Q1', open: false, accounts: 1, contacts: 1, beforeFirstOrder: 1 },
      { quarter: '2025-Q2', open: false, accounts: 0, contacts: 0, beforeFirstOrder: 0 },
      { quarter: '2025-Q3', open: true, accounts: 0, contacts: 1, beforeFirstOrder: 0 },
    ]);
  });
});

describe('captures from competitors (H3)', () => {
  const taken = [opened('2025-01-01', { fromCompetitor: 'Rival' }), won('2025-03-01', { approach: 'HUNTER' })];
  it('count at the first order only: of 2 captures, 1 ordered', () => {
    const told = {
      ORDERED: [...taken, order('2025-03-20')],
      CLAIMED: taken,
      OWN: [opened('2025-01-01'), won('2025-02-01')],
    };
    const found = reportAt(funnel, all, told, '2025-06-30');
    expect(found.captures).toEqual({
      claimed: 2,
      counted: 1,
      byCompetitor: { Rival: { claimed: 2, counted: 1 } },
    });
    expect(reportAt(funnel, all, told, '2025-03-19').captures).toMatchObject({ claimed: 2, counted: 0 });
  });
  it('do not count for an order from before the win, nor for a trial', () => {
    const told = { A: [order('2025-02-01'), ...taken, order('2025-04-01', { regular: false })] };
    expect(reportAt(funnel, all, told, '2025-06-30').captures).toMatchObject({ claimed: 1, counted: 0 });
  });
});

describe('the funnel of pursuits (D4, E4)', () => {
  const told = {
    A: [opened('2025-01-01', { value: eur(900) }), won('2025-01-31')],
    B: [opened('2025-01-01'), lost('2025-03-02', { lostTo: 'Rival' })],
    C: [opened('2025-01-01'), won('2025-04-01', { value: eur(700) })],
    D: [
      opened('2025-01-01', { value: eur(40) }),
      event('PursuitAdvanced', '2025-02-01', { pursuitId: 'p1', stage: 'PROPOSED' }),
    ],
  };
  const found = reportAt(funnel, all, told, '2025-06-30');

  it('counts by stage, with values', () => {
    expect(found.stages.map(({ stage, pursuits: n, value }) => [stage, n, value])).toEqual([
      ['OPEN', 0, 0],
      ['QUALIFIED', 0, 0],
      ['PROPOSED', 1, 40],
      ['NEGOTIATING', 0, 0],
      ['WON', 2, 1_200],
      ['LOST', 1, 0],
    ]);
    expect(found.stages[5]).toMatchObject({ withoutValue: 1 });
  });
  it('wins 2 of 3, with n', () => {
    expect(found.winRate).toMatchObject({ won: 2, lost: 1, n: 3, interval: { n: 3, level: 0.95 } });
    expect(found.winRate.value).toBeCloseTo(2 / 3, 12);
  });
  it('takes the median by Kaplan–Meier with the open one censored, and the plain one beside it', () => {
    // 30, 60, 90 closed and one open at 180: S falls to .75, .5, .25
    expect(found.daysToClose).toEqual({ medianDays: 60, plainMedianDays: 60, n: 4, ended: 3 });
    const more = reportAt(funnel, all, { ...told, E: [opened('2025-01-02')], F: [opened('2025-01-02')] }, '2025-06-30');
    expect(more.daysToClose).toEqual({ medianDays: 90, plainMedianDays: 60, n: 6, ended: 3 });
  });
  it('has no median, rate or cost of nothing', () => {
    const none = reportAt(funnel, all, { A: [] }, '2025-06-30');
    expect(none).toMatchObject({
      winRate: { value: null, reason: 'none-decided' },
      daysToClose: { medianDays: null, medianReason: 'no-pursuits', plainMedianDays: null, plainReason: 'none-ended' },
      hunting: { effortShare: null, effortReason: 'no-minutes', verdict: null },
      contactGrowth: [],
    });
    expect([...unsayable(none), ...unsayable(found)]).toEqual([]);
  });
});

describe('pursuits of one account (D4, H3)', () => {
  const told = [opened('2025-01-01', { fromCompetitor: 'Rival' }), won('2025-03-01'), order('2025-03-01')];
  it('show standing, order and capture', () =>
    expect(seenAt(pursuits, told, '2025-06-30')).toMatchObject({
      pursuits: [{ standing: 'WON', days: 59, value: 500, capture: { from: 'Rival', counted: true } }],
      winRate: 1,
      captures: { claimed: 1, counted: 1 },
      firstContact: null,
      firstContactReason: 'never-met',
    }));
  it('say only what JSON can say, and survive JSON half-way', () => {
    expect(unsayable(seenAt(pursuits, [], '2025-06-30'))).toEqual([]);
    const half = JSON.parse(JSON.stringify(foldOf(pursuits, told.slice(0, 1))));
    expect(foldOf(pursuits, told.slice(1), { from: half })).toEqual(foldOf(pursuits, told));
  });
});
