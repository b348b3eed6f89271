const started = {
  sourceSystem: 'adventureworks',
  mapping: 'adventureworks.ts',
  files: [{ name: 'sales-orders-2013.csv', digest: 'sha256-4fzlGqJIYIA2' }],
};
const completed = { counts: { imported: 1204, repeated: 3, changed: 0 }, rejected: 7 };
const reverted = { reason: 'Mapped to the wrong accounts' };

/** Samples of an import. */
export const batchCast: {
  readonly commands: Readonly<Record<string, object>>;
  readonly events: Readonly<Record<string, object>>;
} = {
  commands: {
    StartImport: { batchId: 'aw-1', ...started },
    CompleteImport: { batchId: 'aw-1', ...completed },
    RevertImport: { batchId: 'aw-1', ...reverted },
  },
  events: { ImportStarted: started, ImportCompleted: completed, ImportReverted: reverted },
};
