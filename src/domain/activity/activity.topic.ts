import { sentences, type Topic } from '../topic.js';
import { activityCommands } from './activity.commands.js';
import { activity as decider } from './activity.decider.js';
import { activityEvents } from './activity.events.js';

/** Dealings with an account. */
export const activity: Topic = {
  name: 'activity',
  events: activityEvents,
  commands: activityCommands,
  decider,
  says: sentences([
    [
      'LogInteraction InteractionLogged',
      'People of ours and people of theirs were in contact.',
      '我方人员与客户方人员有过接触。',
    ],
    ['MakeCommitment CommitmentMade', 'One side gave its word.', '一方作出了承诺。'],
    ['MoveCommitment CommitmentMoved', 'Both sides agreed on another day for a promise.', '双方商定承诺改期。'],
    ['KeepCommitment CommitmentKept', 'A promise was kept.', '承诺已兑现。'],
    ['BreakCommitment CommitmentBroken', 'A promise was broken.', '承诺未兑现。'],
    ['RecordTrustBreach TrustBreached', "One side broke the other's trust.", '一方破坏了信任。'],
    ['RecordTrustRepair TrustRepaired', 'A breach of trust was made good.', '信任裂痕已修复。'],
    [
      'SignalIntegrity IntegritySignalled',
      'The customer gave a sign of good faith, or of the contrary.',
      '客户表现出诚信或失信。',
    ],
    ['RecordSurveyAnswer SurveyAnswered', 'Someone at the customer said how they see us.', '客户方人员回答了调查。'],
    ['RecordInsight InsightRecorded', 'We understood something about the customer.', '我们对客户有了新的认识。'],
    [
      'UndertakeValueActivity ValueActivityUndertaken',
      'We did something that adds value for the customer.',
      '我们为客户做了增值活动。',
    ],
    ['RecordNeed NeedRecorded', 'The customer needs something.', '记录了客户的一项需求。'],
    ['RecordNeedMet NeedMet', 'A need of the customer is met.', '客户的一项需求已满足。'],
    ['LapseNeed NeedLapsed', 'A need of the customer is no more.', '客户的一项需求已消失。'],
    ['RecordValueDriver ValueDriverRecorded', 'The customer values something.', '记录了客户看重的事项。'],
    ['LapseValueDriver ValueDriverLapsed', 'The customer no longer values it.', '客户不再看重该事项。'],
    [
      'AdaptActivity ActivityAdapted',
      'We do something otherwise because of what we understood.',
      '我们根据认识调整了做法。',
    ],
    ['OpenPursuit PursuitOpened', 'We went after a piece of business.', '我们开始争取一项业务。'],
    ['AdvancePursuit PursuitAdvanced', 'A pursuit came to another stage.', '业务机会进入另一阶段。'],
    ['WinPursuit PursuitWon', 'A pursuit was won.', '业务机会赢得。'],
    ['LosePursuit PursuitLost', 'A pursuit was lost.', '业务机会失去。'],
    ['RequestSupport SupportRequested', 'Help of another unit was asked for.', '请求了其他部门的支持。'],
    ['PledgeSupport SupportPledged', 'A unit promised its help.', '部门承诺提供支持。'],
    ['DeliverSupport SupportDelivered', 'The promised help came.', '承诺的支持已到位。'],
    ['FailSupport SupportFailed', 'The promised help did not come.', '承诺的支持未到位。'],
    ['DeclineSupport SupportDeclined', 'A unit declined to help.', '部门谢绝了支持请求。'],
  ]),
};
