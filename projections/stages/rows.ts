import { iso } from '../../src/kernel/instant.js';
import type { Rows } from '../../src/kernel/projection.js';
import { changesOf } from './declared.js';
import type { StagesState } from './state.js';

/** A row for each stay in a declared stage. */
export const rows: Rows<StagesState> = {
  columns: {
    visit: { kind: 'integer', says: 'number of the stay, from 1' },
    stage: { kind: 'text', says: 'declared stage' },
    from: { kind: 'instant', says: 'when it was entered' },
    to: { kind: 'instant', says: 'when it was left; null: still in it' },
    eventId: { kind: 'text', says: 'event that declared it' },
    overridden: { kind: 'integer', says: '1 where a rule was set aside for it, else 0' },
  },
  of: (state) => {
    const changes = changesOf(state);
    return changes.map(({ stage, at, eventId, approver }, i) => {
      const next = changes[i + 1]?.at;
      return {
        visit: i + 1,
        stage,
        from: iso(at),
        to: next === undefined ? null : iso(next),
        eventId,
        overridden: approver === null ? 0 : 1,
      };
    });
  },
};
