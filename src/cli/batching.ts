import { closeSync, createReadStream, existsSync, openSync, statSync, writeSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { batch, linesOf } from '../app/batch.js';
import { becameOf } from '../app/import/port.js';
import type { Receipt } from '../app/receipt.js';
import { admin } from '../http/access.js';
import { type Problem, problemOf, refusalOf } from '../http/problem.js';
import { Refusal } from '../kernel/refusal.js';
import { flag, need, option, Usage, wordsOf } from './arguments.js';
import { type Client, serviceOf, Unreachable } from './client.js';
import { writing } from './open.js';
import type { Told } from './run.js';

/** Lines of one request, and their text at the most; a line more than that goes by itself. */
const linesMax = 1_000;
const textMax = 1_048_576;

/** Refused lines that the summary tells; the report has all. */
const told = 10;

interface Counts {
  lines: number;
  recorded: number;
  repeated: number;
  refused: number;
  readonly refusals: { line: number; code: string; detail: string }[];
}

/** `taproot batch commands.ndjson`: a command a line, as `POST /v1/commands` takes them; exit code 1 where any was refused. */
export async function batchFile({ args, config, out, progress, input, projector }: Told): Promise<number> {
  const words = wordsOf(args, { values: ['report'], service: true });
  const [file] = need(words, 'file.ndjson | -') as [string];
  const service = serviceOf(words, config);
  const source = file === '-' ? (input ?? process.stdin) : fileOf(file);
  const report = reportOf(option(words, 'report'));
  const counts: Counts = { lines: 0, recorded: 0, repeated: 0, refused: 0, refusals: [] };
  const started = Date.now();
  const take = (text: string) => {
    report?.write(text);
    for (const line of text.split('\n')) if (line !== '') count(counts, JSON.parse(line) as Receipt | Problem);
    progress(pace(counts, started, source, file));
  };
  try {
    if (service) for await (const text of answersOf(service, source)) take(text);
    else
      await writing(
        config,
        async (taproot) => {
          const stage = (request: Parameters<typeof taproot.execute.stage>[0]) => taproot.execute.stage(request);
          for await (const text of batch(source, admin, stage, problemIn)) take(text);
          await taproot.projector.level();
        },
        projector,
      );
  } finally {
    report?.close();
  }
  out(flag(words, 'json') ? `${JSON.stringify(counts)}\n` : summary(counts));
  return counts.refused > 0 ? 1 : 0;
}

/** Answers of a service to the lines, in order; lines go in requests of a thousand, one after another. */
async function* answersOf(service: Client, source: Readable): AsyncGenerator<string> {
  let lines: { no: number; text: string }[] = [];
  let size = 0;
  const send = async () => {
    const sent = lines;
    lines = [];
    size = 0;
    if (sent.length === 0) return '';
    const answers = await service.lines(sent.map((line) => line.text));
    if (answers.length !== sent.length)
      throw new Unreachable(service.url, `it answered ${answers.length} of ${sent.length} commands`);
    return answers
      .map((answer, i) => `${JSON.stringify('line' in answer ? { ...answer, line: sent[i]!.no } : answer)}\n`)
      .join('');
  };
  for await (const { no, text, refusal } of linesOf(source)) {
    if (lines.length >= linesMax || size + (text?.length ?? 0) > textMax || text === null) yield await send();
    if (text === null) yield `${JSON.stringify({ line: no, ...problemOf(refusal) })}\n`;
    else {
      lines.push({ no, text });
      size += text.length;
    }
  }
  yield await send();
}

const problemIn = (error: unknown): Problem =>
  problemOf(
    refusalOf(error) ??
      new Refusal(
        'ledger/io',
        `The line could not be carried out: ${error instanceof Error ? error.message : String(error)}`,
      ),
  );

function count(counts: Counts, answer: (Receipt | Problem) & { line?: number }): void {
  counts.lines++;
  if (!('code' in answer)) counts[becameOf(answer).became === 'recorded' ? 'recorded' : 'repeated']++;
  else if (counts.refused++ < told) {
    const { line = 0, code, detail } = answer;
    counts.refusals.push({ line, code, detail });
  }
}

function fileOf(file: string): Readable {
  if (!existsSync(file)) throw new Usage(`There is no file ${file}`);
  return createReadStream(file);
}

function reportOf(file: string | undefined): { write: (text: string) => void; close: () => void } | undefined {
  if (file === undefined) return undefined;
  const target = openSync(file, 'w');
  return { write: (text) => void writeSync(target, text), close: () => closeSync(target) };
}

/** Rate, and the time left where the size of the input is known. */
function pace({ lines, refused }: Counts, started: number, source: Readable, file: string): string {
  const seconds = Math.max((Date.now() - started) / 1000, 0.001);
  const read = (source as { bytesRead?: number }).bytesRead ?? 0;
  const left = file === '-' || read === 0 ? null : (statSync(file).size / read - 1) * seconds;
  const rest = left === null ? '' : `, ${Math.round(left)} s left`;
  return `${lines} lines, ${refused} refused, ${Math.round(lines / seconds)}/s${rest}`;
}

function summary({ lines, recorded, repeated, refused, refusals }: Counts): string {
  const more = refusals.map(({ line, detail }) => `  line ${line}: ${detail}\n`).join('');
  const rest = refused > refusals.length ? `  and ${refused - refusals.length} more; --report tells each\n` : '';
  return `${lines} ${lines === 1 ? 'line' : 'lines'}: ${recorded} recorded, ${repeated} known already, ${refused} refused\n${more}${rest}`;
}
