import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ewma, mannKendall, swing, theilSen, trend } from '../../../projections/statistics/trend.js';

const quarters = (values: readonly number[]) => values.map((y, x) => ({ x, y }));

describe('the Mann–Kendall test (D7)', () => {
  it('is exact for eight rising quarters: p = 2/8!', () => {
    const result = mannKendall([1, 2, 3, 4, 5, 6, 7, 8])!;
    expect(result).toMatchObject({ s: 28, test: 'exact' });
    expect(result.p).toBeCloseTo(4.96e-5, 7);
  });

  it('counts the orders of tied values', () => {
    const one = mannKendall([1, 2, 3, 4, 5, 6, 7, 7])!;
    expect(one.s).toBe(27);
    expect(one.p).toBeCloseTo(9.92e-5, 7);
    const two = mannKendall([1, 1, 2, 3, 4, 5, 6, 6])!;
    expect(two.s).toBe(26);
    expect(two.p).toBeCloseTo(1.98e-4, 6);
    expect(mannKendall(new Array(8).fill(5))!.p).toBe(1);
  });

  it('agrees with a plain listing of all orders', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 6 }), (values) => {
        const seen = mannKendall(values)!;
        const all = orders(values).map((order) => Math.abs(scoreOf(order)));
        expect(seen.p).toBeCloseTo(all.filter((s) => s >= Math.abs(seen.s)).length / all.length, 12);
      }),
      { numRuns: 40 },
    ));

  it('is normal with corrections for ties and continuity beyond ten values', () => {
    const result = mannKendall([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 11])!;
    // S = 65; variance (12·11·29 − 2·1·9)/18 = 211.667; z = 64/14.5488 = 4.3990.
    expect(result).toMatchObject({ s: 65, test: 'normal' });
    expect(result.p).toBeCloseTo(1.0876e-5, 8);
    expect(mannKendall(new Array(12).fill(5))!.p).toBe(1);
  });
});

describe('a trend (D7, §3.12.23)', () => {
  it('rises over eight rising quarters and falls when turned', () => {
    const rising = trend(quarters([1, 2, 3, 4, 5, 6, 7, 8]));
    expect(rising).toMatchObject({ verdict: 'rising', n: 8, slope: 1 });
    expect(trend(quarters([8, 7, 6, 5, 4, 3, 2, 1])).verdict).toBe('falling');
  });

  it('is no trend when nothing moves or everything jumps', () => {
    expect(trend(quarters(new Array(8).fill(3)))).toMatchObject({ verdict: 'no clear trend', slope: 0, p: 1 });
    expect(trend(quarters([1, 5, 2, 6, 1, 5, 2, 6])).verdict).toBe('no clear trend');
  });

  it('is never drawn from fewer than eight points', () => {
    expect(trend(quarters([1, 2, 3, 4, 5]))).toEqual({ verdict: 'insufficient', n: 5, slope: null, p: null });
    expect(trend([...quarters([1, 2, 3, 4, 5, 6, 7]), { x: 6, y: 9 }]).verdict).toBe('insufficient');
  });

  it('keeps gaps: the same rise over twice the time is half as steep', () => {
    const slow = [1, 2, 3, 4, 5, 6, 7, 8].map((y, i) => ({ x: 2 * i, y }));
    expect(theilSen(slow)).toBe(0.5);
    expect(theilSen([{ x: 1, y: 1 }])).toBeNull();
  });
});

describe('a swing against noise (F7, §3.10)', () => {
  it('says nothing inside 1.96 σ of the weighted mean before it', () => {
    // Ranges 2, 2, 2 → σ = 2/1.128 = 1.773; level of 10, 12, 10, 12 at λ = .3: 10, 10.6, 10.42, 10.894.
    const quiet = swing([10, 12, 10, 12, 14]);
    expect(quiet.level).toBeCloseTo(10.894, 9);
    expect(quiet.sigma).toBeCloseTo(2 / 1.128, 9);
    expect(quiet.verdict).toBe('no signal');
    expect(swing([10, 12, 10, 12, 15]).verdict).toBe('signal');
  });

  it('is insufficient under four values, and silent when nothing moves', () => {
    expect(swing([1, 2, 3])).toEqual({
      verdict: 'insufficient',
      n: 3,
      level: null,
      sigma: null,
      swing: null,
      limit: null,
    });
    expect(swing([0.1, 0.1, 0.1, 0.1]).verdict).toBe('no signal');
  });

  it('weighs the past by λ', () => {
    expect(ewma([1, 2], 0.5)).toEqual([1, 1.5]);
    expect(ewma([])).toEqual([]);
  });
});

function scoreOf(values: readonly number[]): number {
  return values.reduce(
    (sum, later, j) => values.slice(0, j).reduce((s, earlier) => s + Math.sign(later - earlier), sum),
    0,
  );
}

function orders(values: readonly number[]): number[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value, i) => orders(values.filter((_, j) => j !== i)).map((rest) => [value, ...rest]));
}
