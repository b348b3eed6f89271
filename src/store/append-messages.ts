import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { nowhere, type Place } from './place.js';
import { digitsOf, Fields, sizeOf, Writing } from './protocol.js';
import { Elsewhere } from './server-errors.js';
import type { Proposed } from './wire.js';

/** What the server says of an append: where it stands, or why it does not. */
export interface Answered {
  readonly id: string;
  readonly place: Place;
  readonly error: Error | undefined;
}

/** A key and a value as one entry of a map. */
function entry(key: string, value: string): Buffer {
  const [ofKey, ofValue] = [Buffer.byteLength(key), Buffer.byteLength(value)];
  return new Writing(sizeOf(ofKey) + sizeOf(ofValue)).field(1, key, ofKey).field(2, value, ofValue).bytes;
}

const json = entry('content-type', 'application/json');
const types = new Map<string, Buffer>();

/** The types of events are few. */
function typed(type: string): Buffer {
  const known = types.get(type) ?? entry('type', type);
  types.set(type, known);
  return known;
}

/** Bytes of a UUID as text, and of the field that it is in a message of its own. */
const [uuidSize, uuidFieldSize] = [36, 38];

/**
 * The message `BatchAppendReq` of the protocol, as bytes: an append at the exact revision, -1 for a stream without events. No
 * deadline: the server would compare it with its own clock, and a node whose clock is off could append nothing.
 */
export function requestOf(id: string, stream: string, expected: number, events: readonly Proposed[]): Buffer {
  const name = Buffer.byteLength(stream);
  const options = sizeOf(sizeOf(name)) + (expected < 0 ? sizeOf(0) : 1 + digitsOf(expected));
  const sizes = events.map(({ type, data, metadata }) => {
    const [ofData, ofMetadata] = [Buffer.byteLength(data), Buffer.byteLength(metadata)];
    const whole =
      sizeOf(uuidFieldSize) +
      sizeOf(typed(type).length) +
      sizeOf(json.length) +
      (ofMetadata > 0 ? sizeOf(ofMetadata) : 0) +
      (ofData > 0 ? sizeOf(ofData) : 0);
    return { ofData, ofMetadata, whole };
  });
  const messages = sizes.reduce((sum, { whole }) => sum + sizeOf(whole), 0);
  const writing = new Writing(sizeOf(uuidFieldSize) + sizeOf(options) + messages + 2);
  writing.begin(1, uuidFieldSize).field(2, id, uuidSize);
  writing.begin(2, options).begin(1, sizeOf(name)).field(3, stream, name);
  if (expected < 0) writing.begin(3, 0);
  else writing.number(2, expected);
  events.forEach((event, i) => {
    const { ofData, ofMetadata, whole } = sizes[i]!;
    const type = typed(event.type);
    writing.begin(3, whole).begin(1, uuidFieldSize).field(2, event.id, uuidSize);
    writing.field(2, type, type.length).field(2, json, json.length);
    if (ofMetadata > 0) writing.field(3, event.metadata, ofMetadata);
    if (ofData > 0) writing.field(4, event.data, ofData);
  });
  return writing.number(4, 1).bytes;
}

/** Reads a message `BatchAppendResp`. An error is `Elsewhere`, or what the server says. Throws where the message is torn. */
export function answerOf(message: Buffer): Answered {
  const fields = new Fields(message);
  let [id, place, failed] = ['', nowhere, false];
  while (fields.next()) {
    if (fields.no === 1) id = idIn(fields.inner());
    else if (fields.no === 2) failed = true;
    else if (fields.no === 3) place = placeIn(fields.inner());
  }
  return { id, place, error: failed ? errorOf(streams.BatchAppendResp.deserializeBinary(message)) : undefined };
}

/** A UUID as text; servers send it as text or as two numbers. */
function idIn(fields: Fields): string {
  let text = '';
  while (fields.next()) text = fields.no === 2 ? fields.text : numbered(fields.inner());
  return text;
}

function numbered(fields: Fields): string {
  let hex = ['', ''];
  while (fields.next()) {
    const half = fields.exact.toString(16).padStart(16, '0');
    hex = fields.no === 1 ? [half, hex[1]!] : [hex[0]!, half];
  }
  const [high = '', low = ''] = hex.map((half) => half.padStart(16, '0'));
  return `${high.slice(0, 8)}-${high.slice(8, 12)}-${high.slice(12)}-${low.slice(0, 4)}-${low.slice(4)}`;
}

function placeIn(fields: Fields): Place {
  while (fields.next()) {
    if (fields.no !== 3) continue;
    const at = fields.inner();
    let [commit, prepare] = [0n, 0n];
    while (at.next()) {
      if (at.no === 1) commit = at.exact;
      else if (at.no === 2) prepare = at.exact;
    }
    return { commit, prepare };
  }
  return nowhere;
}

/** Answers that no repetition will change, by the name of their details. */
const finals: Readonly<Record<string, string>> = {
  'event_store.client.StreamDeleted': 'stream-deleted',
  'event_store.client.AccessDenied': 'access-denied',
  'event_store.client.MaximumAppendSizeExceeded': 'maximum-append-size-exceeded',
};

const wrongExpectedVersion = 'event_store.client.WrongExpectedVersion';

function errorOf(answer: BatchAppendResp): Error {
  const error = answer.getError();
  const details = error?.getDetails();
  const name = details?.getTypeName() ?? '';
  const wrong = details?.unpack(shared.WrongExpectedVersion.deserializeBinary, wrongExpectedVersion);
  if (wrong) return new Elsewhere(wrong.hasCurrentStreamRevision() ? Number(wrong.getCurrentStreamRevision()) : -1);
  const says = error?.getMessage() || name || 'an error without a word';
  return Object.assign(new Error(says), { type: finals[name] });
}
