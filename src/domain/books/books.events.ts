import type { EventsOf } from '../../kernel/event.js';
import { field, IsPart, Optional } from '../../kernel/fields.js';
import {
  amountCheck,
  IsAmount,
  IsDecimal,
  IsFlag,
  IsId,
  IsOneOf,
  IsText,
  IsUuid,
  IsWhen,
  IsWhole,
} from '../../kernel/kinds.js';
import type { Money } from '../../kernel/money.js';

/** What a cost is for. */
export const costCategories = [
  'ORDER_HANDLING',
  'LOGISTICS',
  'SERVICE',
  'PRE_SALES',
  'TEAM_TIME',
  'TRAVEL',
  'MEETINGS',
  'ENTERTAINMENT',
  'STARTUP',
  'RETURNS',
  'INTEGRATION',
  'OTHER',
] as const;
export type CostCategory = (typeof costCategories)[number];

/** The eight kinds of cost by which a customer is won. */
export const acquisitionTypes = [
  'TRIAL_DISCOUNT',
  'FIRST_ORDER_DISCOUNT',
  'CUSTOMER_STARTUP',
  'TIME',
  'TRAVEL',
  'PRESENTATION',
  'MEETING',
  'ENTERTAINMENT',
] as const;
export type AcquisitionType = (typeof acquisitionTypes)[number];

const category = { public: 'a category of goods, of the firm’s own list' };

/** One line of an invoice: net without tax, after discounts. */
export class InvoiceLine {
  @IsText(200, category) category!: string;
  @IsDecimal(-1e9, 1e9) quantity!: number;
  @IsAmount() net!: Money;
  @Optional() @IsAmount() cogs?: Money;
}

/** One line of an order. */
export class OrderLine {
  @IsText(200, category) category!: string;
  @IsDecimal(-1e9, 1e9) quantity!: number;
}

/** The customer ordered; a trial order says that it is none of the regular ones. */
export class OrderPlaced {
  @IsId() orderId!: string;
  @IsAmount(0) amount!: Money;
  @Optional() @IsFlag() regular?: boolean;
  @Optional() @IsPart(() => OrderLine, { list: true }) lines?: OrderLine[];
}

/** An order will not be delivered. */
export class OrderCancelled {
  @IsId() orderId!: string;
  @IsText(8000) reason!: string;
}

/** We asked for money: gross without tax, what was taken off on the invoice, and what the goods cost us. */
export class InvoiceIssued {
  @IsId() invoiceId!: string;
  @Optional() @IsId() orderId?: string;
  @IsAmount(0) gross!: Money;
  @Optional() @IsAmount(0) onInvoiceDiscount?: Money;
  @Optional() @IsAmount() cogs?: Money;
  @Optional() @IsWhen('bound') dueOn?: string;
  @Optional() @IsPart(() => InvoiceLine, { list: true }) lines?: InvoiceLine[];
}

/** We gave money back, or asked for less than we had. */
export class CreditIssued {
  @IsId() creditId!: string;
  @IsAmount(0) amount!: Money;
  @Optional() @IsAmount() cogs?: Money;
  @Optional() @IsId() invoiceId?: string;
}

/** We granted money outside the invoice, for volume or loyalty. */
export class RebateGranted {
  @IsId() rebateId!: string;
  @IsAmount(0) amount!: Money;
  @Optional() @IsText(200, { public: 'the name of a scheme of terms' }) scheme?: string;
}

/** The customer paid; `daysLate` only where the source knows no due date. */
export class PaymentReceived {
  @IsId() paymentId!: string;
  @IsId() invoiceId!: string;
  @IsAmount(0) amount!: Money;
  @Optional() @IsWhole(-3650, 36_500) daysLate?: number;
}

/** The account caused a cost: an amount, or an activity that the rate card prices. */
export class CostIncurred {
  @IsId() costId!: string;
  @IsOneOf(costCategories) category!: CostCategory;
  @Optional() @IsAmount() amount?: Money;
  @Optional() @IsText(200, { public: 'a name of the rate card' }) activity?: string;
  @Optional() @IsDecimal(0, 1e6) minutes?: number;
  @Optional() @IsDecimal(0, 1e6) quantity?: number;
  @Optional() @IsId() interactionId?: string;
  @Optional() @IsId() pursuitId?: string;
  @Optional() @IsId() intentId?: string;
  @Optional() @IsId() activityTypeId?: string;
  @Optional() @IsOneOf(acquisitionTypes) acquisition?: AcquisitionType;
}

/** What a month of an investment is planned to take and to bring back. */
export class PlannedMonth {
  @IsWhole(1, 600) month!: number;
  @IsAmount(0) out!: Money;
  @IsAmount(0) back!: Money;
}

/** We decided to invest in the account, with a thesis and a plan. */
export class InvestmentCommitted {
  @IsId() investmentId!: string;
  @IsText(8000) thesis!: string;
  @IsPart(() => PlannedMonth, { list: true, max: 600 }) planned!: PlannedMonth[];
  @IsWhole(1, 600) horizonMonths!: number;
}

/** Money of an investment was spent. */
export class InvestmentReleased {
  @IsId() investmentId!: string;
  @IsAmount(0) amount!: Money;
}

/** An investment was ended before its time. */
export class InvestmentStopped {
  @IsId() investmentId!: string;
  @IsText(8000) reason!: string;
}

/** What is expected for a sacrifice: in words, or as an amount. Sealed like any text. */
function IsExpectation(): PropertyDecorator {
  const words = (v: unknown) => typeof v === 'string' && v.length <= 8000 && v.trim() !== '';
  const schema = {
    oneOf: [
      { type: 'string', minLength: 1, maxLength: 8000 },
      { type: 'object', properties: { minor: { type: 'integer' }, currency: { type: 'string' } } },
    ],
  };
  const check = (v: unknown) =>
    words(v) || amountCheck(0)(v) === null ? null : 'text of 1 to 8000 characters, or an amount';
  return field('isExpectation', schema, check, {}, { personal: true });
}

/** We allowed a loss for a time, and said what we expect for it. A permission: it moves no money. */
export class SacrificeApproved {
  @IsId() sacrificeId!: string;
  @IsAmount(0) amount!: Money;
  @IsWhen('start') from!: string;
  @IsWhen('bound') to!: string;
  @IsExpectation() expectedReturn!: string | Money;
  @IsWhen('bound') reviewOn!: string;
  @IsUuid() approver!: string;
}

/** We looked whether a sacrifice was worth it. */
export class SacrificeReviewed {
  @IsId() sacrificeId!: string;
  @IsText(8000) outcome!: string;
}

/** What can happen on a `books` stream, by stored name. */
export const booksEvents = {
  OrderPlaced,
  OrderCancelled,
  InvoiceIssued,
  CreditIssued,
  RebateGranted,
  PaymentReceived,
  CostIncurred,
  InvestmentCommitted,
  InvestmentReleased,
  InvestmentStopped,
  SacrificeApproved,
  SacrificeReviewed,
};

/** Any event of an account's money. */
export type BooksEvent = EventsOf<typeof booksEvents>;
