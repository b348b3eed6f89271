import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Refusal } from '../kernel/refusal.js';
import { overFile, sqliteCode } from '../ledger/faults.js';
import { pragmas, schema } from './schema.js';

/** Name of the vault's file in its directory. */
export const vaultFile = (directory: string): string => join(directory, 'vault.db');

const statements = {
  newest: 'SELECT key_id, subject, wrapped, commitment FROM keys WHERE subject = ? ORDER BY version DESC LIMIT 1',
  byId: 'SELECT key_id, subject, wrapped, commitment FROM keys WHERE key_id = ?',
  add: `INSERT INTO keys(key_id, subject, version, wrapped, commitment, state, created)
    VALUES (?, ?, (SELECT coalesce(max(version), 0) + 1 FROM keys WHERE subject = ?), ?, ?, 'live', ?)`,
  erase:
    "UPDATE keys SET wrapped = NULL, state = 'erased', destroyed = ? WHERE subject = ? AND state = 'live' RETURNING key_id",
  person: 'SELECT subject FROM persons WHERE blind = ?',
  addPerson: 'INSERT INTO persons(blind, subject) VALUES (?, ?)',
  forget: 'DELETE FROM persons WHERE subject = ?',
  meta: 'SELECT value FROM meta WHERE name = ?',
  setMeta: 'INSERT INTO meta(name, value) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value',
  unsetMeta: 'DELETE FROM meta WHERE name = ?',
};

/** The vault's SQLite file: its statements, and the ways to run them so that faults become sentences and destroyed things are gone. */
export class VaultDatabase {
  readonly sql: Readonly<Record<keyof typeof statements, StatementSync>>;
  private broken: Refusal | undefined;

  private constructor(
    readonly file: string,
    private readonly database: DatabaseSync,
  ) {
    for (const sql of pragmas) database.exec(sql);
    database.exec(schema);
    database.enableDefensive(true);
    const prepared = Object.entries(statements).map(([name, sql]) => [name, database.prepare(sql)]);
    this.sql = Object.fromEntries(prepared) as typeof this.sql;
  }

  /** Opens or makes the file. Refuses `ledger/io` and `ledger/corrupt`, naming it, and `vault/unavailable` where another program locks it. */
  static open(directory: string): VaultDatabase {
    const file = vaultFile(directory);
    return translated(file, () => {
      const database = new DatabaseSync(made(directory, file));
      try {
        return new VaultDatabase(file, database);
      } catch (error) {
        database.close();
        throw error;
      }
    });
  }

  /** Runs what reads. After a storage fault nothing runs any more: SQLite's next commit would succeed although pages of the failed one may be gone. */
  read<T>(run: () => T): T {
    if (this.broken) throw this.broken;
    try {
      return translated(this.file, run);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'ledger/io') this.broken = error;
      throw error;
    }
  }

  /** Runs what writes, as one commit: on disk when this returns, or nothing of it. */
  write<T>(run: () => T): T {
    return this.read(() => {
      try {
        this.database.exec('BEGIN IMMEDIATE');
        const result = run();
        this.database.exec('COMMIT');
        return result;
      } catch (error) {
        if (this.database.isTransaction) this.database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  /** A value that the vault keeps under a name. */
  meta(name: string): Uint8Array | undefined {
    return this.read(() => (this.sql.meta.get(name) as { value: Uint8Array } | undefined)?.value);
  }

  /** Notes, inside a write, that pages may hold something destroyed until the next `sweep`. */
  soil(): void {
    this.sql.setMeta.run('unswept', Buffer.alloc(1));
  }

  /**
   * Wipes what was destroyed from the pages: `secure_delete` overwrites a row where it stands, but not the copies of it that SQLite
   * left behind when it moved rows between pages, nor those in the write-ahead log. What was cut short is done by the next sweep.
   */
  sweep(): void {
    if (this.meta('unswept') === undefined) return;
    this.read(() => {
      this.checkpoint();
      this.database.exec('VACUUM');
      this.checkpoint();
    });
    this.write(() => this.sql.unsetMeta.run('unswept'));
  }

  close(): void {
    if (this.database.isOpen) this.database.close();
  }

  private checkpoint(): void {
    const { busy } = this.database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
    if (busy) throw inUse(this.file);
  }
}

function translated<T>(file: string, run: () => T): T {
  try {
    return overFile(file, run);
  } catch (error) {
    throw sqliteCode(error) === 5 ? inUse(file) : error;
  }
}

const inUse = (file: string): Refusal =>
  new Refusal('vault/unavailable', `${file} is in use by another program; end that, then try again`);

/** Makes the directory, and the file for its owner only: SQLite would make it readable to all. */
function made(directory: string, file: string): string {
  try {
    mkdirSync(directory, { recursive: true });
    closeSync(openSync(file, 'a', 0o600));
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    throw new Refusal(
      'ledger/io',
      `${file} cannot be opened (${says}); give the service write access to it and its directory`,
    );
  }
  return file;
}
