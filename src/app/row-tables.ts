import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AnyProjection, Column, FlatRow } from '../kernel/projection.js';
import { keyOf } from './folder.js';

const sqlTypes: Readonly<Record<Column, string>> = {
  text: 'TEXT',
  integer: 'INTEGER',
  number: 'REAL',
  instant: 'TEXT',
  money: 'INTEGER',
};
/** The tables that projections' rows are kept in, each under the projection's key; shown under its plain name once it is built. */
export class RowTables {
  private readonly statements = new Map<string, StatementSync>();

  constructor(private readonly database: DatabaseSync) {}

  /** Makes the table that a projection's rows are kept in. */
  make(projection: AnyProjection): void {
    if (!projection.rows) return;
    const kinds = Object.entries(projection.rows.columns).map(([name, { kind }]) => `"${name}" ${sqlTypes[kind]}`);
    this.database.exec(`CREATE TABLE IF NOT EXISTS "${keyOf(projection)}" (subject TEXT NOT NULL${kinds.map((one) => `, ${one}`).join('')});
      CREATE INDEX IF NOT EXISTS "${keyOf(projection)}_subject" ON "${keyOf(projection)}"(subject)`);
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

  replace(projection: AnyProjection, subject: string, rows: readonly FlatRow[]): void {
    this.prepare(`DELETE FROM "${keyOf(projection)}" WHERE subject = ?`).run(subject);
    this.add(projection, subject, rows);
  }

  add(projection: AnyProjection, subject: string, rows: readonly FlatRow[]): void {
    if (rows.length === 0) return;
    const table = keyOf(projection);
    const names = Object.keys(projection.rows?.columns ?? {});
    const insert = this.prepare(`INSERT INTO "${table}" VALUES (?${', ?'.repeat(names.length)})`);
    for (const row of rows) insert.run(subject, ...names.map((name) => row[name] ?? null));
  }

  private prepare(sql: string): StatementSync {
    const known = this.statements.get(sql) ?? this.database.prepare(sql);
    this.statements.set(sql, known);
    return known;
  }
}
