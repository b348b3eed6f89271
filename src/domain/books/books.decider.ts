import {
  type Context,
  type Decider,
  digestIn,
  type Draft,
  exists,
  pick,
  stateOf,
  toldAlready,
} from '../../kernel/decider.js';
import type { Class } from '../../kernel/fields.js';
import { Refusal, type RefusalCode } from '../../kernel/refusal.js';
import { heldOnce, type Once, once } from '../once.js';
import type { ApproveSacrifice, booksCommands, RecordCost } from './books.commands.js';
import { type BooksEvent, booksEvents, type CostIncurred } from './books.events.js';

/** What decisions on an account's money need: which ids were used by what content, and what is still open. */
export interface Books extends Once {
  readonly orders: Map<string, string>;
  readonly cancelled: Set<string>;
  readonly invoices: Map<string, string>;
  readonly credits: Map<string, string>;
  readonly rebates: Map<string, string>;
  readonly payments: Map<string, string>;
  readonly costs: Map<string, string>;
  readonly investments: Map<string, { readonly digest: string; readonly releases: Set<string>; stopped: boolean }>;
  readonly sacrifices: Map<string, { readonly digest: string; reviews: Set<string> }>;
}

type Commands = typeof booksCommands;
type Told = { readonly accountId: string };

const account = exists<Told>('account');

const nothing = (): Books => ({
  orders: new Map(),
  cancelled: new Set(),
  invoices: new Map(),
  credits: new Map(),
  rebates: new Map(),
  payments: new Map(),
  costs: new Map(),
  investments: new Map(),
  sacrifices: new Map(),
});

/** The event of that name with the command's own fields. */
function tell<T extends keyof typeof booksEvents>(type: T, command: Told, more: object = {}): Draft<BooksEvent>[] {
  const data = { ...pick(command, booksEvents[type] as Class), ...more };
  return [{ type, accountid: command.accountId, data } as Draft<BooksEvent>];
}

const unknown = (code: RefusalCode, field: string, what: string, id: string): Refusal =>
  new Refusal(code, `There is no ${what} ${id} on this account; record it first`, {
    errors: [{ pointer: `/${field}`, code: 'unknown', detail: `record the ${what} first` }],
    values: { [field]: id },
  });

/** Rules of the `books` streams. */
export const books: Decider<Books, Commands, BooksEvent> = {
  name: 'books',
  stream: ({ accountId }) => `books-${accountId}`,
  initial: nothing,

  on: {
    OrderPlaced: (state, event) => once(state, state.orders, event.data.orderId, digestIn(event), 'order/id-taken'),
    OrderCancelled: (state, { data }) => void state.cancelled.add(data.orderId),
    InvoiceIssued: (state, event) =>
      once(state, state.invoices, event.data.invoiceId, digestIn(event), 'invoice/id-taken'),
    CreditIssued: (state, event) => once(state, state.credits, event.data.creditId, digestIn(event), 'credit/id-taken'),
    RebateGranted: (state, event) =>
      once(state, state.rebates, event.data.rebateId, digestIn(event), 'rebate/id-taken'),
    PaymentReceived: (state, event) =>
      once(state, state.payments, event.data.paymentId, digestIn(event), 'payment/id-taken'),
    CostIncurred: (state, event) => once(state, state.costs, event.data.costId, digestIn(event), 'cost/id-taken'),
    InvestmentCommitted: (state, event) => {
      const investment = { digest: digestIn(event), releases: new Set<string>(), stopped: false };
      once(state, state.investments, event.data.investmentId, investment, 'investment/id-taken');
    },
    InvestmentReleased: (state, event) =>
      void state.investments.get(event.data.investmentId)?.releases.add(digestIn(event)),
    InvestmentStopped: (state, { data }) => {
      const investment = state.investments.get(data.investmentId);
      if (investment) investment.stopped = true;
    },
    SacrificeApproved: (state, event) => {
      const sacrifice = { digest: digestIn(event), reviews: new Set<string>() };
      once(state, state.sacrifices, event.data.sacrificeId, sacrifice, 'sacrifice/id-taken');
    },
    SacrificeReviewed: (state, event) =>
      void state.sacrifices.get(event.data.sacrificeId)?.reviews.add(digestIn(event)),
  },

  needs: {
    PlaceOrder: [account],
    CancelOrder: [account],
    IssueInvoice: [account],
    IssueCredit: [account],
    GrantRebate: [account],
    RecordPayment: [account],
    RecordCost: [
      account,
      stateOf<RecordCost>('account', ({ accountId, intentId }) => (intentId === undefined ? [] : [accountId])),
    ],
    CommitInvestment: [account],
    ReleaseInvestment: [account],
    StopInvestment: [account],
    ApproveSacrifice: [
      account,
      exists<ApproveSacrifice>('member', ({ approver }) => [{ id: approver, pointer: '/approver' }]),
    ],
    ReviewSacrifice: [account],
  },

  decide: {
    PlaceOrder(state, command, context): Draft<BooksEvent>[] {
      if (toldAlready(state.orders.get(command.orderId), context, 'order/id-taken', command.orderId)) return [];
      return tell('OrderPlaced', command, { regular: command.regular ?? true });
    },
    CancelOrder(state, command): Draft<BooksEvent>[] {
      if (!state.orders.has(command.orderId)) throw unknown('order/unknown', 'orderId', 'order', command.orderId);
      return state.cancelled.has(command.orderId) ? [] : tell('OrderCancelled', command);
    },
    IssueInvoice(state, command, context): Draft<BooksEvent>[] {
      const known = state.invoices.get(command.invoiceId);
      return toldAlready(known, context, 'invoice/id-taken', command.invoiceId) ? [] : tell('InvoiceIssued', command);
    },
    IssueCredit(state, command, context): Draft<BooksEvent>[] {
      const known = state.credits.get(command.creditId);
      return toldAlready(known, context, 'credit/id-taken', command.creditId) ? [] : tell('CreditIssued', command);
    },
    GrantRebate(state, command, context): Draft<BooksEvent>[] {
      const known = state.rebates.get(command.rebateId);
      return toldAlready(known, context, 'rebate/id-taken', command.rebateId) ? [] : tell('RebateGranted', command);
    },
    RecordPayment(state, command, context): Draft<BooksEvent>[] {
      const { paymentId, invoiceId } = command;
      if (toldAlready(state.payments.get(paymentId), context, 'payment/id-taken', paymentId)) return [];
      if (!state.invoices.has(invoiceId)) throw unknown('invoice/unknown', 'invoiceId', 'invoice', invoiceId);
      return tell('PaymentReceived', command);
    },
    RecordCost(state, command, context): Draft<BooksEvent>[] {
      if (toldAlready(state.costs.get(command.costId), context, 'cost/id-taken', command.costId)) return [];
      checkPriced(command);
      checkIntent(command, context);
      return tell('CostIncurred', command);
    },
    CommitInvestment(state, command, context): Draft<BooksEvent>[] {
      const { investmentId } = command;
      const known = state.investments.get(investmentId)?.digest;
      if (toldAlready(known, context, 'investment/id-taken', investmentId)) return [];
      return tell('InvestmentCommitted', command);
    },
    /** A release has no id: by hand the same of the same time is told once, while a source may well have two rows that are alike. */
    ReleaseInvestment(state, command, { digest, imported }): Draft<BooksEvent>[] {
      const told = state.investments.get(command.investmentId)?.releases.has(digest) ?? false;
      if (told && command.occurredAt !== undefined && imported === undefined) return [];
      checkRunning(state, command.investmentId);
      return tell('InvestmentReleased', command);
    },
    StopInvestment(state, command): Draft<BooksEvent>[] {
      if (state.investments.get(command.investmentId)?.stopped) return [];
      checkRunning(state, command.investmentId);
      return tell('InvestmentStopped', command);
    },
    ApproveSacrifice(state, command, context): Draft<BooksEvent>[] {
      const { sacrificeId, from, to } = command;
      const known = state.sacrifices.get(sacrificeId)?.digest;
      if (toldAlready(known, context, 'sacrifice/id-taken', sacrificeId)) return [];
      if (Date.parse(from) >= Date.parse(to)) {
        const detail = `from ${from} must be before to ${to}`;
        throw new Refusal('time/order', detail, { errors: [{ pointer: '/to', code: 'order', detail }] });
      }
      return tell('SacrificeApproved', command);
    },
    ReviewSacrifice(state, command, context): Draft<BooksEvent>[] {
      const { sacrificeId } = command;
      const known = state.sacrifices.get(sacrificeId);
      if (!known) throw unknown('sacrifice/unknown', 'sacrificeId', 'sacrifice', sacrificeId);
      return known.reviews.has(context.digest) ? [] : tell('SacrificeReviewed', command);
    },
  },
  holds: heldOnce,
  fewerHolds: true,
};

/** A cost is an amount, or an activity with minutes or a quantity; not both, and not neither. */
function checkPriced({ amount, activity, minutes, quantity }: CostIncurred): void {
  const measured = minutes !== undefined || quantity !== undefined;
  if (amount !== undefined ? !measured : activity !== undefined && measured) return;
  const detail =
    amount === undefined
      ? 'Give amount, or activity with minutes or quantity, so that the rate card can price it'
      : 'Give either amount or minutes and quantity, not both';
  throw new Refusal('cost/incomplete', detail, { errors: [{ pointer: '/amount', code: 'incomplete', detail }] });
}

/** A customer's intent that a cost serves was stated, whether or not it still is one. */
function checkIntent({ accountId, intentId }: RecordCost, { found }: Context): void {
  if (intentId === undefined) return;
  const { intents } = found.state<{ intents: ReadonlyMap<string, unknown> }>('account', accountId);
  if (!intents.has(intentId)) throw unknown('intent/unknown', 'intentId', 'intent', intentId);
}

function checkRunning(state: Books, investmentId: string): void {
  const investment = state.investments.get(investmentId);
  if (investment && !investment.stopped) return;
  const why = investment ? 'was stopped' : 'was never committed';
  throw new Refusal('investment/not-open', `Investment ${investmentId} ${why}; commit it first`, {
    errors: [{ pointer: '/investmentId', code: 'notOpen', detail: 'commit the investment first' }],
    values: { investmentId },
  });
}
