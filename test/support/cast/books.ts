import { acme, sponsor } from './ids.js';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const day = (date: string): string => `${date}T00:00:00.000Z`;

const events = {
  OrderPlaced: {
    orderId: 'SO-1',
    amount: eur(12_000_000),
    regular: false,
    lines: [{ category: 'signalling', quantity: 12.5 }],
  },
  OrderCancelled: { orderId: 'SO-1', reason: 'Their budget was cut' },
  InvoiceIssued: {
    invoiceId: 'IN-1',
    orderId: 'SO-1',
    gross: eur(10_000_000),
    onInvoiceDiscount: eur(300_000),
    cogs: eur(6_100_000),
    dueOn: day('2026-05-01'),
    lines: [{ category: 'signalling', quantity: 10, net: eur(9_700_000), cogs: eur(6_100_000) }],
  },
  CreditIssued: { creditId: 'CN-1', amount: eur(50_000), cogs: eur(20_000), invoiceId: 'IN-1' },
  RebateGranted: { rebateId: 'RB-1', amount: eur(200_000), scheme: 'volume 2026' },
  PaymentReceived: { paymentId: 'PM-1', invoiceId: 'IN-1', amount: eur(9_700_000), daysLate: 12 },
  CostIncurred: {
    costId: 'CO-1',
    category: 'SERVICE',
    activity: 'order',
    minutes: 90.5,
    interactionId: 'visit-1',
    pursuitId: 'line-2',
    intentId: 'open-lines',
    activityTypeId: 'open-day',
    acquisition: 'TIME',
  },
  InvestmentCommitted: {
    investmentId: 'lab',
    thesis: 'A shared lab brings the next platform',
    planned: [
      { month: 1, out: eur(2_000_000), back: eur(0) },
      { month: 7, out: eur(0), back: eur(500_000) },
    ],
    horizonMonths: 36,
  },
  InvestmentReleased: { investmentId: 'lab', amount: eur(2_000_000) },
  InvestmentStopped: { investmentId: 'lab', reason: 'They closed their own lab' },
  SacrificeApproved: {
    sacrificeId: 'entry',
    amount: eur(12_000_000),
    from: day('2026-01-01'),
    to: day('2026-07-01'),
    expectedReturn: 'The frame contract of 2027',
    reviewOn: day('2026-10-01'),
    approver: sponsor,
  },
  SacrificeReviewed: { sacrificeId: 'entry', outcome: 'The contract was signed' },
} as const;

const on = (data: object): object => ({ accountId: acme, ...data });

/** Samples of money. */
export const booksCast: {
  readonly commands: Readonly<Record<string, object>>;
  readonly events: Readonly<Record<string, object>>;
} = {
  commands: {
    PlaceOrder: on({ occurredAt: '2026-02-10', ...events.OrderPlaced }),
    CancelOrder: on(events.OrderCancelled),
    IssueInvoice: on(events.InvoiceIssued),
    IssueCredit: on(events.CreditIssued),
    GrantRebate: on(events.RebateGranted),
    RecordPayment: on(events.PaymentReceived),
    RecordCost: on(events.CostIncurred),
    CommitInvestment: on(events.InvestmentCommitted),
    ReleaseInvestment: on(events.InvestmentReleased),
    StopInvestment: on(events.InvestmentStopped),
    ApproveSacrifice: on(events.SacrificeApproved),
    ReviewSacrifice: on(events.SacrificeReviewed),
  },
  events,
};
