import { describe, expect, it } from '@jest/globals';
import { performance } from '../../../projections/performance.js';
import { impact } from '../../../projections/portfolio/impact.js';
import { event } from '../../support/folding.js';
import { reportAt } from '../../support/reporting.js';

const told = (share: number, period = '2025', time = '2025-02-01') =>
  event('InternalImpactRecorded', time, { area: 'CAPACITY', share, period });

describe('how accounts weigh on our own business (B5)', () => {
  const shares = [0.3, 0.2, 0.15, 0.1, 0.08, 0.06, 0.05, 0.03, 0.02, 0.01];
  const accounts = Object.fromEntries(shares.map((share, i) => [`A${i}`, [told(share)]]));

  it('is .1764 concentrated: 5.67 effective accounts', () => {
    const [capacity] = reportAt(impact, [performance], accounts, '2025-12-31').areas;
    expect(capacity).toMatchObject({ area: 'CAPACITY', period: '2025', told: 1, hhi: 0.1764 });
    expect(capacity!.effectiveNumber).toBeCloseTo(5.669, 3);
    expect(capacity!.accounts[0]).toMatchObject({ accountId: 'A0', share: 0.3 });
  });
  it('takes the latest word on a period, and the latest period begun', () => {
    const data = [told(0.3), told(0.4, '2025', '2025-03-01'), told(0.9, '2027', '2025-03-02')];
    const [capacity] = reportAt(impact, [performance], { A: data }, '2025-12-31').areas;
    expect(capacity).toMatchObject({ period: '2025', accounts: [{ share: 0.4 }] });
    const asked = reportAt(impact, [performance], { A: data }, '2025-12-31', { parameters: { period: '2026' } });
    expect(asked.areas).toMatchObject([{ period: '2026', hhi: null, reason: 'nothing-told' }]);
  });
  it('is empty where nobody told anything', () =>
    expect(reportAt(impact, [performance], { A: [] }, '2025-12-31')).toEqual({ areas: [] }));
});
