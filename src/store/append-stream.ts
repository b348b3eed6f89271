import type { Duplex } from 'node:stream';
import type { EventStoreDBClient } from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import grpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { nowhere, type Place } from './place.js';
import { Elsewhere, Unanswered } from './server-errors.js';
import type { Proposed } from './wire.js';

/** The stream as gRPC gives it. */
type Call = Duplex & { cancel(): void };

/** What the client does for calls of its own, and here for one of ours: connection and credentials. */
interface Calls {
  GRPCStreamCreator(stubs: unknown, name: string, create: (client: Stubs) => Call): () => Promise<Call>;
  callArguments(options: object, more: { deadline: number }): unknown[];
}
interface Stubs {
  batchAppend(...args: unknown[]): Call;
}

/** Opens a stream of appends on the client's connection. `silent` is called once it has fallen silent. */
export async function openAppendStream(
  client: EventStoreDBClient,
  patienceMs: number,
  silent: () => void,
): Promise<AppendStream> {
  const calls = client as unknown as Calls;
  let opened: AppendStream;
  await calls.GRPCStreamCreator(grpc.StreamsClient, 'append', (stubs) => {
    const stream = stubs.batchAppend(...calls.callArguments({}, { deadline: Infinity }));
    opened = new AppendStream(stream, patienceMs, silent);
    return stream;
  })();
  return opened!;
}

/** An append that waits for its answer. */
interface Pending {
  readonly untilMs: number;
  settle(place: Place): void;
  fail(error: unknown): void;
}

/** One stream to the server for the appends of all callers: each answer belongs to the append whose id it carries and to no other; when the stream ends, nothing is known of what still waits on it. */
export class AppendStream {
  /** What ended it; undefined while it takes appends. */
  end: unknown;
  private readonly pending = new Map<string, Pending>();
  private timer: NodeJS.Timeout | undefined;
  private heardMs = performance.now();

  constructor(
    private readonly stream: Call,
    private readonly patienceMs: number,
    private readonly silent: () => void,
  ) {
    stream.on('data', (answer: BatchAppendResp) => this.answered(answer));
    stream.on('error', (error) => this.ended(error));
    stream.on('end', () => this.ended(new Unanswered('the server ended the stream of appends')));
  }

  /** Appends at the exact revision, -1 for a stream without events. Throws `Elsewhere`, what the server says, or what ended this. */
  append(stream: string, expected: number, events: readonly Proposed[]): Promise<Place> {
    if (this.end !== undefined) return Promise.reject(this.end);
    const id = crypto.randomUUID();
    const request = requestOf(id, stream, expected, events);
    return new Promise((settle, fail) => {
      this.pending.set(id, { untilMs: performance.now() + this.patienceMs, settle, fail });
      this.stream.write(request);
      this.timer ??= this.wait(this.patienceMs);
    });
  }

  private answered(answer: BatchAppendResp): void {
    this.heardMs = performance.now();
    const id = idOf(answer.getCorrelationId());
    const waiting = this.pending.get(id);
    // an answer that came too late for its append is nobody's
    if (!waiting) return;
    this.pending.delete(id);
    const error = answer.getError();
    if (error) waiting.fail(errorOf(error));
    else waiting.settle(placeOf(answer));
  }

  /** Gives up what has waited too long; a stream that brought nothing at all in that time is left: its node may be frozen. */
  private expire(): void {
    this.timer = undefined;
    const now = performance.now();
    for (const [id, waiting] of this.pending) {
      if (waiting.untilMs > now) {
        this.timer = this.wait(waiting.untilMs - now);
        return;
      }
      const late = new Unanswered('no answer in time');
      if (this.heardMs < waiting.untilMs - this.patienceMs) {
        this.silent();
        this.ended(late);
        return;
      }
      this.pending.delete(id);
      waiting.fail(late);
    }
  }

  /** Time may have passed because this process stood still: what has arrived meanwhile is heard first. */
  private wait(ms: number): NodeJS.Timeout {
    return setTimeout(() => setImmediate(() => this.expire()), ms);
  }

  private ended(error: unknown): void {
    if (this.end !== undefined) return;
    this.end = error;
    clearTimeout(this.timer);
    this.stream.cancel();
    this.stream.end();
    for (const waiting of this.pending.values()) waiting.fail(error);
    this.pending.clear();
  }
}

function requestOf(id: string, stream: string, expected: number, events: readonly Proposed[]): BatchAppendReq {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream));
  // no deadline: the server would compare it with its own clock, and a node whose clock is off could append nothing
  const options = new streams.BatchAppendReq.Options();
  options.setStreamIdentifier(identifier);
  if (expected < 0) options.setNoStream(new shared.Empty() as never);
  else options.setStreamPosition(String(expected));
  const request = new streams.BatchAppendReq();
  request.setCorrelationId(uuid(id));
  request.setOptions(options);
  for (const { id, type, data, metadata } of events) {
    const message = new streams.BatchAppendReq.ProposedMessage();
    message.setId(uuid(id));
    message.getMetadataMap().set('type', type).set('content-type', 'application/json');
    message.setData(Buffer.from(data));
    if (metadata !== '') message.setCustomMetadata(Buffer.from(metadata));
    request.addProposedMessages(message);
  }
  request.setIsFinal(true);
  return request;
}

function uuid(text: string) {
  const message = new shared.UUID();
  message.setString(text);
  return message;
}

/** A UUID as text; servers send it as text or as two numbers. */
function idOf(message: ReturnType<BatchAppendResp['getCorrelationId']>): string {
  const numbers = message?.getStructured();
  if (!numbers) return message?.getString() ?? '';
  const half = (bits: string) => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0');
  const hex = half(numbers.getMostSignificantBits()) + half(numbers.getLeastSignificantBits());
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function placeOf(answer: BatchAppendResp): Place {
  const at = answer.getSuccess()?.getPosition();
  return at ? { commit: BigInt(at.getCommitPosition()), prepare: BigInt(at.getPreparePosition()) } : nowhere;
}

/** Answers that no repetition will change, by the name of their details. */
const finals: Readonly<Record<string, string>> = {
  'event_store.client.StreamDeleted': 'stream-deleted',
  'event_store.client.AccessDenied': 'access-denied',
  'event_store.client.MaximumAppendSizeExceeded': 'maximum-append-size-exceeded',
};

function errorOf(error: NonNullable<ReturnType<BatchAppendResp['getError']>>): Error {
  const details = error.getDetails();
  const name = details?.getTypeName() ?? '';
  const wrong = details?.unpack(shared.WrongExpectedVersion.deserializeBinary, wrongExpectedVersion);
  if (wrong) return new Elsewhere(wrong.hasCurrentStreamRevision() ? Number(wrong.getCurrentStreamRevision()) : -1);
  const says = error.getMessage() || name || 'an error without a word';
  return Object.assign(new Error(says), { type: finals[name] });
}

const wrongExpectedVersion = 'event_store.client.WrongExpectedVersion';
