import { writeFileSync } from 'node:fs';
import { projectionNamed } from '../../projections/registry.js';
import { csvOf, linesOf } from '../app/export.js';
import { parquetOf } from '../app/parquet.js';
import type { Reads } from '../app/reads.js';
import { flag, option, Usage, type Words, wordsOf } from './arguments.js';
import { clocks, momentIn, moments } from './asking.js';
import { type Client, part, serviceOf } from './client.js';
import { exportEvents } from './moving.js';
import { reading } from './open.js';
import type { Told } from './run.js';

/** Entries asked for at the same time. */
const entriesMax = 32;

/** `taproot export rows performance --format=csv`, `taproot export events`. */
export async function exportRows(told: Told): Promise<number> {
  const { args, config, out } = told;
  const words = wordsOf(args, { flags: ['seal'], values: [...moments, 'format', 'out'], service: true });
  const [what, name] = words.rest;
  const service = serviceOf(words, config);
  if (what === 'events' && (flag(words, 'seal') || option(words, 'out') !== undefined)) {
    if (service) throw new Usage('A bundle is made from a data directory; it is not asked from a service with --url');
    return exportEvents(words, told);
  }
  const format = option(words, 'format') ?? 'ndjson';
  if (!['ndjson', 'csv', 'parquet'].includes(format)) throw new Usage('--format is ndjson, csv or parquet');
  if (what !== 'events' && (what !== 'rows' || name === undefined))
    throw new Usage('taproot export takes events, or rows and the name of a projection');
  if (service) {
    if (what === 'events') for await (const line of entriesAt(service)) out(line);
    else if (format === 'parquet')
      throw new Usage('A service writes rows as ndjson or csv; Parquet is made from a data directory');
    else for await (const text of service.pieces(`/v1/rows/${part(name!)}`, { ...clocks(words), format })) out(text);
    return 0;
  }
  return reading(config, async (reads) => {
    if (what === 'events') for (const line of entriesOf(reads)) out(line);
    else {
      const rows = reads.rows(name!, momentIn(reads, words));
      if (format === 'parquet') return writeParquet(words, name!, rows);
      for await (const piece of format === 'csv' ? csvOf(rows, reads.columns(name!)) : linesOf(rows)) out(piece);
    }
    return 0;
  });
}

function writeParquet(words: Words, name: string, rows: ReturnType<Reads['rows']>): number {
  const file = option(words, 'out');
  if (file === undefined) throw new Usage('A Parquet file is not text: say with --out where it goes');
  writeFileSync(file, parquetOf(projectionNamed(name)!, rows));
  return 0;
}

/** The log's exact lines in order. */
function* entriesOf(reads: Reads): Generator<string> {
  for (let after = 0; ; ) {
    const rows = reads.moments.reader.scan(after, 1_000);
    if (rows.length > 0) yield `${rows.map((row) => row.entry).join('\n')}\n`;
    if (rows.length < 1_000) return;
    after = rows.at(-1)!.position;
  }
}

/** The same from a service, which gives the exact bytes of one entry at a time. */
async function* entriesAt(service: Client): AsyncGenerator<string> {
  let ids: string[] = [];
  const lines = async () => {
    const texts = await Promise.all(ids.map((id) => service.text(`/v1/events/${id}`)));
    ids = [];
    return texts.map((text) => `${text}\n`).join('');
  };
  for await (const { id } of service.objects<{ id: string }>('/v1/events')) {
    ids.push(id);
    if (ids.length >= entriesMax) yield await lines();
  }
  yield await lines();
}
