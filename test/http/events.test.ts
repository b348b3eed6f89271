import { beforeAll, describe, expect, it } from '@jest/globals';
import { Events } from '../../src/app/events.js';
import { serve } from '../../src/http/server.js';
import { admin } from '../../src/http/access.js';
import { Frontier, leafHash } from '../../src/ledger/merkle.js';
import { acme, ada, globex } from '../support/cast/ids.js';
import { follow } from '../support/live.js';
import { eur, registered } from '../support/scene.js';
import { freshDirectory, openIn, service, token } from '../support/service.js';

const at = service();
const bill = (accountId: string, invoiceId: string) =>
  at.command('IssueInvoice', { accountId, invoiceId, occurredAt: '2025-03-01', gross: eur(100) });
const list = async (query: string) => {
  const reply = await at.get(`/v1/events?${query}`);
  expect([query, reply.status, reply.headers.get('content-type')]).toEqual([
    query,
    200,
    'application/x-ndjson; charset=utf-8',
  ]);
  return reply.text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
};
const positions = (events: { position: number }[]) => events.map(({ position }) => position);

beforeAll(async () => {
  for (const id of [acme, globex]) expect((await at.command('RegisterAccount', registered(id))).status).toBe(201);
  await at.command('AddContact', {
    contactId: ada,
    accountId: acme,
    name: 'Ada Example',
    email: 'ada@example.com',
    function: 'PURCHASING',
    seniority: 2,
    occurredAt: '2025-01-02',
  });
  for (let i = 0; i < 6; i++) await bill(i % 2 === 0 ? acme : globex, `I-${i}`);
});

describe('the log as NDJSON', () => {
  it('is read in order, page after page, each event once', async () => {
    const all = await list('');
    expect(positions(all)).toEqual(Array.from({ length: at.taproot.head }, (_, i) => i + 1));
    const paged: object[] = [];
    for (let after = 0; ; ) {
      const page = await list(`after=${after}&limit=4`);
      expect(page.length).toBeLessThanOrEqual(4);
      paged.push(...page);
      if (page.length === 0) break;
      after = page.at(-1).position;
    }
    expect(paged).toEqual(all);
    expect(await list(`after=${at.taproot.head}`)).toEqual([]);
    expect(await list('after=999999999999')).toEqual([]);
  });

  it('is filtered by type, account and stream, and by all of them', async () => {
    const all = await list('');
    const is = (test: (event: { type: string; accountid: string; subject: string }) => boolean) => all.filter(test);
    expect(await list('type=InvoiceIssued')).toEqual(is(({ type }) => type === 'InvoiceIssued'));
    expect(await list(`account=${acme}`)).toEqual(is(({ accountid }) => accountid === acme));
    expect(await list(`stream=books-${acme}`)).toEqual(is(({ subject }) => subject === `books-${acme}`));
    const both = is(({ type, accountid }) => type === 'InvoiceIssued' && accountid === globex);
    expect(both).toHaveLength(3);
    expect(await list(`account=${globex}&type=InvoiceIssued&stream=books-${globex}`)).toEqual(both);
    expect(await list(`account=${globex}&type=InvoiceIssued&limit=1&after=${both[0].position}`)).toEqual([both[1]]);
    for (const nothing of ['type=Nothing', 'account=NOBODY', 'stream=books-NOBODY', `account=${acme}&stream=programme`])
      expect(await list(nothing)).toEqual([]);
  });

  it('refuses what is no position or limit, and filters that it does not know', async () => {
    for (const query of ['after=-1', 'after=x', 'limit=0', 'limit=1.5', 'after=1&after=2'])
      expect([query, (await at.get(`/v1/events?${query}`)).body.code]).toEqual([query, 'view/parameter-invalid']);
    expect((await at.get('/v1/events?accountId=ACME')).body.code).toBe('request/unknown-parameter');
  });
});

describe('an entry', () => {
  it('is given byte for byte: its hashes are the leaves of the tree', async () => {
    const tree = new Frontier();
    for (const { id, position } of await list('')) {
      const reply = await at.get(`/v1/events/${id}`);
      expect([reply.headers.get('content-type'), reply.headers.get('x-position')]).toEqual([
        'application/cloudevents+json; charset=utf-8',
        String(position),
      ]);
      tree.push(leafHash(reply.text));
    }
    expect(tree.root().toString('hex')).toBe(at.taproot.ledger.root().toString('hex'));
  });

  it('has its personal fields sealed, whoever asks for the bytes', async () => {
    const [added] = await list('type=ContactAdded');
    const { text, body } = await at.get(`/v1/events/${added.id}`);
    expect(text).not.toMatch(/Ada Example|example\.com/);
    expect(Object.keys(body.data)).toEqual(['accountId', 'function', 'sealed', 'seniority']);
  });

  it('is refused where there is none', async () => {
    for (const id of ['00000000-0000-5000-8000-000000000000', 'nothing', '..%2f..']) {
      const reply = await at.get(`/v1/events/${id}`);
      expect([id, reply.status, reply.body.code]).toEqual([id, 404, 'event/unknown']);
    }
  });
});

describe('personal fields of the log', () => {
  const told = async (roles: readonly string[]) => {
    const events = new Events(at.taproot, at.reads());
    for await (const event of events.all({ after: 0, type: 'ContactAdded' }, 1, { ...admin, roles } as never))
      return (event as { data: object }).data;
    return undefined;
  };

  it('are opened for whoever may read them', async () => {
    expect((await list('type=ContactAdded'))[0].data).toMatchObject({ name: 'Ada Example', email: 'ada@example.com' });
    for (const role of ['analyst', 'auditor', 'privacy'])
      expect([role, await told([role])]).toEqual([role, expect.objectContaining({ name: 'Ada Example' })]);
  });

  it('stay sealed for commanders, importers and administrators', async () => {
    for (const role of ['commander', 'importer', 'admin', 'node'])
      expect([role, await told([role])]).toEqual([
        role,
        expect.objectContaining({ name: { sealed: true }, email: { sealed: true }, function: 'PURCHASING' }),
      ]);
  });
});

describe('a stream', () => {
  it('is read with the ETag that If-Match takes, page after page', async () => {
    const first = await at.get(`/v1/streams/books-${acme}?limit=2`);
    expect(first.headers.get('etag')).toBe('"2"');
    expect(first.body).toMatchObject({ stream: `books-${acme}`, revision: 2, next: '2' });
    const second = await at.get(`/v1/streams/books-${acme}?limit=2&from=${first.body.next}`);
    expect(second.body.next).toBeNull();
    const all = [...first.body.items, ...second.body.items];
    expect(all.map(({ streamrevision }) => streamrevision)).toEqual([0, 1, 2]);
    expect(all).toEqual(await list(`stream=books-${acme}`));
    expect((await at.get(`/v1/streams/books-${acme}?from=9`)).body).toMatchObject({ items: [], next: null });
  });

  it('is there with the events of a receipt', async () => {
    const { body } = await bill(globex, 'I-9');
    const read = await at.get(`/v1/streams/books-${globex}?after=${body.after}`);
    expect(read.body.revision).toBe(body.revision);
    expect((await at.get(`/v1/streams/books-${globex}?after=nonsense`)).body.code).toBe('view/parameter-invalid');
    expect((await at.get('/v1/streams/books-NOBODY')).body.code).toBe('stream/unknown');
  });
});

describe('the log live, as Server-Sent Events', () => {
  it('is replayed from a position, then told as it grows', async () => {
    const past = await list('after=2');
    const live = await follow(`${at.url}/v1/events?after=2`);
    expect(live.reply.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(live.reply.headers.get('cache-control')).toBe('no-store');
    for (const event of past) expect(await live.next()).toEqual({ id: event.position, event: event.type, data: event });
    const sent = await bill(acme, 'LIVE-1');
    expect(await live.next()).toMatchObject({ id: sent.body.position, event: 'InvoiceIssued' });
    live.stop();
  });

  it('goes on after the Last-Event-ID, whatever the address of the first time said', async () => {
    const { head } = at.taproot;
    const live = await follow(`${at.url}/v1/events?after=0`, { 'last-event-id': String(head - 1) });
    expect((await live.next())?.id).toBe(head);
    live.stop();
  });

  it('tells only what is asked for, also of an account that comes later', async () => {
    const live = await follow(`${at.url}/v1/events?account=LATER&type=InvoiceIssued`);
    await bill(acme, 'LIVE-2');
    await at.command('RegisterAccount', registered('LATER'));
    await bill('LATER', 'LIVE-3');
    expect((await live.next())?.data).toMatchObject({ accountid: 'LATER', data: { invoiceId: 'LIVE-3' } });
    live.stop();
  });

  it('ends when the service stops, which it does not hold up', async () => {
    const taproot = await openIn(freshDirectory());
    const door = await serve(taproot, token, '127.0.0.1', 0);
    const live = await follow(`${door.url}/v1/events`);
    const next = live.next();
    const begun = Date.now();
    await door.app.close();
    expect(await next).toBeUndefined();
    expect(Date.now() - begun).toBeLessThan(5_000);
    await taproot.close();
  });
});
