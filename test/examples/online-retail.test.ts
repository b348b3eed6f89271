import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import retail from '../../examples/online-retail.js';
import type { LifetimeReport } from '../../projections/portfolio/lifetime.js';
import type { RetentionReport } from '../../projections/portfolio/retention.js';
import type { WhaleReport } from '../../projections/portfolio/whale.js';
import type { Counts, ReportLine } from '../../src/app/import/report.js';
import { Reads } from '../../src/app/reads.js';
import type { Taproot } from '../../src/app/taproot.js';
import { hasData, importOf, revertOf, sharedData } from '../support/imports.js';
import { reportOn } from '../support/reported.js';
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

  it('is a curve of revenue alone, with 41 customers below zero', async () => {
    const whale = await reportOn<WhaleReport>(new Reads(taproot), 'whale', '2011-12-10');
    expect(whale).toMatchObject({ n: 4_372, costed: false, belowZero: 41, total: 830_006_581, peakAt: 4_317 });
    expect(whale.area).toBeCloseTo(0.354641786839, 9);
    expect(whale.effectiveCustomers).toBeCloseTo(222.2034233191, 7);
    expect(whale.accounts[0]).toMatchObject({ accountId: 'C14646', revenue: 27_948_902 });
  }, 60_000);

  it('keeps 74 of every 100 pounds of the first half-year, and all of its cohorts until a year has passed', async () => {
    const window = { from: '2011-06-01', to: '2011-11-30' };
    const kept = await reportOn<RetentionReport>(new Reads(taproot), 'retention', '2011-12-10', window);
    expect(kept).toMatchObject({ n: 2_707, start: 312_645_624, churn: 39_286_566, expansion: 144_809_610 });
    expect(kept.logo).toBeCloseTo(0.69523457702, 9);
    expect(kept.gross).toBeCloseTo(0.74116074307, 9);
    expect(kept.net).toBeCloseTo(1.20433565704, 9);
    expect(kept.cohorts.map(({ size, kept }) => [size, ...kept])).toEqual([
      [885, 885, 885, 885, 885, null],
      [1_249, 1_249, 1_249, 1_249, null, null],
      [826, 826, 826, null, null, null],
      [656, 656, null, null, null, null],
      [723, null, null, null, null, null],
    ]);
  }, 60_000);

  it('has a customer base large enough for models, of which that of leaving at any time finds nobody leaving', async () => {
    const found = await reportOn<LifetimeReport>(new Reads(taproot), 'lifetime', '2011-12-10');
    expect(found).toMatchObject({ customers: 4_339, repeaters: 2_790, reason: null });
    const [bgNbd, paretoNbd, mbgNbd, gammaGamma] = found.models as readonly { logLikelihood?: number }[];
    expect(bgNbd!.logLikelihood).toBeCloseTo(-37_699.54439, 3);
    expect(paretoNbd).toMatchObject({ parameters: null, reason: 'not-converged' });
    expect(mbgNbd!.logLikelihood).toBeCloseTo(-37_699.66717, 3);
    expect(gammaGamma!.logLikelihood).toBeCloseTo(-31_629.90658, 3);
  }, 120_000);

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
