import { describe, expect, it } from '@jest/globals';
import { balance } from '../../../projections/portfolio/balance.js';
import type { Budget } from '../../../src/kernel/policy.js';
import { unsayable } from '../../support/folding.js';
import { reportAt } from '../../support/reporting.js';

const quadrants = ['STRATEGIC', 'STAR', 'STATUS', 'STREAMLINE'];
const ids = ['A', 'B', 'C', 'D'];
const budget = (accountId: string, minor: number, moved = false, period = '2025'): Budget => ({
  accountId,
  period,
  amount: { minor, currency: 'EUR' },
  purpose: moved ? null : 'care',
  moved,
  eventId: moved ? 'move' : `b-${accountId}`,
});
const views = (values: readonly (number | null)[], constant: number | null = null) =>
  Object.fromEntries(
    values.map((value, i) => [
      ids[i]!,
      {
        value: {
          plan: { value, reason: 'forecast-missing' },
          constantClv: { value: constant, reason: 'no-potential' },
        },
        criteria: { quadrant: quadrants[i] ?? null },
      },
    ]),
  );
const nobody = Object.fromEntries(ids.map((id) => [id, []]));
const report = (budgets: readonly Budget[], more: object = {}) =>
  reportAt(balance, [], nobody, '2025-12-31', { policy: { budgets }, views: views([40, 35, 15, 10]), ...more });
const allocated = ids.map((id, i) => budget(id, [50, 20, 20, 10][i]!));

describe('budget against value by quadrant (D9)', () => {
  it('is .15 out of balance at 50/20/20/10 against 40/35/15/10', () => {
    const data = report([...allocated, budget('A', 999, false, '2024')]);
    expect(data.imbalance).toBeCloseTo(0.15, 12);
    expect(data.classes).toMatchObject([
      { quadrant: 'STRATEGIC', budgetShare: 0.5, valueShare: 0.4 },
      { quadrant: 'STAR', budgetShare: 0.2, valueShare: 0.35 },
      { quadrant: 'STATUS' },
      { quadrant: 'STREAMLINE' },
      { quadrant: 'NONE', accounts: 0, budget: 0 },
    ]);
  });
  it('takes constantClv where there is no plan value, and says so', () => {
    const data = report(allocated, { views: views([null, 35, 15, 10], 40) });
    expect(data).toMatchObject({ byConstantClv: ['A'], withoutValue: [] });
    expect(data.imbalance).toBeCloseTo(0.15, 12);
  });
  it('has none without budgets, without value and over no accounts', () => {
    expect(report([])).toMatchObject({ imbalance: null, reason: 'no-budget' });
    const worthless = report(allocated, { views: views([null, null, null, null]) });
    expect(worthless).toMatchObject({ imbalance: null, reason: 'no-value', withoutValue: ids });
    expect(reportAt(balance, [], {}, '2025-12-31')).toMatchObject({ imbalance: null, reason: 'no-accounts' });
    expect(unsayable(worthless)).toEqual([]);
  });
});

describe('moves of budgets (F10)', () => {
  const moves = [budget('A', -4, true), budget('B', 6, true), budget('C', -2, true)];
  it('bring 50/20/20/10 to 46/26/18/10: from .15 to .09', () => {
    const data = report([...allocated, ...moves]);
    expect(data.imbalanceBefore).toBeCloseTo(0.15, 12);
    expect(data.imbalance).toBeCloseTo(0.09, 12);
    expect(data.findings).toEqual([]);
  });
  it('are found where they make it worse', () =>
    expect(report([...allocated, budget('A', 10, true), budget('B', -10, true)]).findings).toMatchObject([
      { code: 'IMBALANCE_ROSE', eventIds: ['move'] },
    ]));
});
