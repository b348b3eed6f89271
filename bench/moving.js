import { randomUUID } from 'node:crypto';
import { eventTypeFilter, NO_STREAM, START } from '@eventstore/db-client';
import { openBundle } from '../dist/src/app/move/bundle.js';
import { moveIn } from '../dist/src/app/move/move-in.js';
import { readConfig } from '../dist/src/config.js';
import { uuid5 } from '../dist/src/kernel/identity.js';
import { Ledger } from '../dist/src/ledger/ledger.js';
import { mirrored } from '../dist/src/store/eventstoredb.js';
import { openServer } from '../dist/src/store/opening.js';
import { incoming, stamp } from '../dist/src/store/stamp.js';
import { proposal } from '../dist/src/store/wire.js';
import { inDirectory, rate, ratio, row, seconds } from './support.js';

/** Address of the server that is measured; undefined where there is none. */
export const url = process.env.TAPROOT_BENCH_EVENTSTORE;
export const origin = 'bench.example';
const namespace = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';
const runSize = 100;
const events = 50_000;

/** Streams of its own for each measurement. */
export const prefixOf = (name) => `bench-${name}-${randomUUID().slice(0, 8)}.`;

/** An entry of money on one of so many accounts, in runs of a hundred. */
export function* stamped(count, name) {
  const heads = new Map();
  for (let i = 0; i < count; i++) {
    const accountid = `A${Math.floor(i / runSize) % 500}`;
    const stream = `books-${accountid}`;
    const revision = (heads.get(stream) ?? -1) + 1;
    heads.set(stream, revision);
    const at = Date.parse('2018-01-01T00:00:00Z') + i * 1_000;
    const amount = (minor) => ({ minor, currency: 'EUR' });
    const event = {
      id: uuid5(namespace, `${name}${i}`),
      type: 'InvoiceIssued',
      schemaversion: 1,
      accountid,
      time: at,
      authtype: 'import',
      authid: 'import',
      sourcesystem: 'erp',
      sourcekey: `INV-${i}`,
      commandid: uuid5(namespace, `c${i}`),
      commanddigest: 'AAAAAAAAAAAAAAAAAAAAAA',
      data: { invoiceId: `I${i}`, gross: amount(100_000 + (i % 7_919)), cogs: amount(60_000 + (i % 5_003)) },
    };
    yield stamp(event, origin, stream, revision, at + 500);
  }
}

/** An event as the bare client takes it. */
export function bareEvent(one) {
  const { id, type, data, metadata } = proposal(one);
  return { id, type, contentType: 'application/json', data: JSON.parse(data), metadata: JSON.parse(metadata) };
}

/** Batches of a hundred by the bare client, one after the other. */
async function bareBatches(client, count = events) {
  const prefix = prefixOf('batches');
  const entries = [...stamped(count, prefix)];
  const batches = [];
  for (let at = 0; at < count; at += runSize) batches.push(entries.slice(at, at + runSize));
  const proposed = batches.map((batch) => batch.map(bareEvent));
  const time = await seconds(async () => {
    for (const [i, [{ entry }]] of batches.entries()) {
      const expectedRevision = entry.streamrevision === 0 ? NO_STREAM : BigInt(entry.streamrevision - 1);
      await client.appendToStream(prefix + entry.subject, proposed[i], { expectedRevision });
    }
  });
  return rate(count, time);
}

/** A whole log that moves in, against batches of a hundred of the same events; then the mirror of another node. */
export function moving(client) {
  return inDirectory(async (directory) => {
    const prefix = prefixOf('move');
    const entries = [...stamped(events, prefix)].map(incoming);
    const source = Ledger.open(`${directory}/source`);
    source.fix('origin', origin);
    const insert = await seconds(() => {
      for (let at = 0; at < events; at += 1_000) source.append(entries.slice(at, at + 1_000));
    });
    source.close();
    const inserts = rate(events, insert);
    const config = readConfig({ TAPROOT_DATA: `${directory}/a`, TAPROOT_STORE: url, TAPROOT_STREAM_PREFIX: prefix });
    // a server that has just begun compiles what it runs: neither of both is to pay for that
    await bareBatches(client, 5_000);
    const bundle = openBundle(`${directory}/source`);
    const { ms } = await moveIn(bundle, config, () => undefined);
    bundle.close();
    const marker = await marked(client);
    const all = await subscribed(client, marker);
    const mirror = await mirrorOf(`${directory}/b`, prefix, all.count);
    const bare = Math.round(((await bareBatches(client)) + (await bareBatches(client))) / 2);
    const appended = rate(events, ms.append / 1_000);
    const whole = rate(events, (ms.read + ms.append + ms.check) / 1_000);
    const says = `bare client's batches of ${runSize} ${bare}/s`;
    const value = ratio(appended, bare);
    const wholeValue = ratio(whole, bare);
    const mirrorValue = ratio(mirror, Math.min(all.rate, (inserts * all.count) / events));
    return [
      row('a log moves in: appending', `${appended}/s`, says, value, '≥ 0.5', value >= 0.5),
      row('the same with reading, and reading back', `${whole}/s`, says, wholeValue, '≥ 0.5', wholeValue >= 0.5),
      row(
        `mirror of ${events} events, ${all.count} on the server`,
        `${mirror}/s`,
        `bare subscribeToAll ${all.rate}/s, raw inserts ${inserts}/s`,
        mirrorValue,
        '≥ 0.7',
        mirrorValue >= 0.7,
      ),
    ];
  });
}

/** Events a second, of all that are on the server, that the mirror of a new node takes in. */
async function mirrorOf(directory, prefix, all) {
  const ledger = Ledger.open(directory);
  let store;
  const time = await seconds(async () => {
    store = await openServer({ url, prefix, origin, ledger, clock: Date.now, thread: true });
    await store.mirror.until(() => ledger.size === events, 600_000);
  });
  await store.close();
  ledger.close();
  return rate(all, time);
}

/** Puts one event at the end of everything; answers with its id. */
async function marked(client) {
  const id = randomUUID();
  const event = { id, contentType: 'application/json', type: 'Marked', data: {} };
  await client.appendToStream(prefixOf('mark'), event, { expectedRevision: NO_STREAM });
  return id;
}

/** Rate of a bare subscription over everything that the mirror would get, up to that event. */
async function subscribed(client, last) {
  let count = 0;
  const time = await seconds(
    () =>
      new Promise((settle, fail) => {
        const filter = eventTypeFilter({ regex: mirrored.source });
        const subscription = client.subscribeToAll({ fromPosition: START, filter });
        subscription.on('data', ({ event }) => {
          count++;
          if (event?.id === last) void subscription.unsubscribe().then(settle, fail);
        });
        subscription.on('error', fail);
      }),
  );
  return { count, rate: rate(count, time) };
}
