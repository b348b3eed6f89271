import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { minimise } from '../../../projections/statistics/optimise.js';
import { betaRegularised, gammaUpper, hyp2f1, lbeta, lgamma } from '../../../projections/statistics/special.js';

const positive = fc.double({ min: 0.01, max: 50, noNaN: true });

describe('ln Γ and ln B', () => {
  it('give factorials, √π and Euler’s reflection', () => {
    expect(lgamma(11)! / Math.log(3_628_800)).toBeCloseTo(1, 13);
    expect(lgamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
    expect(lgamma(1e-5)).toBeCloseTo(11.512919692895826, 11);
    expect(lgamma(1000)! / 5905.220423209181).toBeCloseTo(1, 13);
    expect(lbeta(2, 3)).toBeCloseTo(Math.log(1 / 12), 12);
  });

  it('do not exist for what is not positive', () => {
    expect(lgamma(0)).toBeNull();
    expect(lgamma(-1.5)).toBeNull();
    expect(lbeta(1, 0)).toBeNull();
  });

  it('keep the recurrence Γ(x + 1) = x Γ(x)', () =>
    fc.assert(
      fc.property(positive, (x) => {
        expect(lgamma(x + 1)! - lgamma(x)!).toBeCloseTo(Math.log(x), 10);
      }),
    ));
});

describe('₂F₁', () => {
  it('has its elementary forms', () => {
    expect(hyp2f1(1, 1, 2, 0.5)).toBeCloseTo(2 * Math.LN2, 13);
    expect(hyp2f1(1, 1, 2, 0.999)).toBeCloseTo(-Math.log(0.001) / 0.999, 11);
    expect(hyp2f1(0.5, 1, 1.5, -1)).toBeCloseTo(Math.PI / 4, 13);
    expect(hyp2f1(3, 2.5, 2.5, 0.75)).toBeCloseTo(64, 9);
    expect(hyp2f1(0.5, 0.5, 1.5, 0.25)).toBeCloseTo(Math.asin(0.5) / 0.5, 13);
    // Γ(5/2) Γ(5/4) ÷ (Γ(2) Γ(7/4))
    expect(hyp2f1(0.5, 0.75, 2.5, 1)).toBeCloseTo((1.329340388179137 * 0.906402477055477) / 0.9190625268488832, 12);
    expect(hyp2f1(2, 3, 4, 0)).toBe(1);
  });

  it('does not exist beyond 1, at a pole of c, or where it diverges', () => {
    expect(hyp2f1(1, 1, 2, 1.1)).toBeNull();
    expect(hyp2f1(1, 1, -2, 0.5)).toBeNull();
    expect(hyp2f1(1, 1, 2, 1)).toBeNull();
    expect(hyp2f1(1000, 1000, 1.5, 0.999)).toBeNull();
  });

  it("agrees with Euler's integral", () =>
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 5, noNaN: true }),
        fc.double({ min: 3, max: 6, noNaN: true }),
        fc.double({ min: 3, max: 6, noNaN: true }),
        fc.double({ min: -0.9, max: 0.9, noNaN: true }),
        (a, b, more, z) => {
          const c = b + more;
          const integral = simpson((t) => t ** (b - 1) * (1 - t) ** (more - 1) * (1 - z * t) ** -a);
          expect(hyp2f1(a, b, c, z)! / (integral / Math.exp(lbeta(b, more)!))).toBeCloseTo(1, 6);
        },
      ),
      { numRuns: 40 },
    ));

  it('has one value by series and by continued fraction', () =>
    fc.assert(
      fc.property(positive, fc.double({ min: 0.5, max: 20, noNaN: true }), (b, more) => {
        const c = Math.max(b, 1) + more;
        // At .6 the value comes by the series, just above it by the fraction.
        const below = hyp2f1(1, b, c, 0.6)!;
        const above = hyp2f1(1, b, c, 0.6 + 1e-9)!;
        expect(above / below).toBeCloseTo(1, 6);
      }),
    ));
});

describe('incomplete beta and gamma', () => {
  it('have their elementary forms', () => {
    expect(betaRegularised(0.3, 1, 4)).toBeCloseTo(1 - 0.7 ** 4, 13);
    expect(betaRegularised(0.7, 3, 1)).toBeCloseTo(0.343, 13);
    expect(gammaUpper(1, 2.5)).toBeCloseTo(Math.exp(-2.5), 13);
    expect(gammaUpper(3, 0.5)).toBeCloseTo(Math.exp(-0.5) * (1 + 0.5 + 0.125), 13);
  });

  it('do not exist outside their domains', () => {
    expect(betaRegularised(1.1, 1, 1)).toBeNull();
    expect(betaRegularised(0.5, 0, 1)).toBeNull();
    expect(gammaUpper(0, 1)).toBeNull();
  });

  it('are probabilities that mirror each other', () =>
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), positive, positive, (x, a, b) => {
        const value = betaRegularised(x, a, b)!;
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(value + betaRegularised(1 - x, b, a)!).toBeCloseTo(1, 9);
      }),
    ));
});

describe('the search for a least value', () => {
  it("finds the floor of Rosenbrock's valley", () => {
    const valley = ([x, y]: readonly number[]) => (1 - x!) ** 2 + 100 * (y! - x! ** 2) ** 2;
    const found = minimise(valley, [-1.2, 1]);
    expect(found.converged).toBe(true);
    expect(found.at[0]).toBeCloseTo(1, 3);
    expect(found.at[1]).toBeCloseTo(1, 3);
  });

  it('never ends on a value that is none', () => {
    const found = minimise(() => Number.NaN, [0, 0], { evaluationsMax: 200 });
    expect(found.converged).toBe(false);
  });
});

function simpson(f: (t: number) => number): number {
  const n = 2_000;
  let total = f(1e-12) + f(1 - 1e-12);
  for (let i = 1; i < n; i++) total += (i % 2 === 1 ? 4 : 2) * f(i / n);
  return total / (3 * n);
}
