import type { Topic } from '../domain/topic.js';
import { upcast } from '../domain/upcasters.js';
import type { Event } from '../kernel/event.js';
import { isAnnotation } from '../kernel/event.js';
import { effectiveStream } from '../kernel/history.js';
import type { EventStore } from '../store/event-store.js';

/** A decider's folded state with the revision it stands at. */
export interface Folded {
  state: unknown;
  revision: number;
}

/**
 * Decider states in memory by stream revision: a cache, never a snapshot. Bounded by the number of events folded in all, so that
 * a few large accounts do not hold what many small ones need.
 */
export class States {
  private readonly cache = new Map<string, Folded>();
  private weight = 0;

  constructor(
    private readonly store: EventStore,
    private readonly maxWeight = 2_000_000,
  ) {}

  /** The state of a stream at its head; or, where nobody is to be asked, at the revision that this node knows. */
  async load(topic: Topic, stream: string, asks = true): Promise<Folded> {
    const head = asks ? await this.store.head(stream) : this.store.known(stream);
    const cached = this.cache.get(stream);
    if (cached && cached.revision === head) {
      this.cache.delete(stream);
      this.cache.set(stream, cached);
      return cached;
    }
    if (cached && cached.revision < head) {
      const more = await this.store.read(stream, cached.revision + 1, head - cached.revision);
      if (!more.some((event) => isAnnotation(event.type))) return this.advance(topic, stream, cached, more);
    }
    this.drop(stream);
    const events = head < 0 ? [] : await this.store.read(stream, 0, head + 1);
    const folded: Folded = { state: fold(topic, events), revision: events.at(-1)?.streamrevision ?? -1 };
    return this.keep(stream, folded);
  }

  /** Steps a loaded state over the events just appended; a correction drops it, to be folded anew. */
  advance(topic: Topic, stream: string, folded: Folded, events: readonly Event<string, object>[]): Folded {
    if (events.some((event) => isAnnotation(event.type))) {
      this.drop(stream);
      return folded;
    }
    // another decision may have taken some of them in while these were read
    const fresh = events.filter((event) => event.streamrevision > folded.revision);
    for (const event of fresh) step(topic, folded.state, event);
    folded.revision = fresh.at(-1)?.streamrevision ?? folded.revision;
    this.weight += this.cache.get(stream) === folded ? fresh.length : 0;
    return folded;
  }

  /** Takes in what was just appended after `revision`, where that state is at hand. */
  appended(topic: Topic, stream: string, revision: number, events: readonly Event<string, object>[]): void {
    const folded = this.cache.get(stream);
    if (folded?.revision === revision) this.advance(topic, stream, folded, events);
  }

  drop(stream: string): void {
    const known = this.cache.get(stream);
    if (known) this.weight -= known.revision + 2;
    this.cache.delete(stream);
  }

  private keep(stream: string, folded: Folded): Folded {
    this.drop(stream);
    this.cache.set(stream, folded);
    this.weight += folded.revision + 2;
    while (this.weight > this.maxWeight && this.cache.size > 1) this.drop(this.cache.keys().next().value!);
    return folded;
  }
}

/** Folds a stream's effective events in order of revision. */
export function fold(topic: Topic, events: readonly Event<string, object>[]): unknown {
  const state = topic.decider.initial();
  for (const event of effectiveStream(events, upcast)) step(topic, state, event);
  return state;
}

function step(topic: Topic, state: unknown, event: Event<string, object>): void {
  const on = topic.decider.on as Record<string, ((state: unknown, event: Event<string, object>) => void) | undefined>;
  on[event.type]?.(state, event);
}
