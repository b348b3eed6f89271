import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Instant } from '../kernel/instant.js';
import { Refusal } from '../kernel/refusal.js';
import { overFile } from './faults.js';
import { type Frontier, type Hash, leafHash } from './merkle.js';
import { idBytes, Reader } from './reader.js';
import { changedIn, pragmas, schema } from './schema.js';
import { Tiles } from './tiles.js';

/** An entry about to be appended: its canonical bytes as text, and the attributes that the indexes need. */
export interface Incoming {
  readonly text: string;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly account: string | undefined;
  readonly time: Instant;
  readonly known: Instant;
  /** Id of the entry that a correction or retraction speaks of. */
  readonly target: string | undefined;
  /** Leaf hash of the text, where the caller has computed it already. */
  readonly leaf?: Hash;
}

/** Name of the ledger's file in its directory. */
export const ledgerFile = (directory: string): string => join(directory, 'ledger.db');

/** The log: entries in one total order with their Merkle tree. One writer; append-only by trigger. */
export class Ledger {
  readonly reader: Reader;
  readonly tiles: Tiles;
  private frontier: Frontier;
  /** Whether the locks of reading are held. */
  private held = false;
  private readonly insert: StatementSync;
  private readonly annotate: StatementSync;
  private readonly setHead: StatementSync;

  private constructor(
    readonly file: string,
    private readonly database: DatabaseSync,
  ) {
    this.reader = new Reader(database);
    const size = this.reader.head();
    this.tiles = new Tiles(database, size);
    this.frontier = this.checked(size);
    this.reader.grown(size);
    this.insert = database.prepare(
      'INSERT INTO entries(position, id, stream, revision, type, account, time, known, entry) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.annotate = database.prepare('INSERT INTO annotations(position, target, stream, account) VALUES (?, ?, ?, ?)');
    this.setHead = database.prepare('UPDATE head SET size = ?, root = ? WHERE one = 1');
  }

  /** Opens or makes the ledger of a directory, and recomputes the frontier from the last tile. Refuses a damaged or unwritable one, naming the file. */
  static open(directory: string): Ledger {
    const file = ledgerFile(directory);
    makeDirectory(directory);
    return overFile(file, () => {
      const database = new DatabaseSync(file);
      try {
        for (const pragma of pragmas) database.exec(pragma);
        database.exec(schema);
        database.enableDefensive(true);
        return new Ledger(file, database);
      } catch (error) {
        database.close();
        throw error;
      }
    });
  }

  /** Number of entries. */
  get size(): number {
    return this.frontier.size;
  }

  /** Root of the tree. */
  root(): Hash {
    return this.frontier.root();
  }

  /**
   * Lets all reads up to the next append, or the next turn of the event loop, take the file's locks once: a decision reads a little
   * here and there, and each read by itself would take them anew. Nobody else writes, so what is read is the newest all the while.
   */
  reading(): void {
    if (this.held || this.database.isTransaction) return;
    this.database.exec('BEGIN');
    this.held = true;
    setImmediate(() => this.release());
  }

  private release(): void {
    if (!this.held) return;
    this.held = false;
    if (this.database.isTransaction) this.database.exec('COMMIT');
  }

  /** Remembers a value that is fixed for the log, as its origin. */
  fix(key: string, value: string): void {
    this.release();
    this.database.prepare('INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)').run(key, value);
  }

  /** Appends entries as one transaction: rows, leaves, tiles, head, and what else the caller keeps with them. Returns the position of the first. */
  append(entries: readonly Incoming[], also?: (database: DatabaseSync) => void): number {
    this.release();
    const first = this.size + 1;
    const grown = this.frontier.copy();
    const leaves: Hash[] = [];
    try {
      this.database.exec('BEGIN IMMEDIATE');
      entries.forEach((entry, i) => {
        this.write(entry, first + i);
        const leaf = entry.leaf ?? leafHash(entry.text);
        leaves.push(leaf);
        grown.push(leaf);
      });
      this.tiles.append(leaves);
      this.setHead.run(grown.size, grown.root());
      also?.(this.database);
      this.database.exec('COMMIT');
    } catch (error) {
      this.abandoned = true;
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
    this.frontier = grown;
    this.reader.grown(grown.size, entries);
    return first;
  }

  /** Keeps what the caller has besides entries, as one transaction. */
  keep(also: (database: DatabaseSync) => void): void {
    this.release();
    this.database.exec('BEGIN IMMEDIATE');
    try {
      also(this.database);
      this.database.exec('COMMIT');
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }

  /** True once an append has failed: the tiles in memory no longer match, so nothing more may be written. */
  abandoned = false;

  close(): void {
    this.release();
    this.database.close();
  }

  private write(entry: Incoming, position: number): void {
    const stream = this.reader.streamNo(entry.stream) ?? this.name('streams', 'name', entry.stream);
    const type = this.reader.typeNo(entry.type) ?? this.name('types', 'name', entry.type);
    const account =
      entry.account === undefined
        ? null
        : (this.reader.accountNo(entry.account) ?? this.name('accounts', 'id', entry.account));
    this.insert.run(
      position,
      idBytes(entry.id),
      stream,
      entry.revision,
      type,
      account,
      entry.time,
      entry.known,
      entry.text,
    );
    if (entry.target !== undefined) this.annotate.run(position, idBytes(entry.target), stream, account);
  }

  private name(table: 'streams' | 'types' | 'accounts', column: string, value: string): number {
    return Number(this.database.prepare(`INSERT INTO ${table}(${column}) VALUES (?)`).run(value).lastInsertRowid);
  }

  /** The frontier from the tiles; refuses where it is not the stored head, or where the last entries are not what the leaves say. */
  private checked(size: number): Frontier {
    const head = this.database.prepare('SELECT size, root FROM head').get() as
      | { size: number; root: Uint8Array }
      | undefined;
    const bad = (what: string) =>
      new Refusal(
        'ledger/corrupt',
        `${this.file} was changed outside the service: ${what}; restore it from a backup, and keep this file for the auditor`,
      );
    const changed = changedIn(this.database);
    if (changed) throw bad(changed);
    if (head?.size !== size) throw bad(`it has ${size} entries and its head says ${head?.size ?? 'nothing'}`);
    const from = Math.max(0, Math.floor((size - 1) / 256) * 256);
    const leaves = this.tiles.read(0, from / 256);
    this.reader.scan(from, 256).forEach((row, i) => {
      if (!leaves || !leafHash(row.entry).equals(leaves.subarray(i * 32, i * 32 + 32)))
        throw bad(`entry ${row.position} is not what was recorded`);
    });
    const frontier = this.tiles.frontier(size);
    if (!frontier?.root().equals(head.root)) throw bad('its tree does not have the root that its head says');
    return frontier;
  }
}

/** Makes a data directory where it is missing; refuses one that cannot be written. */
export function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.W_OK | constants.R_OK);
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    throw new Refusal(
      'ledger/io',
      `${directory} cannot be used as data directory (${says}); give the service write access to it, or set TAPROOT_DATA to another`,
    );
  }
}
