import type { Entry, Event } from '../kernel/event.js';
import type { Instant } from '../kernel/instant.js';

/** An event decided and sealed, before the writer stamps it: its valid time as asked, no revision, no recorded time. */
export interface Unstamped
  extends Omit<Entry, 'time' | 'recordedtime' | 'streamrevision' | 'subject' | 'specversion' | 'source'> {
  readonly time: Instant;
}

/** Events that have their place in a stream. */
export interface Appended {
  readonly events: readonly Event<string, object>[];
  /** Settles when the events will survive a power cut; with the position of the last one, null while the mirror is behind. */
  readonly durable: Promise<number | null>;
  /** Whether they had been recorded before, by the same command through another node; known once `durable` has settled. */
  readonly replayed?: () => boolean;
}

/** Positions from here on are provisional: the event is on the server and not in this ledger yet; they only order a stream. */
export const provisional = 2 ** 52;

/** Whether an event has its place in the ledger. */
export const isPlaced = (position: number): boolean => position > 0 && position < provisional;

/** Who decides what is appended: the embedded ledger, or a cluster. */
export interface EventStore {
  /** Name of the log: CloudEvents `source`. */
  readonly origin: string;
  /** Whether this node knows all that there is, so that nobody has to be asked. */
  readonly whole: boolean;
  /** Highest revision of a stream that this node knows of without asking; -1 where it knows of none. */
  known(stream: string): number;
  /** The event with that id, where this node knows of it without asking. */
  knows(id: string): Event<string, object> | undefined;
  /** Highest revision of a stream, what is not yet durable included; -1 where it has no event. */
  head(stream: string): Promise<number>;
  /** Events of a stream from a revision on, in order, all of them unless limited, what is not yet durable included. Nobody is asked where this node knows as many as the limit says. */
  read(stream: string, from: number, limit?: number): Promise<readonly Event<string, object>[]>;
  /** The event with that id. `stream` says where to look first. */
  find(id: string, stream?: string): Promise<Event<string, object> | undefined>;
  /** Appends all or nothing at the exact revision; refuses `stream/revision-conflict` where the stream is elsewhere. */
  append(stream: string, expected: number, events: readonly Unstamped[]): Promise<Appended>;
  /** Settles when everything appended so far is durable. */
  flushed(): Promise<void>;
  /** Settles when the ledger has everything that the log had when this was asked. */
  level(): Promise<void>;
  /** Opaque token for `?after=`: a reader that passes it sees the stream up to that revision. */
  afterToken(stream: string, revision: number, position: number | null): string;
  /** Settles when what a token stands for can be read from the ledger. */
  caughtUp(token: string): Promise<void>;
  /** Events that the ledger has yet to mirror, estimated where they are many; null where it is the log itself. */
  lag(): number | null;
  /** Why nothing can be written at the moment, as a sentence; null where all is well. */
  trouble(): string | null;
  /** Stops taking appends, finishes what runs, and lets go of what it holds. */
  close(): Promise<void>;
}
