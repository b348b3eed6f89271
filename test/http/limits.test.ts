import { beforeAll, describe, expect, it } from '@jest/globals';
import { acme } from '../support/cast/ids.js';
import { follow } from '../support/live.js';
import { eur, registered } from '../support/scene.js';
import { service } from '../support/service.js';
import { asking, bytes, slowly } from '../support/sockets.js';

const at = service();

beforeAll(async () => {
  expect((await at.command('RegisterAccount', registered(acme))).status).toBe(201);
});

describe('limits of a request', () => {
  it('headers and address together take 16 KiB, no more', async () => {
    expect((await bytes(at.url, asking('/healthz/live', `x-filler: ${'x'.repeat(15_000)}\r\n`))).first).toContain(
      ' 200 ',
    );
    for (const text of [
      asking('/healthz/live', `x-filler: ${'x'.repeat(16_500)}\r\n`),
      asking(`/v1/accounts?q=${'x'.repeat(16_500)}`),
    ]) {
      const { first, body } = await bytes(at.url, text);
      expect(first).toBe('HTTP/1.1 431 Request Header Fields Too Large');
      expect(JSON.parse(body)).toMatchObject({ status: 431, code: 'request/too-large' });
    }
  });

  it('what is no HTTP is a problem, and the service goes on', async () => {
    const { first, body } = await bytes(at.url, 'nonsense\r\n\r\n');
    expect([first, JSON.parse(body).code]).toEqual(['HTTP/1.1 400 Bad Request', 'request/malformed']);
    expect((await at.get('/healthz/live')).status).toBe(200);
  });

  it('headers and a body have ten seconds to come, a batch ten seconds for each piece, an answer has any time', async () => {
    const line = (id: string) =>
      `${JSON.stringify({ command: 'PlaceOrder', commandId: id, accountId: acme, orderId: id, amount: eur(1) })}\n`;
    const live = await follow(`${at.url}/v1/events?after=${at.taproot.head}`);
    const [body, stuck, steady, head] = await Promise.all([
      slowly(`${at.url}/v1/commands/PlaceOrder`, 'application/json', [['{"commandId":', 11_500]]),
      slowly(`${at.url}/v1/commands`, 'application/x-ndjson', [[line('L-1'), 11_500]]),
      slowly(`${at.url}/v1/commands`, 'application/x-ndjson', [
        [line('L-2'), 6_000],
        [line('L-3'), 6_000],
      ]),
      bytes(at.url, 'GET /healthz/live HTTP/1.1\r\nhost: x\r\n'),
    ]);
    expect([body.status, JSON.parse(body.text)]).toMatchObject([408, { code: 'request/timeout', status: 408 }]);
    const told = (text: string) =>
      text
        .trim()
        .split('\n')
        .map((one) => JSON.parse(one))
        .map((one) => one.code ?? one.commandId);
    expect(told(stuck.text)).toEqual(['L-1', 'request/timeout']);
    expect(told(steady.text)).toEqual(['L-2', 'L-3']);
    expect([head.first, JSON.parse(head.body).code]).toEqual(['HTTP/1.1 408 Request Timeout', 'request/timeout']);
    const seen = [await live.next(), await live.next(), await live.next()];
    expect(seen.map((message) => (message!.data as { data: { orderId: string } }).data.orderId).sort()).toEqual([
      'L-1',
      'L-2',
      'L-3',
    ]);
    live.stop();
  }, 40_000);
});
