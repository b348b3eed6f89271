import { sentences, type Topic } from '../topic.js';
import { structureCommands } from './structure.commands.js';
import { structure as decider } from './structure.decider.js';
import { structureEvents } from './structure.events.js';

/** Who belongs under whom, and which accounts are one. */
export const structure: Topic = {
  name: 'structure',
  events: structureEvents,
  commands: structureCommands,
  decider,
  says: sentences([
    ['PlaceAccountUnder AccountPlacedUnder', 'An account belongs under another.', '一个客户归属于另一客户之下。'],
    ['MergeAccounts AccountsMerged', 'Two accounts were found to be one.', '两个客户被确认为同一客户。'],
    ['UnmergeAccounts AccountsUnmerged', 'Two accounts were two after all.', '合并的客户重新分开。'],
  ]),
};
