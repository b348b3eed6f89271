import { cpSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Ledger } from '../../src/ledger/ledger.js';
import { ClusteredStore } from '../../src/store/clustered.js';
import { Server } from '../../src/store/eventstoredb.js';
import type { Feeding } from '../../src/store/feed.js';
import { Names } from '../../src/store/names.js';
import { unstamped } from '../support/entries.js';
import { ledgerDirectory, mirrorOf, type Opened } from '../support/eventstore/engines.js';
import type { SubscribeFault } from '../support/eventstore/faults.js';
import { Front } from '../support/eventstore/front.js';

const patience = { callMs: 400, commandMs: 3_000 };
const wait = (ms: number) => new Promise((settle) => setTimeout(settle, ms));

let front: Front;
let nodes: Opened[] = [];
beforeEach(async () => {
  front = await Front.start();
});
afterEach(async () => {
  for (const node of nodes) await node.close();
  nodes = [];
  await front.close();
});

async function open(): Promise<Opened> {
  const node = await mirrorOf(front.url, { patience });
  nodes.push(node);
  return node;
}

/** Appends so many events, one by one, to streams of three accounts. */
async function tell(node: Opened, name: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const stream = `activity-A${i % 3}`;
    await node.store.append(stream, await node.store.head(stream), [unstamped(`${name}${i}`)]);
  }
}

const entriesOf = ({ ledger }: Opened): string[] => ledger.reader.scan(0, -1).map((row) => row.entry);
const rootOf = ({ ledger }: Opened): string => ledger.root().toString('hex');
const ids = (name: string, count: number) => Array.from({ length: count }, (_, i) => unstamped(`${name}${i}`).id);
const idsOf = (node: Opened) => entriesOf(node).map((entry) => JSON.parse(entry).id);

describe('a subscription that cannot begin', () => {
  it('is named with its cause while the mirror has yet to take in what is there', async () => {
    await tell(await open(), 'e', 3);
    const still = { stop: () => undefined, leave: () => undefined, hold: () => undefined, goOn: () => undefined };
    const feed: Feeding = {
      follow: (_origin, _after, { ended }) => {
        setImmediate(() => ended(new Error('no thread to be had')));
        return still;
      },
      close: () => undefined,
    };
    const ledger = Ledger.open(ledgerDirectory());
    const [server, names] = [new Server(front.url, patience), new Names('')];
    const store = new ClusteredStore({ ledger, server, names, origin: 'contract.example', clock: Date.now, feed });
    expect(store.trouble()).toMatch(/events to go$/);
    store.start();
    while (store.mirror.broken === undefined) await wait(5);
    expect(store.trouble()).toMatch(/to go; its subscription ended \(no thread to be had\) and is begun again$/);
    await store.close();
    ledger.close();
  });
});

describe('a subscription that ends', () => {
  const faults: SubscribeFault[] = ['drop', 'slow', 'end', 'twice'];
  it.each(faults)('is begun again from the ledger, and nothing is lost or there twice: %s', async (fault) => {
    front.faults.next('subscribe', fault, 3, 4);
    const node = await open();
    await tell(node, 'e', 20);
    await node.store.level();
    expect(front.faults.happened.filter((one) => one === `subscribe ${fault}`).length).toBeGreaterThan(2);
    expect(idsOf(node)).toEqual(ids('e', 20));
    expect(front.server.subscriptions).toBe(fault === 'twice' ? 1 : 4);
  });

  it('is begun again where it falls silent without a word', async () => {
    front.faults.next('subscribe', 'hang', 1, 3);
    const node = await open();
    await tell(node, 'e', 6);
    await node.store.level();
    expect(front.faults.happened).toEqual(['subscribe hang']);
    expect(idsOf(node)).toEqual(ids('e', 6));
  });

  it('goes on when the server was restarted in the middle, and commands wait for it', async () => {
    const node = await open();
    await tell(node, 'e', 5);
    front.stop();
    const during = tell(node, 'f', 3);
    await wait(300);
    await front.startAgain();
    await during;
    await node.store.level();
    expect(front.faults.happened).toEqual(['connection stopped']);
    expect(idsOf(node)).toEqual([...ids('e', 5), ...ids('f', 3)]);
  });

  it('goes on when the connection was cut or the server frozen for a while', async () => {
    const node = await open();
    await tell(node, 'e', 3);
    front.cut();
    await tell(node, 'f', 3);
    front.freeze();
    const during = tell(node, 'g', 2);
    await wait(1_000);
    front.thaw();
    await during;
    await node.store.level();
    expect(front.faults.happened).toEqual(['connection cut', 'connection frozen']);
    expect(idsOf(node)).toEqual([...ids('e', 3), ...ids('f', 3), ...ids('g', 2)]);
  });
});

describe('a mirror', () => {
  it('takes in what was acknowledged before the process died and not yet mirrored', async () => {
    front.faults.next('subscribe', 'hang', 1, 2);
    const node = await open();
    await tell(node, 'e', 4);
    expect(front.faults.happened).toEqual(['subscribe hang']);
    expect(node.ledger.size).toBe(1);
    const asTheKillLeftIt = ledgerDirectory();
    cpSync(dirname(node.ledger.file), asTheKillLeftIt, { recursive: true });
    const again = await mirrorOf(front.url, { patience, directory: asTheKillLeftIt });
    nodes.push(again);
    await again.store.level();
    expect(idsOf(again)).toEqual(ids('e', 4));
  });

  it('answers commands from the server while it is behind', async () => {
    front.faults.next('subscribe', 'hang', 1, 2);
    const node = await open();
    await tell(node, 'e', 4);
    expect(front.faults.happened).toEqual(['subscribe hang']);
    expect(node.ledger.size).toBe(1);
    expect(await node.store.head('activity-A0')).toBe(1);
    const read = await node.store.read('activity-A0', 0);
    expect(read.map((event) => event.id)).toEqual([unstamped('e0').id, unstamped('e3').id]);
    expect(read[1]!.position).toBeGreaterThan(read[0]!.position);
  });

  it('counts what it has yet to take in', async () => {
    front.faults.next('subscribe', 'hang', 1, 2);
    const node = await open();
    await tell(node, 'e', 5);
    await wait(1_300);
    expect(node.store.lag()).toBe(4);
    await node.store.level();
    await wait(1_300);
    expect(node.store.lag()).toBe(0);
  });

  it('passes over what other programs write to streams that are not ours', async () => {
    const node = await open();
    front.log.put('orders-1', { id: crypto.randomUUID() });
    front.server.publish();
    await tell(node, 'e', 2);
    front.log.put('orders-1', { id: crypto.randomUUID(), json: false, data: Buffer.from([0, 255]) });
    front.server.publish();
    await tell(node, 'f', 1);
    await node.store.level();
    expect(idsOf(node)).toEqual([...ids('e', 2), ...ids('f', 1)]);
  });

  it('is the same on two nodes that write to the same accounts, though one subscribes again in between', async () => {
    const one = await open();
    front.faults.next('subscribe', 'slow', 2, 7);
    const two = await open();
    const write = async (node: Opened, name: string) => {
      for (let i = 0; i < 15; ) {
        const stream = `activity-A${i % 3}`;
        const done = await node.store.append(stream, await node.store.head(stream), [unstamped(`${name}${i}`)]).then(
          () => true,
          () => false,
        );
        if (done) i++;
      }
    };
    await Promise.all([write(one, 'x'), write(two, 'y')]);
    await Promise.all([one.store.level(), two.store.level()]);
    expect(front.faults.happened).toEqual(['subscribe slow', 'subscribe slow']);
    expect(one.ledger.size).toBe(30);
    expect(entriesOf(two)).toEqual(entriesOf(one));
    expect(rootOf(two)).toBe(rootOf(one));
    const store = one.store as ClusteredStore;
    expect(store.mirror.place).toEqual((two.store as ClusteredStore).mirror.place);
  });

  it('keeps its place with its entries, as text that compares as numbers do', async () => {
    const node = await open();
    await tell(node, 'e', 3);
    await node.store.level();
    const row = node.ledger.reader.database.prepare('SELECT commit_position, prepare_position FROM place').get();
    const { position } = front.log.all.at(-1)!;
    const text = String(position).padStart(20, '0');
    expect({ ...row }).toEqual({ commit_position: text, prepare_position: text });
  });
});

describe('readiness', () => {
  it('fails while the server answers reads and takes no appends, and comes back with it', async () => {
    const node = await open();
    front.faults.next('append', 'not-ready', 1_000);
    const patient = { code: 'log/unavailable' };
    await expect(node.store.append('activity-A0', -1, [unstamped('e0')])).rejects.toMatchObject(patient);
    const until = async (ready: boolean) => {
      for (let waited = 0; (node.store.trouble() === null) !== ready && waited < 10_000; waited += 50) await wait(50);
      return node.store.trouble();
    };
    expect(await until(false)).toMatch(/has not answered for \d+ s \(.*Server Is Not Ready/);
    while (front.faults.take('append'));
    expect(await until(true)).toBeNull();
    await node.store.append('activity-A0', -1, [unstamped('e0')]);
    expect(front.faults.happened.length).toBeGreaterThan(3);
  });
});
