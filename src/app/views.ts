import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Instant } from '../kernel/instant.js';
import { overFile } from '../ledger/faults.js';
import type { Place } from '../ledger/reader.js';
import { RowTables } from './row-tables.js';

/** Name of the views' file in the data directory. It holds nothing that the ledger cannot tell again. */
export const viewsFile = (directory: string): string => join(directory, 'views.db');

/** One projection's state of one subject: how far it is folded, over how many events, and the newest thing it knows. */
export interface Stored extends Place {
  readonly key: string;
  readonly count: number;
  /** Newest `known` and position among what it was folded from, corrections included. */
  readonly knownMax: Instant;
  readonly positionMax: number;
  /** Accounts it was folded from, joined: a merge makes another History. */
  readonly members: string;
  readonly state: string;
}

/** 64 MB between two checkpoints: a rebuild writes much in few transactions. What a crash loses here is folded again. */
const pragmas =
  'PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=16000; PRAGMA trusted_schema=OFF';

const schema = `
CREATE TABLE IF NOT EXISTS checkpoints (key TEXT PRIMARY KEY, position INTEGER NOT NULL, live INTEGER NOT NULL, cursor TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS states (
  subject TEXT NOT NULL, key TEXT NOT NULL, time INTEGER NOT NULL, position INTEGER NOT NULL, count INTEGER NOT NULL,
  known_max INTEGER NOT NULL, position_max INTEGER NOT NULL, members TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (subject, key));
CREATE TABLE IF NOT EXISTS savepoints (
  subject TEXT NOT NULL, key TEXT NOT NULL, time INTEGER NOT NULL, position INTEGER NOT NULL, count INTEGER NOT NULL,
  known_max INTEGER NOT NULL, position_max INTEGER NOT NULL, members TEXT NOT NULL, state TEXT NOT NULL,
  PRIMARY KEY (subject, key, time, position));
CREATE TABLE IF NOT EXISTS stale (subject TEXT NOT NULL, key TEXT NOT NULL, time INTEGER NOT NULL, PRIMARY KEY (subject, key)) WITHOUT ROWID;
`;

const columns = 'key, time, position, count, known_max AS knownMax, position_max AS positionMax, members, state';

/** `views.db`: states, savepoints, rows and checkpoints. One writer; anyone may read. */
export class Views {
  /** Rows of projections, for lists, reports, SQL and export. */
  readonly tables: RowTables;
  private readonly statements = new Map<string, StatementSync>();

  private constructor(
    readonly database: DatabaseSync,
    readonly file: string,
  ) {
    this.tables = new RowTables(database);
  }

  static open(directory: string, readOnly = false): Views {
    const file = viewsFile(directory);
    return overFile(file, () => {
      const database = new DatabaseSync(file, { readOnly });
      if (!readOnly) database.exec(`${pragmas}; ${schema}`);
      database.exec('PRAGMA busy_timeout=5000; PRAGMA cache_size=-32768');
      return new Views(database, file);
    });
  }

  close(): void {
    this.database.close();
  }

  /** Runs reads over one state of the file, or writes as one transaction. */
  together<T>(run: () => T, write = false): T {
    if (this.database.isTransaction) return run();
    this.database.exec(write ? 'BEGIN IMMEDIATE' : 'BEGIN');
    try {
      const result = run();
      this.database.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }

  checkpoint(key: string): { position: number; live: number; cursor: string } | undefined {
    return this.prepare('SELECT position, live, cursor FROM checkpoints WHERE key = ?').get(key) as
      | { position: number; live: number; cursor: string }
      | undefined;
  }

  checkpoints(): { key: string; position: number; live: number; cursor: string }[] {
    return this.prepare('SELECT key, position, live, cursor FROM checkpoints').all() as never;
  }

  /** Moves checkpoints on, from where they were read: another writer in between makes it fail. */
  advance(keys: readonly string[], from: number, to: number): void {
    for (const key of keys) {
      const { changes } = this.prepare('UPDATE checkpoints SET position = ? WHERE key = ? AND position = ?').run(
        to,
        key,
        from,
      );
      if (changes !== 1)
        throw new Error(`checkpoint of ${key} is no longer ${from}: another process writes ${this.file}`);
    }
  }

  setCheckpoint(key: string, position: number, live: boolean, cursor = ''): void {
    this.prepare('INSERT OR REPLACE INTO checkpoints(key, position, live, cursor) VALUES (?, ?, ?, ?)').run(
      key,
      position,
      live ? 1 : 0,
      cursor,
    );
  }

  state(subject: string, key: string): Stored | undefined {
    return this.row(`SELECT ${columns} FROM states WHERE subject = ? AND key = ?`, subject, key) as Stored | undefined;
  }

  /** States of one projection over all subjects of a kind, in order of id. */
  statesOf(key: string, prefix: string): (Stored & { subject: string })[] {
    return this.prepare(`SELECT subject, ${columns} FROM states WHERE key = ? AND subject >= ? AND subject < ?`).all(
      key,
      prefix,
      `${prefix}\uffff`,
    ) as never;
  }

  row(sql: string, ...values: (string | number)[]): object | undefined {
    return this.prepare(sql).get(...values);
  }

  rows(sql: string, ...values: (string | number)[]): object[] {
    return this.prepare(sql).all(...values);
  }

  save(subject: string, one: Stored): void {
    this.put('states', subject, one);
  }

  savepoint(subject: string, one: Stored): void {
    this.put('savepoints', subject, one);
  }

  /** Savepoints at or before an instant, newest first. */
  savepoints(subject: string, key: string, to: Instant, limit = 64): Stored[] {
    const sql = `SELECT ${columns} FROM savepoints WHERE subject = ? AND key = ? AND time <= ? ORDER BY time DESC, position DESC LIMIT ?`;
    return this.rows(sql, subject, key, to, limit) as Stored[];
  }

  /** Forgets savepoints at or after a place: what they were folded from has changed. */
  dropSavepoints(subject: string, key: string, from: Place): void {
    this.prepare('DELETE FROM savepoints WHERE subject = ? AND key = ? AND (time, position) >= (?, ?)').run(
      subject,
      key,
      from.time,
      from.position,
    );
  }

  staleFrom(subject: string, key: string): Instant | undefined {
    const row = this.row('SELECT time FROM stale WHERE subject = ? AND key = ?', subject, key);
    return (row as { time: number } | undefined)?.time;
  }

  /** Marks every state of a projection that reaches beyond an instant: a rule that it reads changed from then on. */
  markStale(key: string, from: Instant): void {
    this.prepare(`INSERT INTO stale SELECT subject, key, ? FROM states WHERE key = ? AND time >= ?
      ON CONFLICT(subject, key) DO UPDATE SET time = min(time, excluded.time)`).run(from, key, from);
  }

  /** Marks one state as wrong from an instant on. */
  markSubjectStale(subject: string, key: string, from: Instant): void {
    this.prepare(
      'INSERT INTO stale VALUES (?, ?, ?) ON CONFLICT(subject, key) DO UPDATE SET time = min(time, excluded.time)',
    ).run(subject, key, from);
  }

  /** Subjects of which states of those projections are wrong, and from when on. */
  staleSubjects(keys: readonly string[], limit: number): { subject: string; time: Instant }[] {
    return this.prepare(
      'SELECT subject, min(time) AS time FROM stale WHERE key IN (SELECT value FROM json_each(?)) GROUP BY subject LIMIT ?',
    ).all(JSON.stringify(keys), limit) as never;
  }

  fresh(subject: string, key: string): void {
    this.prepare('DELETE FROM stale WHERE subject = ? AND key = ?').run(subject, key);
  }

  /** Drops everything of a projection's older version. */
  forget(key: string): void {
    for (const table of ['states', 'savepoints', 'stale', 'checkpoints'])
      this.prepare(`DELETE FROM ${table} WHERE key = ?`).run(key);
    this.database.exec(`DROP TABLE IF EXISTS "${key}"`);
  }

  private put(table: 'states' | 'savepoints', subject: string, one: Stored): void {
    this.prepare(`INSERT OR REPLACE INTO ${table} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(
      subject,
      one.key,
      one.time,
      one.position,
      one.count,
      one.knownMax,
      one.positionMax,
      one.members,
      one.state,
    );
  }

  private prepare(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known) return known;
    const statement = this.database.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }
}
