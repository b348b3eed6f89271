import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answerOf, requestOf } from '../../src/store/append-messages.js';

const event = fc.record({
  id: fc.uuid(),
  type: fc.string({ minLength: 1, unit: 'grapheme', maxLength: 200 }),
  data: fc.string({ unit: 'grapheme', maxLength: 20_000 }),
  metadata: fc.string({ unit: 'grapheme', maxLength: 300 }),
});
const stream = fc.string({ minLength: 1, unit: 'grapheme', maxLength: 200 });
const events = fc.array(event, { minLength: 1, maxLength: 4 });
const revision = fc.oneof(fc.integer({ min: -1, max: 300 }), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }));

describe('the message of an append', () => {
  it('is what the generated classes read', () =>
    fc.assert(
      fc.property(fc.uuid(), stream, revision, events, (id, name, expected, some) => {
        const read = streams.BatchAppendReq.deserializeBinary(requestOf(id, name, expected, some));
        const options = read.getOptions()!;
        expect(read.getCorrelationId()?.getString()).toBe(id);
        expect(read.getIsFinal()).toBe(true);
        expect(Buffer.from(options.getStreamIdentifier()!.getStreamName_asU8()).toString()).toBe(name);
        expect(options.hasNoStream()).toBe(expected < 0);
        expect(options.getStreamPosition()).toBe(String(Math.max(expected, 0)));
        expect([options.hasDeadline(), options.hasAny(), options.hasStreamExists()]).toEqual([false, false, false]);
        const told = read.getProposedMessagesList().map((one) => ({
          id: one.getId()?.getString(),
          type: one.getMetadataMap().get('type'),
          json: one.getMetadataMap().get('content-type'),
          data: Buffer.from(one.getData_asU8()).toString(),
          metadata: Buffer.from(one.getCustomMetadata_asU8()).toString(),
        }));
        expect(told).toEqual(some.map((one) => ({ ...one, json: 'application/json' })));
      }),
    ));
});

const half = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const at = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });

describe('the answer to an append', () => {
  const success = (commit: bigint, prepare: bigint) => {
    const position = new shared.AllStreamPosition();
    position.setCommitPosition(String(commit));
    position.setPreparePosition(String(prepare));
    const said = new streams.BatchAppendResp.Success();
    said.setCurrentRevision('7');
    said.setPosition(position as never);
    return said;
  };

  it('is read as the generated classes write it, its id as two numbers', () =>
    fc.assert(
      fc.property(half, half, at, at, (most, least, commit, prepare) => {
        const numbers = new shared.UUID.Structured();
        numbers.setMostSignificantBits(String(most));
        numbers.setLeastSignificantBits(String(least));
        const id = new shared.UUID();
        id.setStructured(numbers);
        const answer = new streams.BatchAppendResp();
        answer.setCorrelationId(id);
        answer.setSuccess(success(commit, prepare));
        const read = answerOf(Buffer.from(answer.serializeBinary()));
        const hex = [most, least].map((bits) => BigInt.asUintN(64, bits).toString(16).padStart(16, '0')).join('');
        expect(read.id).toMatch(/^.{8}-.{4}-.{4}-.{4}-.{12}$/);
        expect(read.id.replaceAll('-', '')).toBe(hex);
        expect([read.place, read.error]).toEqual([{ commit, prepare }, undefined]);
      }),
    ));

  it('is read with an id in text', () => {
    const id = new shared.UUID();
    id.setString('0c0f4f7e-90b1-4b6c-8a4c-0a6e0a3c2b11');
    const answer = new streams.BatchAppendResp();
    answer.setCorrelationId(id);
    answer.setSuccess(success(1n, 2n));
    expect(answerOf(Buffer.from(answer.serializeBinary())).id).toBe('0c0f4f7e-90b1-4b6c-8a4c-0a6e0a3c2b11');
  });

  it('that is torn is no answer', () => {
    const answer = new streams.BatchAppendResp();
    answer.setSuccess(success(1n, 2n));
    const whole = Buffer.from(answer.serializeBinary());
    expect(() => answerOf(whole.subarray(0, whole.length - 1))).toThrow(/torn/);
  });
});
