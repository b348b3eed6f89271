import { acme, globex } from './ids.js';

const placed = { accountId: acme, parentId: globex };
const merged = { from: globex, into: acme, reason: 'The same firm was entered twice' };
const parted = { from: globex, into: acme, reason: 'Two firms with one name' };

/** Samples of who belongs under whom. */
export const structureCast: {
  readonly commands: Readonly<Record<string, object>>;
  readonly events: Readonly<Record<string, object>>;
} = {
  commands: { PlaceAccountUnder: placed, MergeAccounts: merged, UnmergeAccounts: parted },
  events: { AccountPlacedUnder: placed, AccountsMerged: merged, AccountsUnmerged: parted },
};
