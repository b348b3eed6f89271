import { sentences, type Topic } from '../topic.js';
import { booksCommands } from './books.commands.js';
import { books as decider } from './books.decider.js';
import { booksEvents } from './books.events.js';

/** Money between an account and us, and what the account costs. */
export const books: Topic = {
  name: 'books',
  events: booksEvents,
  commands: booksCommands,
  decider,
  says: sentences([
    ['PlaceOrder OrderPlaced', 'The customer ordered.', '客户下了订单。'],
    ['CancelOrder OrderCancelled', 'An order will not be delivered.', '订单已取消。'],
    ['IssueInvoice InvoiceIssued', 'We issued an invoice.', '我们开出了发票。'],
    ['IssueCredit CreditIssued', 'We issued a credit note.', '我们开出了贷项通知单。'],
    ['GrantRebate RebateGranted', 'We granted a rebate.', '我们给予了返利。'],
    ['RecordPayment PaymentReceived', 'The customer paid.', '客户付了款。'],
    ['RecordCost CostIncurred', 'The account caused a cost.', '该客户产生了一笔成本。'],
    ['CommitInvestment InvestmentCommitted', 'We decided to invest in the account.', '我们决定对该客户进行投资。'],
    ['ReleaseInvestment InvestmentReleased', 'Money of an investment was spent.', '投资款已支出。'],
    ['StopInvestment InvestmentStopped', 'An investment was ended before its time.', '投资提前终止。'],
    [
      'ApproveSacrifice SacrificeApproved',
      'A loss for a time was approved, for a later return.',
      '批准为长期回报作短期牺牲。',
    ],
    ['ReviewSacrifice SacrificeReviewed', 'A sacrifice was reviewed.', '对短期牺牲作了评审。'],
  ]),
};
