import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { Refusal } from '../kernel/refusal.js';
import { ledgerFile } from '../ledger/ledger.js';
import { Reader } from '../ledger/reader.js';
import { foldersOf } from './build.js';
import { figureExtracts, reportExtracts } from './extracts.js';
import { Moments } from './moments.js';
import type { Task, Told } from './pool.js';
import { Views } from './views.js';
import { Wholes } from './whole.js';

/** A thread that folds Histories for others: reads the ledger, writes nothing. */
const { directory } = workerData as { directory: string };
let wholes: Wholes | undefined;
let moments: Moments | undefined;

function answer(task: Task): unknown[] {
  if (task.kind === 'wholes') {
    const { projections, names, position } = task;
    wholes ??= new Wholes(Reader.open(ledgerFile(directory)));
    const all = wholes;
    const folderOf = foldersOf(projections);
    return all.reader.together(() => names.map((name) => all.fold(folderOf(name)!, name, position)));
  }
  // a report reads a part of the log, and the thread stays with the service
  moments ??= new Moments(Reader.open(ledgerFile(directory), false), Views.open(directory, true));
  const at = moments;
  if (task.kind === 'figure') return at.reader.together(() => figureExtracts(at, task.what, task.accounts));
  at.population = (name) => {
    const figure = task.figures[name];
    if (!figure) throw new Error(`A view of report ${task.what.report} looks at ${name}, which it does not name`);
    return figure;
  };
  return at.reader.together(() => reportExtracts(at, task.what, task.accounts));
}

function told(task: Task): Told {
  try {
    return { answer: answer(task) };
  } catch (error) {
    if (!(error instanceof Refusal))
      return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    const { code, message, errors, values } = error;
    return { refused: { code, message, errors, values } };
  }
}

parentPort?.on('message', ({ id, task }: { id: number; task: Task }) => {
  parentPort?.postMessage({ id, ...told(task) });
});
