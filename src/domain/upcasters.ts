import type { Upcast } from '../kernel/history.js';

/** Lifts one event's data from a schema version to the next. */
export type Lift = (data: Record<string, unknown>) => Record<string, unknown>;

/** Lifts by event name: the first from version 1 to 2, the second from 2 to 3, and so on. Only ever added to. */
export type Lifts = Readonly<Record<string, readonly Lift[]>>;

/** Makes an upcast of a table: every lift from the stored version on, in order; data that is new enough stays the same object. */
export const upcastBy =
  (lifts: Lifts): Upcast =>
  (event) => {
    if (!Object.hasOwn(lifts, event.type)) return event.data;
    const steps = lifts[event.type]!.slice(event.schemaversion - 1);
    return steps.reduce((lifted, lift) => lift(lifted), event.data as Record<string, unknown>);
  };

/** No event has changed its shape yet. */
export const upcast: Upcast = upcastBy({});
