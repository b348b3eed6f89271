import type { EventsOf } from '../../kernel/event.js';
import { Optional } from '../../kernel/fields.js';
import { IsId, IsText, IsWhen, IsWhole } from '../../kernel/kinds.js';

const keyName = { public: 'a random name of a key, which tells nothing of the person' };
const legalBasis = { public: 'an article of law, never a person' };

/** A key for one subject's personal data exists, and this commitment tells it from every other. */
export class SubjectKeyCreated {
  static readonly permanent = true;
  @IsText(100, keyName) keyId!: string;
  @IsText(100, { public: 'a one-way value of the key' }) commitment!: string;
}

/** Somebody entitled to it asked that a subject's personal data be destroyed. */
export class ErasureRequested {
  static readonly permanent = true;
  @IsText(500, legalBasis) basis!: string;
  @Optional() @IsWhen('bound') deadline?: string;
  @IsText(8000) reason!: string;
}

/** From here on nothing personal of the subject is read or written; these keys are to be destroyed. */
export class SubjectErased {
  static readonly permanent = true;
  @IsText(100, { list: true, ...keyName }) keyIds!: string[];
}

/** The keys are destroyed, and what was derived from them is gone too. */
export class ErasureCompleted {
  static readonly permanent = true;
  @IsText(100, { list: true, ...keyName }) keyIds!: string[];
  /** Accounts whose views were built anew. */
  @Optional() @IsWhole() rebuilt?: number;
}

/** A subject's data must be kept for now, whoever asks. */
export class LegalHoldPlaced {
  static readonly permanent = true;
  @IsId() holdId!: string;
  @IsText(500, legalBasis) basis!: string;
  @Optional() @IsWhen('bound') until?: string;
  @IsText(8000) reason!: string;
}

/** That duty to keep has ended. */
export class LegalHoldLifted {
  static readonly permanent = true;
  @IsId() holdId!: string;
  @IsText(8000) reason!: string;
}

/** What can happen on a `subject` stream, by stored name. */
export const subjectEvents = {
  SubjectKeyCreated,
  ErasureRequested,
  SubjectErased,
  ErasureCompleted,
  LegalHoldPlaced,
  LegalHoldLifted,
};

/** Any event of a subject's keys and privacy. */
export type SubjectEvent = EventsOf<typeof subjectEvents>;
