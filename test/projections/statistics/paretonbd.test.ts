import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  fitParetoNbd,
  paretoNbdAlive,
  paretoNbdExpected,
  paretoNbdLogLikelihood,
  paretoNbdMean,
} from '../../../projections/statistics/paretonbd.js';
import { generator } from '../../../projections/statistics/intervals.js';
import { summary, table, withCdnow } from './cdnow.js';

const published = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 };
const of = (x: number, tx: number, T: number) => ({ x, tx, T });
const wide = fc.double({ min: 0.5, max: 50, noNaN: true });
const some = fc.double({ min: 0.05, max: 50, noNaN: true });

describe('Pareto/NBD at the published parameters (§7.1)', () => {
  it.each([
    [2, 30.43, 38.86, 0.869168, 1.455123],
    [0, 0, 38.86, 0.295287, 0.107081],
  ])('has for (%d, %d, %d) P(alive) %d and %d purchases in 39 weeks', (x, tx, T, alive, expected) => {
    expect(paretoNbdAlive(published, of(x, tx, T))).toBeCloseTo(alive, 6);
    expect(paretoNbdExpected(published, of(x, tx, T), 39)).toBeCloseTo(expected, 6);
  });

  it('has the published values of a keen buyer', () => {
    const fitted = { r: 0.5534, alpha: 10.5802, s: 0.6061, beta: 11.6562 };
    expect(paretoNbdAlive(fitted, of(26, 30.86, 31))).toBeCloseTo(0.9979, 3);
    expect(paretoNbdExpected(fitted, of(26, 30.86, 31), 52)).toBeCloseTo(25.46, 1);
  });

  it('stays a probability where large powers meet', () => {
    const weekly = { r: 0.5143, alpha: 2.8845, s: 0.2856, beta: 14.1087 };
    expect(paretoNbdAlive(weekly, of(221, 103.42857, 103.57143))).toBeCloseTo(0.9996, 4);
    const steep = { r: 10.465, alpha: 7.98565181e-3, s: 3.0516, beta: 2.82 };
    for (const customer of [of(400, 5, 6), of(500, 1, 37), of(500, 4, 37)]) {
      const alive = paretoNbdAlive(steep, customer)!;
      expect(alive).toBeGreaterThanOrEqual(0);
      expect(alive).toBeLessThanOrEqual(1);
    }
  });

  it('does not exist for figures that fit no customer', () => {
    expect(paretoNbdAlive(published, of(1, 5, 4))).toBeNull();
    expect(paretoNbdExpected(published, of(1, 1, 4), -1)).toBeNull();
    expect(paretoNbdAlive({ ...published, s: 0 }, of(1, 1, 4))).toBeNull();
  });
});

describe('Pareto/NBD on either side of α = β (§3.5.4)', () => {
  it('agrees with the integral that the two branches stand for', () =>
    fc.assert(
      fc.property(
        wide,
        wide,
        wide,
        wide,
        fc.nat(20),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (r, alpha, s, beta, x, at) => {
          const T = 30;
          const tx = x === 0 ? 0 : at * T;
          const density = (y: number) =>
            (s * Math.exp((r + x) * Math.log((alpha + T) / (alpha + y)) + s * Math.log((beta + T) / (beta + y)))) /
            (beta + y);
          const odds = simpson(density, tx, T);
          const alive = paretoNbdAlive({ r, alpha, s, beta }, of(x, tx, T))!;
          expect(Math.abs(alive - 1 / (1 + odds))).toBeLessThan(1e-6);
        },
      ),
    ));

  it('is one function: just under and just over α = β give the same', () => {
    const alive = (alpha: number) => paretoNbdAlive({ r: 0.6, alpha, s: 0.7, beta: 10 }, of(3, 12, 30))!;
    expect(alive(10 - 1e-9)).toBeCloseTo(alive(10 + 1e-9), 9);
    expect(alive(10)).toBeCloseTo(alive(10 + 1e-9), 9);
  });

  it('is the chance to have stayed, (β/(β+T))^s, where hardly anyone would have bought by then', () => {
    const rare = { r: 3, alpha: 1e9, s: 0.3, beta: 1e-5 };
    expect(paretoNbdAlive(rare, of(0, 0, 38))).toBeCloseTo((1e-5 / 38.00001) ** 0.3, 6);
    expect(paretoNbdAlive({ ...rare, s: 60, beta: 1e6 }, of(0, 0, 38))).toBeCloseTo((1e6 / 1_000_038) ** 60, 6);
  });

  it('has at s = 1 the limit of its neighbours', () => {
    const expected = (s: number) => paretoNbdExpected({ ...published, s }, of(2, 30.43, 38.86), 39)!;
    expect(expected(1)).toBeCloseTo((expected(1 - 1e-6) + expected(1 + 1e-6)) / 2, 6);
  });

  it('gives a probability and a count that grows with time, for every customer', () =>
    fc.assert(
      fc.property(some, some, some, some, fc.nat(2000), some, (r, alpha, s, beta, x, t) => {
        const customer = of(x, x === 0 ? 0 : 17, 30);
        const parameters = { r, alpha, s, beta };
        const alive = paretoNbdAlive(parameters, customer)!;
        expect(alive).toBeGreaterThanOrEqual(0);
        expect(alive).toBeLessThanOrEqual(1);
        const now = paretoNbdExpected(parameters, customer, t)!;
        expect(paretoNbdExpected(parameters, customer, 2 * t)!).toBeGreaterThanOrEqual(now * (1 - 1e-12));
        expect(now).toBeGreaterThanOrEqual(0);
      }),
    ));
});

it('is not fitted to customers of whom none leaves', () => {
  const next = generator(11);
  const staying = Array.from({ length: 400 }, () => {
    const rate = -0.3 * Math.log(1 - next());
    let x = 0;
    let tx = 0;
    for (let at = 0; at <= 50; at += -Math.log(1 - next()) / rate) [x, tx] = at > 0 ? [x + 1, at] : [x, tx];
    return of(x, tx, 50);
  });
  expect(fitParetoNbd(staying)).toMatchObject({ parameters: null, reason: 'not-converged', customers: 400 });
});

withCdnow('Pareto/NBD fitted on CDNOW (§7.1; skipped without the data)', () => {
  it('reaches ln L −9594.974 at .5533, 10.5776, .6062, 11.6679', () => {
    const fit = fitParetoNbd(summary());
    if (fit.parameters === null) throw new Error(fit.reason);
    expect(fit.logLikelihood).toBeCloseTo(-9594.9739, 3);
    expect(fit.parameters.r).toBeCloseTo(0.5533, 3);
    expect(fit.parameters.alpha).toBeCloseTo(10.5776, 2);
    expect(fit.parameters.s).toBeCloseTo(0.6062, 3);
    expect(fit.parameters.beta).toBeCloseTo(11.668, 2);
    expect(paretoNbdLogLikelihood(fit.parameters, summary())).toBeCloseTo(fit.logLikelihood, 6);
    expect(paretoNbdMean(fit.parameters, 39)).toBeGreaterThan(1);
  });

  it('predicts every one of the 2,357 as the reference does', () => {
    let sum = 0;
    for (const { x, t_x, T, pnbd_p_alive, pnbd_exp_39w } of table('golden_customers.csv')) {
      const customer = of(x!, t_x!, T!);
      expect(Math.abs(paretoNbdAlive(published, customer)! - pnbd_p_alive!)).toBeLessThan(1e-6);
      const expected = paretoNbdExpected(published, customer, 39)!;
      expect(Math.abs(expected - pnbd_exp_39w!)).toBeLessThan(1e-6);
      sum += expected;
    }
    expect(sum).toBeCloseTo(1665.7, 1);
  });
});

function simpson(f: (y: number) => number, from: number, to: number): number {
  const n = 4000;
  const h = (to - from) / n;
  let total = f(from) + f(to);
  for (let i = 1; i < n; i++) total += (i % 2 === 1 ? 4 : 2) * f(from + i * h);
  return (total * h) / 3;
}
