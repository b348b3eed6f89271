import { sentences, type Topic } from '../topic.js';
import { batchCommands } from './batch.commands.js';
import { batch as decider } from './batch.decider.js';
import { batchEvents } from './batch.events.js';

/** An import of records of another system. */
export const batch: Topic = {
  name: 'batch',
  events: batchEvents,
  commands: batchCommands,
  decider,
  says: sentences([
    ['StartImport ImportStarted', 'Records of another system began to come in.', '开始导入另一系统的记录。'],
    ['CompleteImport ImportCompleted', 'An import is complete.', '导入已完成。'],
    ['RevertImport ImportReverted', 'Everything that an import brought is taken back.', '撤回某次导入的全部内容。'],
  ]),
};
