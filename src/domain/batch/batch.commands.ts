import { onBatch } from '../../kernel/command.js';
import { ImportCompleted, ImportReverted, ImportStarted } from './batch.events.js';

/** Begins an import. */
export class StartImport extends onBatch(ImportStarted) {}
/** Ends an import. */
export class CompleteImport extends onBatch(ImportCompleted) {}
/** Takes an import back. */
export class RevertImport extends onBatch(ImportReverted) {}

/** Commands on a `batch` stream, by name. */
export const batchCommands = { StartImport, CompleteImport, RevertImport };
