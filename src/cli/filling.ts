import { createWriteStream } from 'node:fs';
import { registerHooks } from 'node:module';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Mapping } from '../app/import/mapping.js';
import { revert } from '../app/import/revert.js';
import { type Counts, type ReportLine } from '../app/import/report.js';
import { ImportRun } from '../app/import/run.js';
import { ImportTarget } from '../app/import/target.js';
import { loadDemo } from '../demo/demo.js';
import { Refusal } from '../kernel/refusal.js';
import { flag, option, Usage, wordsOf } from './arguments.js';
import { importEvents } from './moving.js';
import { writing } from './open.js';
import type { Told } from './run.js';

/** `taproot demo`. */
export function demo({ config, out }: Told): Promise<number> {
  return writing(config, async (taproot) => {
    if (taproot.head > 0)
      throw new Refusal(
        'config/invalid',
        `${config.data} holds ${taproot.head} events; the demo portfolio goes into an empty log only`,
      );
    await loadDemo(taproot);
    await taproot.projector.level();
    out(`${taproot.head} events of a fictitious portfolio are in ${config.data}\n`);
    return 0;
  });
}

/** `taproot import mapping.ts rows.csv`. */
export async function importFiles({ args, config, out, progress }: Told): Promise<number> {
  const words = wordsOf(args, { flags: ['dry-run'], values: ['report', 'changed', 'revert', 'events'] });
  const bundle = option(words, 'events');
  if (bundle !== undefined) return importEvents(bundle, words, { args, config, out, progress });
  const batchId = option(words, 'revert');
  if (batchId !== undefined) {
    return writing(config, async (taproot) => {
      const result = await revert(taproot, batchId, (count) => progress(`${count} events retracted`));
      await taproot.projector.level();
      out(`${JSON.stringify(result)}\n`);
      return 0;
    });
  }
  const [file, ...files] = words.rest;
  if (file === undefined || files.length === 0) throw new Usage('taproot import takes a mapping and at least one file');
  const changed = option(words, 'changed') ?? 'report';
  if (changed !== 'report' && changed !== 'correct') throw new Usage('--changed is report or correct');
  const mapping = await mappingIn(file);
  const report = reportTo(option(words, 'report'));
  return writing(config, async (taproot) => {
    const started = Date.now();
    const run = new ImportRun(new ImportTarget(taproot), mapping, basename(file), {
      dryRun: flag(words, 'dry-run'),
      changed,
      report: report.line,
      progress: (counts) => progress(said(counts, started)),
    });
    const { batchId: batch, counts } = await run.run(files);
    await report.end();
    await taproot.projector.level();
    out(
      flag(words, 'json')
        ? `${JSON.stringify({ batchId: batch, dryRun: flag(words, 'dry-run'), ...counts })}\n`
        : summary(batch, counts, flag(words, 'dry-run')),
    );
    return 0;
  });
}

/** Loads a mapping file; `taproot/import` is this program's own, wherever the file lies. */
export async function mappingIn(file: string): Promise<Mapping<never>> {
  const own = new URL('../app/import/mapping.js', import.meta.url).href;
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'taproot/import' ? { url: own, shortCircuit: true } : next(specifier, context),
  });
  try {
    const loaded = (await import(pathToFileURL(resolve(file)).href)) as { default?: Mapping<never> };
    if (typeof loaded.default?.commands !== 'function' || typeof loaded.default.key !== 'function')
      throw new Usage(`${file} has no default export made with mapping({ source, key, commands })`);
    return loaded.default;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Usage(`${file} cannot be loaded as a mapping: ${error instanceof Error ? error.message : String(error)}`);
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

function summary(batch: string | null, counts: Counts, dryRun: boolean): string {
  const lines = [
    `${counts.rows} rows in ${counts.records} records`,
    `${counts.recorded} commands ${dryRun ? 'would be ' : ''}recorded, ${counts.repeated} were known already, ${counts.changed} changed since`,
    `${counts.refused} refused by a rule, ${counts.rejected} rows rejected, ${counts.noted} values read as others`,
    batch === null ? 'Nothing was added.' : `Batch ${batch}; taproot import --revert ${batch} takes it back.`,
  ];
  return `${lines.join('\n')}\n`;
}
