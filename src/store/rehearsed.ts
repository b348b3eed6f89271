import type { Event } from '../kernel/event.js';
import type { Instant } from '../kernel/instant.js';
import { Refusal } from '../kernel/refusal.js';
import type { Appended, EventStore, Unstamped } from './event-store.js';
import { checkSizes, eventOfStamped, incoming, stamp } from './stamp.js';

/** Positions of events that are only rehearsed: after everything that is recorded. */
const beyond = 2 ** 51;

/** An event store over another one: it sees what is recorded below, and what is appended here is kept in memory alone. */
export class RehearsedStore implements EventStore {
  readonly origin: string;
  readonly whole: boolean;
  private readonly streams = new Map<string, Event<string, object>[]>();
  private readonly ids = new Map<string, Event<string, object>>();

  constructor(
    private readonly below: EventStore,
    private readonly clock: () => Instant,
  ) {
    this.origin = below.origin;
    this.whole = below.whole;
  }

  known(stream: string): number {
    return this.last(stream) ?? this.below.known(stream);
  }

  knows(id: string): Event<string, object> | undefined {
    return this.ids.get(id) ?? this.below.knows(id);
  }

  async head(stream: string): Promise<number> {
    return this.last(stream) ?? this.below.head(stream);
  }

  async read(stream: string, from: number, limit = -1): Promise<readonly Event<string, object>[]> {
    const recorded = await this.below.read(stream, from, limit);
    const rehearsed = (this.streams.get(stream) ?? []).filter((event) => event.streamrevision >= from);
    const all = [...recorded, ...rehearsed];
    return limit < 0 ? all : all.slice(0, limit);
  }

  async find(id: string, stream?: string): Promise<Event<string, object> | undefined> {
    return this.ids.get(id) ?? this.below.find(id, stream);
  }

  async append(stream: string, expected: number, events: readonly Unstamped[]): Promise<Appended> {
    const head = await this.head(stream);
    if (head !== expected)
      throw new Refusal('stream/revision-conflict', `Stream ${stream} is at revision ${head}, not at ${expected}`, {
        values: { actual: head },
      });
    const now = this.clock();
    const stamped = events.map((event, i) => stamp(event, this.origin, stream, head + 1 + i, now));
    checkSizes(stamped);
    const placed = stamped.map((one) => eventOfStamped(one, incoming(one), beyond + this.ids.size));
    const list = this.streams.get(stream) ?? [];
    this.streams.set(stream, list);
    for (const event of placed) {
      list.push(event);
      this.ids.set(event.id, event);
    }
    return { events: placed, durable: Promise.resolve(null) };
  }

  flushed(): Promise<void> {
    return this.below.flushed();
  }

  level(): Promise<void> {
    return this.below.level();
  }

  afterToken(stream: string, revision: number, position: number | null): string {
    return this.below.afterToken(stream, revision, position);
  }

  caughtUp(token: string): Promise<void> {
    return this.below.caughtUp(token);
  }

  lag(): number | null {
    return this.below.lag();
  }

  trouble(): string | null {
    return this.below.trouble();
  }

  /** The store below is not this one's to close. */
  async close(): Promise<void> {
    this.streams.clear();
    this.ids.clear();
  }

  private last(stream: string): number | undefined {
    return this.streams.get(stream)?.at(-1)?.streamrevision;
  }
}
