import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendResp, BatchAppendResp, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import Any from 'google-protobuf/google/protobuf/any_pb.js';
import rpc from '@eventstore/db-client/generated/status_pb.js';
import type { AppendFault } from './faults.js';
import type { Kept, Outcome } from './server-log.js';

/** A UUID as the protocol carries it. */
export function uuid(id: string) {
  const message = new shared.UUID();
  message.setString(id);
  return message;
}

/** A stream's name as the protocol carries it. */
export function identifier(stream: string) {
  const message = new shared.StreamIdentifier();
  message.setStreamName(Buffer.from(stream).toString('base64'));
  return message;
}

/** The name in a stream identifier. */
export const nameOf = (message: { getStreamName_asU8(): Uint8Array } | undefined): string =>
  Buffer.from(message!.getStreamName_asU8()).toString();

/** An event as a reader gets it. */
export function eventMessage(kept: Kept, garbled = false): ReadResp {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(uuid(kept.id));
  recorded.setStreamIdentifier(identifier(kept.stream));
  recorded.setStreamRevision(String(kept.revision));
  recorded.setPreparePosition(String(kept.position));
  recorded.setCommitPosition(String(kept.position));
  recorded.getMetadataMap().set('type', kept.type);
  recorded.getMetadataMap().set('content-type', kept.json ? 'application/json' : 'application/octet-stream');
  recorded.getMetadataMap().set('created', String(BigInt(kept.createdMs) * 10_000n));
  recorded.setCustomMetadata(kept.metadata);
  recorded.setData(garbled ? Buffer.from('{"torn":') : kept.data);
  const event = new streams.ReadResp.ReadEvent();
  event.setEvent(recorded);
  event.setCommitPosition(String(kept.position));
  const message = new streams.ReadResp();
  message.setEvent(event);
  return message;
}

/** The first message of a subscription. */
export function confirmation(): ReadResp {
  const confirmed = new streams.ReadResp.SubscriptionConfirmation();
  confirmed.setSubscriptionId(crypto.randomUUID());
  const message = new streams.ReadResp();
  message.setConfirmation(confirmed);
  return message;
}

/** Says that a subscription has nothing more to catch up with. */
export function caughtUp(): ReadResp {
  const message = new streams.ReadResp();
  message.setCaughtUp(new streams.ReadResp.CaughtUp());
  return message;
}

export function streamNotFound(stream: string): ReadResp {
  const missing = new streams.ReadResp.StreamNotFound();
  missing.setStreamIdentifier(identifier(stream));
  const message = new streams.ReadResp();
  message.setStreamNotFound(missing);
  return message;
}

/** The answer to an append. */
export function appendAnswer(outcome: Outcome, expected: number): AppendResp {
  const message = new streams.AppendResp();
  if (outcome.kind === 'kept') {
    const position = new streams.AppendResp.Position();
    position.setCommitPosition(String(outcome.last.position));
    position.setPreparePosition(String(outcome.last.position));
    const success = new streams.AppendResp.Success();
    success.setCurrentRevision(String(outcome.last.revision));
    success.setPosition(position);
    message.setSuccess(success);
  } else if (outcome.kind === 'wrong') {
    const wrong = new streams.AppendResp.WrongExpectedVersion();
    if (outcome.actual >= 0) wrong.setCurrentRevision(String(outcome.actual));
    else wrong.setCurrentNoStream(new shared.Empty());
    if (expected >= 0) wrong.setExpectedRevision(String(expected));
    else wrong.setExpectedNoStream(new shared.Empty());
    message.setWrongExpectedVersion(wrong);
  }
  return message;
}

/** The answer to one append of a stream of appends. */
export function batchAnswer(outcome: Outcome): BatchAppendResp {
  if (outcome.kind === 'deleted') return ended('StreamDeleted', new shared.StreamDeleted());
  if (outcome.kind === 'wrong') {
    const wrong = new shared.WrongExpectedVersion();
    if (outcome.actual >= 0) wrong.setCurrentStreamRevision(String(outcome.actual));
    else wrong.setCurrentNoStream(new shared.Empty() as never);
    return ended('WrongExpectedVersion', wrong);
  }
  const position = new shared.AllStreamPosition();
  position.setCommitPosition(String(outcome.last.position));
  position.setPreparePosition(String(outcome.last.position));
  const success = new streams.BatchAppendResp.Success();
  success.setCurrentRevision(String(outcome.last.revision));
  success.setPosition(position);
  const message = new streams.BatchAppendResp();
  message.setSuccess(success);
  return message;
}

/** What a server says of one append of a stream; undefined where it ends the whole stream instead. */
export function batchError(fault: AppendFault): BatchAppendResp | undefined {
  if (fault === 'denied') return ended('AccessDenied', new shared.AccessDenied());
  if (fault === 'too-large') return ended('MaximumAppendSizeExceeded', new shared.MaximumAppendSizeExceeded());
  if (fault === 'timeout') return ended('Timeout', new shared.Timeout());
  if (fault === 'not-ready') return ended('Server Is Not Ready', new shared.Empty(), 'Empty');
  return undefined;
}

function ended(says: string, details: { serializeBinary(): Uint8Array }, type = says): BatchAppendResp {
  const any = new Any.Any();
  any.pack(details.serializeBinary(), `event_store.client.${type}`);
  const status = new rpc.Status();
  status.setMessage(says);
  status.setDetails(any);
  const message = new streams.BatchAppendResp();
  message.setError(status);
  return message;
}
