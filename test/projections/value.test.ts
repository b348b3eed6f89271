import { describe, expect, it } from '@jest/globals';
import { loyalty } from '../../projections/loyalty.js';
import { performance } from '../../projections/performance.js';
import { survival } from '../../projections/population/survival.js';
import { stageMoves } from '../../projections/population/stages.js';
import { value } from '../../projections/value.js';
import type { AnyProjection } from '../../src/kernel/projection.js';
import { event, unsayable } from '../support/folding.js';
import { figureOver, seenAt } from '../support/several.js';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const potential = event('PotentialEstimated', '2024-02-01', {
  availableSales3y: eur(9_000_000),
  growthPct: 5,
  expectedRetention: 0.8,
  margin: eur(100),
  source: 'panel',
});
const forecast = (period: string, minor: number, time = '2025-12-01') =>
  event('FuturePlanSet', time, { period, basis: 'FORECAST', contribution: eur(minor) });
const order = (time: string) => event('OrderPlaced', time, { orderId: `o-${time}`, amount: eur(1_000) });
const designated = (horizonYears: number) =>
  event('KeyAccountDesignated', '2025-01-01', {
    accountId: 'ACME',
    managerId: 'm',
    horizonYears,
    targetStage: 'BASIC',
  });

describe('the constant form (A3, D1, E7)', () => {
  const view = seenAt(value, [potential], '2025-12-31');
  it('m = 100, r = .8, d = .1 is 266.67, with 5 % growth 307.69', () => {
    expect(view.constantClv.value).toBeCloseTo(266.6667, 4);
    expect(view.growthClv.value).toBeCloseTo(307.6923, 4);
  });
  it('.7273 of it comes after 12 months', () => expect(view.shareBeyondYear.value).toBeCloseTo(0.7273, 4));
  it('five more points of retention add 27.5 %', () => expect(view.retention.lift[0]!.value).toBeCloseTo(0.275, 3));
  it('does not exist without a potential', () =>
    expect(seenAt(value, [], '2025-12-31').constantClv).toEqual({ value: null, reason: 'no-potential' }));
});

describe('plan-CLV (§3.12.16)', () => {
  it('takes expectedRetention^t until our own log can say more', () => {
    const { plan } = seenAt(
      value,
      [potential, designated(2), forecast('2026', 1_000), forecast('2027', 2_000)],
      '2025-12-31',
    );
    expect(plan.value).toBeCloseTo((0.8 * 1_000) / 1.1 + (0.64 * 2_000) / 1.21, 8);
    expect(plan.model).toMatchObject({ survival: 'expected-retention', horizonYears: 2, discountRate: 0.1 });
    expect(plan.years[0]).toMatchObject({ from: '2026-01-01', to: '2027-01-01', contribution: 1_000, survival: 0.8 });
    expect(plan).toMatchObject({ interval: null, intervalReason: 'stated-chances-have-no-interval' });
  });
  it('spreads a year evenly over its days, and lets a quarter hold for its own', () => {
    const told = [potential, designated(1), forecast('2025', 365_000), forecast('2026', 730_000)];
    expect(seenAt(value, told, '2025-12-21').plan.years[0]!.contribution).toBeCloseTo(10 * 1_000 + 355 * 2_000, 6);
    const finer = [...told, forecast('2026-Q1', 9_000)];
    expect(seenAt(value, finer, '2025-12-31').plan.years[0]!.contribution).toBeCloseTo(9_000 + 275 * 2_000, 6);
  });
  it('names the years without a forecast and guesses none', () => {
    const { plan } = seenAt(value, [potential, designated(3), forecast('2026', 1_000)], '2025-12-31');
    expect(plan).toMatchObject({ value: null, reason: 'forecast-missing', missing: [2, 3] });
    expect(plan.years[1]!.contributionReason).toBe('no-forecast for 365 days from 2027-01-01 to 2027-12-31');
  });
  it('a newer forecast replaces the older from its time on', () => {
    const told = [
      potential,
      designated(1),
      forecast('2026', 1_000, '2025-06-01'),
      forecast('2026', 3_000, '2025-12-15'),
    ];
    expect(seenAt(value, told, '2025-12-31').plan.years[0]!.contribution).toBe(3_000);
  });
});

const both: readonly AnyProjection[] = [performance, loyalty];
/** 40 accounts that ordered on 2020-01-01 and each quarter after; 24 of them only in the first year. */
const base = Object.fromEntries(
  Array.from({ length: 40 }, (_, i) => {
    const years = i < 24 ? [2020] : [2020, 2021, 2022, 2023, 2024, 2025];
    return [`A${i}`, years.flatMap((year) => [`${year}-01-01`, `${year}-07-01`].map(order))] as const;
  }),
);

describe('survival of the population', () => {
  const found = figureOver(survival, both, base, '2025-12-31');
  it('counts first spells, the ends and the censored', () => {
    expect(found).toMatchObject({ n: 40, ended: 24, churnDays: 365 });
    expect(found.curve!.steps).toMatchObject([{ time: 547, atRisk: 40, ended: 24, survival: 0.4 }]);
  });
  it('carries a plan with S(τ+t)/S(τ) and the band of the curve', () => {
    const told = [potential, designated(1), forecast('2026', 1_000), order('2025-07-01')];
    const { plan } = seenAt(value, told, '2025-12-31', { population: { 'population/survival': found } });
    expect(plan.model).toMatchObject({ survival: 'kaplan-meier', population: { n: 40, ended: 24, reachedDays: 183 } });
    expect(plan.years[0]!.survival).toBeCloseTo(0.4, 10);
    expect(plan.value).toBeCloseTo(400 / 1.1, 8);
    expect(plan.interval!.low).toBeLessThan(plan.value!);
    expect(plan.interval!.high).toBeGreaterThan(plan.value!);
  });
  it('is not asked under 20 ended accounts', () => {
    const few = figureOver(survival, both, Object.fromEntries(Object.entries(base).slice(10)), '2025-12-31');
    expect(few.ended).toBe(14);
    const told = [potential, designated(1), forecast('2026', 1_000), order('2025-07-01')];
    const { plan } = seenAt(value, told, '2025-12-31', { population: { 'population/survival': few } });
    expect(plan.model.survival).toBe('expected-retention');
  });
  it('gives the lift of five points at our own 12-month survival on request', () => {
    const view = seenAt(value, [], '2025-12-31', {
      population: { 'population/survival': found },
      parameters: { lift: 'own' },
    });
    expect(view.retention.lift[1]).toMatchObject({ basis: '12-month-survival', retention: 1, value: null });
  });
});

describe('survival by stages on request', () => {
  const staged = (from: string, exit: string | null) => [
    event('StageDeclared', from, { stage: 'BASIC', evidenceIds: [] }),
    ...(exit === null ? [] : [event('StageDeclared', exit, { stage: 'EXITED', evidenceIds: [] })]),
  ];
  const accounts = {
    A: staged('2020-01-01', '2021-01-01'),
    B: staged('2020-01-01', null),
    C: staged('2020-01-01', null),
  };
  const moves = figureOver(stageMoves, both, accounts, '2025-12-31');
  it('learns the moves from all declared stages, the open ones censored', () =>
    expect(moves).toMatchObject({ accounts: 3, stays: 4 }));
  it('names itself as the source', () => {
    const told = [potential, designated(1), forecast('2026', 1_000), ...staged('2025-06-01', null)];
    const { plan } = seenAt(value, told, '2025-12-31', {
      population: { 'population/stages': moves },
      parameters: { survival: 'stages' },
    });
    expect(plan.model.survival).toBe('stages');
    expect(plan.years[0]!.survival).toBeGreaterThan(0.5);
    expect(plan.years[0]!.survival).toBeLessThan(1);
  });
});

describe('a published lifetime model', () => {
  const models = {
    'BG/NBD': {
      model: 'BG/NBD',
      parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 },
      trainedAsOf: 0,
      trainedKnownAt: 0,
      population: 2357,
    },
  };
  it('says who is alive, with its population and parameters', () => {
    const told = [order('2025-01-01'), order('2025-03-01'), order('2025-06-01')];
    const [found] = seenAt(value, told, '2025-12-31', { policy: { models } }).lifetime;
    expect(found).toMatchObject({ model: 'BG/NBD', population: 2357, parameters: { r: 0.243 }, aliveReason: null });
    expect(found!.alive).toBeGreaterThan(0);
    expect(found!.alive).toBeLessThan(1);
  });
  it('hides BG/NBD where nobody bought again, for it would always say alive', () =>
    expect(seenAt(value, [order('2025-01-01')], '2025-12-31', { policy: { models } }).lifetime[0]).toMatchObject({
      alive: null,
      aliveReason: 'no-repeat-purchase',
    }));
});

it('says nothing that JSON cannot', () => {
  expect(unsayable(seenAt(value, [], '2026-06-30'))).toEqual([]);
  expect(unsayable(seenAt(value, [potential, designated(50), forecast('2026', -5)], '2025-12-31'))).toEqual([]);
});
