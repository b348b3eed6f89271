import { parquetWriteBuffer } from 'hyparquet-writer';
import type { AnyProjection, Column, FlatRow } from '../kernel/projection.js';

/** Parquet's type for each kind of column; instants stay text as everywhere else, so that no reader has to guess a zone. */
const types = {
  text: 'STRING',
  integer: 'INT64',
  number: 'DOUBLE',
  instant: 'STRING',
  money: 'INT64',
} as const satisfies Record<Column, string>;

/** A projection's rows as an Apache Parquet file; all of them in memory, as its columns are written one after another. */
export function parquetOf(projection: AnyProjection, rows: Iterable<FlatRow>): Uint8Array {
  const kinds: [string, Column][] = [
    [`${projection.of}Id`, 'text'],
    ...Object.entries(projection.rows?.columns ?? {}).map(([name, { kind }]) => [name, kind] as [string, Column]),
  ];
  const all = [...rows];
  const columnData = kinds.map(([name, kind]) => ({
    name,
    type: types[kind],
    nullable: true,
    data: all.map((row) => cell(row[name] ?? null, types[kind])),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

const cell = (value: string | number | null, type: string): string | number | bigint | null =>
  type === 'INT64' && typeof value === 'number' ? BigInt(value) : value;
