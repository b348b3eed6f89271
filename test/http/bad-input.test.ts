import { beforeAll, describe, expect, it } from '@jest/globals';
import { service } from '../support/service.js';

const at = service();
const account = { accountId: 'ACME', name: 'Acme Pumps', customerType: 'OEM_MAKER', currency: 'EUR' };
const invoice = (fields: object) => ({
  accountId: 'ACME',
  invoiceId: 'INV-1',
  gross: { minor: 1000, currency: 'EUR' },
  ...fields,
});

beforeAll(async () => {
  expect((await at.command('RegisterAccount', account)).status).toBe(201);
});

/** Sends a body and expects a problem of that status and code that names the field, and nothing written. */
async function refused(
  path: string,
  body: string | object,
  status: number,
  code: string,
  pointer?: string,
  headers?: Record<string, string>,
) {
  const before = at.taproot.head;
  const reply = await at.post(path, body, headers);
  expect({ status: reply.status, code: reply.body.code }).toEqual({ status, code });
  expect(reply.headers.get('content-type')).toContain('application/problem+json');
  if (pointer !== undefined)
    expect(reply.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  expect(at.taproot.head).toBe(before);
}

const issue = (text: string, status: number, code: string, pointer?: string) =>
  refused('/v1/commands/IssueInvoice', text, status, code, pointer);
const raw = (fields: string) => `{"commandId":"raw","accountId":"ACME","invoiceId":"INV-9",${fields}}`;

describe('bad input over HTTP', () => {
  it('refuses JSON that is none', () => issue('{"accountId":', 400, 'request/malformed'));
  it('refuses an empty body', () => issue('', 400, 'request/malformed'));
  it('refuses a body that is no object', () => issue('[1]', 400, 'command/invalid'));
  it('refuses duplicate keys', () =>
    issue(raw('"gross":{"minor":1,"minor":2,"currency":"EUR"}'), 400, 'request/malformed', '/gross/minor'));
  it('refuses unknown properties by name', () =>
    issue(raw('"gross":{"minor":1,"currency":"EUR"},"colour":"red"'), 400, 'command/invalid', '/colour'));
  it('refuses unknown properties that every object has', () =>
    issue(raw('"gross":{"minor":1,"currency":"EUR"},"constructor":"red"'), 400, 'request/malformed', '/constructor'));
  it('refuses wrong types', () => issue(raw('"gross":"1000 EUR"'), 400, 'command/invalid', '/gross'));
  it('refuses missing fields', () => issue('{"commandId":"raw"}', 400, 'command/invalid', '/invoiceId'));
  it('refuses null for a field', () => issue(raw('"gross":null'), 400, 'command/invalid', '/gross'));
  it('refuses -0', () => issue(raw('"gross":{"minor":-0,"currency":"EUR"}'), 400, 'request/malformed', '/gross/minor'));
  it('refuses 2^53', () =>
    issue(raw('"gross":{"minor":9007199254740992,"currency":"EUR"}'), 400, 'request/malformed', '/gross/minor'));
  it('refuses a lone surrogate', () =>
    issue(raw('"gross":{"minor":1,"currency":"EUR"},"orderId":"\\ud800"'), 400, 'request/malformed', '/orderId'));
  it('refuses __proto__', () => issue(raw('"__proto__":{"gross":1}'), 400, 'request/malformed', '/__proto__'));
  it('refuses what is too deep', () =>
    issue(raw(`"gross":${'['.repeat(30)}${']'.repeat(30)}`), 400, 'request/malformed'));
  it('refuses text that is too long', () =>
    issue(
      raw(`"gross":{"minor":1,"currency":"EUR"},"orderId":"${'x'.repeat(8001)}"`),
      400,
      'request/malformed',
      '/orderId',
    ));
  it('refuses a day that does not exist', () =>
    issue(
      raw('"gross":{"minor":1,"currency":"EUR"},"occurredAt":"2025-02-30"'),
      400,
      'command/invalid',
      '/occurredAt',
    ));
  it('refuses a time in the future', () =>
    issue(
      raw('"gross":{"minor":1,"currency":"EUR"},"occurredAt":"2999-01-01T00:00:00Z"'),
      422,
      'time/in-future',
      '/occurredAt',
    ));
  it('refuses money with a fraction', () =>
    issue(raw('"gross":{"minor":10.5,"currency":"EUR"}'), 400, 'command/invalid', '/gross'));
  it('refuses an unknown currency', () =>
    issue(raw('"gross":{"minor":10,"currency":"EUX"}'), 400, 'command/invalid', '/gross'));
  it('refuses an id with a slash', () =>
    issue(
      '{"commandId":"raw","accountId":"ACME","invoiceId":"a/b","gross":{"minor":1,"currency":"EUR"}}',
      400,
      'command/invalid',
      '/invoiceId',
    ));
  it('refuses an unknown account', () =>
    refused(
      '/v1/commands/IssueInvoice',
      { commandId: 'raw', ...invoice({ accountId: 'NOBODY' }) },
      422,
      'account/unknown',
      '/accountId',
    ));
  it('refuses a body over 64 KiB', () =>
    refused('/v1/commands/IssueInvoice', `{"a":"${'x'.repeat(70_000)}"}`, 413, 'request/too-large'));
  it('refuses a wrong content type', () =>
    refused('/v1/commands/IssueInvoice', 'a=b', 415, 'request/content-type', undefined, {
      'content-type': 'application/x-www-form-urlencoded',
    }));
  it('refuses a command that does not exist', () =>
    refused('/v1/commands/DeleteAccount', { commandId: 'raw' }, 404, 'command/unknown'));
  it('refuses a command without id', () =>
    refused('/v1/commands/IssueInvoice', invoice({}), 400, 'command/id-missing', '/commandId'));
  it('refuses two different command ids', () =>
    refused('/v1/commands/IssueInvoice', { commandId: 'a', ...invoice({}) }, 400, 'command/id-missing', '/commandId', {
      'idempotency-key': 'b',
    }));
  it('refuses a wrong If-Match with 412', () =>
    refused(
      '/v1/commands/IssueInvoice',
      { commandId: 'raw', ...invoice({}) },
      412,
      'stream/revision-stale',
      undefined,
      { 'if-match': '"7"' },
    ));
  it('refuses whoever has no token', () =>
    refused('/v1/commands/IssueInvoice', invoice({}), 401, 'auth/token-missing', undefined, {
      authorization: 'Bearer wrong',
    }));
  it('names every unknown person of an interaction', async () => {
    const nobody = '99999999-9999-4999-8999-999999999999';
    const body = {
      commandId: 'raw',
      accountId: 'ACME',
      interactionId: 'I-1',
      kind: 'MEETING',
      initiator: 'US',
      ours: [{ memberId: nobody, function: 'SALES' }],
      theirs: [{ contactId: nobody, function: 'PURCHASING', seniority: 1 }],
      durationMin: 30,
    };
    const reply = await at.post('/v1/commands/LogInteraction', body);
    expect(reply.status).toBe(422);
    expect(reply.body.errors.map((error: { pointer: string }) => error.pointer).sort()).toEqual([
      '/ours/0/memberId',
      '/theirs/0/contactId',
    ]);
  });
});

describe('repeating a command', () => {
  it('answers the first receipt again, and writes nothing', async () => {
    const first = await at.post('/v1/commands/IssueInvoice', { commandId: 'again', ...invoice({}) });
    expect(first.status).toBe(201);
    const head = at.taproot.head;
    const second = await at.post('/v1/commands/IssueInvoice', { commandId: 'again', ...invoice({}) });
    expect(second.status).toBe(200);
    expect(second.body).toEqual({ ...first.body, repeated: true });
    expect(at.taproot.head).toBe(head);
  });

  it('refuses the same id with other content', async () => {
    const reply = await at.post('/v1/commands/IssueInvoice', {
      commandId: 'again',
      ...invoice({ gross: { minor: 1, currency: 'EUR' } }),
    });
    expect({ status: reply.status, code: reply.body.code }).toEqual({ status: 422, code: 'command/content-differs' });
  });

  it('says nothing new where another command told the same, and refuses other content under a used invoice id', async () => {
    const same = await at.command('IssueInvoice', invoice({}));
    expect({ status: same.status, events: same.body.events }).toEqual({ status: 200, events: [] });
    const other = await at.command('IssueInvoice', invoice({ gross: { minor: 5, currency: 'EUR' } }));
    expect({ status: other.status, code: other.body.code }).toEqual({ status: 409, code: 'invoice/id-taken' });
  });

  it('shows what it would come to, and writes nothing, on a dry run', async () => {
    const head = at.taproot.head;
    const reply = await at.command('IssueInvoice?dryRun=true', invoice({ invoiceId: 'INV-DRY' }));
    expect(reply.status).toBe(200);
    expect(reply.body.events).toMatchObject([{ type: 'InvoiceIssued', accountid: 'ACME' }]);
    expect(at.taproot.head).toBe(head);
  });
});

describe('a batch', () => {
  it('answers a problem for a bad line, and the rest go in', async () => {
    const answers = await at.batch([
      { command: 'IssueInvoice', commandId: 'b1', ...invoice({ invoiceId: 'B-1' }) },
      '{"command":"IssueInvoice","commandId":',
      { command: 'IssueInvoice', commandId: 'b2', ...invoice({ invoiceId: 'B-2', gross: 5 }) },
      { command: 'IssueInvoice', commandId: 'b3', ...invoice({ invoiceId: 'B-3' }) },
      { noCommand: true },
    ]);
    expect(answers.map((one) => one.code ?? one.events.length)).toEqual([
      1,
      'request/malformed',
      'command/invalid',
      1,
      'command/invalid',
    ]);
    expect(answers[1].line).toBe(2);
  });

  it('lets a line see what earlier lines did', async () => {
    const answers = await at.batch([
      { command: 'RegisterAccount', commandId: 'n1', ...account, accountId: 'NEW' },
      { command: 'IssueInvoice', commandId: 'n2', ...invoice({ accountId: 'NEW' }) },
    ]);
    expect(answers.map((one) => one.events.length)).toEqual([1, 1]);
  });
});
