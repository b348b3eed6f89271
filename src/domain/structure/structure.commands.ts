import { told } from '../../kernel/command.js';
import { AccountPlacedUnder, AccountsMerged, AccountsUnmerged } from './structure.events.js';

/** Says under which account another belongs; null: under nobody. */
export class PlaceAccountUnder extends told(AccountPlacedUnder) {}
/** Says that two accounts are one: the dealings of the first count as the second's. */
export class MergeAccounts extends told(AccountsMerged) {}
/** Says that they were two after all. */
export class UnmergeAccounts extends told(AccountsUnmerged) {}

/** Commands on the `structure` stream, by name. */
export const structureCommands = { PlaceAccountUnder, MergeAccounts, UnmergeAccounts };
