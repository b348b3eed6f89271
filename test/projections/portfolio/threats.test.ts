import { describe, expect, it } from '@jest/globals';
import { threats } from '../../../projections/portfolio/threats.js';
import { performance } from '../../../projections/performance.js';
import { profile } from '../../../projections/profile.js';
import { stages } from '../../../projections/stages.js';
import { event, unsayable } from '../../support/folding.js';
import { reportAt } from '../../support/reporting.js';

const all = [profile, stages, performance];
const share = (time: string, value: number) =>
  event('ShareOfWalletEstimated', time, { category: 'motors', share: value, source: 'tender', confidence: 0.8 });
const move = (time: string, competitor = 'Rival') =>
  event('CompetitorMoved', time, { moveId: `M-${time}`, competitor, category: 'motors', impact: 'high' });
const reduction = (ourSlot: string, deadline = '2025-12-31T00:00:00.000Z') =>
  event('SupplierReductionAnnounced', '2025-02-01', {
    programmeId: 'R1',
    category: 'motors',
    suppliersBefore: 6,
    suppliersAfter: 3,
    deadline,
    ourSlot,
  });

describe('competitors’ moves and whether we held (D3)', () => {
  const attacked = (after: number) => [share('2025-01-01', 0.4), move('2025-03-01'), share('2025-09-01', after)];
  const told = {
    HELD: [...attacked(0.39), event('PostureSet', '2025-03-02', { posture: 'DEFEND' })],
    LOST: attacked(0.3),
    OPEN: [share('2025-01-01', 0.4), move('2025-03-01', 'Other')],
  };
  const found = reportAt(threats, all, told, '2025-10-01');

  it('40 → 39 after the attack is defended, 40 → 30 is not', () =>
    expect(found.moves).toMatchObject([
      { accountId: 'HELD', defended: true, shareBefore: 0.4, shareAfter: 0.39, posture: 'DEFEND' },
      { accountId: 'LOST', defended: false },
      { accountId: 'OPEN', defended: null, defendedReason: 'no-share-after', posture: null },
    ]));
  it('has a rate over the moves that can be judged, with n and interval, by competitor too', () => {
    expect(found.defended).toMatchObject({ value: 0.5, defended: 1, n: 2, undecided: 1, interval: { n: 2 } });
    expect(found.competitors).toMatchObject([
      { competitor: 'Other', moves: 1, value: null, reason: 'none-judged', interval: null },
      { competitor: 'Rival', moves: 2, value: 0.5 },
    ]);
  });
  it('takes moves of a window', () => {
    const later = reportAt(threats, all, told, '2025-10-01', { from: '2025-04-01' });
    expect(later).toMatchObject({ moves: [], defended: { value: null, reason: 'none-judged', n: 0 } });
    expect(unsayable(later)).toEqual([]);
  });
});

describe('customers that want fewer suppliers (E6)', () => {
  it('6 → 3 with a share of .2: .4 to expect if we stay, and the days left', () => {
    const told = {
      SURE: [share('2025-01-01', 0.2), reduction('SAFE')],
      RISK: [share('2025-01-01', 0.2), reduction('AT_RISK', '2025-07-01T00:00:00.000Z')],
      DONE: [reduction('AT_RISK'), event('SupplierReductionDecided', '2025-03-01', { programmeId: 'R1', kept: true })],
    };
    const found = reportAt(threats, all, told, '2025-06-20');
    expect(found.reductions).toMatchObject([
      { accountId: 'RISK', daysLeft: 10, ourSlot: 'AT_RISK', expectedShare: expect.closeTo(0.4, 12), decided: false },
      { accountId: 'SURE', daysLeft: 193, expectedUplift: expect.closeTo(0.2, 12) },
      { accountId: 'DONE', decided: true, kept: true, expectedShare: null, expectedReason: 'no-share-estimated' },
    ]);
    expect(found.exposed).toEqual(['RISK']);
  });
  it('shows discount schemes in force', () => {
    const scheme = event('DiscountSchemeAnnounced', '2025-02-01', { schemeId: 'S', until: '2025-07-01T00:00:00.000Z' });
    const at = (asOf: string) => reportAt(threats, all, { A: [scheme] }, asOf).discountSchemes;
    expect(at('2025-06-20')).toMatchObject([{ accountId: 'A', schemeId: 'S', daysLeft: 10 }]);
    expect(at('2025-07-01')).toEqual([]);
  });
});
