import { describe, expect, it } from '@jest/globals';
import { investment } from '../../../projections/investment.js';
import { loyalty } from '../../../projections/loyalty.js';
import { performance } from '../../../projections/performance.js';
import { rfm } from '../../../projections/portfolio/rfm.js';
import { value } from '../../../projections/value.js';
import { event } from '../../support/folding.js';
import { reportAt } from '../../support/reporting.js';
import { seenAt } from '../../support/several.js';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const usd = (minor: number) => ({ minor, currency: 'USD' });
const sale = (time: string, gross: object) => event('InvoiceIssued', time, { invoiceId: time, gross });
const months = (year: number, gross: object) =>
  Array.from({ length: 12 }, (_, m) => sale(`${year}-${String(m + 1).padStart(2, '0')}-10`, gross));
/** A dollar without a rate in 2019; euros in 2022 and in 2025, with a cost. */
const old = [
  sale('2019-05-05', usd(7)),
  ...months(2022, eur(1_000)),
  ...months(2025, eur(8_000)),
  event('CostIncurred', '2025-06-01', { costId: 'c', category: 'SERVICE', amount: eur(300) }),
];

describe('an amount without a rate (§8.14)', () => {
  it('leaves figures of other times alone: growth, unaligned spend, money in the window, the latest quarters', () => {
    const view = seenAt(performance, old, '2025-12-31');
    expect(view.total).toMatchObject({ net: null, missingRates: ['USD/EUR'] });
    expect(view.growth3y).toMatchObject({ last12: 95_700, before12: 12_000 });
    expect(view.unalignedSpend).toMatchObject({ ratio: 1, cost: 300 });
    const { rfm: own, series: quarters } = seenAt(loyalty, old, '2025-12-31');
    expect(own).toMatchObject({ monetary: 96_000, monetaryReason: null });
    expect(quarters.at(-1)).toMatchObject({ quarter: '2025-Q4', net: 24_000 });
    expect(quarters[0]).toMatchObject({ quarter: '2019-Q2', net: null, reasons: { net: 'missing-rate USD/EUR' } });
  });

  it('makes null the category of cost that it belongs to, told by itself or with an interaction, and no other (E1)', () => {
    const spent = (time: string, category: string, amount: object) =>
      event('CostIncurred', time, { costId: time, category, amount });
    const met = event('InteractionLogged', '2025-04-02', {
      interactionId: 'm',
      kind: 'VISIT',
      initiator: 'US',
      ours: [],
      theirs: [],
      durationMin: 0,
      expenses: [
        { category: 'TRAVEL', amount: usd(5) },
        { category: 'MEETINGS', amount: eur(9) },
      ],
      topics: [],
    });
    const told = [
      spent('2025-01-10', 'SERVICE', eur(300)),
      spent('2025-04-01', 'SERVICE', usd(7)),
      spent('2025-04-03', 'TRAVEL', eur(40)),
      met,
    ];
    const { total, quarters } = seenAt(performance, told, '2025-12-31');
    expect(quarters['2025-Q1']).toMatchObject({ costToServe: 300, costByCategory: { SERVICE: 300 } });
    expect(quarters['2025-Q2']!.costByCategory).toEqual({ SERVICE: null, TRAVEL: null, MEETINGS: 9 });
    expect(total).toMatchObject({ costToServe: null, costByCategory: { SERVICE: null }, missingRates: ['USD/EUR'] });
  });

  it('makes null what it belongs to, and names the pair', () => {
    const now = [...old, sale('2025-12-20', usd(7))];
    const view = seenAt(performance, now, '2025-12-31');
    expect(view.growth3y).toEqual({ value: null, reason: 'missing-rate USD/EUR', last12: null, before12: null });
    expect(view.unalignedSpend).toMatchObject({ ratio: null, reason: 'missing-rate USD/EUR' });
    expect(seenAt(loyalty, now, '2025-12-31').rfm).toMatchObject({ monetary: null, monetaryReason: 'no-rate USD/EUR' });
    const { accounts } = reportAt(rfm, [performance], { A: now, B: old }, '2025-12-31');
    expect(accounts).toMatchObject([
      { accountId: 'A', monetary: null, monetaryReason: 'no-rate USD/EUR' },
      { accountId: 'B', monetary: 96_000 },
    ]);
  });

  it('spoils the cost of credit from its quarter on, where it may still be open', () => {
    const paid = event('PaymentReceived', '2025-01-20', {
      paymentId: 'p',
      invoiceId: '2025-01-10',
      amount: eur(8_000),
    });
    const told = [...old, paid].sort((a, b) => a.time - b.time);
    const policy = (wacc: number | null) => ({
      rules: wacc === null ? [] : [event('FirmSettingsSet', '2018-01-01', { wacc }, { subject: 'programme' })],
    });
    expect(seenAt(performance, told, '2025-12-31', policy(null)).growth3y).toMatchObject({ last12: 95_700 });
    expect(seenAt(performance, told, '2025-12-31', policy(0.1)).growth3y).toMatchObject({
      value: null,
      reason: 'missing-rate USD/EUR',
    });
  });

  it('leaves a curve that begins later alone', () => {
    const release = event('InvestmentReleased', '2025-01-15', { investmentId: 'n', amount: eur(50_000) });
    const told = [...old, release].sort((a, b) => a.time - b.time);
    expect(seenAt(investment, told, '2025-12-31').curve).toMatchObject({ start: '2025-01', breakEven: 7 });
    const before = [sale('2024-02-02', usd(7)), ...told].sort((a, b) => a.time - b.time);
    expect(seenAt(investment, before, '2025-12-31')).toMatchObject({
      curve: null,
      curveReason: 'missing-rate USD/EUR',
      payback: { months: 7 },
    });
  });

  it('gives no lifetime value from a margin that leaves it out', () => {
    const model = {
      model: 'bg/nbd',
      parameters: { r: 0.24, alpha: 4.41, a: 0.79, b: 2.43 },
      trainedAsOf: 0,
      trainedKnownAt: 0,
      population: 1,
      digest: '',
    };
    const around = { policy: { models: { 'bg/nbd': model } } } as object;
    const [line] = seenAt(value, old, '2025-12-31', around).lifetime;
    expect(line).toMatchObject({ value: null, valueReason: 'no-rate USD/EUR' });
  });
});
