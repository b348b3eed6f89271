import { afterAll, describe, expect, it } from '@jest/globals';
import { performance } from '../../projections/performance.js';
import { projections } from '../../projections/registry.js';
import { keyOf } from '../../src/app/folder.js';
import { importer } from '../../src/app/import/target.js';
import { Moments } from '../../src/app/moments.js';
import { Projector } from '../../src/app/projector.js';
import type { Taproot } from '../../src/app/taproot.js';
import { Views } from '../../src/app/views.js';
import { admin } from '../../src/http/access.js';
import { canonical } from '../../src/kernel/canonical.js';
import { idOf } from '../../src/kernel/identity.js';
import { NEVER } from '../../src/kernel/instant.js';
import type { AnyProjection } from '../../src/kernel/projection.js';
import { acme } from '../support/cast/ids.js';
import { eur } from '../support/scene.js';
import { freshDirectory, openIn } from '../support/service.js';
import { beginning, tell } from '../support/telling.js';

const open: { close(): unknown }[] = [];
afterAll(async () => {
  for (const one of open.reverse()) await one.close();
});

/** A log with the usual beginning, and a file of views that only the test writes. */
async function log(clock?: () => number): Promise<{ taproot: Taproot; views: Views; directory: string }> {
  const taproot = await openIn(freshDirectory(), clock);
  const directory = freshDirectory();
  const views = Views.open(directory);
  open.push(taproot, views);
  await tell(taproot, beginning);
  return { taproot, views, directory };
}

const over = ({ taproot, views }: { taproot: Taproot; views: Views }, list: readonly AnyProjection[] = projections) =>
  new Projector(taproot.moments.reader, views, list);

/** Invoices of one euro each, all on their way before the first is durable. */
async function bill(taproot: Taproot, from: number, count: number, day = '2025-01-10T00:00:00Z'): Promise<void> {
  const waiting: Promise<unknown>[] = [];
  for (let i = from; i < from + count; i++) {
    const body = { accountId: acme, invoiceId: `I${i}`, gross: eur(100), occurredAt: day };
    const request = { name: 'IssueInvoice', body, commandId: `bill-${i}`, actor: admin };
    waiting.push((await taproot.execute.stage(request)).durable);
  }
  await Promise.all(waiting);
}

const storedNet = (views: Views, key: string): unknown => {
  const state = views.state(`account/${acme}`, key)?.state;
  return state && JSON.parse(state);
};
const raised = (): readonly AnyProjection[] =>
  projections.map((one) => (one.name === 'performance' ? { ...one, version: one.version + 1 } : one));
const netOf = (taproot: Taproot, views: Views): unknown =>
  new Moments(taproot.moments.reader, views).view('performance', acme, {
    asOf: Date.parse('2025-12-31'),
    knownAt: NEVER,
  });
const everything = (views: Views): Record<string, string> =>
  Object.fromEntries(
    projections.flatMap((one) =>
      views
        .statesOf(keyOf(one), '')
        .map(({ subject, state }) => [`${keyOf(one)} ${subject}`, canonical(JSON.parse(state))]),
    ),
  );
const rows = (views: Views, table: string): unknown[] =>
  views.database
    .prepare(`SELECT * FROM "${table}" ORDER BY 1, 2, 3`)
    .all()
    .map((row) => ({ ...row }));

describe('a raised version of a projection', () => {
  it('is built beside the old one, which answers until the new one takes over', async () => {
    const it = await log();
    await bill(it.taproot, 0, 3);
    await over(it).catchUp();
    const before = rows(it.views, 'performance');
    const next = over(it, raised());
    expect(rows(it.views, 'performance')).toEqual(before);
    await next.step();
    expect(storedNet(it.views, keyOf(performance as never))).toBeDefined();
    expect(rows(it.views, 'performance')).toEqual(before);
    await bill(it.taproot, 3, 2);
    await next.catchUp();
    expect(storedNet(it.views, keyOf(performance as never))).toBeUndefined();
    expect(it.views.checkpoints().every(({ live, position }) => live === 1 && position === it.taproot.head)).toBe(true);
    expect(rows(it.views, 'performance')).not.toEqual(before);
    expect(it.views.checkpoint(`performance@${performance.version + 1}`)).toMatchObject({ live: 1 });
  });

  it('waits for the old ones where they are far behind when it begins', async () => {
    const it = await log();
    await over(it).catchUp();
    await bill(it.taproot, 0, 4_300);
    await over(it, raised()).catchUp();
    expect(new Set(it.views.checkpoints().map(({ position }) => position))).toEqual(new Set([it.taproot.head]));
    const again = Views.open(freshDirectory());
    open.push(again);
    await over({ ...it, views: again }, raised()).catchUp();
    const key = `performance@${performance.version + 1}`;
    expect(storedNet(it.views, key)).toEqual(storedNet(again, key));
    expect(everything(it.views)).toEqual(everything(again));
  });

  it('goes on after a restart at every step of its building', async () => {
    const it = await log();
    await bill(it.taproot, 0, 3);
    await over(it).catchUp();
    for (let steps = 0; ; steps++) {
      if (steps < 3) await bill(it.taproot, 10 + steps, 1);
      if (!(await over(it, raised()).step())) break;
      expect(steps).toBeLessThan(50);
    }
    const key = `performance@${performance.version + 1}`;
    expect(storedNet(it.views, key)).toMatchObject({});
    const again = Views.open(freshDirectory());
    open.push(again);
    await over({ ...it, views: again }, raised()).catchUp();
    expect(storedNet(it.views, key)).toEqual(storedNet(again, key));
  });
});

describe('the file of views', () => {
  it('loses nothing when it is deleted: states and rows are the same when they are built anew', async () => {
    const it = await log();
    await bill(it.taproot, 0, 5);
    await bill(it.taproot, 5, 3, '2024-03-01T00:00:00Z');
    await over(it).catchUp();
    const again = Views.open(freshDirectory());
    open.push(again);
    await over({ ...it, views: again }).catchUp();
    expect(everything(again)).toEqual(everything(it.views));
    for (const { name } of projections.filter((one) => one.rows))
      expect(rows(again, name)).toEqual(rows(it.views, name));
    expect(rows(again, 'performance').length).toBeGreaterThan(0);
  });

  it('has state, rows and checkpoint of a batch together or not at all', async () => {
    const it = await log();
    const projector = over(it);
    await projector.catchUp();
    const before = { states: everything(it.views), at: it.views.checkpoints() };
    await bill(it.taproot, 0, 4);
    it.views.database.exec(
      "CREATE TRIGGER full BEFORE UPDATE ON checkpoints BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    );
    await expect(projector.step()).rejects.toThrow('disk full');
    expect({ states: everything(it.views), at: it.views.checkpoints() }).toEqual(before);
    it.views.database.exec('DROP TRIGGER full');
    await over(it).catchUp();
    expect(netOf(it.taproot, it.views)).toMatchObject({ total: { net: 400, invoices: 4 } });
  });

  it('counts each event once, whichever of two projectors takes it in', async () => {
    const it = await log();
    const other = Views.open(it.directory);
    open.push(other);
    const [one, two] = [over(it), over({ ...it, views: other })];
    await one.catchUp();
    for (let i = 0; i < 2; i++) {
      await bill(it.taproot, i, 1);
      await (i === 0 ? two : one).step();
    }
    await two.catchUp();
    expect(netOf(it.taproot, it.views)).toMatchObject({ total: { net: 200, invoices: 2 } });
  });
});

describe('what an import claims to have known long ago', () => {
  it('does not take along a retraction that came later (capability 1)', async () => {
    const clock = { now: Date.parse('2025-02-01T00:00:00.000Z') };
    const it = await log(() => clock.now);
    await bill(it.taproot, 0, 1, '2025-01-20T00:00:00Z');
    await bill(it.taproot, 1, 1, '2025-01-25T00:00:00Z');
    const [row] = it.taproot.moments.reader.ofType('InvoiceIssued', 0, 1);
    const id = (JSON.parse(row!.entry) as { id: string }).id;
    clock.now = Date.parse('2025-06-01T00:00:00.000Z');
    await it.taproot.execute.run({
      name: 'RetractEvent',
      body: { retracts: id, reason: 'not so' },
      commandId: 'r',
      actor: admin,
    });
    const actor = importer('crm');
    const start = { batchId: 'B', sourceSystem: 'crm', mapping: 'crm.ts', files: [] };
    await it.taproot.execute.run({ name: 'StartImport', body: start, commandId: 'b', actor });
    await over(it).catchUp();
    const imported = {
      batchId: 'B',
      sourceSystem: 'crm',
      sourceKey: 'k',
      index: 0,
      round: 0,
      knownAt: '2025-01-12T00:00:00.000Z',
    };
    const body = { accountId: acme, invoiceId: 'OLD', gross: eur(7), occurredAt: '2025-01-05T00:00:00Z' };
    await it.taproot.execute.run({ name: 'IssueInvoice', body, commandId: idOf('crm', 'k', 0, 0), actor, imported });
    await over(it).catchUp();
    const march = { asOf: Date.parse('2025-12-31'), knownAt: Date.parse('2025-03-01') };
    const stored = new Moments(it.taproot.moments.reader, it.views);
    expect(stored.view('performance', acme, march)).toMatchObject({ total: { net: 207 } });
    expect(stored.view('performance', acme, { ...march, knownAt: NEVER })).toMatchObject({ total: { net: 107 } });
  });
});
