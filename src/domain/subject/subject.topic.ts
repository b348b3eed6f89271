import { sentences, type Topic } from '../topic.js';
import { subject as decider } from './subject.decider.js';
import { subjectEvents } from './subject.events.js';

/** A subject's keys and privacy. */
export const subject: Topic = {
  name: 'subject',
  events: subjectEvents,
  commands: {},
  decider,
  says: sentences([
    ['SubjectKeyCreated', "A key for one subject's personal data exists.", '为一个主体的个人数据生成了密钥。'],
    [
      'ErasureRequested',
      "Somebody entitled to it asked that a subject's personal data be destroyed.",
      '有权者请求销毁某主体的个人数据。',
    ],
    [
      'SubjectErased',
      'From here on nothing personal of the subject is read or written.',
      '自此不再读写该主体的任何个人数据。',
    ],
    [
      'ErasureCompleted',
      'The keys are destroyed, and what was derived from them is gone.',
      '密钥已销毁,其衍生内容亦已清除。',
    ],
    ['LegalHoldPlaced', "A subject's data must be kept for now.", '某主体的数据须暂予保全。'],
    ['LegalHoldLifted', "The duty to keep a subject's data has ended.", '对某主体数据的保全义务已解除。'],
  ]),
};
