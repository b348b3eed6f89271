import type { EventsOf } from '../../kernel/event.js';
import { IsMapOf, IsPart, Optional } from '../../kernel/fields.js';
import { IsId, IsText, IsWhole } from '../../kernel/kinds.js';

/** A file as it was imported: its name, and the digest that tells it from every other. */
export class ImportedFile {
  @IsText(500) name!: string;
  @IsText(100, { public: 'a digest' }) digest!: string;
}

/** Records of another system began to come in. */
export class ImportStarted {
  static readonly permanent = true;
  @IsId() sourceSystem!: string;
  @IsText(500, { public: 'the name of a mapping, a program of our own' }) mapping!: string;
  @IsPart(() => ImportedFile, { list: true }) files!: ImportedFile[];
}

/** Everything of the files that could come in is in. */
export class ImportCompleted {
  static readonly permanent = true;
  /** How many records came to what: imported, repeated, changed … */
  @IsMapOf({ type: 'integer', minimum: 0 }, (v) =>
    Number.isSafeInteger(v) && (v as number) >= 0 ? null : 'a whole number of at least 0',
  )
  counts!: Record<string, number>;
  /** Rows left out, each with its reason in the report. */
  @IsWhole() rejected!: number;
}

/** Everything that the import brought is taken back, by retractions. */
export class ImportReverted {
  static readonly permanent = true;
  @Optional() @IsText(8000) reason?: string;
}

/** What can happen on a `batch` stream, by stored name. */
export const batchEvents = { ImportStarted, ImportCompleted, ImportReverted };

/** Any event of an import. */
export type BatchEvent = EventsOf<typeof batchEvents>;
