import { createReadStream, existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { Refusal } from '../../kernel/refusal.js';

/** A row of a file and the line it begins on. */
export interface FileRow {
  readonly line: number;
  readonly row: Record<string, unknown>;
}

/** What could not be read as a row, and where. */
export interface Unreadable {
  readonly line: number;
  readonly error: string;
}

/** Rows of a CSV, NDJSON or JSON file, also gzipped, one after another; the ending says which. A row that cannot be read is told and passed over. */
export async function* rowsOf(file: string, delimiter = ','): AsyncGenerator<FileRow | Unreadable> {
  if (!existsSync(file)) throw new Refusal('config/invalid', `There is no file ${file}`);
  const plain = file.replace(/\.gz$/, '');
  const bytes = createReadStream(file);
  const input: Readable = plain === file ? bytes : bytes.pipe(createGunzip());
  const rows = /\.(ndjson|jsonl)$/.test(plain)
    ? ndjson(input)
    : /\.json$/.test(plain)
      ? jsonArray(input, file)
      : csv(input, delimiter);
  for await (const one of rows) yield 'row' in one && isGarbled(one.row) ? { line: one.line, error: garbled } : one;
}

/** Bytes that are no UTF-8 are read as U+FFFD: what they meant is lost, and must not be recorded for ever. */
const garbled = 'the row is not UTF-8; save the file as UTF-8';
const isGarbled = (row: object): boolean =>
  Object.entries(row).some(([name, value]) => name.includes('\ufffd') || String(value).includes('\ufffd'));

async function* csv(input: Readable, delimiter: string): AsyncGenerator<FileRow | Unreadable> {
  const skipped: Unreadable[] = [];
  const parser = parse({
    bom: true,
    columns: true,
    delimiter,
    info: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      skipped.push({
        line: (error as unknown as { lines?: number })?.lines ?? 0,
        error: error?.message ?? 'unreadable',
      });
      return undefined;
    },
  });
  input.on('error', (error) => parser.destroy(error));
  // the parser counts a line end of two characters within a field as two lines
  let twice = 0;
  const passedOver = (before: number) => {
    const count = skipped.filter((one) => one.line < before).length;
    return skipped.splice(0, count).map((one) => ({ ...one, line: one.line - twice }));
  };
  for await (const { record, info } of input.pipe(parser) as AsyncIterable<{
    record: Record<string, unknown>;
    info: { lines: number };
  }>) {
    yield* passedOver(info.lines);
    const ends = Object.values(record).flatMap((value) => String(value).match(/\r\n|\n|\r/g) ?? []);
    twice += ends.filter((end) => end.length > 1).length;
    yield { line: info.lines - twice - ends.length, row: record };
  }
  yield* passedOver(Number.POSITIVE_INFINITY);
}

async function* ndjson(input: Readable): AsyncGenerator<FileRow | Unreadable> {
  let rest = '';
  let line = 0;
  input.setEncoding('utf8');
  for await (const chunk of input) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) yield* one(text, ++line);
  }
  if (rest !== '') yield* one(rest, ++line);
}

function* one(text: string, line: number): Generator<FileRow | Unreadable> {
  if (text.trim() === '') return;
  try {
    const row = JSON.parse(text) as unknown;
    if (typeof row === 'object' && row !== null && !Array.isArray(row))
      yield { line, row: row as Record<string, unknown> };
    else yield { line, error: 'the line is no JSON object' };
  } catch (error) {
    yield { line, error: error instanceof Error ? error.message : String(error) };
  }
}

async function* jsonArray(input: Readable, file: string): AsyncGenerator<FileRow | Unreadable> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(chunk as Buffer);
  let rows: unknown;
  try {
    rows = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw new Refusal(
      'config/invalid',
      `${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (!Array.isArray(rows)) throw new Refusal('config/invalid', `${file} must hold a JSON array of objects`);
  for (const [i, row] of rows.entries()) yield { line: i + 1, row: row as Record<string, unknown> };
}
