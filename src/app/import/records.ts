import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { FileRow, Unreadable } from './rows.js';

/** All rows of one key. */
export interface FileRecord {
  readonly key: string;
  readonly rows: readonly FileRow[];
}

/** Gathers rows by key, records in the order of their first row, in a temporary file instead of memory; `aside` gets what has no key. */
export async function* gathered(
  rows: AsyncIterable<FileRow | Unreadable>,
  key: (row: never) => string | null,
  aside: (row: FileRow | Unreadable) => void,
): AsyncGenerator<FileRecord> {
  const directory = mkdtempSync(join(tmpdir(), 'taproot-'));
  const database = new DatabaseSync(join(directory, 'rows.db'));
  try {
    database.exec(
      'PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; CREATE TABLE keys (no INTEGER PRIMARY KEY, key TEXT UNIQUE); CREATE TABLE rows (no INTEGER, line INTEGER, row TEXT); BEGIN',
    );
    const number = database.prepare(
      'INSERT INTO keys(key) VALUES (?) ON CONFLICT(key) DO UPDATE SET key = key RETURNING no',
    );
    const insert = database.prepare('INSERT INTO rows VALUES (?, ?, ?)');
    for await (const one of rows) {
      const name = 'row' in one ? key(one.row as never) : null;
      if (name === null || !('row' in one)) aside(one);
      else insert.run((number.get(name) as { no: number }).no, one.line, JSON.stringify(one.row));
    }
    database.exec('COMMIT; CREATE INDEX rows_no ON rows(no, line)');
    yield* inOrder(database);
  } finally {
    database.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function* inOrder(database: DatabaseSync): Generator<FileRecord> {
  let record: { no: number; key: string; rows: FileRow[] } | undefined;
  const all = database.prepare(
    'SELECT k.no, k.key, r.line, r.row FROM rows r JOIN keys k ON k.no = r.no ORDER BY r.no, r.line',
  );
  for (const { no, key, line, row } of all.iterate() as IterableIterator<{
    no: number;
    key: string;
    line: number;
    row: string;
  }>) {
    if (record?.no !== no) {
      if (record) yield record;
      record = { no, key, rows: [] };
    }
    record.rows.push({ line, row: JSON.parse(row) });
  }
  if (record) yield record;
}

/** The same where the mapping promises that rows of one key stand together. */
export async function* contiguous(
  rows: AsyncIterable<FileRow | Unreadable>,
  key: (row: never) => string | null,
  aside: (row: FileRow | Unreadable) => void,
): AsyncGenerator<FileRecord> {
  let record: { key: string; rows: FileRow[] } | undefined;
  for await (const one of rows) {
    const name = 'row' in one ? key(one.row as never) : null;
    if (name === null || !('row' in one)) {
      aside(one);
      continue;
    }
    if (record?.key !== name) {
      if (record) yield record;
      record = { key: name, rows: [] };
    }
    record.rows.push(one);
  }
  if (record) yield record;
}
