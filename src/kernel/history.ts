import { type Box, corrected, type Entry, type Event, isAnnotation, retracted } from './event.js';
import type { Instant } from './instant.js';
import { changed } from './told.js';

/** Reads an entry's bytes as folds see it. */
export function eventOf(text: string, position: number): Event<string, object> {
  const entry = JSON.parse(text) as Entry;
  return eventFrom(entry, position, Date.parse(entry.time), Date.parse(entry.knowntime ?? entry.recordedtime));
}

/** The same where the instants are at hand already: the parsed entry itself, completed. */
export function eventFrom(entry: Entry, position: number, time: Instant, known: Instant): Event<string, object> {
  const event = entry as unknown as { time: Instant; known: Instant; position: number };
  event.time = time;
  event.known = known;
  event.position = position;
  return entry as unknown as Event<string, object>;
}

/** An event's data, lifted from an older shape to the newest; applied after corrections are resolved (`bytes.md` §6). */
export type Upcast = (event: Pick<Event<string, object>, 'type' | 'schemaversion' | 'data'>) => object;

interface Annotation extends Event<string, object> {
  readonly data: {
    corrects?: string;
    retracts?: string;
    set?: Record<string, unknown>;
    unset?: string[];
    time?: string;
    sealed?: Entry['data'];
  };
}

/**
 * Resolves corrections and retractions among known events in one pass from the highest position down, and returns the effective
 * events in order of (time, position). An annotation that is itself retracted does not count; of live corrections the latest wins,
 * field by field; an annotation of an unknown target does nothing.
 */
export function effective(events: readonly Event<string, object>[], upcast: Upcast = keep): Event<string, object>[] {
  const result = resolve(events, upcast);
  return inOrder(result) ? result : result.sort((a, b) => a.time - b.time || a.position - b.position);
}

/** The same in order of position, as deciders fold their stream. */
export function effectiveStream(
  events: readonly Event<string, object>[],
  upcast: Upcast = keep,
): Event<string, object>[] {
  return resolve(events, upcast).sort((a, b) => a.position - b.position);
}

function resolve(events: readonly Event<string, object>[], upcast: Upcast): Event<string, object>[] {
  const annotations = events.filter((event) => isAnnotation(event.type)) as Annotation[];
  if (annotations.length === 0) return events.map((event) => lifted(event, upcast));
  annotations.sort((a, b) => b.position - a.position);
  const gone = new Set<string>();
  const corrections = new Map<string, Annotation[]>();
  for (const annotation of annotations) {
    if (gone.has(annotation.id)) continue;
    if (annotation.type === retracted && annotation.data.retracts) gone.add(annotation.data.retracts);
    if (annotation.type === corrected && annotation.data.corrects) {
      const list = corrections.get(annotation.data.corrects) ?? [];
      corrections.set(annotation.data.corrects, list);
      list.push(annotation);
    }
  }
  const result: Event<string, object>[] = [];
  for (const event of events) {
    if (isAnnotation(event.type) || gone.has(event.id)) continue;
    const live = corrections.get(event.id);
    result.push(lifted(live ? correct(event, live.reverse()) : event, upcast));
  }
  return result;
}

/** The event as its corrections (oldest first) make it. Untouched personal fields stay in the original box. */
function correct(event: Event<string, object>, corrections: readonly Annotation[]): Event<string, object> {
  const data: Record<string, unknown> = { ...event.data };
  const boxes: { entry: Box['entry']; sealed: Box['sealed']; replaced: string[] }[] = [];
  const box = (from: Event<string, object>) => {
    const sealed = (from.data as { sealed?: Box['sealed'] }).sealed;
    if (sealed) boxes.push({ entry: from, sealed, replaced: [] });
  };
  box(event);
  let time = event.time;
  for (const correction of corrections) {
    const { set = {}, unset = [] } = correction.data;
    const touched = [...Object.keys(set), ...unset];
    for (const earlier of boxes) earlier.replaced.push(...touched);
    Object.assign(data, set);
    for (const name of unset) delete data[name];
    if (correction.data.time) time = Date.parse(correction.data.time);
    box(correction);
  }
  if (boxes.length > 0) data.sealed = boxes[0]!.sealed;
  return changed(event, { data, time, boxes, correctedBy: corrections.map((c) => c.position) });
}

/** The event with its data in the newest shape. */
export function lifted(event: Event<string, object>, upcast: Upcast): Event<string, object> {
  const data = upcast(event);
  return data === event.data ? event : changed(event, { data });
}

const keep: Upcast = ({ data }) => data;

function inOrder(events: readonly Event<string, object>[]): boolean {
  for (let i = 1; i < events.length; i++) {
    const a = events[i - 1]!;
    const b = events[i]!;
    if (a.time > b.time || (a.time === b.time && a.position > b.position)) return false;
  }
  return true;
}
