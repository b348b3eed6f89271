import { Refusal } from '../kernel/refusal.js';
import type { Incoming } from '../ledger/ledger.js';
import type { Hash } from '../ledger/merkle.js';
import type { Running, Server } from './eventstoredb.js';
import type { Names } from './names.js';
import type { Place } from './place.js';
import type { Recorded } from './recorded.js';
import { goneForEver } from './server-errors.js';
import { incoming } from './stamp.js';
import { restored } from './wire.js';

/** An entry that came from the server, with the hash that proved it. */
export interface Arrived extends Incoming {
  readonly leaf: Hash;
}

/** What an event of the server comes to, before it is held against the ledger; only its place where it is none of ours. */
export interface Arrival {
  readonly place: Place;
  /** When the server took it, by its own clock. */
  readonly createdMs: number;
  readonly entry?: Arrived;
  /** The stream whose metadata it writes, as the server names it. */
  readonly metadataOf?: string;
  /** Why it cannot be right, as a sentence. */
  readonly wrong?: string;
}

/** What becomes of a subscription; none may throw. */
export interface Listener {
  readonly arrived: (arrivals: readonly Arrival[]) => void;
  /** Called once, when nothing more will come. */
  readonly ended: (error: unknown) => void;
}

/** Where a mirror gets its entries from. */
export interface Feeding {
  /** Subscribes to what comes after a place of the log of that name. Nothing resubscribes by itself. */
  follow(origin: string, after: Place | undefined, listener: Listener): Running;
  close(): void;
}

/** Events that are handed over together at the most. */
const most = 500;

/** The server's events as entries, proven by their hashes; what came at once is handed over at once. */
export class Feed implements Feeding {
  constructor(
    private readonly server: Server,
    private readonly names: Names,
  ) {}

  follow(origin: string, after: Place | undefined, { arrived, ended }: Listener): Running {
    let some: Arrival[] = [];
    const handOver = () => {
      const arrivals = some;
      some = [];
      if (arrivals.length > 0) arrived(arrivals);
    };
    const running = this.server.subscribe(after, {
      event: (recorded) => {
        const arrival = this.arrival(recorded, origin);
        if (some.length === 0) setImmediate(handOver);
        if (isPassing(arrival) && some.length > 0 && isPassing(some.at(-1)!)) some.pop();
        some.push(arrival);
        if (some.length >= most) handOver();
      },
      ended: (error) => {
        handOver();
        ended(error);
      },
    });
    const ending = (end: () => void) => () => {
      some = [];
      end();
    };
    const [stop, leave] = [ending(() => running.stop()), ending(() => running.leave())];
    return { stop, leave, hold: () => running.hold(), goOn: () => running.goOn() };
  }

  close(): void {}

  private arrival(recorded: Recorded, origin: string): Arrival {
    const { place, createdMs, type } = recorded;
    const metadataOf = type === '$metadata' && recorded.stream.startsWith('$$') ? recorded.stream.slice(2) : '';
    if (this.names.ours(metadataOf) !== undefined) return { place, createdMs, metadataOf };
    const stream = this.names.ours(recorded.stream);
    if (stream === undefined || (type.startsWith('$') && type !== '$streamDeleted')) return { place, createdMs };
    if (type === '$streamDeleted') return { place, createdMs, wrong: goneForEver(recorded.stream) };
    try {
      const there = restored(recorded, stream, origin);
      return { place, createdMs, entry: { ...incoming(there), leaf: there.leaf } };
    } catch (error) {
      if (error instanceof Refusal) return { place, createdMs, wrong: error.message };
      throw error;
    }
  }
}

/** Whether nothing of ours came, so that only the last of several such places is of interest. */
const isPassing = ({ entry, metadataOf, wrong }: Arrival): boolean =>
  !entry && metadataOf === undefined && wrong === undefined;
