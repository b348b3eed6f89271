import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bgNbdExpected, bgNbdLogLikelihood } from '../../../projections/statistics/bgnbd.js';
import {
  fitGammaGamma,
  gammaGammaExpected,
  gammaGammaLogLikelihood,
  gammaGammaMean,
} from '../../../projections/statistics/gammagamma.js';
import { lifetimeClv } from '../../../projections/statistics/lifetime-clv.js';
import { derl, fitSbg, sbgLogLikelihood, sbgRetention, sbgSurvival } from '../../../projections/statistics/sbg.js';
import { drawnInterval, parameterDraws } from '../../../projections/statistics/spread.js';
import { summary, table, withCdnow } from './cdnow.js';

const published = { p: 6.25, q: 3.74, gamma: 15.44 };

describe('Gamma-Gamma at the published parameters (§7.1)', () => {
  it('expects 35.218978 of anyone, and of buyers what they showed, drawn to it', () => {
    expect(gammaGammaMean(published)).toBeCloseTo(35.218978, 6);
    expect(gammaGammaExpected(published, { x: 0, mean: 0 })).toBeCloseTo(35.218978, 6);
    expect(gammaGammaExpected(published, { x: 1, mean: 20 })).toBeCloseTo(24.638487, 6);
    expect(gammaGammaExpected(published, { x: 2, mean: 22.35 })).toBeCloseTo(24.663714, 6);
    expect(gammaGammaExpected(published, { x: 7, mean: 73.74 })).toBeCloseTo(71.469671, 6);
  });

  it('has no mean where q ≤ 1, and none for a buyer who paid nothing', () => {
    expect(gammaGammaMean({ p: 1, q: 1, gamma: 1 })).toBeNull();
    expect(gammaGammaExpected(published, { x: 2, mean: 0 })).toBeNull();
    expect(gammaGammaLogLikelihood({ ...published, p: -1 }, [{ x: 1, mean: 2 }])).toBeNull();
  });

  it('is refused under 200 repeat buyers', () => {
    const fit = fitGammaGamma([{ x: 1, mean: 20 }]);
    expect(fit).toMatchObject({ parameters: null, reason: 'too-few-repeat-customers', instead: 'plan-clv' });
  });
});

withCdnow('Gamma-Gamma fitted on CDNOW (§7.1; skipped without the data)', () => {
  it('has 6.2488, 3.7446, 15.4477 on 946 buyers, correlation .1139', () => {
    const fit = fitGammaGamma(summary());
    if (fit.parameters === null) throw new Error(fit.reason);
    expect(fit.repeaters).toBe(946);
    expect(fit.correlation).toBeCloseTo(0.1139, 4);
    expect(fit.logLikelihood).toBeCloseTo(-4055.9232, 3);
    expect(fit.parameters.p).toBeCloseTo(6.2488, 2);
    expect(fit.parameters.q).toBeCloseTo(3.7446, 2);
    expect(fit.parameters.gamma).toBeCloseTo(15.4477, 2);
  });

  it('finds the same in cents as in dollars', () => {
    const cents = fitGammaGamma(summary().map(({ x, mean }) => ({ x, mean: mean * 100 })));
    expect(cents.parameters!.gamma).toBeCloseTo(1544.77, 0);
    expect(cents.parameters!.p).toBeCloseTo(6.2488, 2);
  });

  it('predicts every one of the 2,357 as the reference does', () => {
    for (const { x, zbar, gg_exp_spend } of table('golden_customers.csv')) {
      const spend = gammaGammaExpected(published, { x: x!, mean: zbar! })!;
      expect(Math.abs(spend - gg_exp_spend!)).toBeLessThan(1e-4);
    }
  });
});

describe('the shifted beta-geometric model (§7.1)', () => {
  const four = { alpha: 0.763665, beta: 1.29583 };

  it.each([
    [[1000, 631, 468, 382, 326, 289, 262, 241], 0.7041, 1.182, -1680.265],
    [[1000, 869, 743, 653, 593, 551, 517, 491], 0.6681, 3.8061, -1611.158],
    [[1000, 631, 468, 382, 326], 0.7637, 1.2958, -1401.559],
  ])('fits %j at α %d, β %d, ln L %d', (survivors, alpha, beta, logLikelihood) => {
    const fit = fitSbg(survivors);
    if (fit.parameters === null) throw new Error(fit.reason);
    expect(fit.parameters.alpha).toBeCloseTo(alpha, 3);
    expect(fit.parameters.beta).toBeCloseTo(beta, 3);
    expect(fit.logLikelihood).toBeCloseTo(logLikelihood, 3);
    expect(sbgLogLikelihood(fit.parameters, survivors)).toBeCloseTo(logLikelihood, 3);
  });

  it('foresees S(5) .2845, S(12) .1595 and retention that rises with tenure', () => {
    expect(sbgSurvival(four, 5)).toBeCloseTo(0.2845, 4);
    expect(sbgSurvival(four, 12)).toBeCloseTo(0.1595, 4);
    const rates = [1, 2, 3, 4].map((t) => Number(sbgRetention(four, t)!.toFixed(4)));
    expect(rates).toEqual([0.6292, 0.7504, 0.8119, 0.8491]);
  });

  it('has residual lifetimes 2.88326 and 5.23626 at 10 %', () => {
    expect(derl(four, 1, 0.1)).toBeCloseTo(2.88326, 5);
    expect(derl(four, 4, 0.1)).toBeCloseTo(5.23626, 5);
  });

  it('sums up survival in its residual lifetime', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.double({ min: 0.05, max: 0.5, noNaN: true }), (n, discount) => {
        const term = (t: number) => sbgSurvival(four, t)! / sbgSurvival(four, n - 1)! / (1 + discount) ** (t - n);
        const summed = Array.from({ length: 800 }, (_, i) => term(n + i)).reduce((a, b) => a + b, 0);
        expect(derl(four, n, discount)).toBeCloseTo(summed, 8);
      }),
    ));

  it('has none where the sum has no limit, before the first renewal, or for counts that rise', () => {
    expect(derl(four, 1, 0)).toBeNull();
    expect(derl(four, 0, 0.1)).toBeNull();
    expect(fitSbg([1000, 400, 500])).toMatchObject({ parameters: null, repeaters: 0 });
    expect(fitSbg([300, 199, 100])).toMatchObject({ parameters: null, reason: 'too-few-repeat-customers' });
  });
});

describe('lifetime value without a contract (§3.5.6)', () => {
  it('discounts each week by the year’s rate', () => {
    const value = lifetimeClv({ expected: (t) => t, spend: 10, margin: 0.3, discount: 0.1, horizon: 104 }).value;
    const summed = Array.from({ length: 104 }, (_, i) => 3 / 1.1 ** ((i + 1) / 52)).reduce((a, b) => a + b, 0);
    expect(value).toBeCloseTo(summed, 9);
  });

  it('names what it lacks', () => {
    const terms = { expected: (t: number) => t, spend: 10, margin: 0.3, discount: 0.1, horizon: 52 };
    expect(lifetimeClv({ ...terms, spend: null })).toEqual({ value: null, reason: 'no-spend' });
    expect(lifetimeClv({ ...terms, expected: () => null })).toEqual({ value: null, reason: 'no-expected-purchases' });
    expect(lifetimeClv({ ...terms, horizon: 0 })).toEqual({ value: null, reason: 'no-horizon' });
    expect(lifetimeClv({ ...terms, discount: -1 })).toEqual({ value: null, reason: 'discount-not-above-minus-1' });
  });
});

describe('how far fitted parameters could lie (§3.5.8)', () => {
  it('draws a rate around its fit as widely as theory has it', () => {
    // Exponential, 400 watched, mean 1: ln rate has standard error 1/√400 = .05.
    const draws = parameterDraws(([rate]) => 400 * (Math.log(rate!) - rate!), [1], { seed: 3, replicates: 4000 })!;
    const logs = draws.map(([rate]) => Math.log(rate!));
    const spread = Math.sqrt(logs.reduce((sum, log) => sum + log * log, 0) / logs.length);
    expect(Math.abs(spread - 0.05)).toBeLessThan(0.002);
  });

  it('has no draws where there is no peak', () => {
    expect(parameterDraws(() => 0, [1], { seed: 1 })).toBeNull();
    expect(parameterDraws(() => null, [1], { seed: 1 })).toBeNull();
  });
});

withCdnow('an interval of expected purchases on CDNOW (skipped without the data)', () => {
  it('holds the expectation, alike for the same seed', () => {
    const named = ([r, alpha, a, b]: readonly number[]) => ({ r: r!, alpha: alpha!, a: a!, b: b! });
    const at = [0.24259, 4.41353, 0.79289, 2.42575];
    const rows = summary();
    const draw = () => parameterDraws((values) => bgNbdLogLikelihood(named(values), rows), at, { seed: 11 })!;
    const figure = (values: readonly number[]) => bgNbdExpected(named(values), { x: 2, tx: 30.43, T: 38.86 }, 39);
    const interval = drawnInterval(at, draw(), figure)!;
    expect(interval.low).toBeLessThan(interval.value);
    expect(interval.high).toBeGreaterThan(interval.value);
    expect(interval.high - interval.low).toBeLessThan(0.5);
    expect(drawnInterval(at, draw(), figure)).toEqual(interval);
  });
});
