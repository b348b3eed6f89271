import type { Class } from './fields.js';
import type { Instant } from './instant.js';

/** The sealed form of an event's personal fields (`bytes.md` §5). */
export interface Sealed {
  readonly keys: readonly string[];
  readonly box: string;
}

/** One event as it is stored: a CloudEvents 1.0 event whose canonical JSON is the entry's bytes. */
export interface Entry {
  readonly specversion: '1.0';
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly schemaversion: number;
  /** The stream. */
  readonly subject: string;
  readonly streamrevision: number;
  /** The account whose History the event enters. */
  readonly accountid?: string;
  /** Valid time, when it happened in the world: ISO, UTC, ms. */
  readonly time: string;
  /** When this log recorded it: ISO, UTC, ms. */
  readonly recordedtime: string;
  /** When the source system had recorded it: a claim of an import. */
  readonly knowntime?: string;
  readonly authtype: 'user' | 'service' | 'import' | 'system';
  readonly authid: string;
  readonly sourcesystem?: string;
  readonly sourcekey?: string;
  readonly sourceactor?: string;
  readonly commandid?: string;
  readonly commanddigest?: string;
  readonly correlationid?: string;
  readonly causationid?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One box of sealed fields of an effective event: the entry it was sealed in, and the fields that later corrections took from it. */
export interface Box {
  readonly entry: Pick<Entry, 'id' | 'schemaversion' | 'source' | 'subject' | 'type'>;
  readonly sealed: Sealed;
  readonly replaced: readonly string[];
}

/** An event as folds see it: the entry with its instants as numbers and its position in the log. */
export interface Event<T extends string = string, D extends object = Record<string, unknown>>
  extends Omit<Entry, 'type' | 'data' | 'time'> {
  readonly type: T;
  readonly data: D;
  /** Valid time. */
  readonly time: Instant;
  /** When it was known: `knowntime`, else `recordedtime`. */
  readonly known: Instant;
  readonly position: number;
  /** Present where corrections changed the event: its boxes, oldest first; later fields win. */
  readonly boxes?: readonly Box[];
  /** Positions of the corrections that live in this version. */
  readonly correctedBy?: readonly number[];
}

/** An event's class: its shape, and what the house must know of it. */
export interface EventClass<T extends object = object> extends Class<T> {
  /** Never corrected or retracted. */
  readonly permanent?: boolean;
  /** Version of the shape, 1 unless said; a higher one brings an upcaster. */
  readonly schemaversion?: number;
}

/** Events by their stored names: a topic's registry. */
export type EventClasses = Readonly<Record<string, EventClass>>;

/** The union of events that a registry declares. */
export type EventsOf<R extends EventClasses> = { [T in keyof R & string]: Event<T, InstanceType<R[T]>> }[keyof R &
  string];

/** The event of that name among a union. */
export type EventOf<E extends Event<string, object>, T extends E['type']> = Extract<E, { type: T }>;

/** A table of functions by event name. Any subset: what is not named is of no interest. */
export type Handlers<S, E extends Event<string, object>, Rest extends unknown[] = []> = {
  readonly [T in E['type']]?: (state: S, event: EventOf<E, T>, ...rest: Rest) => void;
};

/** The names of corrections, which every fold sees already applied. */
export const corrected = 'EventCorrected';
export const retracted = 'EventRetracted';

/** True for an event that annotates another instead of telling something of the world. */
export const isAnnotation = (type: string): boolean => type === corrected || type === retracted;
