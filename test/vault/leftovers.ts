import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from '@jest/globals';
import { vaultFile } from '../../src/vault/database.js';
import { directory } from './directory.js';

/** The files as a killed process leaves them: nothing closed, nothing checkpointed. */
export function leftBehind(path: string): string {
  const copy = directory();
  for (const name of ['vault.db', 'vault.db-wal', 'master.key']) copyFileSync(join(path, name), join(copy, name));
  return copy;
}

/** Commits in the write-ahead log: its frames that state a size of the database (SQLite file format, §4.1). */
export function commitsIn(path: string): number {
  const wal = readFileSync(`${vaultFile(path)}-wal`);
  const frame = 24 + wal.readUInt32BE(8);
  let commits = 0;
  for (let at = 32; at + frame <= wal.length; at += frame) if (wal.readUInt32BE(at + 4) > 0) commits++;
  return commits;
}

/** Writes bytes between the cell pointers and the cells of the page that holds the keys (SQLite file format, §1.6). */
export function hideInSlack(file: string, bytes: Uint8Array): void {
  const [root] = rowsOf<{ rootpage: number }>(dirname(file), "SELECT rootpage FROM sqlite_schema WHERE name = 'keys'");
  const content = readFileSync(file);
  const page = (root!.rootpage - 1) * content.readUInt16BE(16);
  const from = page + 8 + 2 * content.readUInt16BE(page + 3);
  expect(content[page]).toBe(13);
  expect(page + content.readUInt16BE(page + 5) - from).toBeGreaterThan(bytes.length);
  content.set(bytes, from);
  writeFileSync(file, content);
}

/** Rows of a query over the vault of a directory. */
export function rowsOf<T>(path: string, sql: string): T[] {
  const database = new DatabaseSync(vaultFile(path), { readOnly: true });
  const rows = database.prepare(sql).all() as T[];
  database.close();
  return rows;
}
/** The wrapped keys in the order they were made; empty for destroyed ones. */
export const wrappedIn = (path: string): Buffer[] =>
  rowsOf<{ wrapped: Uint8Array | null }>(path, 'SELECT wrapped FROM keys ORDER BY rowid').map(({ wrapped }) =>
    Buffer.from(wrapped ?? []),
  );
