import { afterAll, describe, expect, it } from '@jest/globals';
import { acme } from '../support/cast/ids.js';
import { endAll, type Running, serving, start } from '../support/process.js';
import { eur, registered } from '../support/scene.js';
import { freshDirectory, openIn, token } from '../support/service.js';

afterAll(endAll);

const headers = { authorization: `Bearer ${token}` };
interface Total {
  readonly data: { readonly total: object };
}
const get = async <T>(url: string, path: string): Promise<T> =>
  (await (await fetch(`${url}${path}`, { headers })).json()) as T;
const lines = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => {
    const told = {
      accountId: acme,
      invoiceId: `I${i}`,
      gross: eur(100),
      occurredAt: '2025-03-01',
      note: 'n'.repeat(40),
    };
    const { note: _note, ...body } = told;
    return JSON.stringify({ command: 'IssueInvoice', commandId: `c-${i}`, ...body });
  });

interface Receipt {
  readonly events?: readonly { readonly id: string }[];
  readonly repeated?: boolean;
  readonly code?: string;
}

/** Sends a batch and takes its answers until it ends or breaks off; `at` is told how many there are. */
async function send(
  url: string,
  batch: readonly string[],
  at: (count: number) => void = () => undefined,
): Promise<Receipt[]> {
  const receipts: Receipt[] = [];
  let rest = '';
  try {
    const body = `${batch.join('\n')}\n`;
    const type = { ...headers, 'content-type': 'application/x-ndjson' };
    const reply = await fetch(`${url}/v1/commands`, { method: 'POST', headers: type, body });
    for await (const piece of reply.body!) {
      const parts = (rest + Buffer.from(piece).toString()).split('\n');
      rest = parts.pop()!;
      for (const part of parts) receipts.push(JSON.parse(part) as Receipt);
      at(receipts.length);
    }
  } catch {
    // broken off: what was answered counts
  }
  return receipts;
}

const idsOf = (receipts: readonly Receipt[]): string[] =>
  receipts.flatMap(({ events }) => events?.map(({ id }) => id) ?? []);

async function register(url: string): Promise<void> {
  const body = JSON.stringify({ command: 'RegisterAccount', commandId: 'r', ...registered(acme) });
  expect(await send(url, [body])).toMatchObject([{ events: [{ type: 'AccountRegistered' }] }]);
}

async function level(url: string): Promise<void> {
  while ((await get<{ projectionLag: number }>(url, '/healthz/ready')).projectionLag > 0)
    await new Promise((go) => setTimeout(go, 20));
}

describe('a service that is killed in the middle of a load', () => {
  it('has everything that it acknowledged, and counts each event once, over several kills', async () => {
    const directory = freshDirectory();
    const batch = lines(4_000);
    const told = new Set<string>();
    for (const [i, after] of [1, 1_200, 2_600].entries()) {
      const running = await serving(directory);
      if (i === 0) await register(running.url);
      const receipts = await send(running.url, batch, (count) => count >= after && running.child.kill('SIGKILL'));
      expect(await running.ended).toBeNull();
      for (const id of idsOf(receipts)) told.add(id);
    }
    expect(told.size).toBeGreaterThan(1_000);
    const last = await serving(directory);
    for (const id of [...told].filter((_, n) => n % 50 === 0))
      expect((await fetch(`${last.url}/v1/events/${id}`, { headers })).status).toBe(200);
    const receipts = await send(last.url, batch);
    expect(receipts.filter(({ repeated }) => repeated === undefined)).toEqual([]);
    expect(receipts.filter(({ repeated }) => repeated).length).toBeGreaterThanOrEqual(told.size);
    expect(new Set(idsOf(receipts)).size).toBe(4_000);
    const figures = async () =>
      (await get<Total>(last.url, `/v1/accounts/${acme}/performance?asOf=2025-12-31`)).data.total;
    expect(await figures()).toMatchObject({ net: 400_000, invoices: 4_000 });
    await level(last.url);
    expect(await figures()).toMatchObject({ net: 400_000, invoices: 4_000 });
    last.child.kill('SIGTERM');
    expect(await last.ended).toBe(0);
    const replay = start(directory, ['replay']);
    expect([await replay.ended, replay.out()]).toEqual([0, expect.stringContaining('0 differ, 0 are not stored yet')]);
    expect(await start(directory, ['verify']).ended).toBe(0);
  }, 120_000);
});

describe('a service whose disk takes no more', () => {
  it('ends with 74 and the name of the file, and loses nothing that it acknowledged', async () => {
    const directory = freshDirectory();
    const running = await serving(directory, 2_048);
    await register(running.url);
    const receipts: Receipt[] = [];
    for (let i = 0; running.child.exitCode === null && i < 40; i++)
      receipts.push(...(await send(running.url, lines(2_000 * (i + 1)).slice(2_000 * i))));
    expect([await running.ended, running.error()]).toEqual([74, expect.stringMatching(/(ledger|views)\.db/)]);
    const told = idsOf(receipts);
    expect(told.length).toBeGreaterThan(100);
    const again = await openIn(directory);
    expect(told.filter((id) => again.moments.reader.find(id) === undefined)).toEqual([]);
    await again.projector.level();
    const [{ total }] = [
      again.moments.view('performance', acme, { asOf: Date.now(), knownAt: { position: again.head } }),
    ] as [{ total: { invoices: number } }];
    expect(total.invoices).toBe(again.head - 1);
    await again.close();
  }, 120_000);
});

describe('a directory that a service holds', () => {
  it('is refused to a second one with 78, its pid and its address, and is free when the first is stopped', async () => {
    const directory = freshDirectory();
    const first = await serving(directory);
    const held = async (args: readonly string[]): Promise<[number | null, string]> => {
      const second: Running = start(directory, args);
      return [await second.ended, second.error()];
    };
    const says = expect.stringMatching(new RegExp(`${first.child.pid}.*${first.url}`));
    expect(await held(['serve'])).toEqual([78, says]);
    expect(await held(['rebuild'])).toEqual([78, says]);
    expect((await held(['verify']))[0]).toBe(0);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect((await held(['rebuild']))[0]).toBe(0);
  }, 60_000);
});
