import { canonical } from '../kernel/canonical.js';
import { type Entry, type Event, isAnnotation } from '../kernel/event.js';
import { type Instant, iso } from '../kernel/instant.js';
import { Refusal } from '../kernel/refusal.js';
import type { Incoming } from '../ledger/ledger.js';
import type { Unstamped } from './event-store.js';

/** Longest entry in bytes: what a tlog-tiles bundle can hold. */
export const maxEntryBytes = 65_535;

/** Largest sum of one command's entries, the same on every engine. */
export const maxCommandBytes = 1_048_576;

/** The entry's attributes in full, with its bytes. */
export interface Stamped {
  readonly entry: Entry;
  readonly text: string;
}

/** Gives an event its place and its time of recording, and freezes its bytes. A valid time ahead of the clock becomes the recorded one. */
export function stamp(event: Unstamped, origin: string, stream: string, revision: number, recorded: Instant): Stamped {
  const { time, ...rest } = event;
  const recordedtime = iso(recorded);
  const annotation = isAnnotation(event.type);
  const entry: Entry = {
    ...rest,
    specversion: '1.0',
    source: origin,
    subject: stream,
    streamrevision: revision,
    time: annotation || time >= recorded ? recordedtime : iso(time),
    recordedtime,
  };
  return { entry, text: canonical(entry) };
}

/** Refuses entries that are too large, naming the type and the size, before anything is written. */
export function checkSizes(stamped: readonly Stamped[]): void {
  let total = 0;
  for (const { entry, text } of stamped) {
    const bytes = Buffer.byteLength(text);
    total += bytes;
    if (bytes <= maxEntryBytes) continue;
    const [field] = Object.entries(entry.data)
      .map(([name, value]) => [name, canonical(value).length] as const)
      .sort((a, b) => b[1] - a[1])[0] ?? ['data'];
    throw new Refusal(
      'event/too-large',
      `${entry.type} would take ${bytes} bytes, at most ${maxEntryBytes} fit; shorten ${field}`,
      {
        errors: [{ pointer: `/${field}`, code: 'tooLarge', detail: `shorten ${field}` }],
      },
    );
  }
  if (total > maxCommandBytes) {
    throw new Refusal(
      'command/too-large',
      `The command's events take ${total} bytes together, at most ${maxCommandBytes} fit; tell it in several commands`,
    );
  }
}

/** The entry as the ledger takes it. */
export function incoming({ entry, text }: Stamped): Incoming {
  const data = entry.data as { corrects?: string; retracts?: string };
  return {
    text,
    id: entry.id,
    stream: entry.subject,
    revision: entry.streamrevision,
    type: entry.type,
    account: entry.accountid,
    time: Date.parse(entry.time),
    known: Date.parse(entry.knowntime ?? entry.recordedtime),
    target: isAnnotation(entry.type) ? (data.corrects ?? data.retracts) : undefined,
  };
}

/** The event as folds see it; position 0 while it has none. */
export function eventOfStamped({ entry }: Stamped, row: Incoming, position: number): Event<string, object> {
  return { ...entry, time: row.time, known: row.known, position } as Event<string, object>;
}
