import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { Reads } from '../../src/app/reads.js';
import { Taproot } from '../../src/app/taproot.js';
import { readConfig } from '../../src/config.js';
import { type Door, serve } from '../../src/http/server.js';

/** The token of every test service. */
export const token = 'a-token-for-tests-that-is-long-enough';

/** A fresh directory that is gone when the tests of the file are done. */
export function freshDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'taproot-test-'));
  made.add(directory);
  return directory;
}
const made = new Set<string>();
afterAll(() => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
});

/** Opens a Taproot over a directory, with the projector in this thread. */
export function openIn(directory: string, clock?: () => number): Promise<Taproot> {
  const config = readConfig({
    TAPROOT_DATA: directory,
    TAPROOT_ORIGIN: 'test.example',
    TAPROOT_LOG: 'silent',
    TAPROOT_TOKEN: token,
    TAPROOT_DEMO: 'off',
  });
  return Promise.resolve(Taproot.open(config, { projector: 'inline', ...(clock ? { clock } : {}) }));
}

/** An answer of the service, its body parsed where it is JSON. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers are checked by the tests that read them
  readonly body: any;
  readonly text: string;
}

/** A running service with a fresh log, over real HTTP; started before the tests of the file, stopped after. */
export function service(clock?: () => number) {
  const directory = freshDirectory();
  const running: { taproot?: Taproot; door?: Door } = {};
  beforeAll(async () => {
    running.taproot = await openIn(directory, clock);
    running.door = await serve(running.taproot, token, '127.0.0.1', 0);
  });
  afterAll(async () => {
    await running.door?.app.close();
    await running.taproot?.close();
  });
  const send = async (
    method: string,
    path: string,
    body?: string | object,
    headers: Record<string, string> = {},
  ): Promise<Reply> => {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const reply = await fetch(`${running.door!.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(text === undefined ? {} : { body: text }),
    });
    const answered = await reply.text();
    const json =
      /json/.test(reply.headers.get('content-type') ?? '') && !/ndjson/.test(reply.headers.get('content-type') ?? '');
    return {
      status: reply.status,
      headers: reply.headers,
      body: json ? JSON.parse(answered) : answered,
      text: answered,
    };
  };
  let sent = 0;
  return {
    directory,
    get taproot(): Taproot {
      return running.taproot!;
    },
    get url(): string {
      return running.door!.url;
    },
    reads: () => new Reads(running.taproot!),
    get: (path: string, headers?: Record<string, string>) => send('GET', path, undefined, headers),
    post: (path: string, body: string | object, headers?: Record<string, string>) => send('POST', path, body, headers),
    /** Sends a command with a fresh id. */
    command: (name: string, body: object, headers?: Record<string, string>) =>
      send('POST', `/v1/commands/${name}`, { commandId: `test-${++sent}`, ...body }, headers),
    /** Sends NDJSON and answers with the parsed lines. */
    batch: async (lines: readonly (object | string)[]) => {
      const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
      const reply = await send('POST', '/v1/commands', `${text}\n`, { 'content-type': 'application/x-ndjson' });
      return reply.text
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    },
    /** Settles when stored views are level with the log. */
    level: () => running.taproot!.projector.level(),
  };
}
