import { randomBytes } from 'node:crypto';
import type { Instant } from '../kernel/instant.js';
import { Refusal } from '../kernel/refusal.js';
import type { Ledger } from '../ledger/ledger.js';
import { ClusteredStore } from './clustered.js';
import { type Address, addressOf, diagnose, info } from './diagnosis.js';
import { type Patience, Server } from './eventstoredb.js';
import { Feed } from './feed.js';
import { placeIn } from './ledger-place.js';
import { Names } from './names.js';
import { checkRetention } from './retention.js';
import { backoffMs, Elsewhere, pause, saysOf, typeOf } from './server-errors.js';
import { ThreadFeed, threads } from './thread-feed.js';
import { objectIn } from './wire.js';

/** What opening a server needs. */
export interface ServerOpening {
  /** The connection string, as the user wrote it. */
  readonly url: string;
  readonly prefix: string;
  /** Name of the log that the user set; empty where none. */
  readonly origin: string;
  readonly ledger: Ledger;
  readonly clock: () => Instant;
  readonly onCommit?: (head: number) => void;
  readonly onFault?: (fault: Error) => void;
  readonly patience?: Patience;
  /** Whether the mirror subscribes in a thread of its own. */
  readonly thread?: boolean;
  /** Time between the mirror's transactions while nobody waits, in ms. */
  readonly restMs?: number;
  /** How long a server may take to answer at the start, in ms. */
  readonly startMs?: number;
}

/** Wait for the mirror to be level before the service starts not ready, in ms. */
const levelMs = 10_000;

/** Key in the metadata of the stream `log` that holds the log's name: there before the first event, and written once. */
const originKey = 'taprootOrigin';

/** Opens a server as event store. Refuses, with exit code 78, what would lose events or mix logs; each sentence says what to do. */
export async function openServer(opening: ServerOpening): Promise<ClusteredStore> {
  const { ledger, url, prefix } = opening;
  if (ledger.size > 0 && placeIn(ledger.reader.database) === undefined)
    throw invalid(
      `The data directory holds a log of its own with ${ledger.size} events; set TAPROOT_DATA to an empty directory for the mirror of an event store, or TAPROOT_STORE to embedded`,
    );
  const server = serverOf(url, opening.patience);
  const names = new Names(prefix);
  const feed =
    opening.thread && threads ? new ThreadFeed({ url, prefix, patience: opening.patience }) : new Feed(server, names);
  let store: ClusteredStore | undefined;
  try {
    const address = addressOf(url);
    await reach(server, address, opening.startMs ?? 15_000);
    await checkFlush(address);
    await server.repeated(names.onServer('log'), false, () => server.takesAppends(names.onServer('log')));
    const origin = await originOf(server, names, opening);
    for (const stream of ['programme', 'structure', 'log']) await checkRetention(server, names.onServer(stream));
    store = new ClusteredStore({ ...opening, server, names, origin, feed });
    store.start();
    await store.mirror
      .until(() => store!.mirror.level, levelMs)
      .catch((error) => {
        if (error.code !== 'log/behind') throw error;
      });
    return store;
  } catch (error) {
    feed.close();
    if (store) await store.close();
    else await server.close();
    throw error instanceof Refusal && error.code !== 'ledger/io' ? invalid(error.message) : error;
  }
}

const invalid = (sentence: string): Refusal => new Refusal('config/invalid', sentence);

function serverOf(url: string, patience: Patience | undefined): Server {
  try {
    return new Server(url, patience);
  } catch (error) {
    throw invalid(`TAPROOT_STORE cannot be used: ${saysOf(error)}`);
  }
}

/** Waits until the server answers; what a look from outside finds wrong is said at once, unless it may be starting. */
async function reach(server: Server, address: Address, startMs: number): Promise<void> {
  const until = Date.now() + startMs;
  for (let tried = 0; ; tried++) {
    try {
      return await server.all(true, undefined, 1, () => false);
    } catch (error) {
      const late = Date.now() >= until;
      const why = await diagnose(address);
      if (why && (late || why.sure)) throw invalid(why.says);
      if (typeOf(error) === 'access-denied')
        throw invalid('The server denies reading $all; give the user in TAPROOT_STORE the right to read it');
      if (late) throw invalid(`The event store does not answer (${saysOf(error)}); see to it, and start again`);
      await pause(backoffMs(tried));
    }
  }
}

/** A server that does not flush to disk acknowledges what a power cut takes back. */
async function checkFlush(address: Address): Promise<void> {
  const options = await info(address, '/info/options');
  if (!Array.isArray(options)) return;
  const unsafe = options.find(({ name }: { name?: string }) => name === 'UnsafeDisableFlushToDisk');
  if (/^true$/i.test(String(unsafe?.value)))
    throw invalid(
      'The server runs with UnsafeDisableFlushToDisk: a power cut would take acknowledged events back; start it without',
    );
}

/** The log's name: as the server has it, else as the ledger has it, else as set, else a new one, which the first node writes. */
async function originOf(server: Server, names: Names, { ledger, origin: set }: ServerOpening): Promise<string> {
  const has = ledger.reader.meta('origin');
  const stream = names.onServer('log');
  for (;;) {
    const there = (await server.metadata(stream))[originKey];
    const wanted =
      (ledger.size > 0 ? has : undefined) ?? (set || undefined) ?? (typeof there === 'string' ? there : has);
    const origin = wanted ?? `taproot.local/${randomBytes(8).toString('hex')}`;
    if (typeof there === 'string') {
      if (there !== origin)
        throw invalid(
          `The server holds the log ${there}, but this node is set to ${origin}; correct TAPROOT_STORE or TAPROOT_STREAM_PREFIX, or use an empty TAPROOT_DATA without TAPROOT_ORIGIN to join that log`,
        );
      if (set !== '' && set !== there)
        throw invalid(`TAPROOT_ORIGIN is ${set}, but this log has been ${there} since its first event; leave it out`);
      if (has !== origin) ledger.fix('origin', origin);
      return origin;
    }
    await writeOrigin(server, stream, origin);
  }
}

async function writeOrigin(server: Server, stream: string, origin: string): Promise<void> {
  const before = (await server.stream(`$$${stream}`, 0))?.at(-1);
  const data = { ...objectIn(before?.data.toString() ?? ''), [originKey]: origin };
  const event = { id: crypto.randomUUID(), type: '$metadata', data: JSON.stringify(data), metadata: '' };
  const expected = before ? Number(before.revision) : -1;
  await server.append(`$$${stream}`, expected, [event]).catch((error) => {
    if (!(error instanceof Elsewhere)) throw error;
  });
}
