import { describe, expect, it } from '@jest/globals';
import { investment } from '../../../projections/investment.js';
import { performance } from '../../../projections/performance.js';
import { acquisition } from '../../../projections/portfolio/acquisition.js';
import type { Event } from '../../../src/kernel/event.js';
import { event, unsayable } from '../../support/folding.js';
import { reportAt } from '../../support/reporting.js';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const sale = (time: string, gross: number, cogs = 0) =>
  event('InvoiceIssued', time, { invoiceId: time, gross: eur(gross), cogs: eur(cogs) });
const cost = (time: string, minor: number, data: object = {}) =>
  event('CostIncurred', time, { costId: time, category: 'SERVICE', amount: eur(minor), ...data });
const report = (accounts: Record<string, Event<string, object>[]>, asOf = '2025-12-31') =>
  reportAt(acquisition, [investment, performance], accounts, asOf);

describe('winning against keeping (E4)', () => {
  const won = [
    event('PursuitOpened', '2022-01-01', { pursuitId: 'p', purpose: 'ACQUISITION', plannedCost: eur(60) }),
    cost('2022-02-01', 84, { acquisition: 'TIME' }),
    sale('2022-03-01', 500, 80),
  ];
  const kept = [sale('2021-01-01', 10), sale('2025-06-01', 1000, 500), cost('2025-07-01', 50)];

  it('overruns the plan by 1.40, and compares CAC with the first three years', () => {
    const data = report({ B: kept, A: won });
    expect(data.overrun).toMatchObject({ value: 1.4, over: 84, under: 60, n: 1 });
    expect(data.win).toMatchObject({ value: 84 / 420, n: 1 });
    expect(data.accounts).toMatchObject([
      { accountId: 'A', cac: 84, days: 59, contribution3y: 420, contribution3yReason: null },
    ]);
  });
  it('divides what keeping cost in the window by what the kept brought', () =>
    expect(report({ B: kept }).keep).toMatchObject({ value: 50 / 450, over: 50, under: 450, n: 1 }));
  it('ends the first years with the pursuit that won the customer back, and begins new ones with its order', () => {
    const data = report({
      A: [
        ...won,
        event('StageDeclared', '2023-01-01', { stage: 'EXITED', evidenceIds: [] }),
        event('PursuitOpened', '2024-01-01', { pursuitId: 'w', purpose: 'WIN_BACK', plannedCost: eur(20) }),
        cost('2024-02-01', 30, { acquisition: 'TIME', pursuitId: 'w' }),
        sale('2024-03-01', 100),
      ],
    });
    expect(data.accounts).toMatchObject([
      { purpose: 'ACQUISITION', cac: 84, contribution3y: 420, contribution3yReason: null },
      { purpose: 'WIN_BACK', cac: 30, contribution3y: 100, contribution3yReason: 'not-over' },
    ]);
    expect(data.win).toMatchObject({ value: 114 / 520, n: 2 });
  });
  it('has no ratio where an exchange rate is missing, and names the pair', () => {
    const abroad = event('InvoiceIssued', '2025-08-01', { invoiceId: 'x', gross: { minor: 5, currency: 'GBP' } });
    const none = { value: null, reason: 'no-rate GBP/EUR' };
    expect(report({ B: [...kept, abroad] })).toMatchObject({ keep: none, lift: none });
    expect(report({ B: kept, C: [abroad] })).toMatchObject({ keep: { value: 50 / 450 }, lift: none });
  });
  it('has no ratio where nobody was won or kept', () => {
    const data = report({});
    expect(data).toMatchObject({ cac: 0, win: { value: null, reason: 'no-accounts' }, lift: { value: null } });
    expect(unsayable(data)).toEqual([]);
  });
});

describe('five more points of retention, from our own log (E7)', () => {
  it('lifts value by 27.5 % at .80 kept and 10 %', () => {
    const years = (id: number) => [sale('2024-06-01', 100), ...(id < 4 ? [sale('2025-06-01', 100)] : [])];
    const data = report(Object.fromEntries([0, 1, 2, 3, 4].map((id) => [`A${id}`, years(id)])));
    expect(data.lift).toMatchObject({ retention: 0.8, n: 5, discountRate: 0.1 });
    expect(data.lift.value).toBeCloseTo(0.275, 3);
  });
});
