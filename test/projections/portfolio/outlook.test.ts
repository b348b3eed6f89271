import { describe, expect, it } from '@jest/globals';
import { capacity as capacityView } from '../../../projections/capacity.js';
import { criteria } from '../../../projections/criteria.js';
import { loyalty } from '../../../projections/loyalty.js';
import { performance } from '../../../projections/performance.js';
import { capacity } from '../../../projections/portfolio/capacity.js';
import { lifetime } from '../../../projections/portfolio/lifetime.js';
import { matrix } from '../../../projections/portfolio/matrix.js';
import { objectives } from '../../../projections/portfolio/objectives.js';
import { outlook } from '../../../projections/portfolio/outlook.js';
import { value } from '../../../projections/value.js';
import { readWhen, utcCalendar } from '../../../src/kernel/instant.js';
import { defaultPolicy, type Policy } from '../../../src/kernel/policy.js';
import type { AnyProjection, Report } from '../../../src/kernel/projection.js';
import { event, unsayable } from '../../support/folding.js';
import { reportOver } from '../../support/reporting.js';
import { accountsOf } from '../../support/several.js';

type Told = Readonly<Record<string, readonly ReturnType<typeof event>[]>>;
const all: readonly AnyProjection[] = [performance, loyalty, criteria, value, capacityView];
const viewed: readonly AnyProjection[] = [criteria, value];
const eur = (minor: number) => ({ minor, currency: 'EUR' });
const momentOf = (asOf: string) => readWhen(asOf, 'last', utcCalendar)!;

function ask<R extends object>(
  report: Report<R>,
  told: Told,
  asOf: string,
  policy: Partial<Policy> = {},
  parameters = {},
): R {
  const rules = { ...defaultPolicy, ...policy };
  const at = momentOf(asOf);
  const query = { asOf: at, knownAt: at, from: null, to: null, currency: 'EUR', parameters };
  const earlier = report.before?.(query, rules);
  const seen = (moment: string) => accountsOf(all, told, moment, { policy, viewed });
  const before = earlier ? seen(new Date(earlier.asOf).toISOString().slice(0, 10)) : null;
  return reportOver(report, seen(asOf), query, rules, { before });
}

const potential = (expectedRetention: number, minor = 100) =>
  event('PotentialEstimated', '2025-01-01', {
    availableSales3y: eur(9),
    growthPct: 0,
    expectedRetention,
    margin: eur(minor),
    source: 's',
  });
const planned = (period: string, minor: number) =>
  event('FuturePlanSet', '2025-01-01', { period, basis: 'FORECAST', contribution: eur(minor) });
const designated = (accountId: string, horizonYears = 2, managerId = 'm1') =>
  event('KeyAccountDesignated', '2025-01-01', { accountId, managerId, horizonYears, targetStage: 'BASIC' });

describe('value beyond 12 months (D1)', () => {
  it('is r ÷ (1 + d) in the constant form', () => {
    const found = ask(outlook, { A: [potential(0.8)] }, '2025-12-31');
    expect(found.shareBeyondYear).toBeCloseTo(0.7273, 4);
    expect(found).toMatchObject({ byConstant: 1, byPlan: 0, interval: null, intervalReason: 'one-account' });
  });
  it('is the plan’s where there is one, with an interval over the accounts', () => {
    const plan = [designated('A'), potential(1), planned('2026', 330), planned('2027', 847)];
    const found = ask(outlook, { A: plan, B: plan, C: [potential(0.8)] }, '2025-12-31');
    expect(found.accounts[0]).toMatchObject({ basis: 'plan' });
    expect(found.accounts[0]!.value).toBeCloseTo(1_000, 8);
    expect(found.accounts[0]!.beyondYear).toBeCloseTo(700, 8);
    expect(found.shareBeyondYear).toBeCloseTo((1_400 + 266.6667 * 0.72727) / 2_266.6667, 4);
    expect(found.interval).toMatchObject({ seed: 20_260_101, n: 3 });
    expect(found.interval!.low).toBeLessThanOrEqual(found.shareBeyondYear!);
    expect(found.interval!.high).toBeGreaterThanOrEqual(found.shareBeyondYear!);
  });
  it('counts accounts of which nothing is known, and values none at 0', () =>
    expect(ask(outlook, { A: [] }, '2025-12-31')).toMatchObject({
      total: null,
      shareBeyondYear: null,
      without: 1,
      reason: 'no-value-known',
    }));
});

describe('future profit cover (D13)', () => {
  const target = { obj: { year: 2026, contributionTarget: eur(10_000_000), open: true } };
  const told = Object.fromEntries(
    Array.from({ length: 10 }, (_, i) => [`A${i}`, [potential(0.82), planned('2026', 1_000_000)]]),
  );
  it('8.2 M of 10 M is 82 % with an 80 % interval', () => {
    const { cover } = ask(outlook, told, '2025-12-31', { objectives: target });
    expect(cover).toMatchObject({ year: 2026, target: 10_000_000, targetFrom: 'objectives', level: 0.8, n: 10 });
    expect(cover.expected).toBeCloseTo(8_200_000, 4);
    expect(cover.value).toBeCloseTo(0.82, 10);
    expect(cover.low).toBeCloseTo(0.82 - 1.2816 * Math.sqrt((0.82 * 0.18) / 10), 4);
    expect(cover.high).toBeCloseTo(0.82 + 1.2816 * Math.sqrt((0.82 * 0.18) / 10), 4);
  });
  it('takes the chance of the year in which the fiscal year ends, a leap year of 366 days as well', () => {
    const chance = (asOf: string, year: number) =>
      ask(outlook, { A: [potential(0.82), planned(String(year), 1_000)] }, asOf, {}, { year: String(year) }).cover
        .accounts[0]!.chance;
    expect(chance('2027-12-31', 2028)).toBeCloseTo(0.82, 12);
    expect(chance('2027-12-30', 2028)).toBeCloseTo(0.82 ** 2, 12);
    expect(chance('2026-12-31', 2028)).toBeCloseTo(0.82 ** 2, 12);
    expect(chance('2028-06-30', 2028)).toBeCloseTo(0.82, 12);
  });
  it('has no value without a target', () =>
    expect(ask(outlook, told, '2025-12-31').cover).toMatchObject({ value: null, target: null, reason: 'no-target' }));
});

describe('objectives (D2)', () => {
  it('lists orphans and key accounts that serve nothing', () => {
    const served = event('ObjectiveServed', '2025-02-01', { objectiveId: 'grow', contribution: eur(40) });
    const known = {
      grow: { year: 2025, contributionTarget: eur(100), open: true },
      enter: { year: null, contributionTarget: null, open: true },
      old: { year: 2020, contributionTarget: null, open: false },
    };
    const found = ask(objectives, { A: [designated('A'), served], B: [designated('B')], C: [] }, '2025-12-31', {
      objectives: known,
    });
    expect(found).toMatchObject({ orphans: ['enter'], idle: ['B'] });
    expect(found.objectives.find(({ objectiveId }) => objectiveId === 'grow')).toMatchObject({
      covered: 0.4,
      accounts: [{ accountId: 'A', contribution: 40, eventId: served.id }],
    });
    expect(found.findings.map(({ code }) => code)).toEqual(['ORPHAN_OBJECTIVE', 'NO_OBJECTIVE']);
  });
});

describe('the matrix with movement (F8)', () => {
  const scoring = { ...defaultPolicy.scoring, attractiveness: [{ factor: 'f', weight: 100 }] };
  const scored = event('AttractivenessScored', '2024-01-01', { factor: 'f', score: 7, rater: 'P' });
  const stated = event('SuccessFactorsStated', '2024-01-01', { factors: [{ factor: 'c', weight: 100 }], source: 's' });
  const strength = (time: string, ours: number) =>
    event('StrengthScored', time, {
      factor: 'c',
      ours,
      competitors: { Rival: 7 },
      source: 'customer_survey',
      rater: 'P',
    });
  it('shows where an account stood at the other date', () => {
    const told = { A: [scored, stated, strength('2024-03-01', 6), strength('2025-03-01', 7)], B: [] };
    const found = ask(matrix, told, '2025-12-31', { scoring }, { with: '2024-12-31' });
    expect(found.comparedWith).toBe('2024-12-31T23:59:59.999Z');
    expect(found.accounts[0]).toMatchObject({
      quadrant: 'STRATEGIC',
      from: { quadrant: 'STAR' },
      moved: true,
      deltaAttractiveness: 0,
    });
    expect(found.accounts[0]!.deltaStrength).toBeCloseTo(1 / 7, 10);
    expect(found.quadrants).toEqual({ STRATEGIC: 1, STAR: 0, STATUS: 0, STREAMLINE: 0, NONE: 1 });
    expect(ask(matrix, told, '2025-12-31', { scoring }).accounts[0]).toMatchObject({ from: null, moved: false });
  });
});

describe('the capacity gauge (F9)', () => {
  it('by programme, manager and person', () => {
    const caps = { ...defaultPolicy.caps, hoursPerFteYear: 1_000, managerCap: 1, hours: { PROSPECT: 100 } };
    const person = '00000000-0000-4000-8000-000000000001';
    const share = (assignmentId: string, ftePct: number) =>
      event(
        'MemberAssigned',
        '2025-02-01',
        {
          assignmentId,
          accountId: 'A',
          role: 'EXPERT',
          ftePct,
          from: '2025-02-01T00:00:00.000Z',
          function: 'KEY_ACCOUNT',
          seniority: 2,
        },
        { subject: `member-${person}` },
      );
    const found = ask(
      capacity,
      { A: [designated('A'), share('x', 20)], B: [designated('B'), share('y', 30)] },
      '2025-12-31',
      { caps },
    );
    expect(found.programme).toMatchObject({ accounts: 2, required: 200, available: 400, load: 0.5, overCap: false });
    expect(found.managers).toMatchObject([{ memberId: 'm1', accounts: ['A', 'B'], overCap: true, required: 200 }]);
    expect(found.persons).toMatchObject([{ memberId: person, ftePct: 50, hours: 400, overAllocated: false }]);
    expect(unsayable(found)).toEqual([]);
  });
});

it('lifetime models are refused under 200 customers that bought again, and say what to use instead', () => {
  const bought = ['2025-01-01', '2025-03-01'].map((time) =>
    event('OrderPlaced', time, { orderId: time, amount: eur(1) }),
  );
  expect(ask(lifetime, { A: bought, B: bought.slice(1) }, '2025-12-31')).toMatchObject({
    customers: 2,
    repeaters: 1,
    least: 200,
    reason: 'too-few-repeat-customers',
    instead: 'plan-clv',
    models: [],
  });
});
