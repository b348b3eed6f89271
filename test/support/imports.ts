import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Mapping } from '../../src/app/import/mapping.js';
import { revert } from '../../src/app/import/revert.js';
import { type Counts, type ReportLine } from '../../src/app/import/report.js';
import { ImportRun } from '../../src/app/import/run.js';
import { ImportTarget } from '../../src/app/import/target.js';
import type { Taproot } from '../../src/app/taproot.js';

/** Published data beside the project; never part of it. */
export const sharedData = resolve(import.meta.dirname, '../../../shared/data');

/** Whether a data set is there; tests over one that is not are skipped by name. */
export const hasData = (name: string): boolean => existsSync(join(sharedData, name));

/** One run of a mapping over files of a data set, with everything that it reported. */
export async function importOf(
  taproot: Taproot,
  mapping: Mapping<never>,
  files: readonly string[],
  more: { dryRun?: boolean; changed?: 'report' | 'correct' } = {},
): Promise<{ batchId: string | null; counts: Counts; lines: ReportLine[] }> {
  const lines: ReportLine[] = [];
  const run = new ImportRun(new ImportTarget(taproot), mapping, 'test.ts', {
    dryRun: more.dryRun ?? false,
    changed: more.changed ?? 'report',
    report: (line) => lines.push(line),
    progress: () => undefined,
  });
  return { ...(await run.run(files)), lines };
}

/** Takes a batch back. */
export const revertOf = (taproot: Taproot, batchId: string): Promise<unknown> =>
  revert(taproot, batchId, () => undefined);
