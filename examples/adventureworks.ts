/**
 * AdventureWorks resellers (Microsoft's fictitious bicycle maker, MIT licence): accounts from `resellers.csv`, one invoice for each
 * order from `order_lines.csv.gz`.
 *
 *     npx taproot import examples/adventureworks.ts resellers.csv order_lines.csv.gz
 *
 * One currency, US dollars. The source has net sales and discounts with four decimals; an order's sums are rounded to cents once,
 * and gross is net + discount, so that net is exact. Freight is left out: whether the customer caused it, the source does not say.
 */
import { mapping, note, reject } from 'taproot/import';

type Row = Record<string, string>;

export default mapping<Row>({
  source: 'adventureworks',
  key: (row) => (row.SalesOrderNumber ? `order/${row.SalesOrderNumber}` : `reseller/${row.ResellerAlternateKey}`),
  commands: (rows) => (rows[0]!.SalesOrderNumber ? [invoice(rows)] : [account(rows[0]!)]),
});

/** Ids of accounts are the keys that order lines use. */
const accountId = (row: Row): string => `AW-${row.ResellerKey}`;

function account(row: Row) {
  return {
    command: 'RegisterAccount',
    accountId: accountId(row),
    name: row.ResellerName,
    customerType: 'DEALER',
    currency: 'USD',
    industry: row.BusinessType,
    region: row.CountryRegionCode,
    externalIds: [{ system: 'adventureworks', id: row.ResellerAlternateKey }],
    // the first day of the sales history: when a reseller was taken on, the source does not say
    occurredAt: '2010-12-29',
  };
}

function invoice(rows: readonly Row[]) {
  const [first] = rows as [Row, ...Row[]];
  for (const row of rows) {
    if (row.ResellerKey !== first.ResellerKey)
      reject(row, 'ResellerKey', `order ${row.SalesOrderNumber} names two resellers`);
    if (row.OrderDate !== first.OrderDate) note(row, 'OrderDate', row.OrderDate, first.OrderDate);
  }
  const net = cents(rows.map((row) => row.SalesAmount!));
  const discount = cents(rows.map((row) => row.DiscountAmount!));
  return {
    command: 'IssueInvoice',
    accountId: accountId(first),
    invoiceId: first.SalesOrderNumber,
    gross: { minor: net + discount, currency: 'USD' },
    ...(discount > 0 ? { onInvoiceDiscount: { minor: discount, currency: 'USD' } } : {}),
    cogs: { minor: cents(rows.map((row) => row.TotalProductCost!)), currency: 'USD' },
    occurredAt: first.OrderDate,
  };
}

/** Sum of dollar texts with up to four decimals, in cents, rounded half away from zero once. */
function cents(texts: readonly string[]): number {
  let sum = 0n;
  for (const text of texts) {
    const [whole = '0', part = ''] = text.replace('-', '').split('.');
    const value = BigInt(whole) * 10_000n + BigInt(part.padEnd(4, '0').slice(0, 4));
    sum += text.startsWith('-') ? -value : value;
  }
  const size = sum < 0n ? -sum : sum;
  const rounded = Number((size + 50n) / 100n);
  return sum < 0n ? -rounded : rounded;
}
