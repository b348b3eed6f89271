import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  busFactor,
  effectiveNumber,
  gini,
  hhi,
  imbalance,
  maxShare,
} from '../../../projections/statistics/concentration.js';
import { diamondIndex, normalisedEntropy, shannon } from '../../../projections/statistics/entropy.js';

const met = [
  [12, 0, 0, 0],
  [3, 8, 0, 0],
  [0, 2, 5, 0],
  [1, 0, 0, 4],
];
const weight = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e300, noNaN: true }));
const anyMatrix = fc
  .record({ rows: fc.integer({ min: 0, max: 6 }), columns: fc.integer({ min: 0, max: 6 }) })
  .chain(({ rows, columns }) =>
    fc.array(fc.array(weight, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
  );

describe('the diamond index (C5, §3.9)', () => {
  it('is .927205 for the example, with both entropies and density 7/16', () => {
    const index = diamondIndex(met, 4, 4);
    expect(index.value).toBeCloseTo(0.927205, 6);
    expect(index.rowEntropy).toBeCloseTo(0.959864, 6);
    expect(index.columnEntropy).toBeCloseTo(0.895657, 6);
    expect(index.density).toBe(0.4375);
  });

  it('is 0 for a bow-tie: one person of ours meeting four functions', () => {
    const index = diamondIndex([[10, 6, 4, 3]], 1, 4);
    expect(index.value).toBe(0);
    expect(index.columnEntropy).toBeCloseTo(0.925, 3);
  });

  it('is .5 when two meet two evenly, in a map of four or fewer', () => {
    const evenly = [
      [1, 1],
      [1, 1],
    ];
    expect(diamondIndex(evenly, 2, 2).value).toBeCloseTo(0.5, 12);
    expect(diamondIndex(evenly, 4, 4).value).toBeCloseTo(0.5, 12);
    expect(diamondIndex(evenly, 8, 8).value).toBeCloseTo(1 / 3, 12);
  });

  it('does not exist where nobody met', () => {
    const nobody = { value: null, reason: 'no-weight', rowEntropy: null, columnEntropy: null, density: null };
    expect(diamondIndex([[0, 0]], 4, 4)).toEqual(nobody);
    expect(diamondIndex([], 4, 4)).toEqual(nobody);
  });

  it('stays in [0, 1] for every matrix, turned either way alike', () =>
    fc.assert(
      fc.property(anyMatrix, fc.nat(12), fc.nat(12), (matrix, ours, theirs) => {
        const index = diamondIndex(matrix, ours, theirs);
        if (index.value === null) return;
        expect(index.value).toBeGreaterThanOrEqual(0);
        expect(index.value).toBeLessThanOrEqual(1);
        expect(index.density).toBeLessThanOrEqual(1);
        const turned = matrix[0]!.map((_, j) => matrix.map((row) => row[j]!));
        expect(diamondIndex(turned, theirs, ours).value).toBeCloseTo(index.value, 9);
      }),
    ));
});

describe('entropy (§3.12.2)', () => {
  it('is ln 4 for four alike, 0 for one, and unknown for none', () => {
    expect(shannon([5, 5, 5, 5])).toBeCloseTo(Math.log(4), 12);
    expect(shannon([0, 7])).toBe(0);
    expect(shannon([0, 0])).toBeNull();
  });

  it('is held at 1 where more functions were met than the map still has', () => {
    expect(normalisedEntropy([1, 1, 1, 1, 1, 1, 1, 1], 2)).toBe(1);
  });
});

describe('concentration (B5, H2, D9, §7.3)', () => {
  const shares = [30, 20, 15, 10, 8, 6, 5, 3, 2, 1];

  it('gives HHI .1764 and 5.669 effective customers', () => {
    expect(hhi(shares)).toBeCloseTo(0.1764, 12);
    expect(effectiveNumber(shares)).toBeCloseTo(5.669, 3);
  });

  it('leaves out those who bring nothing', () => {
    expect(hhi([50, 50, 0, -20])).toBeCloseTo(0.5, 12);
    expect(hhi([0, -1])).toBeNull();
    expect(effectiveNumber([])).toBeNull();
  });

  it('gives Gini 0 for a fair route and .20 where one stop is forgotten', () => {
    expect(gini([4, 4, 4, 4, 4])).toBe(0);
    expect(gini([4, 4, 4, 4, 0])).toBeCloseTo(0.2, 12);
    expect(gini([0, 0])).toBeNull();
    expect(gini([1, -1])).toBeNull();
  });

  it('keeps Gini in [0, 1)', () =>
    fc.assert(
      fc.property(fc.array(weight, { maxLength: 30 }), (values) => {
        const index = gini(values);
        if (index === null) return;
        expect(index).toBeGreaterThanOrEqual(0);
        expect(index).toBeLessThan(1);
      }),
    ));

  it('counts the fewest who carry more than half', () => {
    expect(busFactor([5, 5])).toBe(2);
    expect(busFactor([6, 4])).toBe(1);
    expect(busFactor([0.1, 0.2, 0.3])).toBe(2);
    expect(busFactor([])).toBeNull();
    expect(maxShare([6, 4])).toBeCloseTo(0.6, 12);
  });

  it('gives imbalance .15 before and .09 after rebalancing', () => {
    expect(imbalance([50, 20, 20, 10], [40, 35, 15, 10])).toBeCloseTo(0.15, 12);
    expect(imbalance([46, 26, 18, 10], [40, 35, 15, 10])).toBeCloseTo(0.09, 12);
    expect(imbalance([0, 0], [1, 1])).toBeNull();
    expect(imbalance([1], [1, 1])).toBeNull();
  });
});
