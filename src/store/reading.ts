import type { EventStoreDBClient } from '@eventstore/db-client';
import { convertToCommandError } from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { Place } from './place.js';
import { answerIn, type Recorded } from './recorded.js';
import { Unanswered } from './server-errors.js';

/** What is done with what a read brings; none may throw. */
export interface Visitor {
  readonly event: (recorded: Recorded) => void;
  /** The stream that was asked for is not there. */
  readonly missing?: () => void;
  /** Called once, when nothing more will come; without an error where the server has said everything. */
  readonly ended: (error: unknown) => void;
}

interface Call extends NodeJS.ReadableStream {
  cancel(): void;
}

/** The client's own way to a call: it finds the node, and finds another one after an error. */
interface Inside {
  callArguments(options: object, call: object): [metadata: unknown, options: unknown];
  GRPCStreamCreator(service: unknown, name: string, begin: (grpc: Grpc) => Call): () => Promise<Call>;
}

interface Grpc {
  makeServerStreamRequest(path: string, write: unknown, read: unknown, request: unknown, ...rest: unknown[]): Call;
}

const { path, requestSerialize } = (
  streamsService as unknown as { StreamsService: { read: { path: string; requestSerialize: unknown } } }
).StreamsService.read;
const asItCame = (bytes: Buffer): Buffer => bytes;

/** A read or a subscription that runs. The client opens the call; its messages are taken as bytes, past the client's own reading of them. */
export class Reading {
  private call: Call | undefined;
  private over = false;
  private held = false;

  constructor(
    client: EventStoreDBClient,
    request: ReadReq,
    private readonly visitor: Visitor,
  ) {
    const inside = client as unknown as Inside;
    const begin = (grpc: Grpc) => {
      const said = inside.callArguments({}, { deadline: Number.POSITIVE_INFINITY });
      return grpc.makeServerStreamRequest(path, requestSerialize, asItCame, request, ...said);
    };
    inside
      .GRPCStreamCreator(streamsService.StreamsClient, 'read', begin)()
      .then(
        (call) => this.opened(call),
        (error) => this.end(error),
      );
  }

  /** Nothing more is wanted. */
  stop(): void {
    this.over = true;
    const { call } = this;
    // a call that is cancelled while it hands over a message never ends
    if (call) setImmediate(() => call.cancel());
  }

  hold(): void {
    this.held = true;
    this.call?.pause();
  }

  goOn(): void {
    this.held = false;
    this.call?.resume();
  }

  private opened(call: Call): void {
    this.call = call;
    call.on('error', (error: Error) => this.end(convertToCommandError(error)));
    call.on('end', () => this.end(undefined));
    call.on('close', () => this.end(new Unanswered('the call was closed')));
    call.on('data', (message: unknown) => this.take(message as Buffer));
    if (this.held) call.pause();
    if (this.over) this.stop();
  }

  private take(message: Buffer): void {
    if (this.over) return;
    try {
      const answer = answerIn(message);
      if (!answer) return;
      if ('event' in answer) this.visitor.event(answer.event);
      else this.visitor.missing?.();
    } catch (error) {
      this.end(error);
    }
  }

  private end(error: unknown): void {
    if (this.over) return;
    this.stop();
    this.visitor.ended(error);
  }
}

/** Asks for events of a stream from a revision on. */
export function streamRequest(name: string, from: number, limit: number): ReadReq {
  const { request, options } = begun(limit);
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(name).toString('base64'));
  const stream = new streams.ReadReq.Options.StreamOptions();
  stream.setStreamIdentifier(identifier);
  stream.setRevision(String(from));
  options.setStream(stream);
  options.setNoFilter(new shared.Empty());
  return request;
}

/** Asks for events of `$all` from a place on (inclusive), or backwards before it; from either end without one. */
export function allRequest(backwards: boolean, from: Place | undefined, limit: number): ReadReq {
  const { request, options } = begun(limit);
  options.setAll(allFrom(from, backwards));
  options.setReadDirection(backwards ? 1 : 0);
  options.setNoFilter(new shared.Empty());
  return request;
}

/** Asks for the events of `$all` after a place whose type fits, for ever. */
export function subscribeRequest(after: Place | undefined, types: RegExp): ReadReq {
  const { request, options } = begun();
  options.setAll(allFrom(after, false));
  options.setSubscription(new streams.ReadReq.Options.SubscriptionOptions());
  const expression = new streams.ReadReq.Options.FilterOptions.Expression();
  expression.setRegex(types.source);
  const filter = new streams.ReadReq.Options.FilterOptions();
  filter.setEventType(expression);
  filter.setCount(new shared.Empty());
  filter.setCheckpointintervalmultiplier(checkpoints);
  options.setFilter(filter);
  return request;
}

/** Nobody looks at the checkpoints of a subscription: each is of so many windows of 32 events. */
const checkpoints = 1_000;

function begun(limit?: number): { request: ReadReq; options: ReadReq.Options } {
  const ids = new streams.ReadReq.Options.UUIDOption();
  ids.setString(new shared.Empty());
  const options = new streams.ReadReq.Options();
  options.setUuidOption(ids);
  options.setResolveLinks(false);
  if (limit !== undefined) options.setCount(String(limit));
  const request = new streams.ReadReq();
  request.setOptions(options);
  return { request, options };
}

function allFrom(from: Place | undefined, backwards: boolean): ReadReq.Options.AllOptions {
  const all = new streams.ReadReq.Options.AllOptions();
  if (from) {
    const position = new streams.ReadReq.Options.Position();
    position.setCommitPosition(String(from.commit));
    position.setPreparePosition(String(from.prepare));
    all.setPosition(position);
  } else if (backwards) all.setEnd(new shared.Empty());
  else all.setStart(new shared.Empty());
  return all;
}
