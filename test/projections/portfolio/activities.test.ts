import { describe, expect, it } from '@jest/globals';
import { performance } from '../../../projections/performance.js';
import { activities } from '../../../projections/portfolio/activities.js';
import type { Policy } from '../../../src/kernel/policy.js';
import { event } from '../../support/folding.js';
import { reportAt } from '../../support/reporting.js';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const spent = (time: string, minor: number, activityTypeId = 'fair') =>
  event('CostIncurred', time, { costId: `${time}/${minor}`, category: 'OTHER', amount: eur(minor), activityTypeId });
const policy = (caps: Policy['activities'][string]['caps']): Partial<Policy> => ({
  activities: { fair: { name: null, state: 'APPROVED', caps } },
});
const yearly = { amount: eur(1_000_000), per: 'YEAR', accountId: null };

describe('activities under control (D11)', () => {
  it('finds 10.5 k booked under a cap of 10 k; the events stay', () => {
    const told = [spent('2025-02-01', 600_000), spent('2025-03-01', 450_000)];
    const data = reportAt(activities, [performance], { A: told }, '2025-12-31', { policy: policy([yearly]) });
    expect(data.activities).toMatchObject([
      { activityTypeId: 'fair', spent: 1_050_000, lines: [{ period: '2025', cap: 1_000_000, over: true }] },
    ]);
    expect(data.findings).toMatchObject([{ code: 'OVER_CAP' }]);
  });
  it('counts each period by itself, and an account’s own cap instead of that for all', () => {
    const told = [spent('2025-02-01', 600), spent('2025-04-01', 600)];
    const caps = [
      { amount: eur(500), per: 'QUARTER', accountId: null },
      { amount: eur(700), per: 'QUARTER', accountId: 'A' },
    ];
    const data = reportAt(activities, [performance], { A: told, B: [told[0]!] }, '2025-12-31', {
      policy: policy(caps),
    });
    expect(data.activities[0]!.lines).toMatchObject([
      { accountId: 'A', period: '2025-Q1', cap: 700, over: false },
      { accountId: 'A', period: '2025-Q2', cap: 700, over: false },
      { accountId: 'B', period: '2025-Q1', cap: 500, over: true },
    ]);
  });
  it('names spending without cap and of a kind that nobody approved', () => {
    const data = reportAt(activities, [performance], { A: [spent('2025-02-01', 5, 'golf')] }, '2025-12-31');
    expect(data).toMatchObject({ uncapped: ['golf'], findings: [{ code: 'NOT_APPROVED' }, { code: 'UNCAPPED' }] });
  });
  it('has no sum where an exchange rate is missing, and still finds what is over without it', () => {
    const abroad = event('CostIncurred', '2025-04-01', {
      costId: 'x',
      category: 'OTHER',
      amount: { minor: 5, currency: 'GBP' },
      activityTypeId: 'fair',
    });
    const told = { A: [spent('2025-02-01', 1_050_000), abroad], B: [abroad] };
    const data = reportAt(activities, [performance], told, '2025-12-31', { policy: policy([yearly]) });
    const unsaid = { spent: null, spentReason: 'no-rate GBP/EUR' };
    expect(data.activities).toMatchObject([
      {
        ...unsaid,
        lines: [
          { ...unsaid, accountId: 'A', over: true },
          { ...unsaid, accountId: 'B', over: false },
        ],
      },
    ]);
    expect(data.findings).toMatchObject([{ code: 'OVER_CAP', accountId: 'A' }]);
  });
  it('says nothing of a kind on which nothing was spent', () =>
    expect(reportAt(activities, [performance], { A: [] }, '2025-12-31', { policy: policy([]) })).toMatchObject({
      activities: [{ activityTypeId: 'fair', spent: 0, lines: [] }],
      uncapped: [],
      findings: [],
    }));
});
