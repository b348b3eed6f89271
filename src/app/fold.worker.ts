import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { projectionNamed } from '../../projections/registry.js';
import { ledgerFile } from '../ledger/ledger.js';
import { Reader } from '../ledger/reader.js';
import { foldersOf } from './build.js';
import { Moments } from './moments.js';
import type { Task } from './pool.js';
import { Views } from './views.js';
import { Wholes } from './whole.js';

/** A thread that folds Histories for others: reads the ledger, writes nothing. */
const { directory } = workerData as { directory: string };
const reader = Reader.open(ledgerFile(directory));
const wholes = new Wholes(reader);
let moments: Moments | undefined;

function answer(task: Task): unknown {
  if (task.kind === 'wholes') {
    const folderOf = foldersOf(task.projections);
    return task.names.map((name) => wholes.fold(folderOf(name)!, name, task.position));
  }
  moments ??= new Moments(reader, Views.open(directory, true));
  const { moment, asked } = task;
  const projections = task.projections.flatMap((name) => projectionNamed(name) ?? []);
  return task.names.map((name) => {
    const [of, id] = [name.slice(0, name.indexOf('/')), name.slice(name.indexOf('/') + 1)];
    const subject = moments!.subject(of as 'account', id, moment.knownAt, asked);
    return moments!.states(projections, subject, moment, asked);
  });
}

parentPort?.on('message', ({ id, task }: { id: number; task: Task }) => {
  try {
    parentPort?.postMessage({ id, answer: reader.together(() => answer(task)) });
  } catch (error) {
    parentPort?.postMessage({ id, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
