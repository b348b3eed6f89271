/** One side of a benchmark in a process of its own: `taproot` over a directory, or `bare`, the reference. Answers what it is asked. */
import 'reflect-metadata';
import { each, open, quantile, seconds, token } from './support.js';

const [kind, directory] = process.argv.slice(2);
const bare = async () => ({ url: await (await import('./bare.js')).bare() });

async function taproot() {
  const { cast, tell } = await import('./history.js');
  const { serve } = await import('../dist/src/http/server.js');
  let opened;
  let door;
  let told = 0;
  const startMs = Math.round(
    1000 *
      (await seconds(async () => {
        opened = await open(directory);
        door = await serve(opened, token, '127.0.0.1', 0);
      })),
  );
  const answers = {
    cast: () => tell(opened, cast(50, 50 * told++)),
    level: () => opened.projector.level(),
    views: () => {
      const moment = { asOf: Date.now(), knownAt: { position: opened.head } };
      for (const { id } of opened.moments.reader.accounts(0, 200)) opened.moments.view('performance', id, moment);
    },
    reports: async () => {
      const { Reads } = await import('../dist/src/app/reads.js');
      const { reports } = await import('../dist/projections/registry.js');
      const reads = new Reads(opened);
      const moment = { asOf: Date.parse('2024-07-01T00:00:00Z'), knownAt: { position: opened.head } };
      const query = { from: null, to: null, parameters: {}, takes: () => true, asked: {} };
      const times = [];
      for (const { name } of reports) {
        const ask = () => reads.portfolio.report(name, moment, query);
        const cold = 1000 * (await seconds(ask));
        times.push({ name, cold, again: quantile(await each(20, ask), 0.95) });
      }
      return times;
    },
    memory: () => {
      globalThis.gc?.();
      return Math.round(process.memoryUsage().rss / 2 ** 20);
    },
  };
  process.on('message', async (what) => process.send((await answers[what]()) ?? null));
  return { url: door.url, startMs };
}

process.send(await (kind === 'bare' ? bare() : taproot()));
