import { unitFunctions } from '../../src/domain/vocabulary.js';
import { iso } from '../../src/kernel/instant.js';
import type { Rows } from '../../src/kernel/projection.js';
import type { ContactsState } from './state.js';

/** Functions of ours by their bits. */
export const unitsIn = (mask: number): string[] => unitFunctions.filter((_, i) => (mask & (1 << i)) !== 0);

/** A row for each quarter that is over, of the firm's calendar. */
export const rows: Rows<ContactsState> = {
  columns: {
    quarter: { kind: 'text', says: 'The quarter, of the firm’s calendar' },
    begins: { kind: 'instant', says: 'Its first instant' },
    diamondIndex: { kind: 'number', says: 'Diamond index at its end, 0 to 1; empty where both sides were silent' },
    breadth: { kind: 'number', says: 'Their functions met two-way in 90 days ÷ functions present, at its end' },
    initiatedByUs: { kind: 'integer', says: 'Interactions that we began, campaigns left out' },
    initiatedByThem: { kind: 'integer', says: 'Interactions that they began' },
    joint: { kind: 'integer', says: 'Interactions that both began' },
    campaigns: { kind: 'integer', says: 'Campaigns, which are no evidence' },
    units: { kind: 'integer', says: 'Functions of ours that took part or delivered support' },
  },
  of: (state) =>
    state.closed.map((one) => ({
      quarter: one.name,
      begins: iso(one.from),
      diamondIndex: one.diamondIndex,
      breadth: one.breadth,
      initiatedByUs: one.us,
      initiatedByThem: one.them,
      joint: one.joint,
      campaigns: one.campaigns,
      units: unitsIn(one.units).length,
    })),
};
