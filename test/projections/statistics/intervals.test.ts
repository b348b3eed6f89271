import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  chiSquareUpper,
  normalCdf,
  normalQuantile,
  studentTwoSided,
} from '../../../projections/statistics/distributions.js';
import {
  bootstrap,
  coverInterval,
  generator,
  npsInterval,
  proportionInterval,
  quantile,
} from '../../../projections/statistics/intervals.js';

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('the net promoter score (D7, §7.4)', () => {
  it('is .40 within [−.126, .741] for 6 promoters and 2 detractors of 10', () => {
    const nps = npsInterval({ promoters: 6, detractors: 2, n: 10 })!;
    expect(nps.value).toBeCloseTo(0.4, 12);
    expect(nps.low).toBeCloseTo(-0.126, 3);
    expect(nps.high).toBeCloseTo(0.741, 3);
  });

  it('does not exist without answers or with counts that do not fit', () => {
    expect(npsInterval({ promoters: 0, detractors: 0, n: 0 })).toBeNull();
    expect(npsInterval({ promoters: 3, detractors: 3, n: 5 })).toBeNull();
  });
});

describe('a proportion (C3, D12)', () => {
  it('has the adjusted-Wald interval', () => {
    // 9 of 10: n + z² = 13.8415, centre .7890, half-width .2148 → [.574, 1].
    const kept = proportionInterval(9, 10)!;
    expect(kept.value).toBe(0.9);
    expect(kept.low).toBeCloseTo(0.574, 3);
    expect(kept.high).toBe(1);
    expect(proportionInterval(1, 0)).toBeNull();
  });

  it('lies inside its interval, in [0, 1]', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.nat(1000), (n, k) => {
        const result = proportionInterval(Math.min(k, n), n)!;
        expect(result.low).toBeGreaterThanOrEqual(0);
        expect(result.high).toBeLessThanOrEqual(1);
        expect(result.low).toBeLessThanOrEqual(result.value + 1e-12);
        expect(result.high).toBeGreaterThanOrEqual(result.value - 1e-12);
      }),
    ));
});

describe('future-profit cover (D13)', () => {
  it('is expected value with an 80 % interval from the chances', () => {
    // Variance .9·.1·4² + .8·.2·3² = 2.88; 1.28155 · 1.69706 = 2.17487.
    const cover = coverInterval([
      { chance: 0.9, amount: 4 },
      { chance: 0.8, amount: 3 },
      { chance: 1, amount: 2 },
    ])!;
    expect(cover.value).toBeCloseTo(8, 12);
    expect(cover.low).toBeCloseTo(8 - 2.17487, 4);
    expect(cover.high).toBe(9);
    expect(coverInterval([])).toBeNull();
    expect(coverInterval([{ chance: 1.1, amount: 1 }])).toBeNull();
  });
});

describe('the bootstrap (§3.5.8)', () => {
  const values = [3, 5, 7, 9, 11, 13, 15, 17, 19, 21];

  it('gives the same interval for the same seed', () => {
    const once = bootstrap(values, mean, { seed: 7 })!;
    expect(once).toMatchObject({ value: 12, n: 10, seed: 7, replicates: 1000 });
    expect(bootstrap(values, mean, { seed: 7 })).toEqual(once);
    expect(bootstrap(values, mean, { seed: 8 })).not.toEqual(once);
  });

  it('comes near the normal interval of a mean', () => {
    const { low, high } = bootstrap(values, mean, { seed: 1, replicates: 4000 })!;
    const reach = 1.96 * Math.sqrt(33 / 10);
    expect(Math.abs(low - (12 - reach))).toBeLessThan(0.25);
    expect(Math.abs(high - (12 + reach))).toBeLessThan(0.25);
  });

  it('does not exist where the statistic does not', () => {
    expect(bootstrap([], mean, { seed: 1 })).toBeNull();
    expect(bootstrap(values, () => null, { seed: 1 })).toBeNull();
  });

  it('draws evenly from [0, 1)', () => {
    const next = generator(42);
    const drawn = Array.from({ length: 10_000 }, next);
    const tenths = Array.from({ length: 10 }, (_, k) => drawn.filter((u) => Math.floor(u * 10) === k).length);
    const chi = tenths.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquareUpper(chi, 9)).toBeGreaterThan(0.001);
    expect(drawn.every((u) => u >= 0 && u < 1)).toBe(true);
  });

  it('reads quantiles between neighbours', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([], 0.5)).toBeNull();
  });
});

describe('distributions', () => {
  it('have their tabled values', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 9);
    expect(normalCdf(-1.5)).toBeCloseTo(0.06680720126885807, 12);
    expect(studentTwoSided(2.3717082451262845, 10)).toBeCloseTo(0.0392, 4);
    expect(studentTwoSided(1, 1)).toBeCloseTo(0.5, 12);
    expect(chiSquareUpper(3.841458820694124, 1)).toBeCloseTo(0.05, 12);
    expect(chiSquareUpper(18.307038053275146, 10)).toBeCloseTo(0.05, 12);
  });

  it('turn a probability into its quantile and back', () =>
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (p) => {
        expect(normalCdf(normalQuantile(p)!)! / p).toBeCloseTo(1, 8);
      }),
    ));

  it('do not exist outside their domains', () => {
    expect(normalQuantile(0)).toBeNull();
    expect(studentTwoSided(1, 0)).toBeNull();
    expect(chiSquareUpper(-1, 1)).toBeNull();
  });
});
