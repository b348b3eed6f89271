import { beforeAll, describe, expect, it } from '@jest/globals';
import { batch } from '../../src/app/batch.js';
import { admin } from '../../src/http/access.js';
import { eur, registered } from '../support/scene.js';
import { service } from '../support/service.js';
import { openBatch } from '../support/streaming.js';

const at = service();
const order = (orderId: string, more: object = {}) => ({
  command: 'PlaceOrder',
  commandId: `c-${orderId}`,
  accountId: 'ACME',
  orderId,
  occurredAt: '2025-03-01',
  amount: eur(5),
  ...more,
});
const line = (orderId: string, more: object = {}) => `${JSON.stringify(order(orderId, more))}\n`;
const said = (answers: readonly Record<string, unknown>[]) =>
  answers.map((one) => one.code ?? (one.repeated ? 'again' : (one.events as object[]).length));

/** Sends text as it is, and answers with the lines of the answer. */
async function raw(text: string): Promise<Record<string, unknown>[]> {
  const reply = await at.post('/v1/commands', text, { 'content-type': 'application/x-ndjson' });
  expect([reply.status, reply.headers.get('content-type'), reply.headers.get('cache-control')]).toEqual([
    200,
    'application/x-ndjson; charset=utf-8',
    'no-store',
  ]);
  return reply.text
    .split('\n')
    .filter(Boolean)
    .map((one) => JSON.parse(one));
}

beforeAll(async () => {
  expect((await at.command('RegisterAccount', registered('ACME'))).status).toBe(201);
});

describe('a batch', () => {
  it('answers every line in order; a refusal in the middle stops nobody', async () => {
    const answers = await raw(
      line('A-1') + line('A-2', { accountId: 'NOBODY' }) + line('A-1', { amount: eur(6) }) + line('A-1') + line('A-3'),
    );
    expect(said(answers)).toEqual([1, 'account/unknown', 'command/content-differs', 'again', 1]);
    expect(answers.map((one) => one.line)).toEqual([undefined, 2, 3, undefined, undefined]);
    expect(answers[1]).toMatchObject({ status: 422, type: 'urn:taproot:account:unknown' });
    expect(answers.map((one) => one.commandId)).toEqual(['c-A-1', undefined, undefined, 'c-A-1', 'c-A-3']);
    const positions = answers.flatMap(({ position }) => (typeof position === 'number' ? [position] : []));
    expect(positions).toEqual([positions[0], positions[0], positions[0]! + 1]);
  });

  it('reads a last line without its end, passes over empty ones and counts them', async () => {
    expect(said(await raw(`\n${line('B-1')}\r\n   \n${line('B-2').trim()}`))).toEqual([1, 1]);
    const answers = await raw(`\n\n${line('B-3').slice(0, 40)}`);
    expect(answers).toMatchObject([{ line: 3, code: 'request/malformed', status: 400 }]);
    expect(await raw('')).toEqual([]);
    expect(await raw('\n\n')).toEqual([]);
  });

  it('refuses a line that is too long, without keeping it, and lines that are no command', async () => {
    const long = `{"command":"PlaceOrder","x":"${'x'.repeat(200_000)}"}\n`;
    const answers = await raw(`${line('D-1')}${long}[1]\n"x"\n{}\n{"command":7}\n${line('D-2')}`);
    expect(said(answers)).toEqual([1, 'request/too-large', ...Array(4).fill('command/invalid'), 1]);
    expect(answers[1]).toMatchObject({ line: 2, status: 413 });
    expect(said(await raw(`{"command":"DropTable","commandId":"x"}\n`))).toEqual(['command/unknown']);
  });

  it('takes a line of just the size that is allowed', async () => {
    const bare = line('E-1').trim();
    const full = `${bare.slice(0, -1)}${' '.repeat(65_536 - bare.length)}}`;
    expect(said(await raw(`${full}\n`))).toEqual([1]);
    expect(said(await raw(`${full} \n`))).toEqual(['request/too-large']);
  });

  it('is read the same where a piece ends within a character of several bytes', async () => {
    const { write, end, next } = openBatch(at.url);
    const bytes = Buffer.from(line('U-1', { lines: [{ category: '门', quantity: 1 }] }));
    const within = bytes.indexOf('门') + 1;
    await write(bytes.subarray(0, within));
    await new Promise((settle) => setTimeout(settle, 30));
    await write(bytes.subarray(within));
    const { events } = (await next()) as { events: { id: string }[] };
    end();
    const entry = await at.get(`/v1/events/${events[0]!.id}`);
    expect(entry.body.data.lines).toEqual([{ category: '门', quantity: 1 }]);
  });

  it('refuses a line that is not UTF-8, and never records what it cannot read', async () => {
    const { write, end, next } = openBatch(at.url);
    await write(Buffer.from(line('V-1', { lines: [{ category: 'Tür', quantity: 1 }] }), 'latin1'));
    await write(line('V-2'));
    end();
    expect(await next()).toMatchObject({ line: 1, code: 'request/malformed', detail: 'Line 1 is not UTF-8' });
    expect(await next()).toMatchObject({ commandId: 'c-V-2' });
  });

  it('answers five thousand lines, each once and in order', async () => {
    const ids = Array.from({ length: 5_000 }, (_, i) => `F-${i}`);
    const answers = await raw(ids.map((id) => line(id)).join(''));
    expect(answers.map((one) => one.commandId)).toEqual(ids.map((id) => `c-${id}`));
    const revisions = answers.map((one) => one.revision as number);
    expect(revisions).toEqual(ids.map((_, i) => revisions[0]! + i));
    expect(said(await raw(ids.map((id) => line(id)).join('')))).toEqual(ids.map(() => 'again'));
  });

  it('is refused as a whole where it is not NDJSON, or nobody says who sends it', async () => {
    const json = await at.post('/v1/commands', order('G-1'));
    expect([json.status, json.body.code]).toEqual([415, 'request/content-type']);
    const nobody = await at.post('/v1/commands', line('G-1'), {
      'content-type': 'application/x-ndjson',
      authorization: 'Bearer nobody',
    });
    expect([nobody.status, nobody.body.code]).toEqual([401, 'auth/token-missing']);
  });
});

describe('a batch that is written slowly', () => {
  it('is answered line by line, before its body ends', async () => {
    const { write, end, next } = openBatch(at.url);
    for (const id of ['S-1', 'S-2', 'S-3']) {
      await write(line(id));
      expect(await next()).toMatchObject({ commandId: `c-${id}`, repeated: false });
    }
    await write(line('S-4').slice(0, 30));
    await write(line('S-4').slice(30));
    expect(await next()).toMatchObject({ commandId: 'c-S-4' });
    end();
    expect(await next()).toBeUndefined();
  });

  it('keeps what it told when its sender breaks off, and the service goes on', async () => {
    const { write, request, next } = openBatch(at.url);
    await write(line('T-1'));
    expect(await next()).toMatchObject({ commandId: 'c-T-1' });
    request.on('error', () => undefined);
    request.destroy();
    expect(said(await raw(line('T-1')))).toEqual(['again']);
    expect((await at.get('/healthz/ready')).status).toBe(200);
  });
});

describe('a batch without end', () => {
  const problem = () => ({});
  const endless = (lines: number) =>
    (async function* () {
      for (let i = 0; i < lines; i++) yield Buffer.from(line(`M-${i}`));
    })();

  it('is taken no faster than its answers, and never has more than a few thousand lines in hand', async () => {
    let staged = 0;
    let answered = 0;
    let most = 0;
    const stage = async ({ commandId }: { commandId: string }) => {
      most = Math.max(most, ++staged - answered);
      const receipt = { commandId, stream: 's', revision: 0, events: [], repeated: false, position: null, after: '' };
      return { receipt, durable: Promise.resolve(null), token: () => '' };
    };
    for await (const text of batch(endless(50_000), admin, stage as never, problem)) {
      answered += text.split('\n').length - 1;
      if (answered % 7 === 0) await new Promise((go) => setImmediate(go));
    }
    expect([staged, answered]).toEqual([50_000, 50_000]);
    expect(most).toBeLessThanOrEqual(6_000);
  });

  it('is not read further while nobody takes its answers', async () => {
    let staged = 0;
    const stage = async ({ commandId }: { commandId: string }) => {
      staged++;
      const receipt = { commandId, stream: 's', revision: 0, events: [], repeated: false, position: null, after: '' };
      return { receipt, durable: Promise.resolve(null), token: () => '' };
    };
    const answers = batch(endless(50_000), admin, stage as never, problem);
    const first = await answers.next();
    expect(first.done).toBe(false);
    for (let i = 0; i < 200; i++) await new Promise((go) => setImmediate(go));
    expect(staged).toBeLessThanOrEqual(6_000);
    await answers.return(undefined);
  });
});
