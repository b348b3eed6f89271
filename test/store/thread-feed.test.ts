import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Ledger } from '../../src/ledger/ledger.js';
import type { ClusteredStore } from '../../src/store/clustered.js';
import { unstamped } from '../support/entries.js';
import { ledgerDirectory } from '../support/eventstore/engines.js';
import { Front } from '../support/eventstore/front.js';

// a thread runs what was built, so this mirror is the built one
const built = '../../dist/src';
const { Ledger: BuiltLedger } = (await import(
  `${built}/ledger/ledger.js`
)) as typeof import('../../src/ledger/ledger.js');
const { openServer } = (await import(`${built}/store/opening.js`)) as typeof import('../../src/store/opening.js');

const patience = { callMs: 400, commandMs: 3_000 };
const directory = ledgerDirectory();
let front: Front;
let ledger: Ledger;
let store: ClusteredStore;
beforeEach(async () => {
  front = await Front.start();
  ledger = BuiltLedger.open(directory);
  const opening = { url: front.url, prefix: '', origin: 'contract.example', clock: Date.now };
  store = await openServer({ ...opening, ledger, patience, startMs: 2_000, thread: true });
});
afterEach(async () => {
  await store.close();
  ledger.close();
  await front.close();
  rmSync(directory, { recursive: true, force: true });
});

async function tell(name: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, i) => unstamped(`${name}${i}`));
  for (const event of ids) await store.append('activity-A', await store.head('activity-A'), [event]);
  return ids.map((event) => event.id);
}
const idsOf = () => ledger.reader.scan(0, -1).map((row) => JSON.parse(row.entry).id);

describe('a mirror whose subscription runs in a thread', () => {
  it('has everything in order, though the subscription ends again and again', async () => {
    front.faults.next('subscribe', 'slow', 1, 2);
    front.faults.next('subscribe', 'drop', 1, 2);
    front.cut();
    const ids = await tell('e', 12);
    await store.level();
    expect(front.faults.happened).toEqual(['connection cut', 'subscribe slow', 'subscribe drop']);
    expect(idsOf()).toEqual(ids);
  });

  it('knows of its own appends that they are its own', async () => {
    const { durable, replayed } = await store.append('activity-A', -1, [unstamped('a')]);
    await durable;
    await store.level();
    expect([replayed?.(), ledger.reader.find(unstamped('a').id)?.position]).toEqual([false, 1]);
  });

  it('stops at an event of another program, and names it', async () => {
    await tell('e', 2);
    const { id } = front.log.put('activity-A', { id: crypto.randomUUID() });
    front.server.publish();
    const alarm = { code: 'log/diverged', message: expect.stringContaining(`${id}`) };
    await expect(store.mirror.until(() => ledger.size > 2, 8_000)).rejects.toMatchObject(alarm);
    expect(store.trouble()).toContain('was written by another program');
    expect(ledger.size).toBe(2);
  });
});
