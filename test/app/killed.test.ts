import { afterAll, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projections } from '../../projections/registry.js';
import { Projector } from '../../src/app/projector.js';
import { Views } from '../../src/app/views.js';
import { Reader } from '../../src/ledger/reader.js';
import { ledgerFile } from '../../src/ledger/ledger.js';
import { verifyLog } from '../../src/ledger/verify.js';
import { stored } from '../support/projecting.js';
import { freshDirectory, token } from '../support/service.js';

const cli = join(import.meta.dirname, '../../dist/src/cli.js');

/** The service in a process of its own, over one directory, killed and started again at will. */
class Killed {
  readonly directory = freshDirectory();
  private child: ChildProcess | undefined;
  private url = '';

  async start(): Promise<void> {
    const env = {
      ...{ PATH: process.env.PATH, TAPROOT_DATA: this.directory, TAPROOT_TOKEN: token, TAPROOT_PORT: '0' },
      ...{ TAPROOT_DEMO: 'off', TAPROOT_LOG: 'silent', TAPROOT_ORIGIN: 'test.example' },
    };
    const child = spawn(process.execPath, [cli, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.child = child;
    let said = '';
    const [, url] = await new Promise<string[]>((settle) => {
      child.stdout.on('data', (text) => {
        said += String(text);
        const found = /listens on (\S+) /.exec(said);
        if (found) settle(found);
      });
      child.once('exit', () => settle([]));
    });
    if (url === undefined) throw new Error(`the service did not start: ${said}`);
    this.url = url;
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  /** The answer; undefined where the service was gone before it answered. */
  async ask(path: string, body?: object): Promise<{ status: number; body: Record<string, unknown> } | undefined> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const told = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
    try {
      const reply = await fetch(`${this.url}${path}`, told);
      return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
    } catch {
      return undefined;
    }
  }
}

const bill = (n: number) => ({
  commandId: `bill-${n}`,
  accountId: `A${n % 3}`,
  invoiceId: `I${n}`,
  gross: { minor: n + 1, currency: 'EUR' },
  occurredAt: `2025-0${1 + (n % 9)}-15`,
});

/** Invoices told in all, and how many are under way at once. */
const count = 400;
const atOnce = 16;

const service = new Killed();
afterAll(() => service.kill());

(existsSync(cli) ? describe : describe.skip)(
  'a service that is killed while it is told (evidence §2; needs the build)',
  () => {
    const acknowledged = new Map<number, string>();

    it('goes on where it was, five times', async () => {
      await service.start();
      for (const accountId of ['A0', 'A1', 'A2'])
        expect(
          await service.ask('/v1/commands/RegisterAccount', {
            ...{ commandId: accountId, accountId, name: accountId, customerType: 'OEM_MAKER', currency: 'EUR' },
            occurredAt: '2024-01-01',
          }),
        ).toMatchObject({ status: 201 });
      let kills = 0;
      let next = 0;
      const tell = async (): Promise<void> => {
        for (let n = next++; n < count; n = next++) {
          const reply = await service.ask('/v1/commands/IssueInvoice', bill(n));
          if (reply === undefined) return;
          expect(reply.status).toBe(201);
          acknowledged.set(n, (reply.body.events as { id: string }[])[0]!.id);
        }
      };
      while (kills < 5) {
        const telling = Promise.all(Array.from({ length: atOnce }, tell));
        const until = acknowledged.size + 40;
        const late = Date.now() + 10_000;
        while (acknowledged.size < until && next < count && Date.now() < late)
          await new Promise((settle) => setTimeout(settle, 5));
        await service.kill();
        kills++;
        await telling;
        await service.start();
      }
      expect(acknowledged.size).toBeGreaterThan(150);
      expect(acknowledged.size).toBeLessThan(count);
    }, 120_000);

    it('has every acknowledged command once, and counts each event once', async () => {
      const sums = [0, 0, 0];
      for (let n = 0; n < count; n++) {
        const reply = await service.ask('/v1/commands/IssueInvoice', bill(n));
        expect(reply).toMatchObject({ status: expect.any(Number), body: { events: [expect.anything()] } });
        if (acknowledged.has(n)) {
          expect(reply!.body).toMatchObject({ repeated: true, events: [{ id: acknowledged.get(n) }] });
        }
        sums[n % 3]! += n + 1;
      }
      for (const [i, sum] of sums.entries()) {
        const reply = await service.ask(`/v1/accounts/A${i}/performance?asOf=2025-12-31`);
        expect(reply!.body).toMatchObject({ data: { total: { net: sum } } });
      }
      for (let tries = 0; ; tries++) {
        const ready = await service.ask('/healthz/ready');
        if (ready?.body.projectionLag === 0) break;
        expect(tries).toBeLessThan(200);
        await new Promise((settle) => setTimeout(settle, 50));
      }
      await service.kill('SIGTERM');
    }, 120_000);

    it('left a sound log, and views that are what is built of it anew', async () => {
      const reader = Reader.open(ledgerFile(service.directory));
      expect(verifyLog(reader)).toMatchObject({ size: count + 3, bad: null });
      const [views, again] = [Views.open(service.directory, true), Views.open(freshDirectory())];
      await new Projector(reader, again, projections).catchUp();
      expect(stored(views)).toEqual(stored(again));
      for (const one of [views, again, reader]) one.close();
    });
  },
);
