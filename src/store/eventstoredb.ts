import {
  type AllStreamResolvedEvent,
  BACKWARDS,
  END,
  EventStoreDBClient,
  eventTypeFilter,
  FORWARDS,
  type ResolvedEvent,
  START,
} from '@eventstore/db-client';
import { Appends } from './appends.js';
import type { Place } from './place.js';
import {
  backoffMs,
  Elsewhere,
  finalRefusal,
  inTime,
  isMissing,
  pause,
  Unanswered,
  unreachable,
} from './server-errors.js';
import type { Proposed } from './wire.js';

/** An event as the server gives it. */
export interface Recorded {
  readonly stream: string;
  readonly id: string;
  readonly type: string;
  readonly revision: bigint;
  readonly json: boolean;
  readonly data: unknown;
  readonly metadata: unknown;
  /** When the server took it, by its own clock. */
  readonly createdMs: number;
  readonly place: Place;
}

/** What a subscription does with what it gets; neither may throw. */
export interface Listener {
  readonly event: (recorded: Recorded) => void;
  /** Called once, when nothing more will come. */
  readonly ended: (error: unknown) => void;
}

/** A subscription that runs. */
export interface Running {
  stop(): void;
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

type Stream = NodeJS.ReadableStream & { cancel?(): Promise<void>; unsubscribe?(): Promise<void> };

/** All calls to an EventStoreDB or KurrentDB. Every one has a deadline of ours: the client's own do not fire against a frozen server. */
export class Server {
  private readonly client: EventStoreDBClient;
  private readonly appends: Appends;

  constructor(
    readonly url: string,
    private readonly patience: Patience = { callMs: 3_000, commandMs: 8_000 },
  ) {
    this.client = EventStoreDBClient.connectionString(url.replace(/^(?:kurrentdb|kdb)(\+discover)?:/, 'esdb$1:'));
    this.appends = new Appends(this.client, patience.callMs);
  }

  /**
   * Appends at the exact revision, -1 for a stream without events. Whatever fails without saying what happened is tried again
   * with the same ids at the same revision, which the server recognises. Throws `Elsewhere`, or a refusal.
   */
  async append(stream: string, expected: number, events: readonly Proposed[]): Promise<Place> {
    return this.repeated(stream, true, () => this.appends.append(stream, expected, events));
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
      try {
        await this.each(
          this.client.readStream(name, { fromRevision: BigInt(from), maxCount: limit }) as Stream,
          (one) => void found.push(one),
        );
        return found;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    });
  }

  /** Hands over events of `$all` from a place on (inclusive) or before it (exclusive), until the visitor says false. Not tried again. */
  async all(
    backwards: boolean,
    from: Place | undefined,
    limit: number,
    visit: (recorded: Recorded) => boolean | undefined,
  ): Promise<void> {
    const fromPosition = from ?? (backwards ? END : START);
    const direction = backwards ? BACKWARDS : FORWARDS;
    await this.each(this.client.readAll({ direction, fromPosition, maxCount: limit }) as Stream, visit);
  }

  /** Metadata of a stream as it is now. */
  async metadata(stream: string): Promise<Readonly<Record<string, unknown>>> {
    return this.repeated(stream, false, async () => {
      const { metadata } = await inTime(this.client.getStreamMetadata(stream), this.patience.callMs);
      return (metadata ?? {}) as Readonly<Record<string, unknown>>;
    });
  }

  /** Subscribes to `$all` after a place. Nothing resubscribes by itself. */
  subscribe(after: Place | undefined, listener: Listener): Running {
    const subscription = this.client.subscribeToAll({
      fromPosition: after ?? START,
      filter: eventTypeFilter({ regex: mirrored.source }),
    });
    let open = true;
    const end = (error: unknown) => {
      if (!open) return;
      open = false;
      void subscription.unsubscribe().catch(() => undefined);
      listener.ended(error);
    };
    subscription.on('data', (resolved: AllStreamResolvedEvent) => {
      if (open && resolved.event) listener.event(recordedOf(resolved as ResolvedEvent));
    });
    subscription.on('error', end);
    subscription.on('end', () => end(new Unanswered('the server ended the subscription')));
    subscription.on('close', () => end(new Unanswered('the subscription was closed')));
    return {
      stop: () => {
        open = false;
        void subscription.unsubscribe().catch(() => undefined);
      },
      hold: () => void subscription.pause(),
      goOn: () => void subscription.resume(),
    };
  }

  async close(): Promise<void> {
    await Promise.race([this.client.dispose(), pause(1_000)]);
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

  private each(stream: Stream, visit: (recorded: Recorded) => boolean | undefined): Promise<void> {
    return new Promise((settle, fail) => {
      let timer: NodeJS.Timeout | undefined;
      const done = (end: () => void) => {
        clearTimeout(timer);
        void stream.cancel?.().catch(() => undefined);
        end();
      };
      const wait = () => {
        clearTimeout(timer);
        timer = setTimeout(() => done(() => fail(new Unanswered('no answer in time'))), this.patience.callMs);
      };
      wait();
      stream.on('data', (resolved: unknown) => {
        wait();
        const one = resolved as ResolvedEvent;
        if (one.event && visit(recordedOf(one)) === false) done(settle);
      });
      stream.on('error', (error) => done(() => fail(error)));
      stream.on('end', () => done(settle));
    });
  }
}

function recordedOf({ event, commitPosition }: ResolvedEvent): Recorded {
  const { streamId, id, type, revision, isJson, data, metadata, created, position } = event!;
  return {
    stream: streamId,
    id,
    type,
    revision,
    json: isJson,
    data,
    metadata,
    createdMs: created.getTime(),
    place: position ?? { commit: commitPosition ?? -1n, prepare: commitPosition ?? -1n },
  };
}
