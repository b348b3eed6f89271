import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { median, midRanks, pearson, quintiles, spearman } from '../../../projections/statistics/rank.js';

const value = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 });

describe('mid-ranks (§3.0f)', () => {
  it('share the mean of their ranks', () => {
    expect(midRanks([10, 20, 20, 5])).toEqual([2, 3.5, 3.5, 1]);
    expect(midRanks([])).toEqual([]);
  });

  it('add up to n(n + 1)/2', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 })), (values) => {
        const n = values.length;
        expect(midRanks(values).reduce((a, b) => a + b, 0)).toBe((n * (n + 1)) / 2);
      }),
    ));
});

describe("Spearman's correlation (E5, G1)", () => {
  it('has t 2.372 and p .039 for twelve pairs at .6', () => {
    const breadth = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 11];
    const insights = [3, 6, 2, 4, 1, 8, 11, 7, 11, 9, 5, 10];
    const result = spearman(breadth, insights);
    expect(result).toMatchObject({ n: 12, test: 't' });
    if (result.value === null) throw new Error(result.reason);
    expect(result.value).toBeCloseTo(0.6, 12);
    expect(result.t).toBeCloseTo(2.372, 3);
    expect(result.p).toBeCloseTo(0.039, 3);
  });

  it('is exact for ten pairs and fewer', () => {
    const up = spearman([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]);
    expect(up).toEqual({ value: 1, n: 5, t: null, p: 2 / 120, test: 'exact', low: null, high: null });
    // Tables of the exact distribution: n = 6, |ρ| ≥ .8857 has two-sided p .0333 (24 of 720).
    const six = spearman([1, 2, 3, 4, 5, 6], [2, 1, 3, 4, 6, 5]);
    expect(six.value).toBeCloseTo(1 - 24 / 210, 12);
    if (six.value !== null) expect(six.p).toBeCloseTo(24 / 720, 12);
  });

  it('counts pairings with ties as a plain listing of all orders does', () => {
    const xs = [1, 1, 2, 3, 3];
    const ys = [2, 1, 2, 4, 4];
    const seen = spearman(xs, ys);
    const all = orders(ys).map((order) => Math.abs(pearson(midRanks(xs), midRanks(order))!));
    const extreme = all.filter((rho) => rho >= Math.abs(seen.value!) - 1e-12).length;
    if (seen.value !== null) expect(seen.p).toBeCloseTo(extreme / 120, 12);
  });

  it('does not exist for two pairs, a constant list or lists of unequal length', () => {
    expect(spearman([1, 2], [1, 2])).toEqual({ value: null, n: 2, reason: 'too-few' });
    expect(spearman([1, 1, 1], [1, 2, 3])).toEqual({ value: null, n: 3, reason: 'constant' });
    expect(spearman([1, 2, 3], [1, 2])).toEqual({ value: null, n: 2, reason: 'not-paired' });
  });

  it('stays in [−1, 1] inside its own interval, p in [0, 1]', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { maxLength: 20 }), (pairs) => {
        const result = spearman(
          pairs.map(([x]) => x),
          pairs.map(([, y]) => y),
        );
        if (result.value === null) return;
        expect(Math.abs(result.value)).toBeLessThanOrEqual(1);
        expect(result.p).toBeGreaterThanOrEqual(0);
        expect(result.p).toBeLessThanOrEqual(1);
        if (result.low !== null) expect(result.low).toBeLessThanOrEqual(result.value);
        if (result.high !== null) expect(result.high).toBeGreaterThanOrEqual(result.value);
      }),
      { numRuns: 30 },
    ));
});

describe('quintile scores (D7, §3.12.29)', () => {
  const twenty = Array.from({ length: 20 }, (_, i) => i + 1);

  it('give four of twenty to each score, 5 the best', () => {
    const high = quintiles(twenty, 'high')!;
    expect(high.scores).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5]);
    expect(high.cuts[4]).toEqual({ score: 5, from: 17, to: 20 });
    expect(quintiles(twenty, 'low')!.scores[0]).toBe(5);
  });

  it('give equal values equal scores', () => {
    expect(quintiles(new Array(20).fill(7), 'high')).toEqual({
      scores: new Array(20).fill(3),
      n: 20,
      cuts: [{ score: 3, from: 7, to: 7 }],
    });
  });

  it('do not exist under 20 accounts', () => {
    expect(quintiles(twenty.slice(1), 'high')).toBeNull();
  });
});

describe('the median', () => {
  it('is the middle, or the mean of the middle two', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBeNull();
  });
});

function orders(values: readonly number[]): number[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value, i) => orders(values.filter((_, j) => j !== i)).map((rest) => [value, ...rest]));
}
