import { describe, expect, it } from '@jest/globals';
import { performance } from '../../projections/performance.js';
import { defaultPolicy, type RateCard } from '../../src/kernel/policy.js';
import { event, viewAt } from '../support/folding.js';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const usd = (minor: number) => ({ minor, currency: 'USD' });
const settings = (said: Partial<typeof defaultPolicy.settings>) => ({
  settings: { ...defaultPolicy.settings, ...said },
});
const card = (pool: string, functions: string[], said: Partial<RateCard> = {}): RateCard => ({
  pool,
  functions,
  capacityCost: eur(56_000_000),
  practicalMinutes: 700_000,
  per: 'QUARTER',
  activities: [],
  ...said,
});
const ours = (...functions: string[]) => functions.map((name) => ({ memberId: 'm', function: name }));
const met = (interactionId: string, time: string, data: object) =>
  event('InteractionLogged', time, {
    interactionId,
    kind: 'MEETING',
    initiator: 'US',
    theirs: [],
    durationMin: 60,
    ...data,
  });

describe('the waterfall of a quarter (E2)', () => {
  const told = [
    event('OrderPlaced', '2013-01-10', { orderId: 'o1', amount: eur(1000) }),
    event('InvoiceIssued', '2013-01-12', {
      invoiceId: 'i1',
      orderId: 'o1',
      gross: eur(1000),
      onInvoiceDiscount: eur(50),
      cogs: eur(600),
    }),
    event('RebateGranted', '2013-02-01', { rebateId: 'r1', amount: eur(20) }),
    event('CreditIssued', '2013-03-01', { creditId: 'k1', amount: eur(100), cogs: eur(60) }),
    event('CostIncurred', '2013-03-02', { costId: 'c1', category: 'LOGISTICS', amount: eur(30) }),
    event('CostIncurred', '2013-03-02', {
      costId: 'c2',
      category: 'OTHER',
      amount: eur(10),
      acquisition: 'TRIAL_DISCOUNT',
    }),
    event('InvoiceIssued', '2013-04-01', { invoiceId: 'i2', gross: eur(500) }),
  ];
  const view = viewAt(performance, told, '2013-06-30');

  it('goes from gross to contribution in integers', () =>
    expect(view.quarters['2013-Q1']).toMatchObject({
      gross: 1000,
      discounts: 60,
      rebates: 20,
      credits: 100,
      net: 820,
      cogs: 540,
      grossMargin: 280,
      costToServe: 30,
      costByCategory: { LOGISTICS: 30 },
      costOfCredit: null,
      costOfCreditReason: 'no-payment-ever',
      contribution: 250,
      economicProfit: 250,
      orders: 1,
      invoices: 1,
      open: false,
    }));
  it('adds quarters up to years and to everything, and counts invoices without cost of goods', () => {
    expect(view.years['2013']).toMatchObject({ gross: 1500, net: 1320, invoices: 2, invoicesWithoutCogs: 1 });
    expect(view.total).toMatchObject({ gross: 1500, contribution: 750 });
    expect(Object.keys(view.quarters)).toEqual(['2013-Q1', '2013-Q2']);
  });
  it('follows the fiscal year, named by the year in which it ends', () => {
    const april = viewAt(performance, told, '2013-06-30', { policy: settings({ fiscalYearStartMonth: 4 }) });
    expect(Object.keys(april.quarters)).toEqual(['2013-Q4', '2014-Q1']);
    expect(Object.keys(april.years)).toEqual(['2013', '2014']);
  });
  it('no longer counts an order that was cancelled', () => {
    const cancelled = [told[0]!, event('OrderCancelled', '2013-02-01', { orderId: 'o1' })];
    expect(viewAt(performance, cancelled, '2013-01-31').total.orders).toBe(1);
    expect(viewAt(performance, cancelled, '2013-02-01').total).toMatchObject({ orders: 0, ordersCancelled: 1 });
  });
});

describe('a credit note told late into a closed quarter (E2)', () => {
  const told = [
    event('InvoiceIssued', '2025-05-10', { invoiceId: 'i1', gross: eur(1000), cogs: eur(400) }),
    event(
      'CreditIssued',
      '2025-05-20',
      { creditId: 'k1', amount: eur(300), cogs: eur(100) },
      { id: 'late-one', known: Date.parse('2025-07-31T00:00:00.000Z') },
    ),
  ];
  it('changes what the quarter says now, and what it said then stands beside', () => {
    const view = viewAt(performance, told, '2025-12-31');
    expect(view.quarters['2025-Q2']!.net).toBe(700);
    expect(view.restatements).toMatchObject([
      {
        quarter: '2025-Q2',
        closedAt: '2025-07-30T23:59:59.999Z',
        said: { net: 1000, contribution: 600 },
        says: { net: 700, contribution: 400 },
        lateEvents: 1,
        eventIds: ['late-one'],
      },
    ]);
  });
  it('is not late when known in the last instant before the close', () => {
    const known = Date.parse('2025-07-30T23:59:59.999Z');
    const intime = [told[0]!, { ...told[1]!, known }];
    expect(viewAt(performance, intime, '2025-12-31').restatements).toEqual([]);
  });
});

describe('cost to serve by rate cards (E1)', () => {
  const activities = [
    { activity: 'order', minutesEach: 8 },
    { activity: 'inquiry', minutesEach: 44 },
    { activity: 'check', minutesEach: 50 },
  ];
  const policy = { rates: { desk: card('desk', ['SALES'], { activities }) } };
  const booked = (costId: string, activity: string, quantity: number) =>
    event('CostIncurred', '2025-01-10', { costId, category: 'ORDER_HANDLING', activity, quantity });

  it('prices 49,000 orders, 1,400 inquiries and 2,500 checks at .80 a minute: 462,880', () => {
    const told = [booked('a', 'order', 49_000), booked('b', 'inquiry', 1_400), booked('c', 'check', 2_500)];
    expect(viewAt(performance, told, '2025-01-31', { policy }).total.costToServe).toBe(46_288_000);
  });
  it('prices an interaction by participant and category, each rounded once', () => {
    const rates = { desk: card('desk', ['SALES'], { capacityCost: eur(100), practicalMinutes: 3 }) };
    const told = [met('v1', '2025-01-10', { ours: ours('SALES', 'SALES', 'IT'), durationMin: 1, travelMin: 2 })];
    const { total } = viewAt(performance, told, '2025-01-31', { policy: { rates } });
    expect(total.costByCategory).toEqual({ TEAM_TIME: 66, TRAVEL: 134 });
    expect(total.unpricedMinutes).toBe(3);
  });
  it('lets a cost that cites an interaction replace its category, told after it or before', () => {
    const expenses = [{ category: 'MEETINGS', amount: eur(500) }];
    const rates = { desk: card('desk', ['SALES']) };
    const cites = (time: string) =>
      event('CostIncurred', time, { costId: 'c', category: 'TEAM_TIME', amount: eur(70), interactionId: 'v1' });
    const visit = met('v1', '2025-03-10', { ours: ours('SALES'), expenses });
    const after = viewAt(performance, [visit, cites('2025-04-02')], '2025-06-30', { policy: { rates } });
    expect(after.quarters['2025-Q1']!.costByCategory).toEqual({ TEAM_TIME: 0, MEETINGS: 500 });
    expect(after.total.costToServe).toBe(570);
    const before = viewAt(performance, [cites('2025-03-01'), visit], '2025-06-30', { policy: { rates } });
    expect(before.total.costByCategory).toEqual({ TEAM_TIME: 70, MEETINGS: 500 });
  });
  it('counts what no card prices', () => {
    const told = [booked('a', 'order', 3), met('v', '2025-01-11', { ours: ours('SALES') })];
    const { total } = viewAt(performance, told, '2025-01-31');
    expect(total).toMatchObject({ costToServe: 0, unpricedActivities: 3, unpricedMinutes: 60 });
  });
});

describe('waiting for money and capital (E2, §3.12.5)', () => {
  const policy = settings({ wacc: 0.1 });
  const sale = event('InvoiceIssued', '2025-01-01', { invoiceId: 'i1', gross: eur(365_000) });
  const paid = event('PaymentReceived', '2025-01-31', { paymentId: 'p', invoiceId: 'i1', amount: eur(365_000) });

  it('costs the open balance of each day at wacc ÷ 365', () => {
    const { total } = viewAt(performance, [sale, paid], '2025-03-31', { policy });
    expect(total).toMatchObject({ costOfCredit: 3_000, contribution: 362_000 });
  });
  it('goes on while the invoice is open, quarter by quarter', () => {
    const part = event('PaymentReceived', '2025-01-11', { paymentId: 'p', invoiceId: 'i1', amount: eur(265_000) });
    const view = viewAt(performance, [sale, part], '2025-04-11', { policy });
    expect(view.quarters['2025-Q1']!.costOfCredit).toBe(1_000 + Math.round((100_000 * 80 * 0.1) / 365));
    expect(view.quarters['2025-Q2']).toMatchObject({ gross: 0, costOfCredit: 274, contribution: -274 });
  });
  it('is null and left out while nobody ever paid, or without a wacc', () => {
    expect(viewAt(performance, [sale], '2025-03-31', { policy }).total).toMatchObject({
      costOfCredit: null,
      costOfCreditReason: 'no-payment-ever',
      contribution: 365_000,
    });
    expect(viewAt(performance, [sale, paid], '2025-03-31').total).toMatchObject({
      costOfCredit: null,
      costOfCreditReason: 'no-wacc',
      contribution: 365_000,
    });
  });
  it('charges wacc ÷ 12 of the capital that is left as each month opens', () => {
    const told = [
      event('InvestmentCommitted', '2025-01-01', { investmentId: 'n', planned: [], horizonMonths: 4 }),
      event('InvestmentReleased', '2025-01-15', { investmentId: 'n', amount: eur(120_000) }),
    ];
    const view = viewAt(performance, told, '2025-12-31', { policy });
    expect(view.quarters['2025-Q1']).toMatchObject({ contribution: 0, economicProfit: -2_250 });
    expect(view.quarters['2025-Q2']!.economicProfit).toBe(-250);
    expect(view.total.economicProfit).toBe(-2_500);
    expect(viewAt(performance, told, '2025-12-31').total).toMatchObject({
      economicProfit: null,
      economicProfitReason: 'no-wacc',
    });
  });
});

describe('amounts in another currency', () => {
  const sale = event('InvoiceIssued', '2025-01-05', { invoiceId: 'i1', gross: usd(1001), cogs: usd(500) });
  it('are converted by the rate of their day, rounded half away from zero once', () => {
    const { total } = viewAt(performance, [sale], '2025-01-31', { policy: { fx: { 'USD/EUR': '0.5' } } });
    expect(total).toMatchObject({ gross: 501, cogs: 250, contribution: 251 });
  });
  it('leave nothing open once paid in full, whatever the rate did since', () => {
    const rate = (value: string, time: string) => event('FxRateSet', time, { base: 'USD', quote: 'EUR', rate: value });
    const told = [
      event('InvoiceIssued', '2025-01-01', { invoiceId: 'i1', gross: usd(730_000) }),
      event('PaymentReceived', '2025-01-11', { paymentId: 'p', invoiceId: 'i1', amount: usd(365_000) }),
      event('PaymentReceived', '2025-01-21', { paymentId: 'q', invoiceId: 'i1', amount: usd(365_000) }),
    ];
    const rules = [rate('1', '2025-01-01'), rate('2', '2025-01-05')];
    const { total } = viewAt(performance, told, '2025-12-31', { policy: settings({ wacc: 0.1 }), rules });
    expect(total).toMatchObject({ gross: 730_000, costOfCredit: 3_000 });
  });
  it('make null, naming the pair, where no rate is in force', () => {
    const other = event('InvoiceIssued', '2025-05-05', { invoiceId: 'i2', gross: eur(100) });
    const view = viewAt(performance, [sale, other], '2025-06-30');
    expect(view.total).toMatchObject({
      gross: null,
      discounts: 0,
      net: null,
      contribution: null,
      missingRates: ['USD/EUR'],
    });
    expect(view.quarters['2025-Q2']).toMatchObject({ gross: 100, contribution: 100, missingRates: [] });
  });
});
