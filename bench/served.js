/** One side of a benchmark in a process of its own: `taproot` over a directory, or `bare`, the reference. Answers what it is asked. */
import 'reflect-metadata';
import { open, seconds, token } from './support.js';

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
    memory: () => {
      globalThis.gc?.();
      return Math.round(process.memoryUsage().rss / 2 ** 20);
    },
  };
  process.on('message', async (what) => process.send((await answers[what]()) ?? null));
  return { url: door.url, startMs };
}

process.send(await (kind === 'bare' ? bare() : taproot()));
