import { quarterName, yearOfQuarter } from '../../src/kernel/instant.js';
import type { Rows } from '../../src/kernel/projection.js';
import { sumOf } from './figures.js';
import type { PerformanceState } from './state.js';

const money = (says: string) => ({ kind: 'money', says }) as const;
const count = (says: string) => ({ kind: 'integer', says }) as const;

/** One row for each quarter with anything; amounts in the account's currency, null where an exchange rate is missing. */
export const rows: Rows<PerformanceState> = {
  columns: {
    accountId: { kind: 'text', says: 'account' },
    quarter: { kind: 'text', says: 'quarter of the firm’s calendar' },
    year: count('fiscal year, named by the calendar year in which it ends'),
    currency: { kind: 'text', says: 'currency of the amounts' },
    gross: money('invoiced, without tax'),
    discounts: money('taken off on invoices, trial and first-order discounts included'),
    rebates: money('granted outside invoices'),
    credits: money('given back'),
    net: money('gross − discounts − rebates − credits'),
    cogs: money('cost of goods sold'),
    grossMargin: money('net − cogs'),
    costToServe: money('cost caused beyond the goods'),
    contributionBeforeCredit: money('grossMargin − costToServe, before cost of credit'),
    orders: count('orders placed and not cancelled'),
    invoices: count('invoices issued'),
    invoicesWithoutCogs: count('invoices that tell no cost of goods'),
    unpricedMinutes: { kind: 'number', says: 'minutes that no rate card prices' },
  },
  of: (state, subject) =>
    state.quarters.map((quarter) => {
      const sum = sumOf([quarter]);
      return {
        accountId: subject.id,
        quarter: quarterName(quarter.q, state.calendar),
        year: yearOfQuarter(quarter.q, state.calendar),
        currency: state.currency,
        gross: sum.gross,
        discounts: sum.discounts,
        rebates: sum.rebates,
        credits: sum.credits,
        net: sum.net,
        cogs: sum.cogs,
        grossMargin: sum.grossMargin,
        costToServe: sum.costToServe,
        contributionBeforeCredit: sum.contribution,
        orders: sum.orders,
        invoices: sum.invoices,
        invoicesWithoutCogs: sum.invoicesWithoutCogs,
        unpricedMinutes: sum.unpricedMinutes,
      };
    }),
};
