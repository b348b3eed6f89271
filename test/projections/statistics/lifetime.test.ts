import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  bgNbdAlive,
  bgNbdExpected,
  bgNbdLogLikelihood,
  bgNbdMean,
  bgNbdProbability,
  fitBgNbd,
  purchasesAhead,
} from '../../../projections/statistics/bgnbd.js';
import { fitMbgNbd, mbgNbdAlive, mbgNbdExpected, mbgNbdLogLikelihood } from '../../../projections/statistics/mbgnbd.js';
import { summary, table, withCdnow } from './cdnow.js';

const published = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
const mbg = { r: 0.524838, alpha: 6.182991, a: 0.891356, b: 1.614 };
const of = (x: number, tx: number, T: number) => ({ x, tx, T });
const anyCustomer = fc
  .record({
    x: fc.nat(2000),
    T: fc.double({ min: 0.01, max: 1000, noNaN: true }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ x, T, share }) => of(x, x === 0 ? 0 : T * share, T));
const some = fc.double({ min: 0.001, max: 100, noNaN: true });
const anyParameters = fc.record({ r: some, alpha: some, a: some, b: some });

describe('BG/NBD at the published parameters (§7.1)', () => {
  it.each([
    [2, 30.43, 38.86, 0.726579, 1.226028],
    [0, 0, 38.86, 1, 0.195098],
    [1, 0.43, 38.86, 0.167457, 0.160419],
    [26, 30.86, 31, 0.968916, 20.749726],
  ])('has for (%d, %d, %d) P(alive) %d and %d purchases in 39 weeks', (x, tx, T, alive, expected) => {
    expect(bgNbdAlive(published, of(x, tx, T))).toBeCloseTo(alive, 6);
    expect(bgNbdExpected(published, of(x, tx, T), 39)).toBeCloseTo(expected, 6);
  });

  it('expects .103390 purchases in 2 weeks and 1.196723 in 39 of anyone', () => {
    expect(bgNbdMean(published, 2)).toBeCloseTo(0.10339, 6);
    expect(bgNbdMean(published, 39)).toBeCloseTo(1.196723, 6);
    expect(bgNbdMean(published, 0)).toBe(0);
  });

  it('has P(X(2) = 10) 1.07869e-7 and P(X(39) = 0) .57379, and probabilities that add up to 1', () => {
    expect(bgNbdProbability(published, 2, 10)! / 1.07869e-7).toBeCloseTo(1, 4);
    expect(bgNbdProbability(published, 39, 0)).toBeCloseTo(0.5737864, 6);
    const all = Array.from({ length: 2000 }, (_, x) => bgNbdProbability(published, 39, x)!);
    expect(all.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
    expect(all.reduce((sum, p, x) => sum + x * p, 0)).toBeCloseTo(1.196723, 4);
  });

  it('calls everyone alive who never came back, whom MBG/NBD doubts (trap §8.6)', () => {
    expect(bgNbdAlive(published, of(0, 0, 1000))).toBe(1);
    expect(mbgNbdAlive(mbg, of(0, 0, 38.86))).toBeCloseTo(0.389716, 6);
  });

  it('does not overflow for a thousand purchases that stopped long ago', () => {
    expect(bgNbdAlive(published, of(1000, 10, 100))).toBe(0);
    expect(bgNbdExpected(published, of(1000, 10, 100), 39)).toBe(0);
  });

  it('passes smoothly where a = 1 and where a + b = 1, which are only limits', () => {
    const near = { a: 1, c: 3, rate: 2, from: 10, t: 5 };
    expect(purchasesAhead(near)).toBeCloseTo(purchasesAhead({ ...near, a: 1 + 1e-4 })!, 3);
    expect(bgNbdMean({ r: 1, alpha: 5, a: 0.5, b: 0.5 }, 3)).toBeCloseTo(
      bgNbdMean({ r: 1, alpha: 5, a: 0.5, b: 0.5001 }, 3)!,
      3,
    );
  });

  it('does not exist for figures that fit no customer', () => {
    expect(bgNbdAlive(published, of(1, 5, 4))).toBeNull();
    expect(bgNbdExpected(published, of(-1, 0, 4), 1)).toBeNull();
    expect(bgNbdExpected(published, of(1, 1, 4), -1)).toBeNull();
    expect(bgNbdLogLikelihood({ ...published, a: 0 }, [of(1, 1, 4)])).toBeNull();
  });
});

describe('MBG/NBD at its parameters (§3.5.6)', () => {
  it('has P(alive) .706126 and .389716, and 1.262671 and .153954 purchases in 39 weeks', () => {
    expect(mbgNbdAlive(mbg, of(2, 30.43, 38.86))).toBeCloseTo(0.706126, 6);
    expect(mbgNbdExpected(mbg, of(2, 30.43, 38.86), 39)).toBeCloseTo(1.262671, 6);
    expect(mbgNbdExpected(mbg, of(0, 0, 38.86), 39)).toBeCloseTo(0.153954, 6);
  });
});

describe('buying models', () => {
  it('give a probability and a count that grows with time, for every customer', () =>
    fc.assert(
      fc.property(anyParameters, anyCustomer, some, (parameters, customer, t) => {
        for (const [alive, expected] of [
          [bgNbdAlive(parameters, customer), (ahead: number) => bgNbdExpected(parameters, customer, ahead)],
          [mbgNbdAlive(parameters, customer), (ahead: number) => mbgNbdExpected(parameters, customer, ahead)],
        ] as const) {
          expect(alive).toBeGreaterThanOrEqual(0);
          expect(alive).toBeLessThanOrEqual(1);
          const now = expected(t);
          const later = expected(2 * t);
          if (now !== null) expect(Number.isFinite(now) && now >= 0).toBe(true);
          if (now !== null && later !== null) expect(later).toBeGreaterThanOrEqual(now * (1 - 1e-6) - 1e-9);
        }
      }),
    ));

  it('are refused under 200 customers with a repeat, and say what to use instead (§3.5.7)', () => {
    const thin = [...new Array(199).fill(of(1, 2, 10)), ...new Array(500).fill(of(0, 0, 10))];
    const refusal = {
      parameters: null,
      reason: 'too-few-repeat-customers',
      instead: 'plan-clv',
      customers: 699,
      repeaters: 199,
    };
    expect(fitBgNbd(thin)).toEqual(refusal);
    expect(fitMbgNbd(thin)).toEqual(refusal);
    expect(fitBgNbd([])).toMatchObject({ parameters: null, customers: 0 });
  });
});

withCdnow('fitted on CDNOW (§7.1; skipped without the data)', () => {
  it('BG/NBD reaches ln L −9582.43 at .2426, 4.4135, .7929, 2.4258', () => {
    const fit = fitBgNbd(summary());
    if (fit.parameters === null) throw new Error(fit.reason);
    expect(fit).toMatchObject({ customers: 2357, repeaters: 946 });
    expect(fit.logLikelihood).toBeCloseTo(-9582.4256, 3);
    expect(fit.parameters.r).toBeCloseTo(0.2426, 4);
    expect(fit.parameters.alpha).toBeCloseTo(4.4135, 3);
    expect(fit.parameters.a).toBeCloseTo(0.7929, 3);
    expect(fit.parameters.b).toBeCloseTo(2.4258, 3);
    const times = [0.1429, 1, 3, 31.8571, 32, 78];
    const means = [0.0078, 0.0532, 0.1506, 1.0405, 1.0437, 1.8576];
    times.forEach((t, i) => {
      expect(Math.abs(bgNbdMean(fit.parameters, t)! - means[i]!)).toBeLessThan(0.001);
    });
  });

  it('is the same model in milliseconds as in weeks', () => {
    const week = 604_800_000;
    const fine = fitBgNbd(summary().map(({ x, tx, T }) => of(x, tx * week, T * week)));
    expect(fine.parameters!.alpha / week).toBeCloseTo(4.4135, 3);
    expect(fine.parameters!.a).toBeCloseTo(0.7929, 3);
  });

  it('BG/NBD has ln L −9582.4268 at the published parameters', () => {
    expect(bgNbdLogLikelihood(published, summary())).toBeCloseTo(-9582.4268, 3);
  });

  it('MBG/NBD reaches ln L −9582.133', () => {
    const fit = fitMbgNbd(summary());
    if (fit.parameters === null) throw new Error(fit.reason);
    expect(fit.logLikelihood).toBeCloseTo(-9582.1327, 3);
    expect(fit.parameters.r).toBeCloseTo(0.5248, 3);
    expect(fit.parameters.alpha).toBeCloseTo(6.183, 2);
    expect(fit.parameters.a).toBeCloseTo(0.8914, 3);
    expect(fit.parameters.b).toBeCloseTo(1.614, 2);
    expect(mbgNbdLogLikelihood(mbg, summary())).toBeCloseTo(-9582.1327, 3);
  });

  it('BG/NBD predicts every one of the 2,357 as the reference does', () => {
    const rows = table('golden_customers.csv');
    expect(rows).toHaveLength(2357);
    let sum = 0;
    for (const { x, t_x, T, bgnbd_p_alive, bgnbd_exp_39w } of rows) {
      const customer = of(x!, t_x!, T!);
      expect(Math.abs(bgNbdAlive(published, customer)! - bgnbd_p_alive!)).toBeLessThan(1e-6);
      const expected = bgNbdExpected(published, customer, 39)!;
      expect(Math.abs(expected - bgnbd_exp_39w!)).toBeLessThan(1e-6);
      sum += expected;
    }
    expect(sum).toBeCloseTo(1653.9, 1);
  });
});
