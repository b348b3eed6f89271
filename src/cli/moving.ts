import { closeSync, fsyncSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { headFile, lookAtLog, openBundle } from '../app/move/bundle.js';
import { moveIn } from '../app/move/move-in.js';
import { Refusal } from '../kernel/refusal.js';
import { flag, option, Usage, type Words } from './arguments.js';
import type { Told } from './run.js';

/** `taproot import --events bundle.ndjson`, or the data directory of a log. */
export async function importEvents(path: string, words: Words, { config, out, progress }: Told): Promise<number> {
  if (resolve(path) === resolve(config.data))
    throw new Usage(
      `${path} is both source and target; set TAPROOT_DATA to the directory that the log is to move into`,
    );
  const bundle = openBundle(path);
  let writing = false;
  try {
    const moved = await moveIn(bundle, config, (what, done, all) => {
      writing ||= what === 'appended';
      progress(`${done}${all === undefined ? '' : ` of ${all}`} events ${what}`);
    });
    const { size, root, before, to, ms } = moved;
    const rate = Math.round((size - before) / Math.max((ms.append + ms.check) / 1_000, 0.001));
    out(
      flag(words, 'json')
        ? `${JSON.stringify(moved)}\n`
        : `${size} events are at ${to}, ${before} of them were before; root ${root} as at the source\n${rate} events/s: read in ${ms.read} ms, appended in ${ms.append} ms, read back and checked in ${ms.check} ms\n`,
    );
    return 0;
  } catch (error) {
    if (!writing || !(error instanceof Refusal) || !/^log\/(unavailable|behind)$/.test(error.code)) throw error;
    process.stderr.write(`${error.message}\nThe same command goes on where this one stopped.\n`);
    return 2;
  } finally {
    bundle.close();
  }
}

/** `taproot export events --out bundle.ndjson`, with `--seal` so that the log takes no more events. */
export async function exportEvents(words: Words, { config, out, progress }: Told): Promise<number> {
  const file = option(words, 'out');
  const seal = flag(words, 'seal');
  if (file === undefined) throw new Usage('--seal takes --out <bundle> beside it');
  const log = seal ? openBundle(config.data) : lookAtLog(config.data);
  try {
    const target = openSync(file, 'w');
    try {
      rmSync(headFile(file), { force: true });
      let done = 0;
      for await (const lines of log.lines()) {
        writeFileSync(target, `${lines.join('\n')}\n`);
        done += lines.length;
        progress(`${done} of ${log.head!.size} events`);
      }
      fsyncSync(target);
    } finally {
      closeSync(target);
    }
    writeFileSync(headFile(file), `${JSON.stringify(log.head)}\n`);
    if (seal) log.moved(`the bundle ${resolve(file)}`);
    const { size, root } = log.head!;
    out(
      flag(words, 'json')
        ? `${JSON.stringify({ ...log.head, sealed: seal })}\n`
        : `${size} events in ${file}, root ${root}${seal ? '; the log takes no more' : ''}\n`,
    );
    return 0;
  } finally {
    log.close();
  }
}
