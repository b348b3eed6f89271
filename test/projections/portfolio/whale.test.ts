import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { performance } from '../../../projections/performance.js';
import { whale } from '../../../projections/portfolio/whale.js';
import type { Event } from '../../../src/kernel/event.js';
import { defaultPolicy } from '../../../src/kernel/policy.js';
import { event, unsayable } from '../../support/folding.js';
import { type Reading, reportAt } from '../../support/reporting.js';

const money = (minor: number, currency = 'EUR') => ({ minor, currency });
const sale = (time: string, gross: number, cogs?: number, currency = 'EUR') =>
  event('InvoiceIssued', time, {
    invoiceId: `${time}/${gross}`,
    gross: money(gross, currency),
    ...(cogs === undefined ? {} : { cogs: money(cogs, currency) }),
  });
const report = (accounts: Record<string, Event<string, object>[]>, asOf = '2025-12-31', reading: Reading = {}) =>
  reportAt(whale, [performance], accounts, asOf, reading);
/** Ten accounts whose contributions are those of the worked example; each sells for 1,000. */
const example = Object.fromEntries(
  [400, 250, 150, 80, 40, 20, 0, -30, -110, -200].map((contribution, i) => [
    `A${i}`,
    [sale('2025-03-01', 1000 + (i === 6 ? 500 : 0), 1000 + (i === 6 ? 500 : 0) - contribution)],
  ]),
);

describe('the whale curve (E5)', () => {
  const data = report(example);
  it('has its peak at customer 6, 156.7 % of the total', () => {
    expect(data).toMatchObject({ n: 10, total: 600, peak: 940, peakAt: 6, profitableShare: 0.6, belowZero: 3 });
    expect(data.peakRatio).toBeCloseTo(1.566667, 6);
    expect(data.subsidy).toBeCloseTo(0.566667, 6);
  });
  it('has an area of .7567 and a top fifth of 1.0833', () => {
    expect(data.area).toBeCloseTo(0.756667, 6);
    expect(data.topFifth).toBe(2);
    expect(data.topFifthShare).toBeCloseTo(1.083333, 6);
  });
  it('lists accounts richest first with what they bring together', () =>
    expect(data.accounts.map(({ accountId, cumulative }) => [accountId, cumulative])).toEqual([
      ['A0', 400],
      ['A1', 650],
      ['A2', 800],
      ['A3', 880],
      ['A4', 920],
      ['A5', 940],
      ['A6', 940],
      ['A7', 910],
      ['A8', 800],
      ['A9', 600],
    ]));
  it('sees that the largest account is 7th in profit', () =>
    expect(data.largestVolume).toEqual({ accountId: 'A6', contributionRank: 7 }));
  it('breaks ties by account id', () => {
    const same = report({ B: [sale('2025-01-01', 5, 1)], A: [sale('2025-01-01', 5, 1)] });
    expect(same.accounts.map(({ accountId }) => accountId)).toEqual(['A', 'B']);
    expect(same.largestVolume).toEqual({ accountId: 'A', contributionRank: 1 });
  });
  it('counts effective customers by their net revenue', () => {
    const shares = [30, 20, 15, 10, 8, 6, 5, 3, 2, 1];
    const spread = report(Object.fromEntries(shares.map((share, i) => [`A${i}`, [sale('2025-01-01', share, 1)]])));
    expect(spread.effectiveCustomers).toBeCloseTo(5.669, 3);
  });
});

describe('where the curve has no shape (E5)', () => {
  it('says that it is one of revenue where nobody tells a cost of goods', () =>
    expect(report({ A: [sale('2025-01-01', 100)] })).toMatchObject({
      costed: false,
      invoicesWithoutCogs: 1,
      total: 100,
    }));
  it('flags a total that is not positive and keeps the amounts', () => {
    const red = report({ A: [sale('2025-01-01', 10, 30)], B: [sale('2025-01-01', 10, 20)] });
    expect(red).toMatchObject({
      total: -30,
      flagged: true,
      reason: 'total-not-positive',
      peakAt: 0,
      peakRatio: null,
      subsidy: null,
      topFifthShare: null,
      area: null,
      profitableShare: 0,
    });
    expect(red.accounts).toMatchObject([{ cumulative: -10 }, { cumulative: -30 }]);
  });
  it('is empty over no accounts, and over accounts without money', () => {
    expect(report({})).toMatchObject({ n: 0, accounts: [], total: null, reason: 'no-accounts' });
    expect(report({ A: [] })).toMatchObject({ n: 0, reason: 'no-accounts' });
  });
  it('does not add two currencies', () => {
    const mixed = { A: [sale('2025-01-01', 10, 1)], B: [sale('2025-01-01', 10, 1, 'USD')] };
    expect(report(mixed, '2025-12-31', { currency: null })).toMatchObject({
      total: null,
      reason: 'no-reporting-currency',
    });
    const lacking = report(mixed);
    expect(lacking).toMatchObject({ total: null, reason: 'missing-rate', missingRates: ['USD/EUR'] });
    expect(lacking.accounts).toMatchObject([
      { revenue: 10, contribution: 9 },
      { accountId: 'B', revenue: null },
    ]);
    expect(report(mixed, '2025-12-31', { policy: { fx: { 'USD/EUR': '0.5' } } })).toMatchObject({ total: 13 });
  });
});

describe('a window on the curve', () => {
  const accounts = {
    A: [sale('2024-12-31', 100, 10), sale('2025-01-01', 50, 5)],
    B: [sale('2025-02-01', 7, 7)],
    C: [sale('2023-01-01', 7, 7)],
  };
  it('holds the days from `from` up to `to`, and accounts with a money event in them', () => {
    const year = report(accounts, '2025-12-31', { from: '2025-01-01', to: '2025-12-31' });
    expect(year.accounts).toMatchObject([
      { accountId: 'A', revenue: 50, contribution: 45 },
      { accountId: 'B', revenue: 7, contribution: 0 },
    ]);
    expect(report(accounts, '2025-12-31', { from: '2024-12-31', to: '2024-12-31' })).toMatchObject({ n: 1, total: 90 });
  });
  it('adds up to what the accounts themselves show, cost of credit included', () => {
    const settings = { ...defaultPolicy.settings, wacc: 0.1 };
    const paid = event('PaymentReceived', '2025-05-20', { paymentId: 'p', invoiceId: 'i', amount: money(40_000) });
    const told = [sale('2024-12-03', 77_777, 10), paid];
    const { total } = report({ A: told }, '2025-08-17', { policy: { settings } });
    const view = performance.view(
      reportState(told, settings),
      {
        asOf: Date.parse('2025-08-17T23:59:59.999Z'),
        knownAt: 0,
        subject: { of: 'account', id: 'A', currency: 'EUR' },
      },
      { ...defaultPolicy, settings },
      { states: {}, parameters: {} },
    );
    expect(total).toBe(view.total.contribution);
    expect(view.total.costOfCredit).toBeGreaterThan(0);
  });
});

it('never answers with what JSON cannot say', () =>
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(500), fc.nat(1000)), { maxLength: 12 }), (list) => {
      const accounts: Record<string, Event<string, object>[]> = {};
      for (const [id, gross, cogs] of list)
        accounts[`A${id}`] = [...(accounts[`A${id}`] ?? []), sale('2025-01-01', gross, cogs)];
      expect(unsayable(report(accounts))).toEqual([]);
    }),
    { numRuns: 50 },
  ));

function reportState(told: Event<string, object>[], settings: typeof defaultPolicy.settings) {
  const state = performance.initial();
  const on = performance.on as Record<string, (...args: unknown[]) => void>;
  for (const one of told)
    on[one.type]!(state, one, { ...defaultPolicy, settings }, { of: 'account', id: 'A', currency: 'EUR' });
  return state;
}
