import { afterAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projections } from '../../projections/registry.js';
import type { FoldPool } from '../../src/app/pool.js';
import { Projector } from '../../src/app/projector.js';
import type { Taproot } from '../../src/app/taproot.js';
import { admin } from '../../src/http/access.js';
import { logOf, rebuilt, stored, viewsIn } from '../support/projecting.js';
import { freshDirectory } from '../support/service.js';

const built = join(import.meta.dirname, '../../dist/src/app/pool.js');

const accounts = 150;
const dealings = 135;
const first = Date.parse('2024-01-01T08:00:00.000Z');

/** Enough events for threads to be worth their beginning, over more accounts and persons than one transaction saves. */
function* commands(): Generator<readonly [name: string, body: object]> {
  for (let i = 0; i < accounts; i++) {
    const accountId = `B${i}`;
    const occurredAt = '2023-01-01';
    yield ['RegisterAccount', { accountId, name: accountId, customerType: 'OEM_MAKER', currency: 'EUR', occurredAt }];
    for (const n of [1, 2]) {
      const contactId = `c${n}000000-0000-4000-8000-${i.toString().padStart(12, '0')}`;
      const place = { function: 'PURCHASING', seniority: n };
      yield ['AddContact', { contactId, accountId, name: `Person ${i}`, ...place, occurredAt }];
    }
  }
  for (let n = 0; n < dealings; n++)
    for (let i = 0; i < accounts; i++) {
      const gross = { minor: 100 + n, currency: 'EUR' };
      const occurredAt = new Date(first + n * 86_400_000).toISOString();
      yield ['IssueInvoice', { accountId: `B${i}`, invoiceId: `I${n}`, gross, occurredAt }];
    }
}

async function told(): Promise<Taproot> {
  const taproot = await logOf([]);
  let waiting: Promise<unknown>[] = [];
  let n = 0;
  for (const [name, body] of commands()) {
    waiting.push((await taproot.execute.stage({ name, body, commandId: `n${n++}`, actor: admin })).durable);
    if (waiting.length < 2_000) continue;
    await Promise.all(waiting);
    waiting = [];
  }
  await Promise.all(waiting);
  return taproot;
}

(existsSync(built) ? describe : describe.skip)('projections built with threads beside (needs the build)', () => {
  const pools: FoldPool[] = [];
  afterAll(() => Promise.all(pools.map((pool) => pool.close())));

  it('are the same as those that one thread builds, also when it is stopped in the middle', async () => {
    const taproot = await told();
    expect(taproot.head).toBeGreaterThan(20_000);
    const { FoldPool: BuiltPool } = (await import(built)) as typeof import('../../src/app/pool.js');
    const views = viewsIn(freshDirectory());
    const begun = (): Projector => {
      const pool = new BuiltPool(taproot.directory, 2);
      pools.push(pool);
      return new Projector(taproot.moments.reader, views, projections, pool);
    };
    for (const steps of [3, 4, 1]) {
      const projector = begun();
      for (let step = 0; step < steps; step++) await projector.step();
      expect(projector.progress().building).toBeGreaterThan(0);
    }
    await begun().catchUp();
    expect(stored(views)).toEqual(await rebuilt(taproot));
  }, 120_000);
});
