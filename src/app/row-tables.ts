import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AnyProjection, Column, FlatRow, Subject } from '../kernel/projection.js';
import { keyOf } from './folder.js';

const sqlTypes: Readonly<Record<Column, string>> = {
  text: 'TEXT',
  integer: 'INTEGER',
  number: 'REAL',
  instant: 'TEXT',
  money: 'INTEGER',
};

/** One value of a row. */
export type Cell = FlatRow[string];

/** The rows of a state as the cells of one list, in the order of the columns: as they go from one thread to another. */
export function cellsOf({ rows }: AnyProjection, state: object, subject: Subject): Cell[] {
  const names = Object.keys(rows?.columns ?? {});
  return (rows?.of(state, subject) ?? []).flatMap((row) => names.map((name) => row[name] ?? null));
}

/** The tables that projections' rows are kept in, each under the projection's key; shown under its plain name once it is built. */
export class RowTables {
  private readonly statements = new Map<string, StatementSync>();

  constructor(private readonly database: DatabaseSync) {}

  /** Makes the table that a projection's rows are kept in. */
  make(projection: AnyProjection): void {
    if (!projection.rows) return;
    const kinds = Object.entries(projection.rows.columns).map(([name, { kind }]) => `"${name}" ${sqlTypes[kind]}`);
    this.database.exec(
      `CREATE TABLE IF NOT EXISTS "${keyOf(projection)}" (subject TEXT NOT NULL${kinds.map((one) => `, ${one}`).join('')})`,
    );
  }

  /** Makes rows quick to find by subject: once they are built, which is sooner done than row by row. */
  order(projection: AnyProjection): void {
    if (!projection.rows) return;
    this.database.exec(`CREATE INDEX IF NOT EXISTS "${keyOf(projection)}_subject" ON "${keyOf(projection)}"(subject)`);
  }

  /** Shows the projection's rows under its plain name: the takeover of a new version. */
  publish(projection: AnyProjection): void {
    if (!projection.rows) return;
    const names = Object.keys(projection.rows.columns)
      .filter((name) => name !== `${projection.of}Id`)
      .map((name) => `"${name}"`);
    const id = `substr(subject, instr(subject, '/') + 1) AS "${projection.of}Id"`;
    this.database.exec(
      `DROP VIEW IF EXISTS "${projection.name}"; CREATE VIEW "${projection.name}" AS SELECT ${[id, ...names].join(', ')} FROM "${keyOf(projection)}"`,
    );
  }

  replace(projection: AnyProjection, subject: string, cells: readonly Cell[]): void {
    this.prepare(`DELETE FROM "${keyOf(projection)}" WHERE subject = ?`).run(subject);
    this.add(projection, subject, cells);
  }

  /** Adds rows of a subject, their cells one after the other. */
  add(projection: AnyProjection, subject: string, cells: readonly Cell[]): void {
    if (cells.length === 0) return;
    const width = Object.keys(projection.rows?.columns ?? {}).length;
    const insert = this.prepare(`INSERT INTO "${keyOf(projection)}" VALUES (?${', ?'.repeat(width)})`);
    for (let at = 0; at < cells.length; at += width) insert.run(subject, ...cells.slice(at, at + width));
  }

  private prepare(sql: string): StatementSync {
    const known = this.statements.get(sql) ?? this.database.prepare(sql);
    this.statements.set(sql, known);
    return known;
  }
}
