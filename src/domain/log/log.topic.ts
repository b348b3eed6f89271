import { sentences, type Topic } from '../topic.js';
import { log as decider } from './log.decider.js';
import { logEvents } from './log.events.js';

/** The log's own affairs. */
export const log: Topic = {
  name: 'log',
  events: logEvents,
  commands: {},
  decider,
  says: sentences([
    [
      'StreamHeadsDigested',
      'The ends of all streams that changed are bound together under one hash.',
      '所有变动过的流的末端已绑定于一个哈希之下。',
    ],
    [
      'KeyDestroyedAgain',
      'A destroyed key had come back and was destroyed again.',
      '已销毁的密钥重新出现,再次被销毁。',
    ],
    ['LogContinued', 'After a loss the log goes on under a new name.', '日志在损失之后以新名称延续。'],
  ]),
};
