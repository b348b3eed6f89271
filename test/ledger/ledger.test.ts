import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Refusal } from '../../src/kernel/refusal.js';
import { Ledger, ledgerFile } from '../../src/ledger/ledger.js';
import { Frontier, leafHash } from '../../src/ledger/merkle.js';
import { EmbeddedStore } from '../../src/store/embedded.js';
import { unstamped } from '../support/entries.js';

/** Runs with a fresh ledger of so many entries, closed afterwards. */
async function withEntries<T>(count: number, run: (directory: string, ledger: Ledger) => Promise<T> | T): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'taproot-ledger-'));
  const ledger = Ledger.open(directory);
  try {
    const store = new EmbeddedStore({
      ledger,
      origin: 'test.example',
      clock: () => Date.parse('2026-06-30T12:00:00.000Z'),
    });
    for (let i = 0; i < count; i++)
      await store.append(`activity-A${i % 7}`, Math.floor(i / 7) - 1, [unstamped(`e${i}`)]);
    await store.flushed();
    return await run(directory, ledger);
  } finally {
    if (ledger.size >= 0) ledger.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

const refusal = (run: () => unknown): Refusal => {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('the ledger', () => {
  it('has the root of its entries at every size, and again after it is opened', () =>
    withEntries(600, (directory, ledger) => {
      const tree = new Frontier();
      for (const row of ledger.reader.scan(0, -1)) tree.push(leafHash(row.entry));
      expect(tree.size).toBe(600);
      expect(ledger.root().equals(tree.root())).toBe(true);
      const again = Ledger.open(directory);
      expect(again.root().equals(tree.root())).toBe(true);
      again.close();
    }));

  it('keeps a dense order and dense revisions', () =>
    withEntries(50, (_directory, ledger) => {
      const rows = ledger.reader.scan(0, -1);
      expect(rows.map((row) => row.position)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
      for (const name of ['activity-A0', 'activity-A3']) {
        const revisions = ledger.reader.stream(name).map((row) => JSON.parse(row.entry).streamrevision);
        expect(revisions).toEqual(revisions.map((_, i) => i));
      }
    }));

  it.each([
    ['UPDATE', "UPDATE entries SET entry = '{}' WHERE position = 3"],
    ['UPDATE of an index column', 'UPDATE entries SET time = 0'],
    ['DELETE', 'DELETE FROM entries WHERE position = 3'],
    ['DELETE of the last', 'DELETE FROM entries WHERE position = 20'],
    [
      'INSERT OR REPLACE',
      "INSERT OR REPLACE INTO entries SELECT position, id, stream, revision, type, account, time, known, '{}' FROM entries WHERE position = 3",
    ],
    [
      'INSERT with a gap',
      "INSERT INTO entries SELECT 99, x'00', stream, 99, type, account, time, known, entry FROM entries WHERE position = 3",
    ],
    ['DELETE of a stream', 'DELETE FROM streams'],
    ['UPDATE of a tile', "UPDATE tiles SET hashes = x'00'"],
    ['DELETE of a tile', 'DELETE FROM tiles'],
    ['moving the head back', 'UPDATE head SET size = 1'],
    ['DELETE of the head', 'DELETE FROM head'],
  ])('refuses %s', (_what, sql) =>
    withEntries(20, (directory, ledger) => {
      const other = new DatabaseSync(ledgerFile(directory));
      other.exec('PRAGMA recursive_triggers=ON');
      expect(() => other.exec(sql)).toThrow(/append-only|dense|only grow/);
      other.close();
      expect(ledger.reader.scan(0, -1)).toHaveLength(20);
    }),
  );

  it('does not let its own connection write the schema', () =>
    withEntries(5, (_directory, ledger) => {
      ledger.reader.database.exec('PRAGMA writable_schema=ON');
      expect(() => ledger.reader.database.exec("DELETE FROM sqlite_schema WHERE type = 'trigger'")).toThrow(
        /may not be modified/,
      );
    }));

  it('does not open where triggers were taken away and an entry was changed', () =>
    withEntries(20, (directory) => {
      const other = new DatabaseSync(ledgerFile(directory));
      other.exec(
        "DROP TRIGGER entries_no_update; UPDATE entries SET entry = replace(entry, 'ACME', 'EVIL') WHERE position = 18",
      );
      other.close();
      expect(refusal(() => Ledger.open(directory))).toMatchObject({
        code: 'ledger/corrupt',
        message: expect.stringContaining('entry 18'),
      });
    }));

  it('does not open where the last entries were cut off', () =>
    withEntries(20, (directory) => {
      const other = new DatabaseSync(ledgerFile(directory));
      other.exec('PRAGMA foreign_keys=OFF; DROP TRIGGER entries_no_delete; DELETE FROM entries WHERE position > 15');
      other.close();
      expect(refusal(() => Ledger.open(directory))).toMatchObject({
        code: 'ledger/corrupt',
        message: expect.stringContaining(ledgerFile(directory)),
      });
    }));

  it('names the file where a byte of an entry was flipped', () =>
    withEntries(20, (directory, ledger) => {
      ledger.reader.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      const file = ledgerFile(directory);
      const bytes = readFileSync(file);
      const at = bytes.lastIndexOf('"interactionId":"e19"');
      bytes[at + 17] = 'x'.charCodeAt(0);
      writeFileSync(file, bytes);
      expect(refusal(() => Ledger.open(directory))).toMatchObject({
        code: 'ledger/corrupt',
        message: expect.stringContaining(file),
      });
    }));

  it('names the file where it was truncated', () =>
    withEntries(200, (directory, ledger) => {
      ledger.reader.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      const file = ledgerFile(directory);
      truncateSync(file, readFileSync(file).length - 8192);
      expect(refusal(() => Ledger.open(directory)).message).toContain(file);
    }));

  it('names the file where it is no database', () =>
    withEntries(0, (directory, ledger) => {
      ledger.close();
      writeFileSync(
        ledgerFile(directory),
        'this is no database, but it is long enough to look like a page of one'.repeat(100),
      );
      rmSync(`${ledgerFile(directory)}-wal`, { force: true });
      expect(refusal(() => Ledger.open(directory))).toMatchObject({
        code: 'ledger/corrupt',
        message: expect.stringContaining('ledger.db'),
      });
      rmSync(ledgerFile(directory));
      Object.assign(ledger, { close: () => undefined });
    }));
});
