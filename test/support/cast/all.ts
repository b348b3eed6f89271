import type { Cast } from '../samples.js';
import { batchCast } from './batch.js';
import { contactCast } from './contact.js';
import { correctionCast } from './correction.js';
import { logCast } from './log.js';
import { memberCast } from './member.js';
import { programmeCast } from './programme.js';
import { subjectCast } from './subject.js';

/** Samples of every topic, by its name. */
export const casts: Readonly<Record<string, Cast>> = {
  contact: contactCast,
  member: memberCast,
  programme: programmeCast,
  subject: subjectCast,
  batch: batchCast,
  log: logCast,
  correction: correctionCast,
};
