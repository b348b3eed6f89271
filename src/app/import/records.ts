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
      'PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; CREATE TABLE keys (no INTEGER PRIMARY KEY, key TEXT UNIQUE); CREATE TABLE runs (no INTEGER, line INTEGER, rows TEXT); BEGIN',
    );
    const number = database.prepare(
      'INSERT INTO keys(key) VALUES (?) ON CONFLICT(key) DO UPDATE SET key = key RETURNING no',
    );
    const insert = database.prepare('INSERT INTO runs VALUES (?, ?, ?)');
    let run: { name: string; rows: FileRow[] } | undefined;
    const put = () => {
      if (run) insert.run((number.get(run.name) as { no: number }).no, run.rows[0]!.line, JSON.stringify(run.rows));
      run = undefined;
    };
    for await (const one of rows) {
      const name = 'row' in one ? key(one.row as never) : null;
      if (name === null || !('row' in one)) {
        aside(one);
        continue;
      }
      if (run?.name !== name || run.rows.length >= runMax) put();
      run ??= { name, rows: [] };
      run.rows.push(one);
    }
    put();
    database.exec('COMMIT; CREATE INDEX runs_no ON runs(no, line)');
    yield* inOrder(database);
  } finally {
    database.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Rows of one key that follow each other are kept as one run, so long at the most. */
const runMax = 200;

function* inOrder(database: DatabaseSync): Generator<FileRecord> {
  let record: { no: number; key: string; rows: FileRow[] } | undefined;
  const all = database.prepare(
    'SELECT k.no, k.key, r.rows FROM runs r JOIN keys k ON k.no = r.no ORDER BY r.no, r.line',
  );
  for (const { no, key, rows } of all.iterate() as IterableIterator<{ no: number; key: string; rows: string }>) {
    if (record?.no !== no) {
      if (record) yield record;
      record = { no, key, rows: [] };
    }
    for (const row of JSON.parse(rows) as FileRow[]) record.rows.push(row);
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
