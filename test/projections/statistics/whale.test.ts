import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { topFifthCount, whale } from '../../../projections/statistics/whale.js';

const example = [400, 250, 150, 80, 40, 20, 0, -30, -110, -200];

describe('the whale curve (E5, §7.3)', () => {
  const curve = whale(example)!;

  it('rises to 156.7 % at customer 6, the first of equals, and falls to 100 %', () => {
    const percent = curve.cumulativeShare!.map((share) => Number((share * 100).toFixed(1)));
    expect(percent).toEqual([66.7, 108.3, 133.3, 146.7, 153.3, 156.7, 156.7, 151.7, 133.3, 100]);
    expect(curve).toMatchObject({ total: 600, peak: 940, peakAt: 6, topFifth: 2, profitableShare: 0.6, reason: null });
  });

  it('has peak ratio 1.5667, subsidy .5667, top fifth 1.0833 and area .756667', () => {
    expect(curve.peakRatio).toBeCloseTo(1.56667, 5);
    expect(curve.subsidy).toBeCloseTo(0.56667, 5);
    expect(curve.topFifthShare).toBeCloseTo(1.0833, 4);
    expect(curve.area).toBeCloseTo(0.756667, 6);
  });

  it('is the same in whatever order the accounts come', () =>
    fc.assert(
      fc.property(fc.shuffledSubarray(example, { minLength: example.length }), (shuffled) => {
        expect(whale(shuffled)).toEqual(curve);
      }),
    ));

  it('keeps the absolute curve and gives no ratio where the total is not positive', () => {
    const loss = whale([-10, 4])!;
    expect(loss).toMatchObject({ total: -6, cumulative: [4, -6], peakAt: 1, reason: 'total-not-positive' });
    expect([loss.peakRatio, loss.subsidy, loss.topFifthShare, loss.area, loss.cumulativeShare]).toEqual(
      new Array(5).fill(null),
    );
    expect(whale([-1])).toMatchObject({ peak: 0, peakAt: 0 });
    expect(whale([])).toBeNull();
  });

  it('counts the top fifth in integers, rounded up', () => {
    expect([1, 5, 6, 10, 11, 35].map(topFifthCount)).toEqual([1, 1, 2, 2, 3, 7]);
  });

  it('never lies below the diagonal', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 50 }), (values) => {
        const { area, peakRatio } = whale(values)!;
        if (area !== null) expect(area).toBeGreaterThanOrEqual(-1e-9);
        if (peakRatio !== null) expect(peakRatio).toBeGreaterThanOrEqual(1);
      }),
    ));
});
