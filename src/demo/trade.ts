import { type Account, lastMonth } from './account.js';
import { about, lastDay, months, plus, roll, years } from './days.js';

const categories = ['Gearboxes', 'Linear drives'] as const;

/** Orders, invoices, payments and what delivery costs, month by month. */
export function trade(account: Account): void {
  const { customer } = account;
  if (customer.since === undefined) return;
  for (const month of months(customer.since, lastMonth(customer), customer.every)) invoice(account, month);
}

/** One invoice with what belongs to it; `share` of a usual one. */
export function invoice(account: Account, month: string, share = 1): void {
  const { id, customer } = account;
  const { growth, margin, serve, late, every, orders } = customer;
  const grown = (1 + growth) ** years(`${customer.since ?? month}-01`, `${month}-01`);
  const gross = about(`${id}${month}`, customer.monthly * 1000 * every * grown * share, 0.18);
  const day = `${month}-${String(9 + roll(`${id}${month}d`, 10)).padStart(2, '0')}`;
  const tag = month.replace('-', '');
  const erp = { hours: 2, by: 'erp' };
  if (orders) account.tell('PlaceOrder', plus(day, -6), { orderId: `O-${tag}`, amount: account.money(gross) }, erp);
  const cost = Math.round(gross * (1 - margin - (roll(`${id}${month}m`, 41) - 20) / 1000));
  const second = Math.round((gross * (20 + roll(id, 30))) / 100);
  const parts = [gross - second, second].map((net, i) => ({
    category: categories[i]!,
    quantity: Math.max(1, Math.round(net / (i === 0 ? 1250 : 480))),
    net: account.money(net),
    cogs: account.money(Math.round((cost * net) / gross)),
  }));
  account.tell(
    'IssueInvoice',
    day,
    {
      invoiceId: `R-${tag}`,
      ...(orders ? { orderId: `O-${tag}` } : {}),
      gross: account.money(gross),
      cogs: account.money(cost),
      dueOn: plus(day, 30),
      lines: parts,
    },
    erp,
  );
  pay(account, tag, gross, plus(day, 31 + late + roll(`${id}${month}p`, 7) - 3));
  const monthly = every === 1 && id !== 'GOLIATH';
  const carried = Math.round(gross * serve * (monthly ? 300 : 100)) / 100;
  if (carried > 0 && (!monthly || Number(month.slice(5)) % 3 === 0))
    account.tell(
      'RecordCost',
      plus(day, 1),
      { costId: `C-${tag}`, category: 'LOGISTICS', amount: account.money(carried), ...account.serving(day) },
      erp,
    );
  if (orders && roll(`${id}${month}h`, 3) === 0) handle(account, day, tag, 3 + roll(`${id}${month}q`, 9));
}

/** What is not paid by the last day is open. */
function pay(account: Account, tag: string, gross: number, day: string): void {
  if (day > lastDay) return;
  account.tell(
    'RecordPayment',
    day,
    { paymentId: `P-${tag}`, invoiceId: `R-${tag}`, amount: account.money(gross) },
    { hours: 1, by: 'erp' },
  );
}

/** The rate card prices what handling the order took. */
function handle(account: Account, day: string, tag: string, quantity: number): void {
  account.tell(
    'RecordCost',
    day,
    { costId: `H-${tag}`, category: 'ORDER_HANDLING', activity: 'order-line', quantity },
    { hours: 2, by: 'erp' },
  );
}
