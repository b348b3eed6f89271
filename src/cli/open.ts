import { look } from '../app/look.js';
import { Reads } from '../app/reads.js';
import { type Opening, Taproot } from '../app/taproot.js';
import type { Config } from '../config.js';

/** Opens the data directory for writing, runs, and lets go of it. */
export async function writing<T>(
  config: Config,
  run: (taproot: Taproot) => Promise<T>,
  projector: Opening['projector'] = 'thread',
): Promise<T> {
  const taproot = await Taproot.open(config, {
    projector,
    say: (sentence) => process.stderr.write(`${sentence}\n`),
  });
  try {
    return await run(taproot);
  } finally {
    await taproot.close();
  }
}

/** Opens the data directory for reading; a service may hold it meanwhile. */
export async function reading<T>(config: Config, run: (reads: Reads) => Promise<T> | T): Promise<T> {
  const source = look(config);
  try {
    return await run(new Reads(source));
  } finally {
    source.close();
  }
}
