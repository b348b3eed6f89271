import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { projections } from '../../projections/registry.js';
import { ledgerFile } from '../ledger/ledger.js';
import { Reader } from '../ledger/reader.js';
import { Projector } from './projector.js';
import { Views } from './views.js';

/** The thread of the projector: works a batch, looks for messages, works on. */
const { directory } = workerData as { directory: string };
const reader = Reader.open(ledgerFile(directory));
const views = Views.open(directory);
const projector = new Projector(reader, views, projections);

let working = false;
const levels: number[] = [];

function work(): void {
  if (projector.step()) {
    setImmediate(work);
    return;
  }
  working = false;
  for (const id of levels.splice(0)) parentPort?.postMessage({ done: id });
}

function nudge(): void {
  if (working) return;
  working = true;
  setImmediate(work);
}

parentPort?.on('message', ({ kind, id, name }: { kind: string; id: number; name?: string }) => {
  if (kind === 'close') {
    views.close();
    reader.close();
    parentPort?.postMessage({ done: id });
    parentPort?.close();
    return;
  }
  if (kind === 'rebuild') projector.rebuild(name);
  if (id > 0) levels.push(id);
  nudge();
});
nudge();
