import type { MemberEvent } from '../../src/domain/member/member.events.js';
import { because, dayText, type Line, type Lines, shown } from './line.js';

const whose = { TEAM: { en: 'The team', zh: '团队' }, CUSTOMER: { en: 'The customer', zh: '客户' } } as const;

/** What the timeline says of a person of ours. */
export const memberLines: Lines<MemberEvent> = {
  MemberAdded: ({ data }) => {
    const name = shown(data.name);
    const able = listed(data.qualifications);
    return {
      en: `${name.en} takes part (${data.function}, level ${data.seniority})${able ? `; qualified: ${able.en}` : ''}`,
      zh: `${name.zh}参与(${data.function},级别 ${data.seniority})${able ? `;资质:${able.zh}` : ''}`,
    };
  },
  MemberChanged: ({ data }) => {
    const parts: Line[] = [];
    if (data.name !== undefined) parts.push({ en: `name ${shown(data.name).en}`, zh: `姓名 ${shown(data.name).zh}` });
    if (data.function !== undefined) parts.push({ en: `function ${data.function}`, zh: `职能 ${data.function}` });
    if (data.seniority !== undefined) parts.push({ en: `level ${data.seniority}`, zh: `级别 ${data.seniority}` });
    const able = listed(data.qualifications);
    if (able) parts.push({ en: `qualified: ${able.en}`, zh: `资质:${able.zh}` });
    const [en, zh] = [parts.map((part) => part.en).join(', '), parts.map((part) => part.zh).join('、')];
    return { en: `Details of a member changed${en && `: ${en}`}`, zh: `成员资料变更${zh && `:${zh}`}` };
  },
  MemberAssigned: ({ data }) => {
    const until = data.until === undefined ? null : dayText(data.until, true);
    const standing = data.standing === undefined ? null : shown(data.standing);
    return {
      en: `A member works for ${data.accountId} as ${data.role}, ${data.ftePct} % of their time, from ${dayText(data.from)}${until ? ` until ${until}` : ''} (${data.function}, level ${data.seniority})${standing ? `; standing: ${standing.en}` : ''}`,
      zh: `成员以 ${data.role} 身份服务于 ${data.accountId},占工时 ${data.ftePct} %,自 ${dayText(data.from)} 起${until ? `至 ${until}` : ''}(${data.function},级别 ${data.seniority})${standing ? `;地位:${standing.zh}` : ''}`,
    };
  },
  MemberReleased: ({ data }) => ({
    en: `Assignment ${data.assignmentId} of a member ended on ${dayText(data.on)}`,
    zh: `成员的任务 ${data.assignmentId} 于 ${dayText(data.on)} 结束`,
  }),
  KamConfirmed: ({ data }) =>
    because(
      {
        en: `${whose[data.by].en} trusts the key-account manager of ${data.accountId}`,
        zh: `${whose[data.by].zh}认可 ${data.accountId} 的大客户经理`,
      },
      data.reason,
    ),
  KamConfidenceWithdrawn: ({ data }) =>
    because(
      {
        en: `${whose[data.by].en} no longer trusts the key-account manager of ${data.accountId}`,
        zh: `${whose[data.by].zh}不再信任 ${data.accountId} 的大客户经理`,
      },
      data.reason,
    ),
};

/** A list of personal texts; sealed as a whole it is one placeholder. */
function listed(texts: unknown): Line | null {
  if (texts === undefined || (Array.isArray(texts) && texts.length === 0)) return null;
  const lines = (Array.isArray(texts) ? texts : [texts]).map(shown);
  return { en: lines.map(({ en }) => en).join(', '), zh: lines.map(({ zh }) => zh).join('、') };
}
