import { sentences, type Topic } from '../topic.js';
import { memberCommands } from './member.commands.js';
import { member as decider } from './member.decider.js';
import { memberEvents } from './member.events.js';

/** A person of ours. */
export const member: Topic = {
  name: 'member',
  events: memberEvents,
  commands: memberCommands,
  decider,
  says: sentences([
    ['AddMember MemberAdded', 'A person of ours takes part in key-account work.', '我方一位人员参与大客户工作。'],
    ['ChangeMember MemberChanged', 'What we know of a person of ours changed.', '我方人员的资料有变更。'],
    [
      'AssignMember MemberAssigned',
      'A person of ours works for an account, for a share of their time.',
      '我方人员以一定比例的工时服务于某客户。',
    ],
    ['ReleaseMember MemberReleased', 'A person of ours no longer works for an account.', '我方人员不再服务于某客户。'],
    [
      'ConfirmKam KamConfirmed',
      'The team or the customer trusts the key-account manager.',
      '团队或客户认可该大客户经理。',
    ],
    [
      'WithdrawKamConfidence KamConfidenceWithdrawn',
      'The team or the customer no longer trusts the key-account manager.',
      '团队或客户不再信任该大客户经理。',
    ],
  ]),
};
