import type { FlatRow } from '../kernel/projection.js';

/** Rows as NDJSON, some at a time. */
export async function* linesOf(rows: Iterable<object> | AsyncIterable<object>, every = 200): AsyncGenerator<string> {
  let text = '';
  let count = 0;
  for await (const row of rows) {
    text += `${JSON.stringify(row)}\n`;
    if (++count % every !== 0) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

/** Rows as CSV (RFC 4180) under a header of the columns named; cells that a spreadsheet would take for a formula begin with an apostrophe. */
export function* csvOf(rows: Iterable<FlatRow>, names: readonly string[]): Generator<string> {
  yield `${names.map(cell).join(',')}\r\n`;
  for (const row of rows) yield `${names.map((name) => cell(row[name] ?? null)).join(',')}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
