import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ServerCredentials } from '@grpc/grpc-js';
import { Ledger } from '../../src/ledger/ledger.js';
import { EmbeddedStore } from '../../src/store/embedded.js';
import { openServer } from '../../src/store/opening.js';
import { unstamped } from '../support/entries.js';
import { authority, expired, valid } from '../support/eventstore/certificates.js';
import { type Mirroring, mirrorOf } from '../support/eventstore/engines.js';
import { Front } from '../support/eventstore/front.js';
import { FakeServer } from '../support/eventstore/server.js';

const patience = { callMs: 400, commandMs: 1_500 };
const stream = 'activity-ACME';

let front: Front;
let directory: string;
beforeEach(async () => {
  front = await Front.start();
  directory = mkdtempSync(join(tmpdir(), 'taproot-opening-'));
});
afterEach(async () => {
  await front.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Expects that opening is refused with exit code 78 and a sentence. */
async function refused(says: RegExp, mirroring: Mirroring = {}, url = front.url): Promise<void> {
  await expect(mirrorOf(url, { patience, directory, ...mirroring })).rejects.toMatchObject({
    code: 'config/invalid',
    message: expect.stringMatching(says),
  });
}

/** Opens, appends so many events, and closes again; the directory keeps the mirror. */
async function earlier(count: number): Promise<void> {
  const ledger = Ledger.open(directory);
  const store = await openServer({ url: front.url, prefix: '', origin: 'contract.example', ledger, clock: Date.now });
  for (let i = 0; i < count; i++) await store.append(stream, i - 1, [unstamped(`e${i}`)]);
  await store.level();
  await store.close();
  ledger.close();
}

describe('a server that would lose events is refused at the start, with what to do', () => {
  it('$maxCount on a stream of rules', async () => {
    front.log.setMetadata('programme', { $maxCount: 10 });
    await refused(/Stream programme has \$maxCount = 10 .* remove \$maxCount from its metadata/);
  });

  it('$maxAge on an account, set while no node was there', async () => {
    await earlier(2);
    front.log.setMetadata(stream, { $maxAge: 3_600 });
    await refused(/Stream activity-ACME has \$maxAge = 3600/);
  });

  it('a stream that was deleted meanwhile', async () => {
    await earlier(2);
    front.log.tombstone(stream);
    await refused(/Stream activity-ACME was deleted on the server for ever; restore/);
  });

  it('UnsafeDisableFlushToDisk', async () => {
    front.info = { ...front.info, options: [{ name: 'UnsafeDisableFlushToDisk', value: 'True' }] };
    await refused(/UnsafeDisableFlushToDisk.*start it without/);
  });
});

describe('a server that holds another log is refused', () => {
  it('by its name', async () => {
    await earlier(1);
    await refused(/holds the log contract.example, but this node is set to other.example/, {
      origin: 'other.example',
      directory: join(directory, 'other'),
    });
  });

  it('where it has not the events of the mirror', async () => {
    await earlier(3);
    const other = await Front.start();
    const origin = JSON.stringify({ taprootOrigin: 'contract.example' });
    other.log.put('$$log', { id: crypto.randomUUID(), type: '$metadata', data: Buffer.from(origin) });
    await refused(/position 3\) is in this mirror but not on the server, which ends before it/, {}, other.url);
    await other.close();
  });

  it('where the directory has a log of its own', async () => {
    const ledger = Ledger.open(directory);
    const store = new EmbeddedStore({ ledger, origin: 'contract.example', clock: Date.now });
    await (await store.append(stream, -1, [unstamped('a')])).durable;
    ledger.close();
    await refused(/holds a log of its own with 1 events; set TAPROOT_DATA/);
  });

  it('but joined where the node has no name for its log yet', async () => {
    await earlier(2);
    const joined = await mirrorOf(front.url, { origin: '' });
    expect(joined.store.origin).toBe('contract.example');
    expect(joined.ledger.reader.meta('origin')).toBe('contract.example');
    expect(joined.ledger.size).toBe(2);
    await joined.close();
  });
});

describe('a server that cannot be used is refused', () => {
  const at = (server: { address(): unknown }) => (server.address() as AddressInfo).port;

  it('where nothing listens', async () => {
    const { port } = front;
    await front.close();
    await refused(
      /Nothing answers at 127.0.0.1:\d+ \(ECONNREFUSED\); start the event store/,
      {},
      `esdb://127.0.0.1:${port}?tls=false`,
    );
  });

  it('where something else listens', async () => {
    const http = createHttp((_request, reply) => reply.end('{"hello": "world"}')).listen(0, '127.0.0.1');
    await new Promise((settle) => http.once('listening', settle));
    await refused(/is no EventStoreDB or KurrentDB/, {}, `esdb://127.0.0.1:${at(http)}?tls=false`);
    http.close();
  });

  it('where it denies writing', async () => {
    front.faults.next('append', 'denied');
    await refused(/denies access to stream log; give the user in TAPROOT_STORE the right/);
    expect(front.faults.happened).toEqual(['append denied']);
  });

  it('where it speaks no TLS and the address says so', async () => {
    await refused(/does not speak TLS; add tls=false/, {}, `esdb://127.0.0.1:${front.port}`);
  });

  it('where the address cannot be read', () => refused(/TAPROOT_STORE cannot be used/, {}, 'esdb://?tls=maybe'));

  it('where it is frozen', async () => {
    front.freeze();
    await refused(/does not answer|Nothing answers|is no EventStoreDB/);
    front.thaw();
  });
});

describe('a server with TLS', () => {
  const keys = ({ certificate, key }: typeof valid) =>
    ServerCredentials.createSsl(null, [{ cert_chain: Buffer.from(certificate), private_key: Buffer.from(key) }]);
  const withTls = async (pair: typeof valid, run: (port: number, server: FakeServer) => Promise<void>) => {
    writeFileSync(join(directory, 'ca.pem'), authority);
    const server = new FakeServer();
    const port = await server.start(keys(pair));
    await run(port, server).finally(() => server.stop());
  };
  const ca = () => `tlsCAFile=${encodeURIComponent(join(directory, 'ca.pem'))}`;

  it('is used with the authority of tlsCAFile, user and password', () =>
    withTls(valid, async (port, server) => {
      const node = await mirrorOf(`kurrentdb://taproot:s%3Acret@127.0.0.1:${port}?${ca()}`);
      await node.store.append(stream, -1, [unstamped('a')]);
      await node.store.level();
      expect(node.ledger.size).toBe(1);
      expect([...server.heard]).toEqual([`Basic ${Buffer.from('taproot:s:cret').toString('base64')}`]);
      await node.close();
    }));

  it('is refused without its authority', () =>
    withTls(valid, (port) =>
      refused(/not signed by an authority this node knows.*tlsCAFile=/, {}, `esdb://127.0.0.1:${port}`),
    ));

  it('is refused where its certificate has expired', () =>
    withTls(expired, (port) =>
      refused(/certificate of .* has expired; renew it/, {}, `esdb://127.0.0.1:${port}?${ca()}`),
    ));

  it('is refused where the address says tls=false', () =>
    withTls(valid, (port) => refused(/speaks TLS; take tls=false out/, {}, `esdb://127.0.0.1:${port}?tls=false`)));
});

describe('the clocks of node and server', () => {
  it('may differ by 2 s: further apart the node is not ready, until they agree again', async () => {
    const node = await mirrorOf(front.url, { patience, directory: join(directory, 'mirror') });
    front.log.skewMs = 5_000;
    await node.store.append(stream, -1, [unstamped('a')]);
    await node.store.level();
    expect(node.store.trouble()).toMatch(/The clock of this node is \d+ ms behind the event store's/);
    await expect(node.store.append(stream, 0, [unstamped('b')])).rejects.toMatchObject({ code: 'log/unavailable' });
    front.log.skewMs = 0;
    await new Promise((settle) => setTimeout(settle, 2_100));
    await node.store.append(stream, 0, [unstamped('b')]);
    await node.store.level();
    expect(node.store.trouble()).toBeNull();
    await node.close();
  });
});

describe('a log that shares a server', () => {
  it('has its streams under its prefix, which is not in the bytes', async () => {
    const one = await mirrorOf(front.url, { prefix: 'one.', origin: 'one.example' });
    const two = await mirrorOf(front.url, { prefix: 'two.', origin: 'two.example' });
    await one.store.append(stream, -1, [unstamped('a')]);
    await two.store.append(stream, -1, [unstamped('a'), unstamped('b')]);
    await Promise.all([one.store.level(), two.store.level()]);
    expect([one.ledger.size, two.ledger.size]).toEqual([1, 2]);
    expect(front.log.stream(`one.${stream}`)).toHaveLength(1);
    expect(one.ledger.reader.at(1)!.entry).not.toContain('one.activity');
    await one.close();
    await two.close();
  });
});
