import type { Event } from '../kernel/event.js';
import type { EventStore } from '../store/event-store.js';

/** Streams as told, in memory by revision, for corrections, which look at the whole of one: a cache, bounded by the events in it. */
export class Streams {
  private readonly cache = new Map<string, Event<string, object>[]>();
  private weight = 0;

  constructor(
    private readonly store: EventStore,
    private readonly maxWeight = 100_000,
  ) {}

  /** All events of a stream up to its head, in order; or, where nobody is to be asked, up to the revision that this node knows. */
  async load(stream: string, asks = true): Promise<readonly Event<string, object>[]> {
    const head = asks ? await this.store.head(stream) : this.store.known(stream);
    const known = this.cache.get(stream);
    const events = known && known.length <= head + 1 ? known : [];
    if (known && events !== known) this.weight -= known.length;
    if (events.length < head + 1) {
      const more = await this.store.read(stream, events.length, head + 1 - events.length);
      this.weight += more.length;
      for (const event of more) events.push(event);
    }
    this.cache.delete(stream);
    this.cache.set(stream, events);
    while (this.weight > this.maxWeight && this.cache.size > 1) this.drop(this.cache.keys().next().value!);
    return events;
  }

  drop(stream: string): void {
    this.weight -= this.cache.get(stream)?.length ?? 0;
    this.cache.delete(stream);
  }
}
