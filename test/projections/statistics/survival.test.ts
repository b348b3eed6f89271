import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  bandAt,
  conditionalSurvival,
  kaplanMeier,
  logRank,
  medianOf,
  type Spell,
  survivalAt,
} from '../../../projections/statistics/survival.js';

/** Weeks in remission, Freireich and others 1963: negative numbers are censored. */
const read = (times: readonly number[]): Spell[] => times.map((t) => ({ time: Math.abs(t), ended: t > 0 }));
const treated = read([6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]);
const placebo = read([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]);

const spell = fc.record({ time: fc.integer({ min: 0, max: 50 }), ended: fc.boolean() });

describe('Kaplan–Meier (H6, §3.12.15)', () => {
  const curve = kaplanMeier(treated)!;

  it('has the textbook curve of the 6-MP group', () => {
    const survival = curve.steps.map(({ time, survival: s }) => [time, Number(s.toFixed(4))]);
    expect(survival).toEqual([
      [6, 0.8571],
      [7, 0.8067],
      [10, 0.7529],
      [13, 0.6902],
      [16, 0.6275],
      [22, 0.5378],
      [23, 0.4482],
    ]);
    expect(curve).toMatchObject({ n: 21, ended: 9, longest: 35 });
  });

  it("has its band by log(−log S) with Greenwood's error", () => {
    const band = curve.steps.map(({ lower, upper }) => [Number(lower!.toFixed(4)), Number(upper!.toFixed(4))]);
    expect(band[0]).toEqual([0.6197, 0.9516]);
    expect(band[3]).toEqual([0.4316, 0.8491]);
    expect(band[6]).toEqual([0.1881, 0.6801]);
  });

  it('has medians 23 and 8', () => {
    expect(medianOf(curve)).toBe(23);
    expect(medianOf(kaplanMeier(placebo)!)).toBe(8);
    expect(medianOf(kaplanMeier(read([-5, -6, 1, -7]))!)).toBeNull();
  });

  it('includes the ends of the day asked for', () => {
    expect(survivalAt(curve, 5.99)).toBe(1);
    expect(survivalAt(curve, 6)).toBeCloseTo(18 / 21, 12);
    expect(survivalAt(curve, 0)).toBe(1);
  });

  it('knows nothing beyond the longest observed', () => {
    expect(survivalAt(curve, 35)).toBeCloseTo(0.4482, 4);
    expect(survivalAt(curve, 35.01)).toBeNull();
    expect(bandAt(curve, 36)).toBeNull();
    expect(kaplanMeier([])).toBeNull();
  });

  it('has no band where it is 0 or nobody has ended yet', () => {
    const end = kaplanMeier(placebo)!;
    expect(bandAt(end, 23)).toEqual({ survival: 0, lower: null, upper: null });
    expect(bandAt(end, 0.5)).toEqual({ survival: 1, lower: null, upper: null });
  });

  it('gives the chance to last longer given the time behind', () => {
    expect(conditionalSurvival(curve, 10, 6)).toBeCloseTo(0.6275 / 0.7529, 3);
    expect(conditionalSurvival(curve, 30, 10)).toBeNull();
    expect(conditionalSurvival(kaplanMeier(placebo)!, 23, 0)).toBeNull();
  });

  it('never rises, and stays inside its band', () =>
    fc.assert(
      fc.property(fc.array(spell, { minLength: 1, maxLength: 40 }), (spells) => {
        let before = 1;
        for (const { survival, lower, upper } of kaplanMeier(spells)!.steps) {
          expect(survival).toBeLessThanOrEqual(before);
          expect(survival).toBeGreaterThanOrEqual(0);
          if (lower !== null) expect(lower).toBeLessThanOrEqual(survival);
          if (upper !== null) expect(upper).toBeGreaterThanOrEqual(survival);
          before = survival;
        }
      }),
    ));

  it('is the plain share of those left where nobody is censored', () => {
    const curve = kaplanMeier(placebo)!;
    for (let t = 0; t <= 23; t++) {
      expect(survivalAt(curve, t)).toBeCloseTo(placebo.filter(({ time }) => time > t).length / 21, 12);
    }
  });
});

describe('the log-rank test (H6)', () => {
  it('has the textbook χ² 16.79 for 6-MP against placebo', () => {
    const result = logRank([treated, placebo]);
    expect(result).toMatchObject({ df: 1, observed: [9, 21] });
    if (result.p === null) throw new Error(result.reason);
    expect(result.chiSquare).toBeCloseTo(16.793, 3);
    expect(result.expected[0]).toBeCloseTo(19.25, 2);
    expect(result.p).toBeCloseTo(4.17e-5, 7);
  });

  it('sees no difference between a group and itself, in any number of groups', () => {
    const result = logRank([treated, treated, treated]);
    expect(result).toMatchObject({ df: 2 });
    expect(result.p).toBeCloseTo(1, 9);
  });

  it('does not exist for one group or no ends', () => {
    expect(logRank([treated, []])).toEqual({ p: null, reason: 'fewer-than-two-groups' });
    expect(logRank([read([-1]), read([-2])])).toEqual({ p: null, reason: 'no-ends' });
  });

  it('is a probability for all groups', () =>
    fc.assert(
      fc.property(fc.array(fc.array(spell, { maxLength: 12 }), { maxLength: 4 }), (groups) => {
        const result = logRank(groups);
        if (result.p === null) return;
        expect(result.p).toBeGreaterThanOrEqual(0);
        expect(result.p).toBeLessThanOrEqual(1);
      }),
    ));
});
