import type { Event } from '../../src/kernel/event.js';
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

/** What the timeline says of an event; of one that only a newer version knows, its name. */
export function lineOf(event: Event<string, object>): Line {
  const line = Object.hasOwn(lines, event.type) ? lines[event.type] : undefined;
  return line ? line(event as never) : { en: event.type, zh: event.type };
}
