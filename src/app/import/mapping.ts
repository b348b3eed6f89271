/** A command as a mapping makes it: the command's name and its body, without `commandId`. */
export interface MappedCommand {
  readonly command: string;
  readonly [field: string]: unknown;
}

/** What a mapping is told of where its rows stand. */
export interface MappingContext {
  readonly file: string;
  /** Line of each row in the file, the header being line 1. */
  readonly lines: readonly number[];
}

/** When the source had recorded a record, and who did it there; both are shown as the source's claims. */
export interface Claims {
  readonly knownAt?: string;
  readonly actor?: string;
}

/** How rows of a source become commands. */
export interface Mapping<Row = Record<string, string>> {
  /** Name of the source system; with the key it names a record for ever. */
  readonly source: string;
  /** Key of a row's record; rows with the same key are one record. Null: the row belongs to none and is rejected. */
  readonly key: (row: Row) => string | null;
  /** Commands that tell the record. Each stands or falls by itself; `reject` and `note` say what could not be used as it was. */
  readonly commands: (rows: readonly Row[], context: MappingContext) => readonly MappedCommand[];
  /** When the source had recorded it and who did it there. */
  readonly claims?: (rows: readonly Row[]) => Claims;
  /** Promises that rows of one key stand together, so that they need not be gathered first. */
  readonly together?: boolean;
  /** Delimiter of CSV files; a comma unless said. */
  readonly delimiter?: string;
}

/** Declares a mapping: the default export of a mapping file. */
export const mapping = <Row = Record<string, string>>(told: Mapping<Row>): Mapping<Row> => told;

/** What a mapping said of a row while it worked. */
export interface Remark {
  readonly kind: 'rejected' | 'noted';
  readonly row: unknown;
  readonly field: string;
  readonly reason: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** Who is working at the moment: mappings are plain functions, so the import that calls them listens here. */
interface Listener {
  readonly remark: (remark: Remark) => void;
  readonly person: (key: string, kind: 'contact' | 'member') => string;
}

const listeners: Listener[] = [];

/** Runs a mapping's function with someone to hear its remarks. */
export function heard<T>(listener: Listener, run: () => T): T {
  listeners.push(listener);
  try {
    return run();
  } finally {
    listeners.pop();
  }
}

const current = (): Listener => {
  const listener = listeners.at(-1);
  if (!listener) throw new Error('reject, note and person work only while an import calls the mapping');
  return listener;
};

/** Says that a row cannot be used, because of one field; it goes into the row report. */
export function reject(row: unknown, field: string, why: string): void {
  current().remark({ kind: 'rejected', row, field, reason: why });
}

/** Says that a value was read as another one; it goes into the row report. */
export function note(row: unknown, field: string, from: unknown, to: unknown): void {
  current().remark({
    kind: 'noted',
    row,
    field,
    reason: `${JSON.stringify(from)} read as ${JSON.stringify(to)}`,
    from,
    to,
  });
}

/** The id of a person that the source names by a key: the one the vault holds for it, else a new random one. Never derived from the key. */
export const person = (key: string, kind: 'contact' | 'member'): string => current().person(key, kind);
