import { afterAll, describe, expect, it } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Taproot } from '../../src/app/taproot.js';
import { readConfig } from '../../src/config.js';
import { type Door, serve } from '../../src/http/server.js';
import { Refusal } from '../../src/kernel/refusal.js';
import { verifyLog } from '../../src/ledger/verify.js';
import { freshDirectory, token } from '../support/service.js';

const cli = join(import.meta.dirname, '../../dist/src/cli.js');
const built = existsSync(cli);
const config = (TAPROOT_DATA: string, TAPROOT_ORIGIN = 'test.example') =>
  readConfig({ TAPROOT_DATA, TAPROOT_ORIGIN, TAPROOT_LOG: 'silent', TAPROOT_TOKEN: token });
const open: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(open.map((one) => one.close())));

/** A service over a directory, its faults collected. */
async function served(directory: string, origin?: string) {
  const faults: Error[] = [];
  const taproot = await Taproot.open(config(directory, origin), {
    projector: 'inline',
    onFault: (fault) => faults.push(fault),
  });
  const door: Door = await serve(taproot, token, '127.0.0.1', 0);
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= door.app.close().then(() => taproot.close()));
  open.push({ close });
  const ask = async (path: string, body?: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const told = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
    const reply = await fetch(`${door.url}${path}`, told);
    return { status: reply.status, body: (await reply.json()) as Record<string, never> & { data: never } };
  };
  return { taproot, faults, ask, close };
}

const account = {
  commandId: 'acme',
  accountId: 'ACME',
  name: 'The firm',
  customerType: 'OEM_MAKER',
  currency: 'EUR',
  occurredAt: '2025-01-01',
};
const bill = (n: number, commandId = `bill-${n}`) => ({
  commandId,
  accountId: 'ACME',
  invoiceId: `I${n}`,
  gross: { minor: 1, currency: 'EUR' },
  occurredAt: '2025-02-01',
});
const net = async ({ ask }: Awaited<ReturnType<typeof served>>): Promise<number> =>
  ((await ask('/v1/accounts/ACME/performance?asOf=2025-12-31')).body.data as { total: { net: number } }).total.net;

describe('a full disk (evidence §2)', () => {
  const directory = freshDirectory();
  const told: number[] = [];
  let failed = 0;

  it('stops the writer: the commands of the group are 503 with the name of the file, and the process is told once', async () => {
    const one = await served(directory);
    expect((await one.ask('/v1/commands/RegisterAccount', account)).status).toBe(201);
    const { database } = one.taproot.ledger.reader;
    const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number };
    database.exec(`PRAGMA max_page_count=${pages + 12}`);
    const detail = expect.stringMatching(/ledger\.db is full; .*nothing acknowledged is lost/);
    for (let n = 0; failed === 0; n += 10) {
      const group = Array.from({ length: 10 }, (_, i) => n + i);
      const replies = await Promise.all(group.map((i) => one.ask('/v1/commands/IssueInvoice', bill(i))));
      for (const [i, { status, body }] of replies.entries()) {
        if (status === 201) told.push(n + i);
        else {
          failed = n + i;
          expect([status, body]).toEqual([503, expect.objectContaining({ code: 'log/unavailable', detail })]);
        }
      }
      expect(n).toBeLessThan(2_000);
    }
    expect(told.length).toBeGreaterThan(5);
    expect(one.faults).toMatchObject([{ code: 'ledger/io', message: detail }]);

    database.exec('PRAGMA max_page_count=100000');
    for (const body of [bill(failed), bill(failed, 'another'), bill(9_999)])
      expect(await one.ask('/v1/commands/IssueInvoice', body)).toMatchObject({ status: 503 });
    expect(await one.ask('/healthz/ready')).toMatchObject({ status: 503, body: { reason: detail } });
    expect(await net(one)).toBe(told.length);
    expect(one.faults).toHaveLength(1);
    await one.close();
  });

  it('nothing acknowledged is lost, nothing else is there, and what failed can be told again', async () => {
    const two = await served(directory);
    const { reader } = two.taproot.ledger;
    expect(verifyLog(reader)).toMatchObject({ size: told.length + 1, bad: null });
    const ids = reader.ofType('InvoiceIssued', 0, -1).map((row) => JSON.parse(row.entry).data.invoiceId as string);
    expect(ids).toEqual(told.map((n) => `I${n}`));
    for (const n of told.slice(-3)) {
      const again = await two.ask('/v1/commands/IssueInvoice', bill(n));
      expect(again.body).toMatchObject({ repeated: true });
    }
    expect(await two.ask('/v1/commands/IssueInvoice', bill(failed))).toMatchObject({
      status: 201,
      body: { repeated: false },
    });
    expect(await net(two)).toBe(told.length + 1);
    await two.taproot.projector.level();
    expect(await net(two)).toBe(told.length + 1);
  });
});

describe('a disk that fails under a running service (evidence §2)', () => {
  const sh = process.platform === 'linux' && built ? it : it.skip;

  sh('ends the process with 74; every acknowledged command is there afterwards (needs the build)', async () => {
    const directory = freshDirectory();
    const env = {
      ...process.env,
      TAPROOT_DATA: directory,
      TAPROOT_PORT: '0',
      TAPROOT_DEMO: 'off',
      TAPROOT_TOKEN: token,
    };
    // no file may grow beyond this many blocks of 512 bytes
    const limited = spawn('sh', ['-c', 'ulimit -f 6000; exec "$0" "$1" serve', process.execPath, cli], { env });
    const ended = once(limited, 'exit');
    let said = '';
    const url = await new Promise<string>((settle, fail) => {
      limited.stdout.on('data', (text) => {
        said += String(text);
        const found = /listens on (\S+) /.exec(said);
        if (found) settle(found[1]!);
      });
      limited.once('exit', () => fail(new Error(`the service did not start: ${said}`)));
    });
    let errors = '';
    limited.stderr.on('data', (text) => {
      errors += String(text);
    });
    const told: string[] = [];
    const tell = async (name: string, body: { commandId: string }): Promise<boolean> => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const sent = { method: 'POST', headers, body: JSON.stringify(body) };
      const reply = await fetch(`${url}/v1/commands/${name}`, sent).catch(() => undefined);
      if (reply?.status === 201) told.push(body.commandId);
      return reply?.status === 201;
    };
    await tell('RegisterAccount', account);
    for (let n = 0; n < 20_000; n += 50) {
      const group = Array.from({ length: 50 }, (_, i) => tell('IssueInvoice', bill(n + i)));
      if ((await Promise.all(group)).includes(false)) break;
    }
    expect((await ended)[0]).toBe(74);
    expect(errors).toMatch(/"level":"fatal","msg":"[^"]*\.db/);
    const { reader } = (await served(directory, '')).taproot.ledger;
    expect(verifyLog(reader).bad).toBeNull();
    const there = new Set(reader.scan(0, -1).map((row) => JSON.parse(row.entry).commandid as string));
    expect(told.length).toBeGreaterThan(20);
    expect(told.filter((id) => !there.has(id))).toEqual([]);
  });
});

describe('a directory that cannot be used (evidence §2)', () => {
  const refused = async (directory: string): Promise<Refusal> => {
    try {
      await (await Taproot.open(config(directory), { projector: 'inline' })).close();
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
    throw new Error('nothing was refused');
  };

  it('a file in its place is refused by name', async () => {
    const file = join(freshDirectory(), 'data');
    writeFileSync(file, '');
    expect(await refused(file)).toMatchObject({ code: 'ledger/io', message: expect.stringContaining(file) });
  });

  it.each(['ledger.db', 'lock.db', 'views.db'])('a directory in the place of %s is refused by name', async (name) => {
    const directory = freshDirectory();
    mkdirSync(join(directory, name));
    const { code, message } = await refused(directory);
    expect([code, message]).toEqual(['ledger/io', expect.stringContaining(name)]);
    expect((await refused(directory)).code).toBe('ledger/io');
  });

  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const runs = built && spawnSync(process.execPath, [cli, 'help'], nobody).status === 0;
  (runs ? it : it.skip)(
    'one that may not be written ends the service with 74 and its name (needs the build, readable by all)',
    () => {
      const directory = freshDirectory();
      chmodSync(directory, 0o555);
      const env = { ...process.env, TAPROOT_DATA: directory, TAPROOT_PORT: '0' };
      const { status, stderr } = spawnSync(process.execPath, [cli, 'serve'], { env, encoding: 'utf8', ...nobody });
      chmodSync(directory, 0o755);
      expect([status, stderr]).toEqual([74, expect.stringMatching(`^${directory} cannot be used .*\n$`)]);
    },
  );
});

describe('a directory that another one holds (evidence §2)', () => {
  it('is refused by the pid of the process, here and from another process, and free afterwards', async () => {
    const directory = freshDirectory();
    const one = await served(directory);
    one.taproot.hold.at(process.pid, 'http://127.0.0.1:1');
    const second = Taproot.open(config(directory), { projector: 'inline' });
    const says = expect.stringContaining(`in use by process ${process.pid}`);
    await expect(second).rejects.toMatchObject({ code: 'directory/held', message: says });
    if (built) {
      const env = { ...process.env, TAPROOT_DATA: directory, TAPROOT_PORT: '0' };
      const other = spawnSync(process.execPath, [cli, 'serve'], { env, encoding: 'utf8' });
      expect([other.status, other.stderr]).toEqual([78, says]);
    }
    await one.ask('/v1/commands/RegisterAccount', account);
    await one.close();
    const after = await Taproot.open(config(directory), { projector: 'inline' });
    expect(after.head).toBe(1);
    await after.close();
  });
});
