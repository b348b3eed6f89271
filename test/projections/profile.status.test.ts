import { describe, expect, it } from '@jest/globals';
import { event } from '../support/folding.js';
import { profileAt } from '../support/standing.js';

const status = (time: string, said: string, category = 'motors') =>
  event('SupplierStatusDeclared', time, { category, status: said, source: 'buyer' });
const share = (time: string, value: number) =>
  event('ShareOfWalletEstimated', time, { category: 'motors', share: value, source: 'buyer', confidence: 1 });

describe('the status as a supplier (C10, D8)', () => {
  const eur = (minor: number) => ({ minor, currency: 'EUR' });
  const invoice = (time: string, gross: number, cogs: number) =>
    event('InvoiceIssued', time, { invoiceId: `I-${time}`, gross: eur(gross), cogs: eur(cogs) });

  it('is a ladder with durations, and with margins of the whole months before and after a promotion (C10)', () => {
    const events = [
      status('2025-01-15', 'APPROVED'),
      invoice('2025-01-20', 9_999, 9_999),
      invoice('2025-02-10', 1_000, 900),
      invoice('2025-03-10', 1_000, 700),
      status('2025-04-01', 'PREFERRED'),
      invoice('2025-04-10', 2_000, 1_000),
      invoice('2025-05-10', 9_999, 0),
    ];
    expect(profileAt(events, '2025-05-15').supplierStatus).toMatchObject({
      mainCategory: 'motors',
      current: 'PREFERRED',
      ladder: [
        {
          status: 'APPROVED',
          days: 76,
          to: '2025-04-01T00:00:00.000Z',
          months: 2,
          net: 2_000,
          contribution: 400,
          margin: 0.2,
        },
        { status: 'PREFERRED', days: 44, to: null, months: 1, net: 2_000, margin: 0.5 },
      ],
    });
  });
  it('has no margin without a whole month, and none without revenue', () => {
    const { ladder } = profileAt([status('2025-04-02', 'APPROVED')], '2025-05-15').supplierStatus;
    expect(ladder).toMatchObject([{ margin: null, marginReason: 'no-whole-month', months: 0 }]);
    const later = profileAt([status('2025-04-02', 'APPROVED')], '2025-05-31').supplierStatus;
    expect(later.ladder).toMatchObject([{ margin: null, marginReason: 'no-net-revenue', months: 1 }]);
  });
  it('says how far it is to the goal, and when it was missed (D8)', () => {
    const goal = event('SupplierStatusTargeted', '2026-01-01', {
      category: 'motors',
      status: 'PRIMARY',
      until: '2027-06-30T00:00:00.000Z',
    });
    const events = [status('2025-01-01', 'PREFERRED'), goal];
    expect(profileAt(events, '2027-06-19')).toMatchObject({
      supplierStatus: { goals: [{ status: 'PRIMARY', current: 'PREFERRED', met: false, daysLeft: 10, missed: false }] },
      findings: [],
    });
    expect(profileAt(events, '2027-06-30').findings).toMatchObject([
      { code: 'STATUS_GOAL_MISSED', eventIds: [goal.id] },
    ]);
    expect(profileAt([...events, status('2027-05-01', 'SOLE')], '2027-06-30').findings).toEqual([]);
  });
});

describe('competitors and reductions (D3, E6)', () => {
  const move = event('CompetitorMoved', '2025-03-01', {
    moveId: 'M1',
    competitor: 'Rival',
    category: 'motors',
    impact: 'high',
  });
  it('is defended with 39 after 40, not with 37 (D3)', () => {
    const posture = event('PostureSet', '2025-02-01', { posture: 'DEFEND' });
    const told = (after: number) => [
      share('2025-01-01', 0.4),
      posture,
      move,
      share('2025-06-01', 0.1),
      share('2025-09-01', after),
    ];
    expect(profileAt(told(0.39), '2025-10-01')).toMatchObject({
      posture: { posture: 'DEFEND' },
      competitorMoves: [{ moveId: 'M1', defended: true, shareBefore: 0.4, shareAfter: 0.39 }],
    });
    expect(profileAt(told(0.37), '2025-10-01').competitorMoves).toMatchObject([{ defended: false }]);
    expect(profileAt(told(0.39), '2025-08-01').competitorMoves).toMatchObject([
      { defended: null, defendedReason: 'no-share-after' },
    ]);
  });
  it('expects .4 of the wallet when six suppliers become three and we had .2 (E6)', () => {
    const reduction = event('SupplierReductionAnnounced', '2025-02-01', {
      programmeId: 'R1',
      category: 'motors',
      suppliersBefore: 6,
      suppliersAfter: 3,
      deadline: '2025-07-01T00:00:00.000Z',
      ourSlot: 'SAFE',
    });
    expect(profileAt([share('2025-01-01', 0.2), reduction], '2025-06-20').supplierReductions).toMatchObject([
      {
        programmeId: 'R1',
        daysLeft: 10,
        share: 0.2,
        expectedShare: expect.closeTo(0.4, 12),
        expectedUplift: expect.closeTo(0.2, 12),
        decided: false,
      },
    ]);
    expect(profileAt([reduction], '2025-06-20').supplierReductions).toMatchObject([
      { expectedShare: null, expectedReason: 'no-share-estimated' },
    ]);
  });
});
