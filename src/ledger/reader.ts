import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Instant } from '../kernel/instant.js';
import { Numbers, remember } from './numbers.js';

/** A stored entry with what its indexes know of it. */
export interface Row {
  readonly position: number;
  readonly time: Instant;
  readonly known: Instant;
  readonly type: number;
  readonly stream: number;
  readonly account: number | null;
  readonly entry: string;
}

/** What a fold reads of a row. */
export type Heard = readonly [position: number, time: Instant, known: Instant, type: number, entry: string];

type Cells = [number, number, number, number, number, number | null, string];
const cells = 'position, time, known, type, stream, account, entry';
const rowOf = ([position, time, known, type, stream, account, entry]: Cells): Row => ({
  position,
  time,
  known,
  type,
  stream,
  account,
  entry,
});

/** A place in an account's order of (time, position). */
export interface Place {
  readonly time: Instant;
  readonly position: number;
}

/** All questions that are asked of the log; read-only, and safe beside the one writer in this or another process. */
export class Reader {
  private readonly statements = new Map<string, StatementSync>();
  private readonly numbers = new Numbers((sql, value) => this.one(sql, value));

  /** The head as the writer on this connection says, which needs no query; undefined beside another writer. */
  private written: number | undefined;
  /** Heads of streams, kept where the one writer tells of each entry. */
  private readonly heads = new Map<string, number>();

  constructor(readonly database: DatabaseSync) {}

  /** Opens the ledger of a directory for reading. What is read of a mapped file counts as the process's memory, once for each connection. */
  static open(file: string, mapped = true): Reader {
    const database = new DatabaseSync(file, { readOnly: true });
    const memory = mapped ? 'cache_size=-65536; PRAGMA mmap_size=1073741824' : 'cache_size=-16384; PRAGMA mmap_size=0';
    database.exec(`PRAGMA busy_timeout=5000; PRAGMA ${memory}; PRAGMA trusted_schema=OFF`);
    return new Reader(database);
  }

  close(): void {
    this.database.close();
  }

  /** Runs reads over one state of the log: each by itself would take and give back the file's locks, which costs more than most reads. */
  together<T>(run: () => T): T {
    if (this.database.isTransaction) return run();
    this.database.exec('BEGIN');
    try {
      return run();
    } finally {
      if (this.database.isTransaction) this.database.exec('COMMIT');
    }
  }

  /** Position of the newest entry; 0 in an empty log. */
  head(): number {
    return this.written ?? (this.one('SELECT coalesce(max(position), 0) FROM entries') as number);
  }

  /** Is told by the one writer, on whose connection this reads, how far the log has been written, and by what. */
  grown(head: number, entries: readonly { readonly stream: string; readonly revision: number }[] = []): void {
    this.written = head;
    for (const { stream, revision } of entries) if (this.heads.has(stream)) this.heads.set(stream, revision);
  }

  meta(key: string): string | undefined {
    return this.one('SELECT value FROM meta WHERE key = ?', key) as string | undefined;
  }

  streamNo = (name: string): number | undefined => this.numbers.of('streams', name);
  accountNo = (id: string): number | undefined => this.numbers.of('accounts', id);
  typeNo = (name: string): number | undefined => this.numbers.of('types', name);
  streamName = (no: number): string => this.numbers.name('streams', no);
  accountId = (no: number): string => this.numbers.name('accounts', no);
  typeName = (no: number): string => this.numbers.name('types', no);

  /** Highest revision of a stream; -1 where it has no event. */
  revision(stream: string): number {
    const no = this.streamNo(stream);
    if (no === undefined) return -1;
    const sql = 'SELECT coalesce(max(revision), -1) FROM entries WHERE stream = ?';
    const head = this.heads.get(stream) ?? (this.one(sql, no) as number);
    if (this.written !== undefined) remember(this.heads, stream, head);
    return head;
  }

  find(id: string): Row | undefined {
    return this.row(`SELECT ${cells} FROM entries WHERE id = ?`, idBytes(id));
  }

  at(position: number): Row | undefined {
    return this.row(`SELECT ${cells} FROM entries WHERE position = ?`, position);
  }

  /** Entries of a stream from a revision on, in order. */
  stream(name: string, from = 0, limit = -1): Row[] {
    const no = this.streamNo(name);
    const sql = `SELECT ${cells} FROM entries WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`;
    return no === undefined ? [] : this.rows(sql, no, from, limit);
  }

  /** Entries after a position, in order of the log. */
  scan(after: number, limit: number): Row[] {
    return this.rows(`SELECT ${cells} FROM entries WHERE position > ? ORDER BY position LIMIT ?`, after, limit);
  }

  /** Entries of one type after a position. */
  ofType(type: string, after: number, limit: number): Row[] {
    const no = this.typeNo(type);
    const sql = `SELECT ${cells} FROM entries WHERE type = ? AND position > ? ORDER BY position LIMIT ?`;
    return no === undefined ? [] : this.rows(sql, no, after, limit);
  }

  /** Entries of a stream or an account after a position, in order of the log. */
  ofOne(of: 'stream' | 'account', no: number, after: number, limit: number): Row[] {
    const sql = `SELECT ${cells} FROM entries WHERE ${of} = ? AND position > ? ORDER BY position LIMIT ?`;
    return this.rows(sql, no, after, limit);
  }

  /** Entries of one type in a stream. */
  ofStreamAndType(stream: number, type: string): Row[] {
    const no = this.typeNo(type);
    const sql = `SELECT ${cells} FROM entries WHERE stream = ? AND type = ? ORDER BY revision`;
    return no === undefined ? [] : this.rows(sql, stream, no);
  }

  /** Entries of an account after a place and up to an instant, in order of (time, position); a limit of -1 is none. */
  account(no: number, after: Place, to: Instant, limit = -1): Row[] {
    return this.rows(
      `SELECT ${cells} FROM entries WHERE account = ? AND (time, position) > (?, ?) AND time <= ? ORDER BY time, position LIMIT ?`,
      no,
      after.time,
      after.position,
      to,
      limit,
    );
  }

  /** The same as folds read it: only what they need of each row. */
  told(no: number, after: Place, to: Instant, limit: number): readonly Heard[] {
    const sql = `SELECT position, time, known, type, entry FROM entries WHERE account = ? AND (time, position) > (?, ?) AND time <= ? ORDER BY time, position LIMIT ?`;
    return this.prepare(sql).all(no, after.time, after.position, to, limit) as unknown as Heard[];
  }

  /** The same backwards, from before a place: a timeline's newest first. */
  accountBackwards(no: number, before: Place, from: Instant, limit: number): Row[] {
    return this.rows(
      `SELECT ${cells} FROM entries WHERE account = ? AND (time, position) < (?, ?) AND time >= ? ORDER BY time DESC, position DESC LIMIT ?`,
      no,
      before.time,
      before.position,
      from,
      limit,
    );
  }

  /** Corrections and retractions that carry the account. */
  annotationsOfAccount = (no: number): Row[] => this.annotations('account', no);
  annotationsOfStream = (no: number): Row[] => this.annotations('stream', no);
  /** Corrections and retractions of one entry. */
  annotationsOf = (id: string): Row[] => this.annotations('target', idBytes(id));

  private annotations(by: 'account' | 'stream' | 'target', value: number | Uint8Array): Row[] {
    return this.rows(
      `SELECT ${cells} FROM entries WHERE position IN (SELECT position FROM annotations WHERE ${by} = ?) ORDER BY position`,
      value,
    );
  }

  /** Accounts in order of their number, after one: for rebuilds and reports. */
  accounts(afterNo: number, limit: number): { readonly no: number; readonly id: string }[] {
    const sql = 'SELECT no, id FROM accounts WHERE no > ? ORDER BY no LIMIT ?';
    const rows = this.prepare(sql).all(afterNo, limit) as unknown as [number, string][];
    return rows.map(([no, id]) => ({ no, id }));
  }

  /** Names of streams with a prefix, after one, in order. */
  streamsLike(prefix: string, after: string, limit: number): string[] {
    const sql = 'SELECT name FROM streams WHERE name > ? AND name < ? ORDER BY name LIMIT ?';
    const from = after > prefix ? after : prefix;
    const rows = this.prepare(sql).all(from, `${prefix}\uffff`, limit) as unknown as [string][];
    return rows.map(([name]) => name);
  }

  rows(sql: string, ...values: (string | number | Uint8Array | null)[]): Row[] {
    return (this.prepare(sql).all(...values) as unknown as Cells[]).map(rowOf);
  }

  private row(sql: string, value: number | Uint8Array): Row | undefined {
    const found = this.prepare(sql).get(value) as unknown as Cells | undefined;
    return found && rowOf(found);
  }

  private prepare(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known) return known;
    const statement = this.database.prepare(sql);
    statement.setReturnArrays(true);
    this.statements.set(sql, statement);
    return statement;
  }

  private one(sql: string, ...values: (string | number)[]): unknown {
    const row = this.prepare(sql).get(...values) as unknown as [unknown] | undefined;
    return row?.[0];
  }
}

/** The 16 bytes of a UUID. */
export const idBytes = (id: string): Uint8Array => Buffer.from(id.replaceAll('-', ''), 'hex');
