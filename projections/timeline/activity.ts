import type { ActivityEvent } from '../../src/domain/activity/activity.events.js';
import { amountText, because, dayText, type Line, type Lines, shown } from './line.js';

const who = {
  US: { en: 'us', zh: '我方' },
  THEM: { en: 'them', zh: '客户' },
  JOINT: { en: 'both sides', zh: '双方' },
} as const;

/** What the timeline says of dealings. */
export const activityLines: Lines<ActivityEvent> = {
  InteractionLogged: ({ data: { kind, initiator, ours, theirs, durationMin, topics, summary } }) => {
    const about = topics?.length ? topics.join(', ') : null;
    return because(
      {
        en: `${kind} begun by ${who[initiator].en}: ${ours.length} of ours, ${theirs.length} of theirs, ${durationMin} min${about ? `; about ${about}` : ''}`,
        zh: `${kind},由${who[initiator].zh}发起:我方 ${ours.length} 人,客户 ${theirs.length} 人,${durationMin} 分钟${about ? `;议题 ${about}` : ''}`,
      },
      summary,
    );
  },
  CommitmentMade: ({ data: { commitmentId, by, what, due } }) =>
    because(
      {
        en: `Promise ${commitmentId} by ${who[by].en}, due ${dayText(due, true)}`,
        zh: `${who[by].zh}承诺 ${commitmentId},${dayText(due, true)} 到期`,
      },
      given(what),
    ),
  CommitmentMoved: ({ data: { commitmentId, due } }) => ({
    en: `Promise ${commitmentId} moved to ${dayText(due, true)}`,
    zh: `承诺 ${commitmentId} 改期至 ${dayText(due, true)}`,
  }),
  CommitmentKept: ({ data }) => ({ en: `Promise ${data.commitmentId} kept`, zh: `承诺 ${data.commitmentId} 已兑现` }),
  CommitmentBroken: ({ data }) =>
    because({ en: `Promise ${data.commitmentId} broken`, zh: `承诺 ${data.commitmentId} 未兑现` }, given(data.reason)),
  TrustBreached: ({ data: { breachId, by, severity, what } }) =>
    because(
      {
        en: `${severity} breach of trust ${breachId} by ${who[by].en}`,
        zh: `${who[by].zh}破坏信任 ${breachId}(${severity})`,
      },
      given(what),
    ),
  TrustRepaired: ({ data }) =>
    because(
      { en: `Breach of trust ${data.breachId} made good`, zh: `信任裂痕 ${data.breachId} 已修复` },
      given(data.what),
    ),
  IntegritySignalled: ({ data: { kind, positive } }) => ({
    en: `${positive ? 'Good' : 'Bad'} sign of faith: ${kind}`,
    zh: `${positive ? '诚信' : '失信'}信号:${kind}`,
  }),
  SurveyAnswered: ({ data: { recommend, satisfaction } }) => ({
    en: `Survey answer: would recommend ${recommend}/10${satisfaction === undefined ? '' : `, satisfied ${satisfaction}/10`}`,
    zh: `调查回答:推荐度 ${recommend}/10${satisfaction === undefined ? '' : `,满意度 ${satisfaction}/10`}`,
  }),

  InsightRecorded: ({ data: { insightId, topic, text } }) =>
    because({ en: `Insight ${insightId} on ${topic}`, zh: `认识 ${insightId}(${topic})` }, given(text)),
  ValueActivityUndertaken: ({ data: { valueActivityId, what, insightIds } }) => {
    const why = insightIds.length > 0 ? insightIds.join(', ') : null;
    return because(
      {
        en: `Value activity ${valueActivityId}${why ? ` because of ${why}` : ''}`,
        zh: `增值活动 ${valueActivityId}${why ? `,依据 ${why}` : ''}`,
      },
      given(what),
    );
  },
  NeedRecorded: ({ data: { needId, order, priority } }) => ({
    en: `Need ${needId} (${order}, priority ${priority})`,
    zh: `需求 ${needId}(${order},优先级 ${priority})`,
  }),
  NeedMet: ({ data }) => ({ en: `Need ${data.needId} met`, zh: `需求 ${data.needId} 已满足` }),
  NeedLapsed: ({ data }) => ({ en: `Need ${data.needId} is no more`, zh: `需求 ${data.needId} 已消失` }),
  ValueDriverRecorded: ({ data: { driverId, what, weight } }) =>
    because(
      {
        en: `They value ${driverId}${weight === undefined ? '' : `, weight ${weight}`}`,
        zh: `客户看重 ${driverId}${weight === undefined ? '' : `,权重 ${weight}`}`,
      },
      given(what),
    ),
  ValueDriverLapsed: ({ data }) => ({
    en: `They no longer value ${data.driverId}`,
    zh: `客户不再看重 ${data.driverId}`,
  }),
  ActivityAdapted: ({ data: { becauseOf, before, after } }) => {
    const [from, to] = [shown(before), shown(after)];
    return {
      en: `Adapted because of ${becauseOf.join(', ')}: ${from.en} → ${to.en}`,
      zh: `依据 ${becauseOf.join('、')} 调整做法:${from.zh} → ${to.zh}`,
    };
  },

  PursuitOpened: ({ data: { pursuitId, purpose, value, fromCompetitor } }) => ({
    en: `Pursuit ${pursuitId} opened (${purpose})${value ? ` worth ${amountText(value)}` : ''}${fromCompetitor ? `, against ${fromCompetitor}` : ''}`,
    zh: `业务机会 ${pursuitId} 开启(${purpose})${value ? `,价值 ${amountText(value)}` : ''}${fromCompetitor ? `,对手 ${fromCompetitor}` : ''}`,
  }),
  PursuitAdvanced: ({ data: { pursuitId, stage } }) => ({
    en: `Pursuit ${pursuitId} is ${stage}`,
    zh: `业务机会 ${pursuitId} 进入 ${stage}`,
  }),
  PursuitWon: ({ data: { pursuitId, value, approach } }) => ({
    en: `Pursuit ${pursuitId} won: ${amountText(value)}${approach ? ` as ${approach}` : ''}`,
    zh: `业务机会 ${pursuitId} 赢得:${amountText(value)}${approach ? `,方式 ${approach}` : ''}`,
  }),
  PursuitLost: ({ data: { pursuitId, lostTo, reason } }) =>
    because(
      {
        en: `Pursuit ${pursuitId} lost${lostTo ? ` to ${lostTo}` : ''}`,
        zh: `业务机会 ${pursuitId} 失去${lostTo ? `,败给 ${lostTo}` : ''}`,
      },
      reason,
    ),

  SupportRequested: ({ data: { requestId, unit, resource, neededBy } }) =>
    because(
      {
        en: `Support ${requestId} asked of ${unit} by ${dayText(neededBy, true)}`,
        zh: `向 ${unit} 请求支持 ${requestId},需于 ${dayText(neededBy, true)} 前到位`,
      },
      given(resource),
    ),
  SupportPledged: ({ data: { requestId, unit, due } }) => ({
    en: `${unit} pledged support ${requestId} by ${dayText(due, true)}`,
    zh: `${unit} 承诺支持 ${requestId},${dayText(due, true)} 前到位`,
  }),
  SupportDelivered: ({ data }) => support(data, 'delivered', '已提供支持'),
  SupportFailed: ({ data }) => because(support(data, 'failed to deliver', '未能提供支持'), given(data.reason)),
  SupportDeclined: ({ data }) => because(support(data, 'declined', '谢绝支持'), given(data.reason)),
};

const support = (data: { requestId: string; unit: string }, en: string, zh: string): Line => ({
  en: `${data.unit} ${en} support ${data.requestId}`,
  zh: `${data.unit} ${zh} ${data.requestId}`,
});

/** A text that was always given: sealed where it does not stand here. */
const given = (text: unknown): unknown => text ?? { sealed: true };
