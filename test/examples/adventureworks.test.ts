import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import adventureworks from '../../examples/adventureworks.js';
import { Reads } from '../../src/app/reads.js';
import type { Taproot } from '../../src/app/taproot.js';
import { hasData, importOf, revertOf, sharedData } from '../support/imports.js';
import { freshDirectory, openIn } from '../support/service.js';

interface Golden {
  readonly sales_minor: number;
  readonly cost_minor: number;
  readonly resellers_with_orders: number;
  readonly resellers_with_negative_gross_profit: number;
  readonly by_order_year: Record<string, { sales_minor: number; cost_minor: number }>;
  readonly by_order_quarter: Record<string, { sales_minor: number; cost_minor: number }>;
}
interface Figures {
  readonly net: number;
  readonly cogs: number;
}
interface Performance {
  readonly total: Figures;
  readonly years: Record<string, Figures>;
  readonly quarters: Record<string, Figures>;
}

const data = join(sharedData, 'adventureworks_reseller');
const files = ['resellers.csv', 'order_lines.csv.gz'].map((name) => join(data, name));

(hasData('adventureworks_reseller') ? describe : describe.skip)('AdventureWorks resellers', () => {
  let taproot: Taproot;
  let reads: Reads;
  let batchId: string;
  beforeAll(async () => {
    taproot = await openIn(freshDirectory());
    reads = new Reads(taproot);
    const dry = await importOf(taproot, adventureworks as never, files, { dryRun: true });
    expect(dry).toMatchObject({ batchId: null, counts: { recorded: 701 + 3796, rejected: 0, refused: 0 } });
    expect(taproot.head).toBe(0);
    const first = await importOf(taproot, adventureworks as never, files);
    batchId = first.batchId!;
    expect(first.counts).toMatchObject({ recorded: 701 + 3796, rejected: 0, refused: 0, changed: 0 });
  }, 120_000);
  afterAll(() => taproot.close());

  const golden = (): Golden => JSON.parse(readFileSync(join(data, 'golden_minor.json'), 'utf8')) as Golden;
  const now = () => ({ asOf: Date.parse('2026-01-01T00:00:00.000Z'), knownAt: Number.POSITIVE_INFINITY });

  /** Net and cost of all accounts, added up by total, year and quarter. */
  function sums() {
    const total = { net: 0, cogs: 0 };
    const years: Record<string, { net: number; cogs: number }> = {};
    const quarters: Record<string, { net: number; cogs: number }> = {};
    const add = (to: { net: number; cogs: number }, { net, cogs }: Figures) => {
      to.net += net;
      to.cogs += cogs;
    };
    let below = 0;
    let ordering = 0;
    for (const { accountId } of reads.listed.at(now())) {
      const view = taproot.moments.view('performance', accountId, now()) as Performance;
      if (Object.keys(view.quarters).length > 0) ordering++;
      if (view.total.net - view.total.cogs < 0) below++;
      add(total, view.total);
      for (const [into, of] of [
        [years, view.years],
        [quarters, view.quarters],
      ] as const)
        for (const [name, figures] of Object.entries(of)) {
          into[name] ??= { net: 0, cogs: 0 };
          add(into[name], figures);
        }
    }
    return { total, years, quarters, below, ordering };
  }

  it('sell and cost what the published totals say, to the cent, in total, by year and by quarter', async () => {
    const { total, years, quarters, below, ordering } = sums();
    const { sales_minor, cost_minor, by_order_year, by_order_quarter, ...counts } = golden();
    expect(total).toEqual({ net: sales_minor, cogs: cost_minor });
    const shaped = (of: Golden['by_order_year']) =>
      Object.fromEntries(
        Object.entries(of).map(([name, one]) => [name, { net: one.sales_minor, cogs: one.cost_minor }]),
      );
    expect(years).toEqual(shaped(by_order_year));
    expect(quarters).toEqual(shaped(by_order_quarter));
    expect({ below, ordering }).toEqual({
      below: counts.resellers_with_negative_gross_profit,
      ordering: counts.resellers_with_orders,
    });
  });

  it('add nothing when they are imported again', async () => {
    const head = taproot.head;
    const again = await importOf(taproot, adventureworks as never, files);
    expect(again).toMatchObject({ batchId: null, counts: { recorded: 0, repeated: 701 + 3796, changed: 0 } });
    expect(taproot.head).toBe(head);
  }, 120_000);

  it('leave every view when the batch is taken back, and come back with a third run', async () => {
    await revertOf(taproot, batchId);
    await taproot.projector.level();
    expect(reads.listed.at(now())).toEqual([]);
    expect(sums().ordering).toBe(0);
    const third = await importOf(taproot, adventureworks as never, files);
    expect(third.counts).toMatchObject({ recorded: 701 + 3796, repeated: 0, refused: 0 });
    expect(sums().total).toEqual({ net: golden().sales_minor, cogs: golden().cost_minor });
  }, 180_000);
});
