import { EventStoreDBClient } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AppendStream, openAppendStream } from '../../src/store/append-stream.js';
import { framed, http2StreamOf } from '../../src/store/direct.js';
import { Front } from '../support/eventstore/front.js';

/** What a reader of the wire makes of it: each message after a byte that says "not compressed" and four of its length. */
function messagesIn(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 5 + bytes.readUInt32BE(at + 1)) {
    expect(bytes[at]).toBe(0);
    found.push(bytes.subarray(at + 5, at + 5 + bytes.readUInt32BE(at + 1)));
  }
  return found;
}

describe('messages that leave as one', () => {
  it('are the same messages in the same order', () =>
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (some) => {
        const messages = some.map((bytes) => Buffer.from(bytes));
        expect(messagesIn(framed(messages))).toEqual(messages);
      }),
    ));

  it('have no such way where gRPC is built otherwise', () => {
    expect(http2StreamOf({ call: { nextCall: { child: {} } } })).toBeUndefined();
  });
});

describe('appends that wait for each other', () => {
  let front: Front;
  let client: EventStoreDBClient;
  let stream: AppendStream;
  beforeEach(async () => {
    front = await Front.start();
    client = EventStoreDBClient.connectionString(front.url);
    stream = await openAppendStream(client, 2_000, () => undefined);
  });
  afterEach(async () => {
    await client.dispose();
    await front.close();
  });

  const event = () => ({ id: crypto.randomUUID(), type: 'Told', data: '{}', metadata: '{}' });

  it('leave as one from the first answer on, and get an answer each', async () => {
    const first = stream.append('s0', -1, [event()]);
    expect(stream.together).toBe(false);
    await first;
    expect(stream.together).toBe(true);
    const names = Array.from({ length: 60 }, (_, i) => `s${i}`);
    const answers = await Promise.allSettled(names.map((name) => stream.append(name, -1, [event()])));
    expect(answers.map(({ status }) => status)).toEqual(names.map((_, i) => (i === 0 ? 'rejected' : 'fulfilled')));
    expect(names.map((name) => front.log.stream(name)?.length)).toEqual(names.map(() => 1));
  });

  it('are taken in the order in which they were sent, also those that wait for none', async () => {
    await stream.append('s', -1, [event()]);
    const sent = Array.from({ length: 40 }, event);
    await Promise.all(sent.map((one, i) => stream.append('s', i, [one], i % 3 > 0)));
    expect(
      front.log
        .stream('s')!
        .slice(1)
        .map(({ id }) => id),
    ).toEqual(sent.map(({ id }) => id));
  });
});
