import type { Duplex, Writable } from 'node:stream';
import type { EventStoreDBClient } from '@eventstore/db-client';
import service from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { type Answered, answerOf, requestOf } from './append-messages.js';
import { framed, http2StreamOf } from './direct.js';
import type { Place } from './place.js';
import { Unanswered } from './server-errors.js';
import type { Proposed } from './wire.js';

/** The stream as gRPC gives it. */
type Call = Duplex & { cancel(): void };

/** What the client does for calls of its own, and here for one of ours: connection and credentials. */
interface Calls {
  GRPCStreamCreator(stubs: unknown, name: string, create: (client: Stubs) => Call): () => Promise<Call>;
  callArguments(options: object, more: { deadline: number }): unknown[];
}
interface Stubs {
  makeBidiStreamRequest(path: string, write: unknown, read: unknown, ...rest: unknown[]): Call;
}

const { path } = (service as unknown as { StreamsService: { batchAppend: { path: string } } }).StreamsService
  .batchAppend;
const asItIs = (bytes: Buffer): Buffer => bytes;

/** Longest time that an append waits for those before it to be answered, in ms. */
const gatherMs = 5;

/** Opens a stream of appends on the client's connection. `silent` is called once it has fallen silent. */
export async function openAppendStream(
  client: EventStoreDBClient,
  patienceMs: number,
  silent: () => void,
): Promise<AppendStream> {
  const calls = client as unknown as Calls;
  let opened: AppendStream;
  await calls.GRPCStreamCreator(service.StreamsClient, 'append', (stubs) => {
    const said = calls.callArguments({}, { deadline: Infinity });
    const stream = stubs.makeBidiStreamRequest(path, asItIs, asItIs, ...said);
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

/**
 * One stream to the server for the appends of all callers: each answer belongs to the append whose id it carries and to no other; when
 * the stream ends, nothing is known of what still waits on it. What comes while appends are under way is sent together once they are
 * answered, or after a moment: both sides then take many at a time, which costs each of them less, and the disk one flush.
 */
export class AppendStream {
  /** What ended it; undefined while it takes appends. */
  end: unknown;
  private readonly pending = new Map<string, Pending>();
  /** Appends that have yet to be sent. */
  private held: Buffer[] = [];
  /** Takes many at once; undefined before the first answer, and where gRPC has no such thing. */
  private direct: Writable | undefined;
  private sending: NodeJS.Timeout | undefined;
  private timer: NodeJS.Timeout | undefined;
  private heardMs = performance.now();

  constructor(
    private readonly stream: Call,
    private readonly patienceMs: number,
    private readonly silent: () => void,
  ) {
    stream.on('data', (answer: unknown) => this.answered(answer as Buffer));
    stream.on('error', (error) => this.ended(error));
    stream.on('end', () => this.ended(new Unanswered('the server ended the stream of appends')));
  }

  /** Whether appends that wait for each other leave as one. */
  get together(): boolean {
    return this.direct !== undefined;
  }

  /** Appends at the exact revision, -1 for a stream without events; `atOnce` waits for none before it. Throws `Elsewhere`, what the server says, or what ended this. */
  append(stream: string, expected: number, events: readonly Proposed[], atOnce = false): Promise<Place> {
    if (this.end !== undefined) return Promise.reject(this.end);
    const id = crypto.randomUUID();
    const request = requestOf(id, stream, expected, events);
    return new Promise((settle, fail) => {
      this.pending.set(id, { untilMs: performance.now() + this.patienceMs, settle, fail });
      this.held.push(request);
      if (atOnce) this.flush();
      else if (this.held.length === 1) this.flushSoon();
      this.timer ??= this.wait(this.patienceMs);
    });
  }

  private flushSoon(): void {
    if (this.pending.size === 1) setImmediate(() => this.flush());
    else this.sending = setTimeout(() => this.flush(), gatherMs);
  }

  private flush(): void {
    clearTimeout(this.sending);
    const { held } = this;
    this.held = [];
    if (this.end !== undefined || held.length === 0) return;
    if (this.direct) this.direct.write(framed(held));
    else for (const request of held) this.stream.write(request);
  }

  private answered(message: Buffer): void {
    this.heardMs = performance.now();
    const answer = this.read(message);
    const waiting = answer && this.pending.get(answer.id);
    // an answer that came too late for its append is nobody's
    if (!waiting) return;
    this.pending.delete(answer.id);
    if (answer.error) waiting.fail(answer.error);
    else waiting.settle(answer.place);
    if (this.pending.size > this.held.length) return;
    // nothing is under way that this could overtake, and after an answer gRPC stays with this connection
    this.direct ??= http2StreamOf(this.stream);
    if (this.held.length > 0) setImmediate(() => this.flush());
  }

  private read(message: Buffer): Answered | undefined {
    try {
      return answerOf(message);
    } catch (error) {
      this.ended(error);
      return undefined;
    }
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
    clearTimeout(this.sending);
    this.stream.cancel();
    this.stream.end();
    for (const waiting of this.pending.values()) waiting.fail(error);
    this.pending.clear();
  }
}
