import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { Server, ServerCredentials, type ServerWritableStream, status } from '@grpc/grpc-js';
import { Appending } from './appending.js';
import { failure } from './failures.js';
import { FaultPlan } from './faults.js';
import * as say from './messages.js';
import { ServerLog } from './server-log.js';

type Reading = ServerWritableStream<ReadReq, ReadResp>;

/** A subscription that is running. */
interface Subscriber {
  readonly call: Reading;
  readonly filter: RegExp;
  readonly fault: ReturnType<FaultPlan['take']>;
  sent: number;
  silent: boolean;
}

/** How long a delayed answer takes, in ms. */
const delayMs = 300;

/** A server that speaks EventStoreDB's protocol over an in-memory log, and fails on request. */
export class FakeServer {
  readonly faults = new FaultPlan();
  private server: Server | undefined;
  private readonly subscribers = new Set<Subscriber>();
  /** What readers said of who they are. */
  readonly heard = new Set<string>();
  /** Subscriptions that were begun. */
  subscriptions = 0;
  /** Port that a `not-leader` answer names. */
  leaderPort = 0;
  readonly appending: Appending;

  constructor(readonly log = new ServerLog()) {
    this.appending = new Appending(this);
  }

  /** Starts on a free port and returns it. */
  start(credentials = ServerCredentials.createInsecure()): Promise<number> {
    const server = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
    this.server = server;
    server.addService(streamsService.StreamsService as never, {
      ...this.appending.calls(),
      read: (call: Reading) => void this.read(call),
    });
    server.addService(featuresService.ServerFeaturesService as never, {
      getSupportedMethods: (_call: unknown, answer: (error: null, message: unknown) => void) => {
        const methods = new features.SupportedMethods();
        methods.setEventStoreServerVersion('23.10.6.0');
        answer(null, methods);
      },
    });
    return new Promise((settle, fail) => {
      server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error ? fail(error) : settle(bound)));
    });
  }

  /** Stops as a killed process does; the log stays. */
  stop(): void {
    this.subscribers.clear();
    this.server?.forceShutdown();
  }

  /** Hands live subscribers what was put into the log behind the server's back. */
  publish(): void {
    for (const one of [...this.subscribers]) this.feed(one);
  }

  private async read(call: Reading): Promise<void> {
    call.on('error', () => undefined);
    this.heard.add(String(call.metadata.get('authorization')[0] ?? ''));
    const options = call.request.getOptions()!;
    if (options.hasSubscription()) return this.subscribe(call);
    const fault = this.faults.take('read')?.fault;
    if (fault) this.faults.note('read', fault);
    if (fault === 'hang') return;
    if (fault === 'drop') return broken(call, status.UNAVAILABLE, 'Connection dropped');
    if (fault === 'denied') return broken(call, status.PERMISSION_DENIED, 'Access Denied', 'access-denied');
    if (fault === 'delay') await new Promise((settle) => setTimeout(settle, delayMs));
    const backwards = options.getReadDirection() === 1;
    const limit = Number(options.getCount());
    const of = options.getStream();
    const name = of ? say.nameOf(of.getStreamIdentifier()) : '';
    const found = of ? this.log.stream(name) : this.log.all;
    if (found === null) return broken(call, status.FAILED_PRECONDITION, 'Stream deleted', 'stream-deleted', name);
    if (found === undefined) call.write(say.streamNotFound(name));
    else {
      const at = of ? (of.hasRevision() ? Number(of.getRevision()) : undefined) : positionOf(options);
      const place = of ? 'revision' : 'position';
      const fits = found.filter(
        (event) => at === undefined || (backwards ? (of ? event[place] <= at : event[place] < at) : event[place] >= at),
      );
      for (const event of (backwards ? fits.reverse() : fits).slice(0, limit)) call.write(say.eventMessage(event));
    }
    call.end();
  }

  private subscribe(call: Reading): void {
    this.subscriptions++;
    const options = call.request.getOptions()!;
    const expression = options.getFilter()?.getEventType()?.getRegex();
    const after = positionOf(options) ?? -1;
    const sent = this.log.all.findIndex((event) => event.position > after);
    const one: Subscriber = {
      call,
      filter: new RegExp(expression || '.*'),
      fault: this.faults.take('subscribe'),
      sent: sent < 0 ? this.log.all.length : sent,
      silent: false,
    };
    this.subscribers.add(one);
    call.on('cancelled', () => this.subscribers.delete(one));
    call.write(say.confirmation());
    this.feed(one);
    if (this.subscribers.has(one)) call.write(say.caughtUp());
  }

  private feed(one: Subscriber): void {
    const fault = one.fault?.fault as string | undefined;
    for (; one.sent < this.log.all.length && this.subscribers.has(one) && !one.silent; one.sent++) {
      const event = this.log.all[one.sent]!;
      if (!one.filter.test(event.type)) continue;
      if (fault && one.fault!.after-- <= 0 && !this.spoil(one, fault)) return;
      one.call.write(say.eventMessage(event, fault === 'garbled' && one.fault!.after < 0));
      if (fault === 'twice') one.call.write(say.eventMessage(event));
    }
  }

  /** Lets a subscription's fault happen; false where it gets nothing more. */
  private spoil(one: Subscriber, fault: string): boolean {
    this.faults.note('subscribe', fault);
    if (fault === 'twice' || fault === 'garbled') return true;
    this.subscribers.delete(one);
    one.silent = true;
    if (fault === 'drop') broken(one.call, status.UNAVAILABLE, 'Connection dropped');
    if (fault === 'slow')
      broken(
        one.call,
        status.ABORTED,
        'Operation timed out: Consumer too slow to handle event while live. Client resubscription required.',
      );
    if (fault === 'end') one.call.end();
    return false;
  }
}

/** Ends a reading call with an error. */
function broken(call: Reading, ...said: Parameters<typeof failure>): void {
  call.emit('error', failure(...said));
}

/** The position asked for in `$all`; undefined for either end. */
function positionOf(options: ReadReq.Options): number | undefined {
  const at = options.getAll()?.getPosition();
  return at ? Number(at.getCommitPosition()) : undefined;
}
