import { beforeAll, describe, expect, it } from '@jest/globals';
import { eur, registered } from '../support/scene.js';
import { service } from '../support/service.js';

const at = service();
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const bill = (invoiceId: string, gross: number, more: object = {}) => ({
  accountId: 'ACME',
  invoiceId,
  occurredAt: '2025-03-01',
  gross: eur(gross),
  ...more,
});
const send = (commandId: string, body: object, headers?: Record<string, string>) =>
  at.post('/v1/commands/IssueInvoice', { commandId, ...body }, headers);
const outcome = ({ status, body }: { status: number; body: { code?: string; events?: object[] } }) => [
  status,
  body.code ?? body.events?.length,
];

beforeAll(async () => {
  expect((await at.command('RegisterAccount', registered('ACME'))).status).toBe(201);
});

describe('a receipt', () => {
  it('says what was recorded, where, and by which token to read it', async () => {
    const reply = await send('r-1', bill('R-1', 100));
    expect(reply.status).toBe(201);
    expect(reply.body).toEqual({
      commandId: 'r-1',
      stream: 'books-ACME',
      revision: 0,
      events: [{ id: expect.stringMatching(uuid), type: 'InvoiceIssued' }],
      repeated: false,
      position: at.taproot.head,
      after: expect.stringMatching(/^\S+$/),
    });
    expect(reply.headers.get('etag')).toBe('"0"');
    expect(reply.headers.get('cache-control')).toBe('no-store');
    const seen = await at.get(`/v1/accounts/ACME/performance?after=${encodeURIComponent(reply.body.after)}`);
    expect([seen.status, seen.body.data.total.gross]).toEqual([200, 100]);
    const { headers } = await at.get('/v1/streams/books-ACME');
    expect(headers.get('etag')).toBe(reply.headers.get('etag'));
  });

  it('is the first one again when the command is repeated, whoever carried out others meanwhile', async () => {
    const first = await send('r-2', bill('R-2', 100));
    await send('r-3', bill('R-3', 100));
    const again = await send('r-2', bill('R-2', 100));
    expect([again.status, again.headers.get('etag')]).toEqual([200, first.headers.get('etag')]);
    expect(again.body).toEqual({ ...first.body, repeated: true });
  });

  it('refuses the same id with other content, and the rest of its content in another order is the same', async () => {
    await send('r-4', bill('R-4', 100));
    expect(outcome(await send('r-4', bill('R-4', 101)))).toEqual([422, 'command/content-differs']);
    const turned = { ...Object.fromEntries(Object.entries(bill('R-4', 100)).reverse()) };
    expect(outcome(await send('r-4', turned))).toEqual([200, 1]);
  });

  it('says nothing new where another command told the same invoice, and is a conflict where it told another', async () => {
    await send('r-5', bill('R-5', 100));
    const same = await send('r-6', bill('R-5', 100));
    expect(same.body).toMatchObject({ commandId: 'r-6', events: [], repeated: false, position: null });
    expect(outcome(same)).toEqual([200, 0]);
    expect(outcome(await send('r-7', bill('R-5', 999)))).toEqual([409, 'invoice/id-taken']);
    expect(outcome(await send('r-7', bill('R-5', 100)))).toEqual([200, 0]);
  });

  it('takes the id from Idempotency-Key as from the body, and is the same command either way', async () => {
    const header = await at.post('/v1/commands/IssueInvoice', bill('K-1', 100), { 'idempotency-key': 'k-1' });
    expect([header.status, header.body.commandId]).toEqual([201, 'k-1']);
    const body = await send('k-1', bill('K-1', 100));
    expect(body.body).toEqual({ ...header.body, repeated: true });
    const both = await send('k-1', bill('K-1', 100), { 'idempotency-key': 'k-1' });
    expect(both.body.repeated).toBe(true);
    for (const bad of ['', 'with space', 'ü', 'x'.repeat(201)])
      expect(outcome(await send(bad, bill('K-2', 100)))).toEqual([400, 'command/id-missing']);
  });

  it('keeps ids of different commands apart', async () => {
    const order = { accountId: 'ACME', orderId: 'O-1', occurredAt: '2025-03-01', amount: eur(5) };
    expect(outcome(await send('shared', bill('S-1', 100)))).toEqual([201, 1]);
    const other = await at.post('/v1/commands/PlaceOrder', { commandId: 'shared', ...order });
    expect(outcome(other)).toEqual([201, 1]);
  });
});

describe('If-Match', () => {
  it('lets a command through only at the revision that it was decided on', async () => {
    const { headers } = await at.get('/v1/streams/books-ACME');
    const etag = headers.get('etag')!;
    const { head } = at.taproot;
    const stale = await send('m-1', bill('M-1', 100), { 'if-match': '"0"' });
    expect(outcome(stale)).toEqual([412, 'stream/revision-stale']);
    expect(stale.body.values).toEqual({ actual: Number(JSON.parse(etag)), expected: 0 });
    expect(at.taproot.head).toBe(head);
    expect(outcome(await send('m-1', bill('M-1', 100), { 'if-match': etag }))).toEqual([201, 1]);
    expect(outcome(await send('m-1', bill('M-1', 100), { 'if-match': etag }))).toEqual([200, 1]);
    expect(outcome(await send('m-2', bill('M-2', 100), { 'if-match': etag }))).toEqual([412, 'stream/revision-stale']);
    for (const bad of ['7', '*', '"x"', 'W/7'])
      expect(outcome(await send('m-3', bill('M-3', 1), { 'if-match': bad }))).toEqual([400, 'request/malformed']);
  });

  it('takes "-1" for a stream that is not there', async () => {
    const register = (id: string, tag: string) =>
      at.command('RegisterAccount', registered(id), { 'if-match': tag }).then(outcome);
    expect(await register('FRESH', '"-1"')).toEqual([201, 1]);
    expect(await register('ACME', '"-1"')).toEqual([412, 'stream/revision-stale']);
  });

  it('lets one of twenty through who all decided on the same revision', async () => {
    const etag = (await at.get('/v1/streams/books-ACME')).headers.get('etag')!;
    const all = Array.from({ length: 20 }, (_, i) =>
      send(`race-${i}`, bill(`RACE-${i}`, 1), { 'if-match': etag }).then(({ status }) => status),
    );
    expect((await Promise.all(all)).sort()).toEqual([201, ...Array(19).fill(412)]);
  });
});

describe('twenty commands at once', () => {
  it('on one stream are all recorded, one revision each', async () => {
    const { revision } = (await at.get('/v1/streams/books-ACME')).body;
    const all = await Promise.all(Array.from({ length: 20 }, (_, i) => send(`c-${i}`, bill(`C-${i}`, 1))));
    expect(all.map(({ status }) => status)).toEqual(Array(20).fill(201));
    const revisions = all.map(({ body }) => body.revision).sort((a, b) => a - b);
    expect(revisions).toEqual(Array.from({ length: 20 }, (_, i) => revision + 1 + i));
  });

  it('that are the same command are recorded once, and all have the one receipt', async () => {
    const { head } = at.taproot;
    const all = await Promise.all(Array.from({ length: 20 }, () => send('same', bill('SAME', 1))));
    expect(all.map(({ status }) => status).sort()).toEqual([...Array(19).fill(200), 201]);
    expect(new Set(all.map(({ body }) => JSON.stringify({ ...body, repeated: null }))).size).toBe(1);
    expect(at.taproot.head).toBe(head + 1);
  });

  it('that want one invoice id for different invoices leave one, and are conflicts else', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, (_, i) => send(`w-${i}`, bill('WANTED', 1 + i))));
    expect(all.map(outcome).sort()).toEqual([[201, 1], ...Array(19).fill([409, 'invoice/id-taken'])]);
  });
});

describe('a dry run', () => {
  it('says the events it would make and writes nothing, not even a key', async () => {
    const { head } = at.taproot;
    const reply = await at.command('IssueInvoice?dryRun=true', bill('DRY', 100));
    expect([reply.status, reply.headers.get('etag')]).toEqual([200, null]);
    expect(reply.body).toMatchObject({
      dryRun: true,
      stream: 'books-ACME',
      events: [{ type: 'InvoiceIssued', accountid: 'ACME', time: '2025-03-01T00:00:00.000Z' }],
      conflicts: [],
    });
    const person = { contactId: '33333333-3333-4333-8333-333333333333', accountId: 'ACME', name: 'Cleo' };
    const contact = await at.command('AddContact?dryRun=true', { ...person, function: 'PURCHASING', seniority: 1 });
    expect(contact.body.events).toHaveLength(1);
    expect(at.taproot.head).toBe(head);
    expect(outcome(await at.command('IssueInvoice?dryRun=true', bill('R-5', 7)))).toEqual([409, 'invoice/id-taken']);
    expect(outcome(await at.command('IssueInvoice?dryRun=maybe', bill('D', 7)))).toEqual([
      400,
      'view/parameter-invalid',
    ]);
    expect(outcome(await at.command('IssueInvoice?dryrun=true', bill('D', 7)))).toEqual([
      400,
      'request/unknown-parameter',
    ]);
    expect(at.taproot.head).toBe(head);
  });
});
