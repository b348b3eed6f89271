import { onAccount } from '../../kernel/command.js';
import {
  CostIncurred,
  CreditIssued,
  InvestmentCommitted,
  InvestmentReleased,
  InvestmentStopped,
  InvoiceIssued,
  OrderCancelled,
  OrderPlaced,
  PaymentReceived,
  RebateGranted,
  SacrificeApproved,
  SacrificeReviewed,
} from './books.events.js';

/** The customer ordered. */
export class PlaceOrder extends onAccount(OrderPlaced) {}
/** An order will not be delivered. */
export class CancelOrder extends onAccount(OrderCancelled) {}
/** We ask for money. */
export class IssueInvoice extends onAccount(InvoiceIssued) {}
/** We give money back. */
export class IssueCredit extends onAccount(CreditIssued) {}
/** We grant money outside the invoice. */
export class GrantRebate extends onAccount(RebateGranted) {}
/** The customer paid. */
export class RecordPayment extends onAccount(PaymentReceived) {}
/** The account caused a cost. */
export class RecordCost extends onAccount(CostIncurred) {}
/** We decide to invest. */
export class CommitInvestment extends onAccount(InvestmentCommitted) {}
/** Money of an investment is spent. */
export class ReleaseInvestment extends onAccount(InvestmentReleased) {}
/** An investment ends before its time. */
export class StopInvestment extends onAccount(InvestmentStopped) {}
/** We allow a loss for a time. */
export class ApproveSacrifice extends onAccount(SacrificeApproved) {}
/** We look whether a sacrifice was worth it. */
export class ReviewSacrifice extends onAccount(SacrificeReviewed) {}

/** Commands on an account's money, by name. */
export const booksCommands = {
  PlaceOrder,
  CancelOrder,
  IssueInvoice,
  IssueCredit,
  GrantRebate,
  RecordPayment,
  RecordCost,
  CommitInvestment,
  ReleaseInvestment,
  StopInvestment,
  ApproveSacrifice,
  ReviewSacrifice,
};
