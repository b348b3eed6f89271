import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ledger } from '../../../src/ledger/ledger.js';
import { EmbeddedStore } from '../../../src/store/embedded.js';
import type { EventStore } from '../../../src/store/event-store.js';
import type { Patience } from '../../../src/store/eventstoredb.js';
import { openServer } from '../../../src/store/opening.js';
import { Front } from './front.js';

/** A store over a fresh log, and how to open the same log once more. */
export interface Opened {
  readonly store: EventStore;
  readonly ledger: Ledger;
  /** Closes the store and opens the same log again, over the same ledger. */
  again(): Promise<Opened>;
  close(): Promise<void>;
}

/** An engine that the contract is put to. */
export interface Engine {
  readonly name: string;
  /** Why it cannot run here; undefined where it can. */
  readonly missing?: string;
  open(): Promise<Opened>;
  close(): Promise<void>;
}

const origin = 'contract.example';

/** Longest wait for a mirror of a server that holds much of others, in ms. */
const levelMs = 40_000;

/** A directory of its own for a ledger. */
export const ledgerDirectory = (): string => mkdtempSync(join(tmpdir(), 'taproot-store-'));

/** How a mirror is opened in tests. */
export interface Mirroring {
  readonly prefix?: string;
  readonly origin?: string;
  readonly patience?: Patience;
  readonly clock?: () => number;
  readonly directory?: string;
}

/** Opens a mirror of a server, in a directory of its own unless one is given. */
export async function mirrorOf(url: string, mirroring: Mirroring = {}): Promise<Opened> {
  const { prefix = '', origin: name = origin, clock = Date.now, patience } = mirroring;
  const directory = mirroring.directory ?? ledgerDirectory();
  const ledger = Ledger.open(directory);
  try {
    const more = patience ? { patience } : {};
    const store = await openServer({ url, prefix, origin: name, ledger, clock, startMs: 2_000, ...more });
    await store.mirror
      .until(() => store.mirror.level, levelMs)
      .catch(async (error) => {
        await store.close();
        throw error;
      });
    const shut = async () => {
      await store.close();
      ledger.close();
    };
    return {
      store,
      ledger,
      again: async () => {
        await shut();
        return mirrorOf(url, { ...mirroring, directory });
      },
      close: async () => {
        await shut();
        rmSync(directory, { recursive: true, force: true });
      },
    };
  } catch (error) {
    ledger.close();
    throw error;
  }
}

function embeddedIn(directory: string): Opened {
  const ledger = Ledger.open(directory);
  const store = new EmbeddedStore({ ledger, origin, clock: Date.now });
  const shut = async () => {
    await store.close();
    ledger.close();
  };
  return {
    store,
    ledger,
    again: async () => {
      await shut();
      return embeddedIn(directory);
    },
    close: async () => {
      await shut();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const embedded: Engine = {
  name: 'embedded',
  open: async () => embeddedIn(ledgerDirectory()),
  close: async () => undefined,
};

const fronts: Front[] = [];
const testServer: Engine = {
  name: 'the test server',
  open: async () => {
    const front = await Front.start();
    fronts.push(front);
    return mirrorOf(front.url);
  },
  close: async () => {
    for (const front of fronts.splice(0)) await front.close();
  },
};

/** A server that others started: each log in it has a prefix of its own. */
const serverAt = (url: string): Engine => ({
  name: `the server ${url.replace(/\/\/.*@/, '//')}`,
  open: () => mirrorOf(url, { prefix: `t${crypto.randomUUID().slice(0, 8)}.` }),
  close: async () => undefined,
});

/** Addresses of servers that others started for the tests. */
export const given = (process.env.TAPROOT_TEST_EVENTSTORE ?? '').split(/\s+/).filter(Boolean);
const docker = process.env.DOCKER_HOST !== undefined || existsSync('/var/run/docker.sock');

/** A server in a container of that image, started at first use. */
function containerOf(image: string, variables: Record<string, string>): Engine {
  let running: Promise<{ url: string; stop: () => Promise<unknown> }> | undefined;
  const start = async () => {
    const { GenericContainer, Wait } = await import('testcontainers');
    const container = await new GenericContainer(image)
      .withEnvironment(variables)
      .withExposedPorts(2113)
      .withTmpFs({ '/var/lib/eventstore': 'rw', '/var/lib/kurrentdb': 'rw' })
      .withWaitStrategy(Wait.forHttp('/health/live', 2113).forStatusCodeMatching((code) => code < 300))
      .start();
    return {
      url: `esdb://${container.getHost()}:${container.getMappedPort(2113)}?tls=false`,
      stop: () => container.stop(),
    };
  };
  return {
    name: image,
    ...(docker ? {} : { missing: 'no Docker here' }),
    open: async () => {
      running ??= start();
      return serverAt((await running).url).open();
    },
    close: async () => {
      await (await running)?.stop();
    },
  };
}

/** Every engine; those that cannot run here say why. */
export const engines: readonly Engine[] = [
  embedded,
  testServer,
  ...(given.length > 0
    ? given.map(serverAt)
    : [{ ...serverAt('of TAPROOT_TEST_EVENTSTORE'), missing: 'TAPROOT_TEST_EVENTSTORE is not set' }]),
  containerOf('eventstore/eventstore:23.10', { EVENTSTORE_INSECURE: 'true' }),
  containerOf('kurrentplatform/kurrentdb:26.1', { KURRENTDB_INSECURE: 'true' }),
];
