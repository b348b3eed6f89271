import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { run } from '../../src/cli/run.js';
import { Refusal } from '../../src/kernel/refusal.js';
import { Ledger, ledgerFile } from '../../src/ledger/ledger.js';
import { EmbeddedStore } from '../../src/store/embedded.js';
import { unstamped } from '../support/entries.js';

/** Entries of the logs of this file: one whole tile of leaves, and a growing one. */
const count = 300;

/** The files of a sound log, made once. */
const sound = (async () => {
  const directory = mkdtempSync(join(tmpdir(), 'taproot-sound-'));
  const ledger = Ledger.open(directory);
  const clock = () => Date.parse('2026-06-30T12:00:00.000Z');
  const store = new EmbeddedStore({ ledger, origin: 'test.example', clock });
  for (let i = 0; i < count; i++) await store.append(`activity-A${i % 3}`, Math.floor(i / 3) - 1, [unstamped(`e${i}`)]);
  await store.flushed();
  ledger.reader.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  ledger.close();
  const bytes = readFileSync(ledgerFile(directory));
  rmSync(directory, { recursive: true });
  return bytes;
})();

/** What opening the log for service says, and what `taproot verify` says of it, after somebody did something to its file. */
async function harmed(harm: (file: string) => void) {
  const directory = mkdtempSync(join(tmpdir(), 'taproot-harm-'));
  const file = ledgerFile(directory);
  writeFileSync(file, await sound);
  harm(file);
  let said = '';
  const hear = (text: string) => {
    said += text;
  };
  const exit = await run(['verify'], { TAPROOT_DATA: directory }, { out: hear, error: hear });
  let refused: Refusal | undefined;
  try {
    Ledger.open(directory).close();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    refused = error;
  }
  rmSync(directory, { recursive: true });
  return { file, exit, said, refused };
}

/** Does SQL to the file as somebody with another program would. */
const sql = (text: string) => (file: string) => {
  const other = new DatabaseSync(file, { defensive: false } as object);
  other.exec(text);
  other.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  other.close();
};

/** Changes one byte of the file: the `nth` after the last (or first) place where the text stands, or at an offset. */
const flip = (place: { at: number } | { first: string | Buffer } | { last: string | Buffer }, by = 0) => {
  return (file: string) => {
    const bytes = readFileSync(file);
    const at = 'at' in place ? place.at : 'first' in place ? bytes.indexOf(place.first) : bytes.lastIndexOf(place.last);
    expect(at).toBeGreaterThanOrEqual(0);
    bytes[at + by]! ^= 1;
    writeFileSync(file, bytes);
  };
};

describe('a sound log', () => {
  it('is found sound, with its size and root', async () => {
    const { exit, said, refused } = await harmed(() => undefined);
    expect([exit, refused]).toEqual([0, undefined]);
    expect(said).toMatch(/^300 entries, root [A-Za-z0-9+/]{43}=: sound\n$/);
  });
});

describe('whoever takes the triggers away is found out (evidence §2)', () => {
  const without = (trigger: string, then: string) => sql(`DROP TRIGGER ${trigger}; ${then}`);

  it.each([
    ['an old entry', without('entries_no_update', "UPDATE entries SET entry = '{}' WHERE position = 3"), /Entry 3 /],
    ['a time', without('entries_no_update', 'UPDATE entries SET time = 0 WHERE position = 9'), /Entry 9 .* time/],
    ['an account', without('entries_no_update', 'UPDATE entries SET account = NULL WHERE position = 9'), /account/],
    ['the name of an account', without('accounts_no_update', "UPDATE accounts SET id = 'EVIL'"), /Entry 1 .* account/],
    ['a stream', without('streams_no_update', "UPDATE streams SET name = 'x' WHERE no = 2"), /Entry 2 .* stream/],
    ['a revision', without('entries_no_update', 'UPDATE entries SET revision = 999 WHERE position = 7'), /revision/],
    ['a tile', without('tiles_grow', "UPDATE tiles SET hashes = x'00' WHERE level = 0 AND n = 0"), /Entry 1 /],
    ['an upper tile', without('tiles_grow', 'UPDATE tiles SET hashes = zeroblob(32) WHERE level = 1'), /Tile 1\/0/],
    ['a middle entry that is gone', without('entries_no_delete', 'DELETE FROM entries WHERE position = 5'), /Entry 5 /],
  ])('%s', async (_what, harm, says) => {
    const { exit, said, file } = await harmed(harm);
    expect([exit, said]).toEqual([1, expect.stringMatching(says)]);
    expect(said).toContain(file);
  });

  it.each([
    ['the head', sql('DROP TRIGGER head_grows; UPDATE head SET root = zeroblob(32)')],
    ['the size', sql('DROP TRIGGER head_grows; UPDATE head SET size = 299')],
    ['the head, which is gone', sql('DROP TRIGGER head_no_delete; DELETE FROM head')],
    ['an upper tile', sql('DROP TRIGGER tiles_grow; UPDATE tiles SET hashes = zeroblob(32) WHERE level = 1')],
    ['a tile that is gone', sql('DROP TRIGGER tiles_no_delete; DELETE FROM tiles WHERE level = 1')],
    ['the last entry, which is gone', sql('DROP TRIGGER entries_no_delete; DELETE FROM entries WHERE position = 300')],
  ])('the log does not open where somebody changed %s', async (_what, harm) => {
    const { exit, refused, file } = await harmed(harm);
    expect(refused).toMatchObject({ code: 'ledger/corrupt', message: expect.stringContaining(file) });
    expect(exit).toBe(1);
  });

  it.each([
    [
      'made harmless',
      "UPDATE sqlite_schema SET sql = replace(sql, 'RAISE(ABORT, ''entries is append-only'')', '1') WHERE type = 'trigger' AND name = 'entries_no_update'",
    ],
    [
      'added',
      "INSERT INTO sqlite_schema SELECT 'trigger', 'x', 'entries', 0, 'CREATE TRIGGER x AFTER INSERT ON entries BEGIN DELETE FROM annotations; END'",
    ],
  ])('a trigger that was %s through writable_schema is refused at the start', async (_what, change) => {
    const { refused, file } = await harmed(
      sql(`PRAGMA writable_schema=ON; ${change}; PRAGMA schema_version=99; PRAGMA writable_schema=OFF`),
    );
    expect(refused).toMatchObject({ code: 'ledger/corrupt', message: expect.stringContaining(file) });
  });

  it('triggers that were merely taken away are there again', async () => {
    const { exit, refused } = await harmed((file) => {
      sql("PRAGMA writable_schema=ON; DELETE FROM sqlite_schema WHERE type = 'trigger'; PRAGMA schema_version=99")(
        file,
      );
      Ledger.open(join(file, '..')).close();
      expect(() => sql('DELETE FROM entries')(file)).toThrow(/append-only/);
    });
    expect([exit, refused]).toEqual([0, undefined]);
  });
});

describe('a file that is not whole (evidence §2)', () => {
  const page = 4096;

  it.each([
    ['by its last page', (size: number) => size - page],
    ['to a half', (size: number) => Math.floor(size / 2 / page) * page],
    ['within a page', (size: number) => size - page - 100],
    ['to its header', () => 100],
  ])('truncated %s is found by verify, with its name', async (_how, to) => {
    const { exit, said, refused, file } = await harmed((name) => truncateSync(name, to(statSync(name).size)));
    expect([1, 74]).toContain(exit);
    expect(said).toContain(file);
    if (refused) expect(refused).toMatchObject({ code: 'ledger/corrupt', message: expect.stringContaining(file) });
  });

  it.each(['to a half', 'to its header'])('truncated %s does not open', async (how) => {
    const to = (size: number) => (how === 'to a half' ? Math.floor(size / 2 / page) * page : 100);
    const { refused, file } = await harmed((name) => truncateSync(name, to(statSync(name).size)));
    expect(refused).toMatchObject({ code: 'ledger/corrupt', message: expect.stringContaining(file) });
  });

  it('truncated to nothing holds no log', async () => {
    const { exit, said, file } = await harmed((name) => truncateSync(name, 0));
    expect([exit, said]).toEqual([1, `The file holds no log (${file})\n`]);
  });

  it.each([
    ['the magic of the header', flip({ at: 3 })],
    ['the size of a page in the header', flip({ at: 16 })],
    ['the format of the schema in the header', flip({ at: 47 })],
    ['the last entry', flip({ last: '"interactionId":"e299"' }, 18)],
    ['the number of pages in the header', flip({ at: 28 })],
    ['the kind of the root page', flip({ at: 100 })],
  ])('with a flipped byte in %s is refused with its name', async (_where, harm) => {
    const { exit, said, refused, file } = await harmed(harm);
    expect(refused).toMatchObject({ code: 'ledger/corrupt', message: expect.stringContaining(file) });
    expect([1, 74]).toContain(exit);
    expect(said).toContain(file);
  });

  it('with a flipped byte in an old entry is found by verify, which names the first bad one', async () => {
    const { exit, said } = await harmed(flip({ first: '"interactionId":"e12"' }, 18));
    expect([exit, said]).toEqual([1, expect.stringContaining('Entry 13 is not what was recorded')]);
  });

  it('with a flipped byte in a tile is found by verify', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'taproot-tile-'));
    writeFileSync(ledgerFile(directory), await sound);
    const database = new DatabaseSync(ledgerFile(directory));
    const { hashes } = database.prepare('SELECT hashes FROM tiles WHERE level = 0 AND n = 1').get() as {
      hashes: Uint8Array;
    };
    database.close();
    rmSync(directory, { recursive: true });
    const { exit, said, refused } = await harmed(flip({ last: Buffer.from(hashes.subarray(0, 16)) }, 5));
    expect([exit, said]).toEqual([1, expect.stringContaining('Entry 257 is not what was recorded')]);
    expect(refused).toMatchObject({ code: 'ledger/corrupt' });
  });
});
