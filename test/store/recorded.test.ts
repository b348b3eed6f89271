import { describe, expect, it } from '@jest/globals';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import fc from 'fast-check';
import type { Arrival } from '../../src/store/feed.js';
import { pack, unpack } from '../../src/store/packed.js';
import { answerIn, type Recorded } from '../../src/store/recorded.js';
import {
  caughtUp,
  confirmation,
  eventMessage,
  identifier,
  streamNotFound,
  uuid,
} from '../support/eventstore/messages.js';

const unsigned = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array));
const anyRecorded: fc.Arbitrary<Recorded> = fc.record({
  stream: fc.string({ unit: 'grapheme' }),
  id: fc.uuid(),
  type: fc.string({ unit: 'grapheme', minLength: 1 }),
  revision: unsigned,
  json: fc.boolean(),
  data: bytes,
  metadata: bytes,
  createdMs: fc.integer({ min: 1, max: 4e12 }),
  place: fc.record({ commit: unsigned, prepare: unsigned }),
});

/** The message that the client's own classes make of an event. */
function messageOf({ stream, id, type, revision, json, data, metadata, createdMs, place }: Recorded) {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(uuid(id));
  recorded.setStreamIdentifier(identifier(stream));
  recorded.setStreamRevision(String(revision));
  recorded.setPreparePosition(String(place.prepare));
  recorded.setCommitPosition(String(place.commit));
  recorded.getMetadataMap().set('created', String(BigInt(createdMs) * 10_000n + 9_999n));
  recorded.getMetadataMap().set('type', type);
  recorded.getMetadataMap().set('content-type', json ? 'application/json' : 'application/octet-stream');
  recorded.setCustomMetadata(metadata);
  recorded.setData(data);
  const event = new streams.ReadResp.ReadEvent();
  event.setEvent(recorded);
  const message = new streams.ReadResp();
  message.setEvent(event);
  return Buffer.from(message.serializeBinary());
}

describe('a message of a read', () => {
  it('gives the event that the generated classes put into it, to the last digit', () =>
    fc.assert(
      fc.property(anyRecorded, (recorded) => {
        expect(answerIn(messageOf(recorded))).toEqual({ event: recorded });
      }),
    ));

  it('says that a stream is not there, and nothing where it tells of something else', () => {
    const told = [streamNotFound('books-A'), caughtUp(), confirmation()].map((one) =>
      answerIn(Buffer.from(one.serializeBinary())),
    );
    expect(told).toEqual([{ missing: true }, undefined, undefined]);
  });

  it('is passed over where it has fields that nobody asks for', () => {
    const kept = {
      stream: 'books-A',
      revision: 3,
      position: 9,
      id: crypto.randomUUID(),
      type: 'T',
      json: true,
      createdMs: 5,
    };
    const message = Buffer.from(
      eventMessage({ ...kept, data: Buffer.from('{}'), metadata: Buffer.alloc(0) } as never).serializeBinary(),
    );
    const more = Buffer.from([0x78, 0x96, 0x01, 0x7d, 1, 2, 3, 4, 0x79, 1, 2, 3, 4, 5, 6, 7, 8, 0x7a, 2, 1, 2]);
    expect(answerIn(Buffer.concat([more, message]))).toEqual(answerIn(message));
  });

  it('is refused where it is torn, and never read beyond its end', () =>
    fc.assert(
      fc.property(anyRecorded, fc.double({ min: 0, max: 1, noNaN: true }), (recorded, part) => {
        const message = messageOf(recorded);
        const torn = message.subarray(0, Math.floor(part * (message.length - 1)));
        if (torn.length === 0) expect(answerIn(torn)).toBeUndefined();
        else expect(() => answerIn(torn)).toThrow(RangeError);
      }),
    ));
});

const position = fc.bigInt({ min: -1n, max: 2n ** 63n - 1n });
const text = fc.string({ unit: 'grapheme' });
const anyArrival: fc.Arbitrary<Arrival> = fc.record(
  {
    place: fc.record({ commit: position, prepare: position }),
    createdMs: fc.nat(),
    entry: fc.record({
      ...{ text, id: fc.uuid(), stream: text, type: text, revision: fc.nat(), time: fc.integer(), known: fc.integer() },
      account: fc.option(text, { nil: undefined }),
      target: fc.option(fc.uuid(), { nil: undefined }),
      leaf: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((array) => Buffer.from(array)),
    }),
    metadataOf: text,
    wrong: text,
  },
  { requiredKeys: ['place', 'createdMs'] },
);

it('what goes from thread to thread comes as it went', () =>
  fc.assert(
    fc.property(fc.array(anyArrival), (arrivals) => {
      expect(unpack(structuredClone(pack(arrivals)))).toEqual(arrivals);
    }),
  ));
