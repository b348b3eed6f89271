import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import retail from '../../examples/online-retail.js';
import type { Counts, ReportLine } from '../../src/app/import/report.js';
import type { Taproot } from '../../src/app/taproot.js';
import { hasData, importOf, revertOf, sharedData } from '../support/imports.js';
import { freshDirectory, openIn } from '../support/service.js';

const files = [join(sharedData, 'online_retail', 'online_retail.csv.gz')];

interface Entry {
  readonly data: { readonly gross?: { readonly minor: number }; readonly amount?: { readonly minor: number } };
}

(hasData('online_retail') ? describe : describe.skip)('Online Retail', () => {
  let taproot: Taproot;
  let batchId: string;
  let counts: Counts;
  let lines: ReportLine[];
  beforeAll(async () => {
    taproot = await openIn(freshDirectory());
    const first = await importOf(taproot, retail as never, files);
    batchId = first.batchId!;
    ({ counts, lines } = first);
  }, 240_000);
  afterAll(() => taproot.close());

  const entries = (type: string): Entry[] =>
    taproot.moments.reader.ofType(type, 0, -1).map((row) => JSON.parse(row.entry) as Entry);
  /** Net of all invoices less all credit notes of an account's effective History, in pence. */
  const net = (): number => {
    const sum = (type: string, of: (one: Entry) => number) => entries(type).reduce((all, one) => all + of(one), 0);
    return sum('InvoiceIssued', (one) => one.data.gross!.minor) - sum('CreditIssued', (one) => one.data.amount!.minor);
  };

  it('becomes invoices and credit notes, one for each number, rounded once', () => {
    expect(counts.rows).toBe(541_909);
    expect(net()).toBe(830_006_581);
    const numbers = taproot.moments.reader
      .ofType('InvoiceIssued', 0, -1)
      .map((row) => (JSON.parse(row.entry) as { data: { invoiceId: string } }).data.invoiceId);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.filter((one) => one === '542806').length).toBe(1);
  });

  it('reports every line without a customer, with which the total is the published one', () => {
    const rejected = lines.filter((line) => line.kind === 'rejected');
    expect(rejected.length).toBe(135_080);
    let thousandths = 0n;
    for (const { row } of rejected) {
      const { Quantity, UnitPrice } = row as { Quantity: string; UnitPrice: string };
      thousandths += BigInt(Quantity) * BigInt(Math.round(Number(UnitPrice) * 1_000));
    }
    expect(Number(thousandths) / 1_000 + 8_300_065.814).toBeCloseTo(9_747_747.934, 2);
  });

  it('adds nothing the second time', async () => {
    const head = taproot.head;
    const again = await importOf(taproot, retail as never, files);
    expect(again).toMatchObject({ batchId: null, counts: { recorded: 0, changed: 0, refused: 0 } });
    expect(taproot.head).toBe(head);
  }, 240_000);

  it('leaves every view with a revert, and a third run brings it back', async () => {
    const sums = async () => {
      await taproot.projector.level();
      const rows = taproot.moments.views.database.prepare('SELECT sum(net) AS net FROM performance').get() as {
        net: number | null;
      };
      return rows.net ?? 0;
    };
    expect(await sums()).toBe(830_006_581);
    await revertOf(taproot, batchId);
    expect(await sums()).toBe(0);
    await importOf(taproot, retail as never, files);
    expect(await sums()).toBe(830_006_581);
  }, 400_000);
});
