import type { Cast } from '../samples.js';
import { accountCast } from './account.js';
import { activityCast } from './activity.js';
import { batchCast } from './batch.js';
import { booksCast } from './books.js';
import { contactCast } from './contact.js';
import { correctionCast } from './correction.js';
import { logCast } from './log.js';
import { memberCast } from './member.js';
import { programmeCast } from './programme.js';
import { structureCast } from './structure.js';
import { subjectCast } from './subject.js';

/** Samples of every topic, by its name. */
export const casts: Readonly<Record<string, Cast>> = {
  account: accountCast,
  activity: activityCast,
  books: booksCast,
  contact: contactCast,
  member: memberCast,
  programme: programmeCast,
  structure: structureCast,
  subject: subjectCast,
  batch: batchCast,
  log: logCast,
  correction: correctionCast,
};
