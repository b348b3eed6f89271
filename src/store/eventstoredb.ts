import { EventStoreDBClient } from '@eventstore/db-client';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { type Append, Appends } from './appends.js';
import { Connection, impatient, namesSeveral } from './connection.js';
import type { Place } from './place.js';
import { allRequest, Reading, streamRequest, subscribeRequest, type Visitor } from './reading.js';
import type { Recorded } from './recorded.js';
import { backoffMs, Elsewhere, finalRefusal, inTime, pause, Unanswered, unreachable } from './server-errors.js';
import type { Proposed } from './wire.js';

/** A subscription that runs. */
export interface Running {
  stop(): void;
  /** Stops, and leaves the connection where another node may answer: nothing comes by this one. */
  leave(): void;
  hold(): void;
  goOn(): void;
}

/** How long calls may take, in ms. */
export interface Patience {
  /** Without an answer, or without the next event of one. */
  readonly callMs: number;
  /** All tries of one command together. */
  readonly commandMs: number;
}

/** What a mirror needs of `$all`: all that are no system events, and those that shorten or delete streams. */
export const mirrored = /^(?:[^$]|\$metadata$|\$streamDeleted$)/;

/** All calls to an EventStoreDB or KurrentDB. Every one has a deadline of ours: the client's own do not fire against a frozen server. */
export class Server {
  private readonly client: EventStoreDBClient;
  private readonly appends: Appends;
  private readonly connection: Connection;

  constructor(
    readonly url: string,
    private readonly patience: Patience = { callMs: 3_000, commandMs: 8_000 },
  ) {
    this.client = EventStoreDBClient.connectionString(
      impatient(url.replace(/^(?:kurrentdb|kdb)(\+discover)?:/, 'esdb$1:')),
    );
    this.connection = new Connection(this.client, patience.callMs, namesSeveral(url));
    this.appends = new Appends(this.client, this.connection, patience.callMs);
  }

  /**
   * Appends at the exact revision, -1 for a stream without events. Whatever fails without saying what happened is tried again
   * with the same ids at the same revision, which the server recognises. Throws `Elsewhere`, or a refusal.
   */
  async append(stream: string, expected: number, events: readonly Proposed[]): Promise<Place> {
    return this.repeated(stream, true, () => this.appends.append(stream, expected, events));
  }

  /** Appends that the server takes in the order in which they are sent, none of them tried again; undefined where it has no stream of appends. */
  inOrder(): Promise<Append | undefined> {
    return this.appends.inOrder();
  }

  /** Whether the server would take an append to the stream now, asked by one that cannot succeed. Throws why not; not tried again. */
  async takesAppends(stream: string): Promise<void> {
    const never = { id: crypto.randomUUID(), type: 'AppendAsked', data: '{}', metadata: '' };
    await this.appends.append(stream, 2 ** 40, [never]).catch((error) => {
      if (!(error instanceof Elsewhere)) throw error;
    });
  }

  /** Events of a stream from a revision on; undefined where the stream has none that can be read. */
  stream(name: string, from: number, limit = Number.MAX_SAFE_INTEGER): Promise<Recorded[] | undefined> {
    return this.repeated(name, false, async () => {
      const found: Recorded[] = [];
      const there = await this.each(streamRequest(name, from, limit), (one) => void found.push(one));
      return there ? found : undefined;
    });
  }

  /** Hands over events of `$all` from a place on (inclusive) or before it (exclusive), until the visitor says false. Not tried again. */
  async all(
    backwards: boolean,
    from: Place | undefined,
    limit: number,
    visit: (recorded: Recorded) => boolean | undefined,
  ): Promise<void> {
    await this.each(allRequest(backwards, from, limit), visit);
  }

  /** Metadata of a stream as it is now. */
  async metadata(stream: string): Promise<Readonly<Record<string, unknown>>> {
    return this.repeated(stream, false, async () => {
      const { metadata } = await inTime(this.client.getStreamMetadata(stream), this.patience.callMs);
      return (metadata ?? {}) as Readonly<Record<string, unknown>>;
    });
  }

  /** Subscribes to `$all` after a place. Nothing resubscribes by itself. */
  subscribe(after: Place | undefined, visitor: Visitor): Running {
    const reading = new Reading(this.client, subscribeRequest(after, mirrored), {
      event: visitor.event,
      ended: (error) => visitor.ended(error ?? new Unanswered('the server ended the subscription')),
    });
    const leave = () => {
      reading.stop();
      this.silent();
    };
    return { stop: () => reading.stop(), leave, hold: () => reading.hold(), goOn: () => reading.goOn() };
  }

  async close(): Promise<void> {
    await inTime(this.client.dispose(), 1_000).catch(() => undefined);
  }

  /** Tries until it works, is refused for good, or takes too long. */
  async repeated<T>(stream: string, ambiguous: boolean, run: () => Promise<T>): Promise<T> {
    const until = Date.now() + this.patience.commandMs;
    for (let tried = 0; ; tried++) {
      try {
        return await run();
      } catch (error) {
        if (error instanceof Elsewhere) throw error;
        const refusal = finalRefusal(error, stream);
        if (refusal) throw refusal;
        if (Date.now() + backoffMs(tried) >= until) throw unreachable(error, ambiguous);
        await pause(backoffMs(tried));
      }
    }
  }

  /** Something was not answered that is none of the appends: of several nodes another one may answer. */
  private silent(): void {
    if (this.connection.several) void this.connection.leave();
  }

  /** Hands over what a read brings, until the visitor says false; false where there is no such stream. */
  private each(request: ReadReq, visit: (recorded: Recorded) => boolean | undefined): Promise<boolean> {
    return new Promise((settle, fail) => {
      let timer: NodeJS.Timeout | undefined;
      const done = (end: () => void) => {
        clearTimeout(timer);
        reading.stop();
        end();
      };
      const late = () => {
        this.silent();
        done(() => fail(new Unanswered('no answer in time')));
      };
      let there = true;
      const reading = new Reading(this.client, request, {
        event: (recorded) => {
          timer?.refresh();
          if (visit(recorded) === false) done(() => settle(true));
        },
        missing: () => {
          there = false;
        },
        ended: (error) => done(() => (error ? fail(error) : settle(there))),
      });
      timer = setTimeout(late, this.patience.callMs);
    });
  }
}
