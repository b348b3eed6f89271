import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  averageLife,
  clv,
  irr,
  jCurve,
  npv,
  payback,
  planClv,
  retentionLift,
  retentionMultiple,
  roi,
  shareBeyondYear,
} from '../../../projections/statistics/economics.js';

const flow = fc.double({ min: -1e9, max: 1e9, noNaN: true });
const months = (count: number, value: number) => new Array<number>(count).fill(value);

describe('lifetime value in closed form (A3, §7.2)', () => {
  const terms = { margin: 100, retention: 0.8, discount: 0.1 };

  it('is 266.667 from the end of the first year on, 366.667 with the first margin now', () => {
    expect(clv(terms).value).toBeCloseTo(266.667, 3);
    expect(clv({ ...terms, firstMargin: 'now' }).value).toBeCloseTo(366.667, 3);
    expect(clv({ ...terms, cost: 66 }).value).toBeCloseTo(200.667, 3);
  });

  it('is 307.692 where the margin grows by 5 %', () => {
    expect(clv({ ...terms, growth: 0.05 }).value).toBeCloseTo(307.692, 3);
  });

  it('is the sum that it stands for', () => {
    const year = (t: number) => (100 * 0.8 ** t * 1.05 ** (t - 1)) / 1.1 ** t;
    const summed = Array.from({ length: 400 }, (_, i) => year(i + 1)).reduce((a, b) => a + b, 0);
    expect(clv({ ...terms, growth: 0.05 }).value).toBeCloseTo(summed, 9);
  });

  it('does not exist where it would grow without bound, or for what is no share', () => {
    expect(clv({ ...terms, retention: 1, growth: 0.1 })).toEqual({ value: null, reason: 'grows-without-bound' });
    expect(clv({ ...terms, retention: 1.2 })).toEqual({ value: null, reason: 'retention-outside-0-1' });
    expect(clv({ ...terms, discount: -1 })).toEqual({ value: null, reason: 'discount-not-above-minus-1' });
    expect(clv({ ...terms, margin: Number.NaN })).toEqual({ value: null, reason: 'not-finite' });
  });

  it('is 2.667, 4.5 and 6.333 margins at .8, .9 and .95', () => {
    expect(retentionMultiple(0.8, 0.1).value).toBeCloseTo(2.667, 3);
    expect(retentionMultiple(0.9, 0.1).value).toBeCloseTo(4.5, 9);
    expect(retentionMultiple(0.95, 0.1).value).toBeCloseTo(6.333, 3);
  });

  it('comes to .7273 from beyond the first year (D1)', () => {
    expect(shareBeyondYear(0.8, 0.1)).toBeCloseTo(0.7273, 4);
    expect(shareBeyondYear(2, 0.1)).toBeNull();
  });
});

describe('five more points of retention (E7)', () => {
  it.each([
    [0.6, 0.204],
    [0.7, 0.224],
    [0.8, 0.275],
    [0.85, 0.324],
    [0.9, 0.407],
  ])('from %d lift the value by %d', (retention, lift) => {
    expect(retentionLift(retention, 0.1).value).toBeCloseTo(lift, 3);
  });

  it('cannot be added above 1 or to nothing', () => {
    expect(retentionLift(0.95, 0.1).value).not.toBeNull();
    expect(retentionLift(0.96, 0.1).value).toBeNull();
    expect(retentionLift(0, 0.1)).toEqual({ value: null, reason: 'retention-outside-0-1' });
  });

  it('turn a life of 5 years into 10 and 20 at .8, .9, .95', () => {
    expect([0.8, 0.9, 0.95].map((r) => Number(averageLife(r)!.toFixed(9)))).toEqual([5, 10, 20]);
    expect(averageLife(1)).toBeNull();
  });
});

describe('the J-curve (B2, §7.2)', () => {
  it('has its trough of −120 k in month 6 and breaks even in month 30', () => {
    const curve = jCurve([...months(6, -20_000), ...months(30, 5_000)])!;
    expect(curve.trough).toEqual({ month: 6, value: -120_000 });
    expect(curve).toMatchObject({ breakEven: 30, breakEvenReason: null });
  });

  it('takes the first of equal lows, and says when it has not come up yet or was never down', () => {
    expect(jCurve([-5, 5, -5, 1])!.trough).toEqual({ month: 1, value: -5 });
    expect(jCurve([-5, 5, -5, 1])!.breakEven).toBe(2);
    expect(jCurve([-5, 4])).toMatchObject({ breakEven: null, breakEvenReason: 'not-yet' });
    expect(jCurve([5, 4])).toMatchObject({ breakEven: null, breakEvenReason: 'never-below-zero' });
    expect(jCurve([])).toBeNull();
  });

  it('ends where the flows add up to', () =>
    fc.assert(
      fc.property(fc.array(flow, { minLength: 1, maxLength: 60 }), (flows) => {
        const { cumulative, trough } = jCurve(flows)!;
        expect(cumulative.at(-1)).toBe(flows.reduce((a, b) => a + b, 0));
        expect(Math.min(...cumulative)).toBe(trough.value);
      }),
    ));
});

describe('present value and return (B3, §3.12.6)', () => {
  it('discounts month k by (1 + d)^((k − 1)/12)', () => {
    expect(npv([-100, ...months(11, 0), 110], 0.1)).toBeCloseTo(0, 9);
    expect(npv([100], 0.1)).toBe(100);
    expect(npv([], 0.1)).toBe(0);
    expect(npv([1], -1)).toBeNull();
  });

  it('finds the one rate at which nothing is left', () => {
    expect(irr([-100, ...months(11, 0), 110]).value).toBeCloseTo(0.1, 9);
    expect(irr([-100, ...months(11, 0), 90]).value).toBeCloseTo(-0.1, 9);
  });

  it('gives no rate where there is none, or more than one', () => {
    expect(irr([1, 2])).toEqual({ value: null, reason: 'no-sign-change' });
    expect(irr([-1, 3, -1])).toEqual({ value: null, reason: 'more-than-one-sign-change' });
    expect(irr([-1, 1e9])).toEqual({ value: null, reason: 'out-of-range' });
  });

  it('makes the present value vanish at that rate', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.array(fc.integer({ min: 1, max: 1e5 }), { minLength: 12 }),
        (put, back) => {
          const rate = irr([-put, ...back]);
          if (rate.value !== null) expect(Math.abs(npv([-put, ...back], rate.value)!)).toBeLessThan(1e-5 * put);
        },
      ),
    ));

  it('pays back in the month that covers what was put in (§3.4)', () => {
    expect(payback([10, 10, 10], 20)).toBe(2);
    expect(payback([10], 20)).toBeNull();
    expect(payback([], 0)).toBe(0);
    expect(roi([30, 30], 120)).toBe(0.5);
    expect(roi([30], 0)).toBeNull();
  });
});

describe('plan value (§3.12.16)', () => {
  it('weighs each year by its chance and its distance', () => {
    const plan = planClv(
      [
        { contribution: 110, survival: 0.9 },
        { contribution: 121, survival: 0.8 },
      ],
      0.1,
    );
    if (plan.value === null) throw new Error(plan.reason);
    expect(plan.value).toBeCloseTo(90 + 80, 9);
    expect(plan.byYear[1]).toBeCloseTo(80, 9);
    expect(plan.beyondFirst).toBeCloseTo(80 / 170, 9);
  });

  it('names the years that it does not know', () => {
    const years = [
      { contribution: 1, survival: null },
      { contribution: null, survival: 1 },
    ];
    expect(planClv(years, 0.1)).toEqual({ value: null, reason: 'forecast-missing', years: [2] });
    expect(planClv(years.slice(0, 1), 0.1)).toEqual({ value: null, reason: 'survival-missing', years: [1] });
    expect(planClv([], 0.1)).toEqual({ value: null, reason: 'no-years', years: [] });
  });
});
