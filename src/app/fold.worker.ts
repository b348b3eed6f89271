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
const reader = Reader.open(ledgerFile(directory));
const wholes = new Wholes(reader);
let opened: Moments | undefined;

function answer(task: Task): unknown[] {
  if (task.kind === 'wholes') {
    const folderOf = foldersOf(task.projections);
    return task.names.map((name) => wholes.fold(folderOf(name)!, name, task.position));
  }
  opened ??= new Moments(reader, Views.open(directory, true));
  if (task.kind === 'figure') return figureExtracts(opened, task.what, task.accounts);
  opened.population = (name) => {
    const figure = task.figures[name];
    if (!figure) throw new Error(`A view of report ${task.what.report} looks at ${name}, which it does not name`);
    return figure;
  };
  return reportExtracts(opened, task.what, task.accounts);
}

function told(task: Task): Told {
  try {
    return { answer: reader.together(() => answer(task)) };
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
