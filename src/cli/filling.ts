import { createWriteStream } from 'node:fs';
import { registerHooks } from 'node:module';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Mapping } from '../app/import/mapping.js';
import type { Target } from '../app/import/port.js';
import { revert } from '../app/import/revert.js';
import { type Counts, type ReportLine } from '../app/import/report.js';
import { ImportRun } from '../app/import/run.js';
import { ImportTarget } from '../app/import/target.js';
import { loadDemo } from '../demo/demo.js';
import { Refusal } from '../kernel/refusal.js';
import { flag, option, Usage, type Words, wordsOf } from './arguments.js';
import { serviceOf } from './client.js';
import { importEvents } from './moving.js';
import { writing } from './open.js';
import { revertAt } from './remote-revert.js';
import { RemoteTarget } from './remote-target.js';
import type { Told } from './run.js';

/** `taproot demo`. */
export async function demo({ args, config, out, projector }: Told): Promise<number> {
  const words = wordsOf(args, { service: true });
  if (option(words, 'url') !== undefined)
    throw new Usage('The demo portfolio goes into an empty log of a data directory only, not to a service with --url');
  return writing(
    config,
    async (taproot) => {
      if (taproot.head > 0)
        throw new Refusal(
          'config/invalid',
          `${config.data} holds ${taproot.head} events; the demo portfolio goes into an empty log only`,
        );
      await loadDemo(taproot);
      await taproot.projector.level();
      out(`${taproot.head} events of a fictitious portfolio are in ${config.data}\n`);
      return 0;
    },
    projector,
  );
}

/** `taproot import mapping.ts rows.csv`. */
export async function importFiles(told: Told): Promise<number> {
  const { args, out, progress } = told;
  const words = wordsOf(args, {
    flags: ['dry-run'],
    values: ['report', 'changed', 'revert', 'events'],
    service: true,
  });
  const bundle = option(words, 'events');
  if (bundle !== undefined) {
    if (option(words, 'url') !== undefined)
      throw new Usage('--events moves a whole log into a data directory; it is not sent to a service with --url');
    return importEvents(bundle, words, told);
  }
  const batchId = option(words, 'revert');
  if (batchId !== undefined) return takeBack(batchId, words, told);
  const [file, ...files] = words.rest;
  if (file === undefined || files.length === 0) throw new Usage('taproot import takes a mapping and at least one file');
  const changed = option(words, 'changed') ?? 'report';
  if (changed !== 'report' && changed !== 'correct') throw new Usage('--changed is report or correct');
  const mapping = await mappingIn(file, told.load);
  const report = reportTo(option(words, 'report'));
  return into(words, told, async (target) => {
    const started = Date.now();
    const run = new ImportRun(target, mapping, basename(file), {
      dryRun: flag(words, 'dry-run'),
      changed,
      report: report.line,
      progress: (counts) => progress(said(counts, started)),
    });
    const { batchId: batch, counts } = await run.run(files);
    await report.end();
    await target.level();
    out(
      flag(words, 'json')
        ? `${JSON.stringify({ batchId: batch, dryRun: flag(words, 'dry-run'), ...counts })}\n`
        : summary(batch, counts, words),
    );
    return 0;
  });
}

/** Runs an import into the service that `--url` names, else into the data directory. */
function into(words: Words, { config, projector }: Told, run: (target: Target) => Promise<number>): Promise<number> {
  const service = serviceOf(words, config);
  if (service) return run(new RemoteTarget(service));
  return writing(config, (taproot) => run(new ImportTarget(taproot)), projector);
}

/** `taproot import --revert <batchId>`. */
function takeBack(batchId: string, words: Words, { config, out, progress, projector }: Told): Promise<number> {
  const retracted = (count: number) => progress(`${count} events retracted`);
  const tell = (result: object) => {
    out(`${JSON.stringify(result)}\n`);
    return 0;
  };
  const service = serviceOf(words, config);
  if (service) return revertAt(service, batchId, retracted).then(tell);
  return writing(
    config,
    async (taproot) => {
      const result = await revert(taproot, batchId, retracted);
      await taproot.projector.level();
      return tell(result);
    },
    projector,
  );
}

/** The mapping of a file. */
export async function mappingIn(file: string, load = loaded): Promise<Mapping<never>> {
  try {
    const { default: told } = (await load(pathToFileURL(resolve(file)).href)) as { default?: Mapping<never> };
    if (typeof told?.commands !== 'function' || typeof told.key !== 'function')
      throw new Usage(`${file} has no default export made with mapping({ source, key, commands })`);
    return told;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Usage(`${file} cannot be loaded as a mapping: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Loads a module; `taproot/import` is this program's own, wherever the file lies. */
async function loaded(url: string): Promise<unknown> {
  const own = new URL('../app/import/mapping.js', import.meta.url).href;
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'taproot/import' ? { url: own, shortCircuit: true } : next(specifier, context),
  });
  try {
    return await import(url);
  } finally {
    hooks.deregister();
  }
}

function reportTo(file: string | undefined): { line: (line: ReportLine) => void; end: () => Promise<void> } {
  if (file === undefined) return { line: () => undefined, end: async () => undefined };
  const sink = createWriteStream(file);
  return {
    line: (line) => void sink.write(`${JSON.stringify(line)}\n`),
    end: () => new Promise((done, failed) => sink.end((error?: Error | null) => (error ? failed(error) : done()))),
  };
}

function said(counts: Counts, started: number): string {
  const seconds = Math.max((Date.now() - started) / 1000, 0.001);
  return `${counts.records} records, ${counts.recorded} recorded, ${counts.repeated} known already, ${counts.rejected} rows rejected, ${Math.round(counts.recorded / seconds)}/s`;
}

function summary(batch: string | null, counts: Counts, words: Words): string {
  const dryRun = flag(words, 'dry-run');
  const url = option(words, 'url');
  const lines = [
    `${counts.rows} rows in ${counts.records} records`,
    `${counts.recorded} commands ${dryRun ? 'would be ' : ''}recorded, ${counts.repeated} were known already, ${counts.changed} changed since`,
    `${counts.refused} refused by a rule, ${counts.rejected} rows rejected, ${counts.noted} values read as others`,
    batch === null
      ? 'Nothing was added.'
      : `Batch ${batch}; taproot import --revert ${batch}${url === undefined ? '' : ` --url ${url}`} takes it back.`,
  ];
  return `${lines.join('\n')}\n`;
}
