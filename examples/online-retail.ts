/**
 * UCI "Online Retail" (Daqing Chen, CC BY 4.0): half a million real invoice lines of a wholesaler of gifts. Lines become invoices and,
 * where the number begins with C, credit notes: one for each number, even where its lines stand apart, dated by the first line.
 *
 *     npx taproot import examples/online-retail.ts online_retail.csv.gz
 *
 * One currency, pounds; the sum of a number's lines is rounded to pence once. A quarter of the lines names no customer: each is reported.
 */
import { mapping, reject } from 'taproot/import';

type Row = Record<string, string>;

export default mapping<Row>({
  source: 'online-retail',
  key: (row) => row.InvoiceNo ?? null,
  commands: (rows) => {
    const told = rows.filter((row) => {
      if (row.CustomerID) return true;
      reject(row, 'CustomerID', 'the line names no customer');
      return false;
    });
    return told.length === 0 ? [] : record(told);
  },
});

function record(rows: readonly Row[]) {
  const [first] = rows as [Row, ...Row[]];
  const accountId = `C${Number(first.CustomerID)}`;
  const account = {
    command: 'RegisterAccount',
    accountId,
    name: `Customer ${Number(first.CustomerID)}`,
    customerType: 'DEALER',
    currency: 'GBP',
    occurredAt: '2010-12-01',
  };
  const occurredAt = `${first.InvoiceDate!.replace(' ', 'T')}Z`;
  const minor = pence(rows);
  const number = first.InvoiceNo!;
  if (number.startsWith('C'))
    return [
      account,
      { command: 'IssueCredit', accountId, creditId: number, amount: { minor: -minor, currency: 'GBP' }, occurredAt },
    ];
  return [
    account,
    { command: 'IssueInvoice', accountId, invoiceId: number, gross: { minor, currency: 'GBP' }, occurredAt },
  ];
}

/** Σ quantity × price (up to three decimals) in pence, rounded half away from zero once. */
function pence(rows: readonly Row[]): number {
  let thousandths = 0n;
  for (const row of rows) {
    const [whole = '0', part = ''] = row.UnitPrice!.replace('-', '').split('.');
    const price = BigInt(whole) * 1_000n + BigInt(part.padEnd(3, '0').slice(0, 3));
    thousandths += BigInt(row.Quantity!) * (row.UnitPrice!.startsWith('-') ? -price : price);
  }
  const size = thousandths < 0n ? -thousandths : thousandths;
  const rounded = Number((size + 5n) / 10n);
  return thousandths < 0n ? -rounded : rounded;
}
