import { type Decider, type Draft, digestIn, pick, toldAlready } from '../../kernel/decider.js';
import { Refusal } from '../../kernel/refusal.js';
import type { batchCommands } from './batch.commands.js';
import { type BatchEvent, ImportCompleted, ImportReverted, ImportStarted } from './batch.events.js';

/** How far an import has come; digests tell a repeat from something new. */
export interface Batch {
  state: 'unknown' | 'running' | 'completed' | 'reverted';
  started?: string;
  completed?: string;
}

/** Rules of the `batch` streams. */
export const batch: Decider<Batch, typeof batchCommands, BatchEvent> = {
  name: 'batch',
  stream: ({ batchId }) => `batch-${batchId}`,
  initial: () => ({ state: 'unknown' }),

  on: {
    ImportStarted: (state, event) => {
      state.state = 'running';
      state.started = digestIn(event);
    },
    ImportCompleted: (state, event) => {
      state.state = 'completed';
      state.completed = digestIn(event);
    },
    ImportReverted: (state) => {
      state.state = 'reverted';
    },
  },

  decide: {
    /** What was taken back may be imported again under the same name. */
    StartImport(state, command, context): Draft<BatchEvent>[] {
      if (state.state !== 'reverted' && toldAlready(state.started, context, 'batch/id-taken', command.batchId))
        return [];
      return [{ type: 'ImportStarted', data: pick(command, ImportStarted) }];
    },

    CompleteImport(state, command, context): Draft<BatchEvent>[] {
      const { batchId } = command;
      if (state.state === 'unknown') throw unknown(batchId);
      if (state.state === 'reverted')
        throw new Refusal('batch/reverted', `Import ${batchId} was taken back; start it again`, {
          values: { batchId },
        });
      if (state.state === 'completed') {
        if (state.completed === context.digest) return [];
        throw new Refusal('batch/completed', `Import ${batchId} is complete already, with other counts`, {
          values: { batchId },
        });
      }
      return [{ type: 'ImportCompleted', data: pick(command, ImportCompleted) }];
    },

    /** An import that never ended may be taken back too. */
    RevertImport(state, command): Draft<BatchEvent>[] {
      if (state.state === 'unknown') throw unknown(command.batchId);
      return state.state === 'reverted' ? [] : [{ type: 'ImportReverted', data: pick(command, ImportReverted) }];
    },
  },
};

const unknown = (batchId: string): Refusal =>
  new Refusal('batch/unknown', `There is no import ${batchId}`, {
    errors: [{ pointer: '/batchId', code: 'unknown', detail: 'start the import first' }],
    values: { batchId },
  });
