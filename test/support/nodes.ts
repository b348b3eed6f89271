import { canonical } from '../../src/kernel/canonical.js';
import { projections } from '../../projections/registry.js';
import { keyOf } from '../../src/app/folder.js';
import { Reads } from '../../src/app/reads.js';
import { Taproot } from '../../src/app/taproot.js';
import { readConfig } from '../../src/config.js';
import { type Door, serve } from '../../src/http/server.js';
import { ClusteredStore } from '../../src/store/clustered.js';
import type { Place } from './servers.js';
import { token } from './service.js';

/** An answer of a node: its status, and its body where that is JSON. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are checked by the tests that read them
  readonly body: any;
}

/** A service on a server that others may share, over real HTTP. */
export class Node {
  private constructor(
    readonly taproot: Taproot,
    private readonly door: Door,
  ) {}

  /** Starts a node over a directory; without a server it is embedded, with a keeper it asks that one for keys. */
  static async start(directory: string, place?: Place, keeper?: Node): Promise<Node> {
    const config = readConfig({
      TAPROOT_DATA: directory,
      TAPROOT_LOG: 'error',
      TAPROOT_TOKEN: token,
      TAPROOT_DEMO: 'off',
      ...(place ? { TAPROOT_STORE: place.url, TAPROOT_STREAM_PREFIX: place.prefix } : {}),
      ...(keeper ? { TAPROOT_VAULT: keeper.url } : {}),
    });
    // entries that two nodes stamp in the same millisecond are the same bytes, and nobody can tell whose they are
    const clock = () => 2 * Math.floor(Date.now() / 2) + (keeper ? 1 : 0);
    const taproot = await Taproot.open(config, { projector: 'inline', clock });
    return new Node(taproot, await serve(taproot, token, '127.0.0.1', 0));
  }

  get url(): string {
    return this.door.url;
  }

  async command(name: string, body: object): Promise<Answer> {
    return this.send('POST', `/v1/commands/${name}`, JSON.stringify(body));
  }

  async get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  /** Begins the subscription to the server anew, as after a broken connection. */
  resubscribe(): void {
    if (this.taproot.store instanceof ClusteredStore) this.taproot.store.mirror.renew();
  }

  /** Everything that has to be the same on every node, once it has what the server has. */
  async content() {
    await this.taproot.store.level();
    await this.taproot.projector.level();
    const { ledger, moments } = this.taproot;
    const reads = new Reads(this.taproot);
    const moment = { asOf: Date.parse('2026-01-01T00:00:00.000Z'), knownAt: { position: ledger.size } };
    return {
      origin: this.taproot.store.origin,
      root: ledger.root().toString('base64'),
      entries: ledger.reader.scan(0, 100_000).map((row) => [row.position, row.entry]),
      states: projections.map((projection) => [
        keyOf(projection),
        moments.views
          .statesOf(keyOf(projection), '')
          .map(({ subject, state }) => [subject, canonical(JSON.parse(state))]),
      ]),
      rows: projections
        .filter(({ rows }) => rows !== undefined)
        .map(({ name }) => [name, [...reads.rows(name, moment)].map((row) => canonical(row))]),
    };
  }

  async stop(): Promise<void> {
    await this.door.app.close();
    await this.taproot.close();
  }

  private async send(method: string, path: string, body?: string): Promise<Answer> {
    const reply = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body } : {}),
    });
    const text = await reply.text();
    return {
      status: reply.status,
      body: text.startsWith('{') && !text.trimEnd().includes('\n') ? JSON.parse(text) : text,
    };
  }
}
