import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Taproot } from '../../src/app/taproot.js';
import { requestOf } from '../../src/app/requests.js';
import { readConfig } from '../../src/config.js';
import { admin } from '../../src/http/access.js';
import { problemOf, statusOf } from '../../src/http/problem.js';
import { serve } from '../../src/http/server.js';
import { Refusal } from '../../src/kernel/refusal.js';
import { unstamped } from '../support/entries.js';
import { Front } from '../support/eventstore/front.js';
import { freshDirectory, token } from '../support/service.js';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers are checked by the tests that read them
  readonly body: any;
}

/** A service node on a server. */
interface Node {
  readonly taproot: Taproot;
  command(name: string, body: object): Promise<Answer>;
  close(): Promise<void>;
}

/** One that is asked over real HTTP. */
interface Served extends Node {
  get(path: string): Promise<Answer>;
}

async function nodeOn(url: string, directory: string): Promise<Node> {
  const config = readConfig({
    TAPROOT_DATA: directory,
    TAPROOT_STORE: url,
    TAPROOT_LOG: 'silent',
    TAPROOT_TOKEN: token,
    TAPROOT_DEMO: 'off',
  });
  const taproot = await Taproot.open(config, { projector: 'inline' });
  const command = async (name: string, body: object): Promise<Answer> => {
    try {
      const receipt = await taproot.execute.run(requestOf(name, body, admin));
      return { status: receipt.repeated ? 200 : 201, body: receipt, headers: new Headers() };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: statusOf[error.category], body: problemOf(error), headers: new Headers() };
    }
  };
  return { taproot, command, close: () => taproot.close() };
}

/** The same with its door open. */
async function servedOn(url: string, directory: string): Promise<Served> {
  const node = await nodeOn(url, directory);
  const door = await serve(node.taproot, token, '127.0.0.1', 0);
  const send = async (path: string, body?: object): Promise<Answer> => {
    const reply = await fetch(`${door.url}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await reply.text();
    return { status: reply.status, headers: reply.headers, body: text.startsWith('{') ? JSON.parse(text) : text };
  };
  return {
    ...node,
    get: (path) => send(path),
    command: (name, body) => send(`/v1/commands/${name}`, body),
    close: async () => {
      await door.app.close();
      await node.close();
    },
  };
}

const account = { name: 'Acme Rail', customerType: 'OEM_MAKER', currency: 'EUR' };
const gross = { minor: 12_500, currency: 'EUR' };
const ada = '11111111-1111-4111-8111-111111111111';
const entriesOf = ({ taproot }: Node): string[] => taproot.ledger.reader.scan(0, -1).map((row) => row.entry);

let front: Front;
let one: Served;
let two: Node;
const directories = [freshDirectory(), freshDirectory()] as const;
beforeAll(async () => {
  front = await Front.start();
  one = await servedOn(front.url, directories[0]);
  two = await nodeOn(front.url, directories[1]);
});
afterAll(async () => {
  await one.close();
  await two.close();
  await front.close();
});

describe('a service over an event store', () => {
  it('takes commands and answers reads that wait for them, on any node', async () => {
    const told = await one.command('RegisterAccount', { commandId: 'r1', accountId: 'ACME', ...account });
    expect(told.status).toBe(201);
    expect(told.body).toMatchObject({ stream: 'account-ACME', revision: 0, repeated: false });
    expect([null, 1]).toContain(told.body.position);
    const after = encodeURIComponent(told.body.after);
    expect((await one.get(`/v1/accounts?after=${after}`)).status).toBe(200);
    await two.taproot.caughtUp(told.body.after);
    expect([one.taproot.head, two.taproot.head]).toEqual([1, 1]);
  });

  it('recognises a command that was sent to the other node, by its content', async () => {
    const invoice = { commandId: 'i1', accountId: 'ACME', invoiceId: 'INV-1', gross };
    const first = await one.command('IssueInvoice', invoice);
    expect(first.status).toBe(201);
    const again = await two.command('IssueInvoice', invoice);
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ repeated: true, events: first.body.events, revision: first.body.revision });
    const other = await two.command('IssueInvoice', { ...invoice, invoiceId: 'INV-2' });
    expect({ status: other.status, code: other.body.code }).toEqual({ status: 422, code: 'command/content-differs' });
  });

  it('keeps personal fields sealed on the server, and the rest as JSON that its browser shows', async () => {
    const contact = {
      commandId: 'c1',
      contactId: ada,
      accountId: 'ACME',
      name: 'Ada Moreau',
      function: 'PURCHASING',
      seniority: 2,
    };
    expect((await one.command('AddContact', contact)).status).toBe(201);
    const kept = front.log.stream(`contact-${ada}`)![0]!;
    expect(JSON.parse(kept.data.toString())).toMatchObject({
      accountId: 'ACME',
      sealed: { keys: [expect.any(String)] },
    });
    expect(JSON.parse(kept.metadata.toString())).toMatchObject({
      specversion: '1.0',
      accountid: 'ACME',
      commandid: 'c1',
    });
    expect(front.log.all.map((event) => event.data.toString()).join()).not.toContain('Moreau');
  });

  it('lets two nodes write to the same account at once, and both have the same log in the end', async () => {
    const write = (node: Node, name: string) =>
      Promise.all(
        Array.from({ length: 12 }, (_, i) =>
          node.command('IssueInvoice', {
            commandId: `${name}${i}`,
            accountId: 'ACME',
            invoiceId: `${name}-${i}`,
            gross,
          }),
        ),
      );
    front.server.faults.next('subscribe', 'slow', 1, 3);
    const replies = (await Promise.all([write(one, 'A'), write(two, 'B')])).flat();
    expect(replies.filter(({ status }) => status === 201).length).toBeGreaterThan(12);
    for (const { status } of replies) expect([201, 409]).toContain(status);
    await Promise.all([one.taproot.store.level(), two.taproot.store.level()]);
    expect(entriesOf(one)).toEqual(entriesOf(two));
    expect(one.taproot.ledger.root().equals(two.taproot.ledger.root())).toBe(true);
  });

  it('says in health and metrics how far the mirror is', async () => {
    let ready = await one.get('/healthz/ready');
    for (let tried = 0; ready.body.mirrorLag !== 0 && tried < 50; tried++) {
      await new Promise((settle) => setTimeout(settle, 100));
      ready = await one.get('/healthz/ready');
    }
    expect(ready).toMatchObject({ status: 200, body: { status: 'ready', mirrorLag: 0 } });
    expect((await one.get('/metrics')).body).toMatch(/^taproot_mirror_lag_events 0$/m);
  });

  it('refuses with 503 and Retry-After while the server is away, and loses nothing', async () => {
    const before = one.taproot.head;
    front.stop();
    const invoice = { commandId: 'away', accountId: 'ACME', invoiceId: 'INV-AWAY', gross };
    const refused = await one.command('IssueInvoice', invoice);
    expect({ status: refused.status, code: refused.body.code }).toEqual({ status: 503, code: 'log/unavailable' });
    expect(refused.headers.get('retry-after')).toBe('1');
    const ready = await one.get('/healthz/ready');
    expect(ready).toMatchObject({ status: 503, body: { reason: expect.stringMatching(/has not answered for \d+ s/) } });
    expect((await one.get('/v1/accounts')).status).toBe(200);
    await front.startAgain();
    let told = await one.command('IssueInvoice', invoice);
    for (let tries = 0; told.status === 503 && tries < 40; tries++) {
      await new Promise((settle) => setTimeout(settle, 100));
      told = await one.command('IssueInvoice', invoice);
    }
    expect(told.status).toBe(201);
    await one.taproot.store.level();
    expect(one.taproot.head).toBe(before + 1);
    expect((await one.get('/healthz/ready')).status).toBe(200);
    expect(front.faults.happened).toContain('connection stopped');
  });

  it('has everything once when it is opened again', async () => {
    const entries = entriesOf(two);
    await two.close();
    await one.command('IssueInvoice', { commandId: 'later', accountId: 'ACME', invoiceId: 'INV-LATER', gross });
    two = await nodeOn(front.url, directories[1]);
    await two.taproot.store.level();
    expect(entriesOf(two).slice(0, entries.length)).toEqual(entries);
    await one.taproot.store.level();
    expect(entriesOf(two)).toEqual(entriesOf(one));
  });

  it('stops with 503 and the reason where the server holds what cannot be right', async () => {
    const { id } = front.log.put('account-ACME', { id: unstamped('foreign').id });
    front.server.publish();
    const until = Date.now() + 5_000;
    while (one.taproot.store.trouble() === null && Date.now() < until)
      await new Promise((settle) => setTimeout(settle, 20));
    const refused = await one.command('RegisterAccount', { commandId: 'r2', accountId: 'GLOBEX', ...account });
    expect({ status: refused.status, code: refused.body.code }).toEqual({ status: 503, code: 'log/diverged' });
    expect((await one.get('/healthz/ready')).body.reason).toContain(id);
  });
});
