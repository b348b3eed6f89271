import { sentences, type Topic } from '../topic.js';
import { contactCommands } from './contact.commands.js';
import { contact as decider } from './contact.decider.js';
import { contactEvents } from './contact.events.js';

/** A person of theirs. */
export const contact: Topic = {
  name: 'contact',
  events: contactEvents,
  commands: contactCommands,
  decider,
  says: sentences([
    ['AddContact ContactAdded', 'A person at the customer became known to us.', '我们认识了客户方的一位人员。'],
    [
      'ChangeContactDetails ContactDetailsChanged',
      'What we know of a person at the customer changed.',
      '客户方人员的资料有变更。',
    ],
    ['MoveContact', 'A person at the customer moved to another account, or left.', '客户方人员转到另一客户,或已离开。'],
    ['ContactLeft', 'A person at the customer is no longer with the account.', '客户方人员离开了该客户。'],
    ['ContactJoined', 'A person at a customer came to the account from another.', '客户方人员从另一客户转来。'],
    [
      'AssignContactRole ContactRoleAssigned',
      "A person took a part in their firm's decisions.",
      '客户方人员在其决策中担任一个角色。',
    ],
    [
      'EndContactRole ContactRoleEnded',
      "A person's part in their firm's decisions ended.",
      '客户方人员不再担任该决策角色。',
    ],
    [
      'AssessContact ContactAssessed',
      'We judged how a person stands towards us and how much their word weighs.',
      '我们评估了客户方人员的态度与影响力。',
    ],
    ['SetReportingLine ContactReportsTo', 'A person at the customer answers to another.', '客户方人员向另一人汇报。'],
  ]),
};
