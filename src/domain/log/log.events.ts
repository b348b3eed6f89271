import type { EventsOf } from '../../kernel/event.js';
import { IsText, IsWhole } from '../../kernel/kinds.js';

const hashText = { public: 'a hash' };
const origin = { public: 'the name of a log' };

/** The streams changed since the last such event, and how far each had come, are bound together under one hash. */
export class StreamHeadsDigested {
  static readonly permanent = true;
  /** Position up to which it speaks. */
  @IsWhole() upTo!: number;
  @IsText(100, hashText) root!: string;
  /** How many streams. */
  @IsWhole() count!: number;
}

/** A key that was destroyed had come back, as from a restored backup, and was destroyed again. */
export class KeyDestroyedAgain {
  static readonly permanent = true;
  @IsText(80, { public: 'the id of a subject, which holds no name' }) subjectId!: string;
  @IsText(100, { public: 'a random name of a key' }) keyId!: string;
}

/** After a loss the log goes on under a new name from what was left: the tree of this size with this root. */
export class LogContinued {
  static readonly permanent = true;
  @IsText(200, origin) origin!: string;
  @IsWhole() size!: number;
  @IsText(100, hashText) root!: string;
}

/** What can happen on the `log` stream, by stored name. */
export const logEvents = { StreamHeadsDigested, KeyDestroyedAgain, LogContinued };

/** Any event of the log's own affairs. */
export type LogEvent = EventsOf<typeof logEvents>;
