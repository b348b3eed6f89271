import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { projections } from '../../projections/registry.js';
import { ledgerFile } from '../ledger/ledger.js';
import { Reader } from '../ledger/reader.js';
import { FoldPool, processors } from './pool.js';
import { Projector } from './projector.js';
import { Views } from './views.js';

/** The thread of the projector: works a batch, looks for messages, works on. */
const { directory } = workerData as { directory: string };
const reader = Reader.open(ledgerFile(directory));
const views = Views.open(directory);
const pool = processors > 1 ? new FoldPool(directory, processors - 1) : undefined;
const projector = new Projector(reader, views, projections, pool);

/**
 * Longest rest after a step, in ms. A step writes whole states, however few events changed them, so under a steady stream of commands
 * it rests eight times as long as it worked and leaves the processor to them. No answer waits for it: reads fold what is missing.
 */
const restMs = 500;

let working = false;
let closing = false;
let resting: NodeJS.Timeout | undefined;
const levels: number[] = [];

async function work(): Promise<void> {
  if (closing) return;
  const started = performance.now();
  if (await projector.step()) {
    const rest = levels.length > 0 || projector.behind ? 0 : Math.min(8 * (performance.now() - started), restMs);
    if (rest < 1) setImmediate(go);
    else resting = setTimeout(go, rest);
    return;
  }
  working = false;
  for (const id of levels.splice(0)) parentPort?.postMessage({ done: id });
}

/** A step that was under way when the file was closed has nothing more to say. */
function go(): void {
  resting = undefined;
  work().catch((error: unknown) => {
    if (!closing) throw error;
  });
}

function nudge(): void {
  if (resting && levels.length > 0) {
    clearTimeout(resting);
    go();
  }
  if (working) return;
  working = true;
  setImmediate(go);
}

parentPort?.on('message', ({ kind, id, name }: { kind: string; id: number; name?: string }) => {
  if (kind === 'close') {
    closing = true;
    void pool?.close();
    views.close();
    reader.close();
    parentPort?.postMessage({ done: id });
    parentPort?.close();
    return;
  }
  if (kind === 'rebuild') projector.rebuild(name);
  if (kind === 'coalesce' || kind === 'fold') projector.coalesce(kind === 'coalesce');
  if (id > 0) levels.push(id);
  nudge();
});
nudge();
