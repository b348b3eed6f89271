import { describe, expect, it } from '@jest/globals';
import { measurement } from '../../../projections/portfolio/measurement.js';
import { support } from '../../../projections/portfolio/support.js';
import { reviews } from '../../../projections/reviews.js';
import { trust } from '../../../projections/trust.js';
import { defaultPolicy } from '../../../src/kernel/policy.js';
import { event, foldOf, unsayable, viewAt } from '../../support/folding.js';
import { reportAt } from '../../support/reporting.js';

const reviewed = (time: string, horizon = 36) => event('PerformanceReviewed', time, { accountId: 'ACME', horizon });

describe('pulling up the crop to look at its roots (F7)', () => {
  const [first, second, third, next] = ['2026-01-10', '2026-02-10', '2026-03-10', '2026-04-10'].map((at) =>
    reviewed(at),
  );
  const told = [first!, second!, third!, next!];

  it('flags the second and each later review of a quarter where one is allowed', () => {
    const found = reportAt(measurement, [reviews], { A: told, B: [reviewed('2026-02-01')] }, '2026-05-31');
    expect(found.quarters).toMatchObject([
      { accountId: 'A', quarter: '2026-Q2', open: true, reviews: 1, over: false, flagged: [] },
      { accountId: 'A', quarter: '2026-Q1', reviews: 3, over: true, flagged: [second!.id, third!.id] },
      { accountId: 'B', quarter: '2026-Q1', reviews: 1, over: false, flagged: [] },
    ]);
    expect(found).toMatchObject({
      reviewsPerQuarter: 1,
      reviews: 5,
      flagged: 2,
      flaggedShare: 0.4,
      accountsOver: ['A'],
    });
    expect(found.byQuarter[1]).toEqual({ quarter: '2026-Q1', accounts: 2, reviews: 4, flagged: 2 });
  });
  it('flags none of three where three are allowed', () => {
    const policy = { horizons: { ...defaultPolicy.horizons, reviewsPerQuarter: 3 } };
    expect(reportAt(measurement, [reviews], { A: told }, '2026-05-31', { policy })).toMatchObject({ flagged: 0 });
  });
  it('looks at the quarters that the window touches', () => {
    const q1 = { from: '2026-01-01', to: '2026-03-31' };
    expect(reportAt(measurement, [reviews], { A: told }, '2026-05-31', q1)).toMatchObject({ reviews: 3, flagged: 2 });
  });
  it('is a finding of the account since the first review too many, until a year has passed', () => {
    const view = viewAt(reviews, told, '2026-05-31');
    expect(view.findings).toMatchObject([
      {
        code: 'OVER_MEASUREMENT',
        since: '2026-02-10T00:00:00.000Z',
        eventIds: [first!.id, second!.id, third!.id],
        policy: { reviewsPerQuarter: 1 },
      },
    ]);
    expect(viewAt(reviews, told, '2027-04-02').findings).toEqual([]);
    expect(viewAt(reviews, [first!], '2026-02-28').findings).toEqual([]);
  });
  it('names reviews over fewer months than a verdict needs', () =>
    expect(viewAt(reviews, [reviewed('2026-01-10', 3)], '2026-02-01').tooShort).toMatchObject([
      { horizonMonths: 3, minMonths: 12 },
    ]));
  it('says only what JSON can say, with nothing and half-way', () => {
    expect(viewAt(reviews, [], '2026-02-01')).toMatchObject({ last: null, lastReason: 'never-reviewed', quarters: [] });
    expect(reportAt(measurement, [reviews], { A: [] }, '2026-02-01')).toMatchObject({
      flaggedShare: null,
      flaggedReason: 'no-reviews',
    });
    const half = JSON.parse(JSON.stringify(foldOf(reviews, told.slice(0, 2))));
    expect(foldOf(reviews, told.slice(2), { from: half })).toEqual(foldOf(reviews, told));
  });
});

const pledge = (unit: string, i: number, due: string, deliveredAt: string | null, accountid = 'A') => [
  event('SupportPledged', '2025-03-01', { requestId: `${unit}${i}`, unit, due }, { accountid }),
  ...(deliveredAt === null
    ? []
    : [event('SupportDelivered', deliveredAt, { requestId: `${unit}${i}`, unit }, { accountid })]),
];
const bound = '2025-04-01T00:00:00.000Z';
const pledges = (unit: string, n: number, delivered: number, late = 0) =>
  Array.from({ length: n }, (_, i) =>
    pledge(unit, i, bound, i < delivered ? (i < late ? '2025-04-01' : '2025-03-31') : null),
  ).flat();

describe('support by unit over all accounts (C3, D12)', () => {
  const told = { A: [...pledges('LOGISTICS', 3, 3, 1), ...pledges('QUALITY', 5, 4)], B: pledges('LOGISTICS', 6, 6, 1) };
  const found = reportAt(support, [trust], told, '2025-04-30');

  it('is 80 % where 4 of 5 due pledges were kept (C3)', () =>
    expect(found.units).toMatchObject([
      { unit: 'QUALITY', due: 5, delivered: 4, rate: 0.8, accounts: ['A'] },
      { unit: 'LOGISTICS', due: 9, delivered: 9, rate: 1, accounts: ['A', 'B'] },
    ]));
  it('is on time in 7 of 9, over two accounts (D12)', () => {
    const logistics = found.units[1]!;
    expect(logistics.onTime).toBe(7);
    expect(logistics.onTimeRate).toBeCloseTo(0.778, 3);
    expect(found.total).toMatchObject({ due: 14, delivered: 13, onTime: 11 });
  });
  it('counts by the due day in the window, and lists what is overdue', () => {
    expect(found.overdue).toMatchObject([{ accountId: 'A', requestId: 'QUALITY4', daysOver: 30 }]);
    const april = reportAt(support, [trust], told, '2025-04-30', { from: '2025-04-01', to: '2025-04-30' });
    expect(april.total).toMatchObject({ due: 0, rate: null, onTimeRate: null, reason: 'nothing-due' });
    expect(reportAt(support, [trust], told, '2025-03-30').total.due).toBe(0);
    expect(reportAt(support, [trust], told, '2025-03-31').total.due).toBe(14);
    expect(unsayable(april)).toEqual([]);
  });
});

describe('processes across functions, whichever the account (F5)', () => {
  const by = (unit: string, time: string) =>
    event('SupportDelivered', time, { requestId: `${unit}${time}`, unit, processId: 'LAUNCH' });
  it('need three units under one process', () => {
    const two = { A: [by('QUALITY', '2025-03-01')], B: [by('LOGISTICS', '2025-03-02'), by('QUALITY', '2025-03-03')] };
    expect(reportAt(support, [trust], two, '2025-04-30')).toMatchObject({ crossFunctional: 0 });
    const three = { ...two, C: [by('FINANCE', '2025-03-09')] };
    expect(reportAt(support, [trust], three, '2025-04-30').processes).toMatchObject([
      { processId: 'LAUNCH', crossFunctional: true, since: '2025-03-09T00:00:00.000Z', accounts: ['A', 'B', 'C'] },
    ]);
  });
});
