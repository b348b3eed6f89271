import { writeFileSync } from 'node:fs';
import { projectionNamed } from '../../projections/registry.js';
import { reportNamed } from '../../projections/registry.js';
import { csvOf, linesOf } from '../app/export.js';
import { parquetOf } from '../app/parquet.js';
import type { Reads } from '../app/reads.js';
import { admin } from '../http/access.js';
import { momentOf } from '../http/query.js';
import { readWhen } from '../kernel/instant.js';
import type { Moment } from '../kernel/projection.js';
import { flag, option, Usage, type Words, wordsOf } from './arguments.js';
import { exportEvents } from './moving.js';
import { reading } from './open.js';
import type { Told } from './run.js';

const moments = ['as-of', 'known-at', 'from', 'to'] as const;

/** Filters of accounts, as over HTTP. */
const filterNames = ['externalId', 'type', 'region', 'industry', 'manager', 'designated', 'stage', 'q'] as const;

/** `taproot view ACME performance --as-of 2025-03-31`. */
export function view({ args, config, out }: Told): Promise<number> {
  const words = wordsOf(args, { values: [...moments, 'limit', 'order', 'policy'] });
  const [accountId, name] = need(words, 'accountId', 'view');
  return reading(config, async (reads) => {
    const moment = asked(reads, words);
    const answer =
      name === 'timeline'
        ? await reads.timeline(
            accountId!,
            moment,
            {
              order: option(words, 'order') === 'asc' ? 'asc' : 'desc',
              limit: Number(option(words, 'limit') ?? 50),
              cursor: null,
            },
            admin,
          )
        : reads.view({ view: name!, id: accountId!, moment, scope: 'account', members: 'then', asked: {} });
    return print(out, words, answer);
  });
}

/** `taproot report retention --by designation`: a report's own parameters and the filters of accounts are options too. */
export function report({ args, config, out }: Told): Promise<number> {
  const own = Object.keys(args.map(reportNamed).find((one) => one !== undefined)?.parameters ?? {});
  const words = wordsOf(args, { values: [...moments, ...filterNames, ...own] });
  const [name] = need(words, 'report');
  return reading(config, async (reads) =>
    print(
      out,
      words,
      await reads.report(name!, asked(reads, words), {
        from: when(reads, words, 'from', 'start'),
        to: when(reads, words, 'to', 'bound'),
        parameters: given(words, own),
        filters: given(words, filterNames),
      }),
    ),
  );
}

/** Those of the options that were given, by name. */
function given(words: Words, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = option(words, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** `taproot explain ACME performance /total/contribution`. */
export function explainFigure({ args, config, out }: Told): Promise<number> {
  const words = wordsOf(args, { values: [...moments] });
  const [accountId, name, figure] = need(words, 'accountId', 'view', 'figure');
  return reading(config, (reads) => {
    const question = {
      view: name!,
      id: accountId!,
      moment: asked(reads, words),
      scope: 'account' as const,
      members: 'then' as const,
      asked: {},
    };
    return print(out, words, reads.explain(question, figure!, when(reads, words, 'from', 'start')));
  });
}

/** `taproot export rows performance --format=csv`, `taproot export events`. */
export function exportRows({ args, config, out, progress }: Told): Promise<number> {
  const words = wordsOf(args, { flags: ['seal'], values: [...moments, 'format', 'out'] });
  const [what, name] = words.rest;
  if (what === 'events' && (flag(words, 'seal') || option(words, 'out') !== undefined))
    return exportEvents(words, { args, config, out, progress });
  const format = option(words, 'format') ?? 'ndjson';
  if (!['ndjson', 'csv', 'parquet'].includes(format)) throw new Usage('--format is ndjson, csv or parquet');
  if (what !== 'events' && (what !== 'rows' || name === undefined))
    throw new Usage('taproot export takes events, or rows and the name of a projection');
  return reading(config, async (reads) => {
    if (what === 'events') for (const line of entriesOf(reads)) out(line);
    else {
      const rows = reads.rows(name!, asked(reads, words));
      if (format === 'parquet') return writeParquet(words, name!, rows);
      for await (const piece of format === 'csv' ? csvOf(rows) : linesOf(rows)) out(piece);
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

function need(words: Words, ...names: readonly string[]): readonly string[] {
  if (words.rest.length !== names.length)
    throw new Usage(`This command takes ${names.map((name) => `<${name}>`).join(' ')}`);
  return words.rest;
}

function asked(reads: Reads, words: Words): Moment {
  return momentOf({ asOf: option(words, 'as-of'), knownAt: option(words, 'known-at') }, reads.now(), reads.calendar());
}

function when(reads: Reads, words: Words, name: string, reading: 'start' | 'bound'): number | null {
  const text = option(words, name);
  if (text === undefined) return null;
  const at = readWhen(text, reading, reads.calendar());
  if (at === null) throw new Usage(`--${name} must be an instant or a date that exists`);
  return at;
}

function print(out: (text: string) => void, words: Words, answer: object): number {
  out(`${JSON.stringify(answer, null, flag(words, 'json') ? 0 : 2)}\n`);
  return 0;
}
