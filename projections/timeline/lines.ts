import type { Event } from '../../src/kernel/event.js';
import { type Calendar, iso, MINUTE_MS, parseInstant, utcCalendar } from '../../src/kernel/instant.js';
import { changed } from '../../src/kernel/told.js';
import { accountLines } from './account.js';
import { activityLines } from './activity.js';
import { batchLines } from './batch.js';
import { booksLines } from './books.js';
import { contactLines } from './contact.js';
import { correctionLines } from './correction.js';
import type { Line } from './line.js';
import { logLines } from './log.js';
import { memberLines } from './member.js';
import { programmeLines } from './programme.js';
import { structureLines } from './structure.js';
import { subjectLines } from './subject.js';

type AnyLines = Readonly<Record<string, ((event: never) => Line) | undefined>>;

const lines: AnyLines = {
  ...accountLines,
  ...activityLines,
  ...booksLines,
  ...contactLines,
  ...memberLines,
  ...programmeLines,
  ...structureLines,
  ...subjectLines,
  ...batchLines,
  ...logLines,
  ...correctionLines,
};

/** What the timeline says of an event, its days in the firm's calendar; of one that only a newer version knows, its name. */
export function lineOf(event: Event<string, object>, { utcOffsetMin }: Calendar = utcCalendar): Line {
  const line = Object.hasOwn(lines, event.type) ? lines[event.type] : undefined;
  if (!line) return { en: event.type, zh: event.type };
  const local =
    utcOffsetMin === 0 ? event : changed(event, { data: shifted(event.data, utcOffsetMin * MINUTE_MS) as object });
  return line(local as never);
}

/** The same with every instant so much later: then the date that it is written with is the firm's. */
function shifted(value: unknown, by: number): unknown {
  if (typeof value === 'string') {
    const at = parseInstant(value);
    return at === null ? value : iso(at + by);
  }
  if (Array.isArray(value)) return value.map((one) => shifted(one, by));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shifted(one, by)]));
}
