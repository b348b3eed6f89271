import { describe, expect, it } from '@jest/globals';
import { loyalty } from '../../../projections/loyalty.js';
import { performance } from '../../../projections/performance.js';
import { retention } from '../../../projections/portfolio/retention.js';
import { rfm } from '../../../projections/portfolio/rfm.js';
import { survival } from '../../../projections/portfolio/survival.js';
import { readWhen, utcCalendar } from '../../../src/kernel/instant.js';
import type { AnyProjection, Report } from '../../../src/kernel/projection.js';
import { defaultPolicy } from '../../../src/kernel/policy.js';
import { event, unsayable } from '../../support/folding.js';
import { reportOver } from '../../support/reporting.js';
import { accountsOf } from '../../support/several.js';

type Told = Readonly<Record<string, readonly ReturnType<typeof event>[]>>;
const used: readonly AnyProjection[] = [performance, loyalty];
const eur = (minor: number) => ({ minor, currency: 'EUR' });
const invoice = (time: string, minor: number) =>
  event('InvoiceIssued', time, { invoiceId: `i-${time}`, gross: eur(minor), cogs: eur(minor / 2) });
const order = (time: string) => event('OrderPlaced', time, { orderId: `o-${time}`, amount: eur(1) });

function ask<R extends object>(report: Report<R>, told: Told, asOf: string, more: object = {}): R {
  const at = readWhen(asOf, 'last', utcCalendar)!;
  const query = { asOf: at, knownAt: at, from: null, to: null, currency: 'EUR', parameters: {}, ...more };
  return reportOver(report, accountsOf(used, told, asOf), query, defaultPolicy);
}

describe('retention of the last twelve months against the twelve before (§3.12.15)', () => {
  const before = [100, 80, 60, 40, 0];
  const now = [130, 60, 60, 0, 50];
  const told: Told = Object.fromEntries(
    before.map((minor, i) => [
      `A${i}`,
      [...(minor > 0 ? [invoice('2024-03-01', minor)] : []), ...(now[i]! > 0 ? [invoice('2025-03-01', now[i]!)] : [])],
    ]),
  );
  const found = ask(retention, told, '2025-12-31');
  it('100, 80, 60, 40, 0 → 130, 60, 60, 0, 50: logo .75, gross .7857, net .8929', () => {
    expect(found.logo).toBe(0.75);
    expect(found.gross).toBeCloseTo(0.7857, 4);
    expect(found.net).toBeCloseTo(0.8929, 4);
    expect(found).toMatchObject({ n: 4, start: 280, churn: 40, contraction: 20, expansion: 30, reason: null });
  });
  it('says its windows, equally long', () => {
    expect(found.window).toEqual({ from: '2025-01-01', to: '2026-01-01', days: 365 });
    expect(found.before).toEqual({ from: '2024-01-02', to: '2025-01-01' });
  });
  it('takes the window asked for, and keeps logo without a common currency', () => {
    const asked = { from: Date.parse('2025-01-01'), to: Date.parse('2025-07-01'), currency: null };
    const half = ask(retention, told, '2025-12-31', asked);
    expect(half.window).toMatchObject({ from: '2025-01-01', to: '2025-07-01', days: 181 });
    expect(half).toMatchObject({ logo: null, gross: null, reason: 'no-opening-accounts' });
    expect(ask(retention, told, '2025-12-31', { currency: null })).toMatchObject({
      logo: 0.75,
      gross: null,
      reason: 'no-reporting-currency',
    });
  });
  it('says nothing, logo included, where an exchange rate is missing', () => {
    const abroad = event('InvoiceIssued', '2025-03-01', { invoiceId: 'x', gross: { minor: 5, currency: 'GBP' } });
    const lost = { ...told, A3: [...told.A3!, abroad] };
    expect(ask(retention, lost, '2025-12-31')).toMatchObject({ logo: null, net: null, reason: 'no-rate GBP/EUR' });
  });
  it('has nothing to say of nobody, and says so', () => {
    const none = ask(retention, {}, '2025-12-31');
    expect(none).toMatchObject({
      logo: null,
      reason: 'no-opening-accounts',
      cohorts: [],
      survival: { n: 0, events: 0, median: null },
    });
    expect([...unsayable(none), ...unsayable(found)]).toEqual([]);
  });
});

describe('cohorts by quarter', () => {
  const told: Told = {
    A: [order('2024-02-01'), order('2024-12-01'), order('2025-06-01')],
    B: [order('2024-03-01')],
    C: [order('2024-05-01'), event('StageDeclared', '2024-09-01', { stage: 'EXITED', evidenceIds: [] })],
  };
  it('count who is not ended at each quarter’s last instant; null where that is to come', () => {
    expect(ask(retention, told, '2025-08-31').cohorts).toEqual([
      { cohort: '2024-Q1', size: 2, kept: [2, 2, 2, 2, 1, 1, null] },
      { cohort: '2024-Q2', size: 1, kept: [1, 0, 0, 0, 0, null, null] },
    ]);
  });
  it('a later order counts as kept again', () => {
    const back: Told = { C: [...told.C!, order('2025-02-01')] };
    expect(ask(retention, back, '2025-06-30').cohorts).toEqual([{ cohort: '2024-Q2', size: 1, kept: [1, 0, 0, 1, 1] }]);
  });
  it('by designation on request', () => {
    const designated = event('KeyAccountDesignated', '2024-10-05', {
      accountId: 'A',
      managerId: 'm',
      horizonYears: 3,
      targetStage: 'BASIC',
    });
    const found = ask(retention, { ...told, A: [...told.A!, designated] }, '2025-03-31', {
      parameters: { by: 'designation' },
    });
    expect(found).toMatchObject({ cohortsBy: 'designation', cohorts: [{ cohort: '2024-Q4', size: 1, kept: [1, 1] }] });
  });
});

describe('survival', () => {
  const bought = (years: readonly number[]) =>
    years.flatMap((year) => [order(`${year}-01-01`), order(`${year}-07-01`)]);
  const won = (approach: string) => [
    event('PursuitOpened', '2020-01-01', { pursuitId: 'p', purpose: 'ACQUISITION' }),
    event('PursuitWon', '2020-01-02', { pursuitId: 'p', value: eur(1), approach, wonBy: [] }),
  ];
  const told: Told = Object.fromEntries([
    ...[0, 1, 2, 3].map((i) => [`H${i}`, [...won('HUNTER'), ...bought([2021])]] as const),
    ...[0, 1, 2, 3].map((i) => [`F${i}`, [...won('FARMER'), ...bought([2021, 2022, 2023, 2024, 2025])]] as const),
    ['X', bought([2021, 2022])] as const,
  ]);
  it('is told at 365, 730 and 1,095 days, the ends of that day included', () => {
    const { survival: curve } = ask(retention, told, '2025-12-31');
    const at = (days: number) => curve.survival[curve.times.indexOf(days)];
    expect(curve).toMatchObject({ n: 9, events: 5, median: 911 });
    expect([at(365), at(546)]).toEqual([1, 5 / 9]);
    expect(at(1095)).toBeCloseTo(4 / 9, 10);
    expect(ask(retention, { A: bought([2025]) }, '2025-12-31').survival).toMatchObject({
      times: [365, 730, 1095],
      survival: [null, null, null],
    });
  });
  it('hunted accounts die sooner here, and the log-rank test says how sure that is', () => {
    const found = ask(survival, told, '2025-12-31');
    expect(found.groups.map(({ approach, n, events }) => [approach, n, events])).toEqual([
      ['FARMER', 4, 0],
      ['HUNTER', 4, 4],
      [null, 1, 1],
    ]);
    expect(found.logRank).toMatchObject({ approaches: ['FARMER', 'HUNTER'], df: 1, observed: [0, 4] });
    expect(found.logRank.p!).toBeLessThan(0.05);
    expect(unsayable(found)).toEqual([]);
  });
});

describe('recency, frequency, money (§3.12.29)', () => {
  it('five is best, equal values have equal scores, cuts are kept', () => {
    const told: Told = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => {
        const day = String(i + 1).padStart(2, '0');
        return [`A${day}`, [order(`2025-12-${day}`), invoice(`2025-12-${day}`, (i < 10 ? 1 : 2) * 100)]];
      }),
    );
    const found = ask(rfm, told, '2025-12-31');
    expect(found.n).toBe(20);
    expect(found.accounts[0]).toMatchObject({ accountId: 'A01', recencyDays: 30, scores: { recency: 1 } });
    expect(found.accounts[19]).toMatchObject({ accountId: 'A20', recencyDays: 11, scores: { recency: 5 } });
    expect(new Set(found.accounts.map(({ scores }) => scores!.frequency))).toEqual(new Set([3]));
    expect(found.cuts!.recency.find(({ score }) => score === 5)).toEqual({ score: 5, from: 11, to: 14 });
  });
  it('is refused under 20 accounts', () => {
    const found = ask(rfm, { A: [order('2025-12-01')] }, '2025-12-31');
    expect(found).toMatchObject({ n: 1, reason: 'fewer-than-20-accounts', accounts: [{ frequency: 1, scores: null }] });
  });
});
