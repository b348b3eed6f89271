import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { convert, costOfMinutes, divideRounded, exponentOf, fraction, sumDecimals } from '../../src/kernel/money.js';
import { Refusal } from '../../src/kernel/refusal.js';

describe('rounding half away from zero (§3.0e)', () => {
  it.each([
    [5n, 2n, 3n],
    [-5n, 2n, -3n],
    [1n, 2n, 1n],
    [-1n, 2n, -1n],
    [7n, 3n, 2n],
    [-7n, 3n, -2n],
    [8n, 3n, 3n],
    [-8n, 3n, -3n],
    [0n, 7n, 0n],
    [2n ** 70n + 1n, 2n, 2n ** 69n + 1n],
  ])('%d ÷ %d is %d', (over, under, expected) => {
    expect(divideRounded(over, under)).toBe(expected);
  });

  it('is never further off than a half, and the same on both sides of zero', () =>
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt(1n, 10n ** 12n), (over, under) => {
        const result = divideRounded(over, under);
        const rest = over - result * under;
        expect(2n * (rest < 0n ? -rest : rest) <= under).toBe(true);
        expect(divideRounded(-over, under)).toBe(-result);
      }),
    ));
});

describe('currencies (bytes §2)', () => {
  it('have the exponents of ISO 4217', () => {
    expect(['EUR', 'CNY', 'JPY', 'KRW', 'KWD', 'BHD', 'CLF'].map(exponentOf)).toEqual([2, 2, 0, 0, 3, 3, 4]);
    expect(['EURO', 'XXX', 'eur', '', 'constructor', '__proto__'].map(exponentOf)).toEqual(Array(6).fill(undefined));
  });

  it.each([
    // 10.00 EUR at 163.255 yen are 1632.55 yen
    [1_000, 'EUR', '163.255', 'JPY', 1_633],
    [-1_000, 'EUR', '163.255', 'JPY', -1_633],
    // half a yen, up and down
    [1_000, 'EUR', '163.25', 'JPY', 1_633],
    [-1_000, 'EUR', '163.25', 'JPY', -1_633],
    [1_000, 'EUR', '163.249', 'JPY', 1_632],
    // 1000 yen at 0.0061 are 6.10 euro
    [1_000, 'JPY', '0.0061', 'EUR', 610],
    // 1.00 EUR at 0.33 are 0.330 dinar
    [100, 'EUR', '0.33', 'KWD', 330],
    // 1.005 dinar at 3 are 3.015 euro: half a cent
    [1_005, 'KWD', '3', 'EUR', 302],
    [-1_005, 'KWD', '3', 'EUR', -302],
    [7, 'JPY', '0.002', 'KWD', 14],
    [1, 'KWD', '1000', 'JPY', 1],
  ])('%i %s at %s are so many of %s', (minor, currency, rate, to, expected) => {
    expect(convert({ minor, currency }, rate, to)).toEqual({ minor: expected, currency: to });
  });

  it('the other way a rate divides, and is rounded once', () => {
    expect(convert({ minor: 100, currency: 'EUR' }, '3', 'USD', true)).toEqual({ minor: 33, currency: 'USD' });
    expect(convert({ minor: 200, currency: 'EUR' }, '3', 'USD', true)).toEqual({ minor: 67, currency: 'USD' });
    // 1 yen at 160 yen for the euro is 0.625 cents
    expect(convert({ minor: 1, currency: 'JPY' }, '160', 'EUR', true).minor).toBe(1);
    expect(convert({ minor: -2, currency: 'JPY' }, '400', 'EUR', true).minor).toBe(-1);
  });

  it('rates are exact decimals: no amount is off by what floats would make of it', () => {
    expect(fraction('0.0123')).toEqual({ over: 123n, under: 10_000n });
    expect(fraction('150')).toEqual({ over: 150n, under: 1n });
    // 1.005 × 100 is 100.49999… in floats
    expect(convert({ minor: 100, currency: 'EUR' }, '1.005', 'USD').minor).toBe(101);
    expect(convert({ minor: 9_007_199_254_740_991, currency: 'EUR' }, '1', 'USD').minor).toBe(9_007_199_254_740_991);
  });

  it('what is too large to be said exactly is refused', () => {
    expect(() => convert({ minor: 9_007_199_254_740_991, currency: 'EUR' }, '1.1', 'USD')).toThrow(Refusal);
  });
});

describe('the cost of minutes (TDABC)', () => {
  it.each([
    // the classic card: 560 000.00 over 700 000 minutes are 80 cents
    [1, 56_000_000, 700_000, 80],
    [60, 56_000_000, 700_000, 4_800],
    [7.5, 100, 10, 75],
    // 100 ÷ 3 a minute: three minutes are exactly 100, not 3 × 33
    [3, 100, 3, 100],
    [1, 100, 3, 33],
    [2, 100, 3, 67],
    [0.5, 1, 1, 1],
    [0, 100, 3, 0],
  ])('%d minutes of %d over %d', (minutes, cost, practical, expected) => {
    expect(costOfMinutes(minutes, cost, practical)).toBe(expected);
  });
});

describe('decimals', () => {
  it('are added exactly', () => {
    expect(sumDecimals([0.2, 0.4, 0.3, 0.1])).toBe(1);
    expect(sumDecimals([0.1, 0.2])).toBe(0.3);
    expect(sumDecimals([0.000001, 999_999_999, -999_999_999])).toBe(0.000001);
    expect(sumDecimals([])).toBe(0);
  });
});
