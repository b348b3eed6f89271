import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  capacityRate,
  capitalCharge,
  openingBalance,
  reducedShare,
  retention,
  tdabc,
  walletAllocation,
  yearlyGrowth,
} from '../../../projections/statistics/costing.js';

describe('time-driven costing (E1, §3.3.2)', () => {
  const pool = {
    capacityCost: 560_000,
    practicalMinutes: 700_000,
    activities: [
      { count: 49_000, minutesEach: 8 },
      { count: 1_400, minutesEach: 44 },
      { count: 2_500, minutesEach: 50 },
    ],
  };

  it('assigns 462,880 at .80 a minute and uses 82.66 %', () => {
    const use = tdabc(pool)!;
    expect(use.rate).toBe(0.8);
    expect(use.assigned).toBeCloseTo(462_880, 6);
    expect(use.utilisation).toBeCloseTo(0.8266, 4);
    expect(use.unusedCost).toBeCloseTo(560_000 - 462_880, 6);
  });

  it('has no rate without minutes', () => {
    expect(capacityRate(1, 0)).toBeNull();
    expect(tdabc({ ...pool, practicalMinutes: 0 })).toBeNull();
  });
});

describe('the wallet allocation rule (§3.6, §7.4)', () => {
  it.each([
    [2, [0.6667, 0.3333]],
    [3, [0.5, 0.3333, 0.1667]],
    [4, [0.4, 0.3, 0.2, 0.1]],
  ])('of %d suppliers gives %j', (n, shares) => {
    expect(shares.map((_, i) => Number(walletAllocation(i + 1, n)!.toFixed(4)))).toEqual(shares);
  });

  it('adds up to 1', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (n) => {
        const shares = Array.from({ length: n }, (_, i) => walletAllocation(i + 1, n)!);
        expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      }),
    ));

  it('has no share for a rank that is not there', () => {
    expect(walletAllocation(0, 2)).toBeNull();
    expect(walletAllocation(3, 2)).toBeNull();
  });
});

describe('fewer suppliers (E6)', () => {
  it('double a share of .2 from six to three, never beyond 1', () => {
    expect(reducedShare(0.2, 6, 3)).toBeCloseTo(0.4, 12);
    expect(reducedShare(0.8, 6, 3)).toBe(1);
    expect(reducedShare(0.2, 3, 0)).toBeNull();
  });
});

describe('capital written off straight (§3.12.5)', () => {
  const release = { month: 3, amount: 1200, horizonMonths: 12 };

  it('opens whole in its month and is gone after its horizon', () => {
    expect([2, 3, 4, 14, 15].map((month) => openingBalance([release], month))).toEqual([0, 1200, 1100, 100, 0]);
    expect(openingBalance([release, { ...release, month: 4 }], 4)).toBe(2300);
  });

  it('costs a twelfth of the yearly rate on what is open', () => {
    expect(capitalCharge([release], 4, 0.12)).toBeCloseTo(11, 12);
    expect(capitalCharge([release], 4, Number.NaN)).toBeNull();
  });
});

describe('retention (§3.4, §3.12.15)', () => {
  it('has logo .75, gross .7857 and net .8929 in the example', () => {
    const before = [100, 80, 60, 40, 0];
    const now = [130, 60, 60, 0, 50];
    const result = retention(before.map((value, i) => ({ before: value, now: now[i]! })))!;
    expect(result).toMatchObject({ n: 4, start: 280, churn: 40, contraction: 20, expansion: 30, logo: 0.75 });
    expect(result.gross).toBeCloseTo(0.7857, 4);
    expect(result.net).toBeCloseTo(0.8929, 4);
  });

  it('does not exist where nobody began', () => {
    expect(retention([{ before: 0, now: 5 }])).toBeNull();
  });

  it('keeps gross at most 1 and at most net', () =>
    fc.assert(
      fc.property(fc.array(fc.record({ before: fc.integer(), now: fc.integer() })), (accounts) => {
        const result = retention(accounts);
        if (result === null) return;
        expect(result.gross).toBeLessThanOrEqual(1);
        expect(result.gross).toBeGreaterThanOrEqual(0);
        expect(result.net).toBeGreaterThanOrEqual(result.gross);
      }),
    ));
});

describe('growth over three years (F6, §3.12.29)', () => {
  it('is the cube root, and unknown from or to nothing', () => {
    expect(yearlyGrowth(100, 133.1, 3)).toBeCloseTo(0.1, 12);
    expect(yearlyGrowth(0, 5, 3)).toBeNull();
    expect(yearlyGrowth(5, -1, 3)).toBeNull();
  });
});
