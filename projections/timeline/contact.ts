import type { ContactEvent } from '../../src/domain/contact/contact.events.js';
import { because, type Line, type Lines, shown } from './line.js';

/** What the timeline says of a person of theirs. */
export const contactLines: Lines<ContactEvent> = {
  ContactAdded: ({ data }) => {
    const name = shown(data.name);
    return {
      en: `${name.en} became known to us (${data.function}, level ${data.seniority})`,
      zh: `认识了${name.zh}(${data.function},级别 ${data.seniority})`,
    };
  },
  ContactDetailsChanged: ({ data }) => {
    const parts = changed(data);
    return {
      en: `Details of a contact changed${joined(parts.en, ': ', ', ')}`,
      zh: `联系人资料变更${joined(parts.zh, ':', '、')}`,
    };
  },
  ContactLeft: ({ data: { reason, toAccountId } }) =>
    because(
      toAccountId === undefined
        ? { en: 'A contact left', zh: '联系人离开' }
        : { en: `A contact left for ${toAccountId}`, zh: `联系人离开,前往 ${toAccountId}` },
      reason,
    ),
  ContactJoined: ({ data }) => {
    const roles = data.roles.length > 0 ? data.roles.join(', ') : null;
    const stand = standing(data.attitude, data.influence);
    return {
      en: `A contact joined ${data.accountId} (${data.function}, level ${data.seniority}${roles ? `; ${roles}` : ''}${stand ? `; ${stand.en}` : ''})`,
      zh: `联系人加入 ${data.accountId}(${data.function},级别 ${data.seniority}${roles ? `;${roles}` : ''}${stand ? `;${stand.zh}` : ''})`,
    };
  },
  ContactRoleAssigned: ({ data }) => ({ en: `A contact became ${data.role}`, zh: `联系人担任 ${data.role}` }),
  ContactRoleEnded: ({ data }) => ({ en: `A contact is no longer ${data.role}`, zh: `联系人不再担任 ${data.role}` }),
  ContactAssessed: ({ data }) => {
    const stand = standing(data.attitude, data.influence);
    return { en: `A contact was assessed: ${stand?.en ?? ''}`, zh: `评估联系人:${stand?.zh ?? ''}` };
  },
  ContactReportsTo: ({ data }) => ({
    en: `A contact reports to ${data.contactId}`,
    zh: `联系人向 ${data.contactId} 汇报`,
  }),
};

function changed(data: { name?: unknown; email?: unknown; phone?: unknown; function?: string; seniority?: number }): {
  en: string[];
  zh: string[];
} {
  const parts: Line[] = [];
  const texts = { name: '姓名', email: '邮箱', phone: '电话' } as const;
  for (const field of ['name', 'email', 'phone'] as const) {
    if (data[field] === undefined) continue;
    const text = shown(data[field]);
    parts.push({ en: `${field} ${text.en}`, zh: `${texts[field]} ${text.zh}` });
  }
  if (data.function !== undefined) parts.push({ en: `function ${data.function}`, zh: `职能 ${data.function}` });
  if (data.seniority !== undefined) parts.push({ en: `level ${data.seniority}`, zh: `级别 ${data.seniority}` });
  return { en: parts.map(({ en }) => en), zh: parts.map(({ zh }) => zh) };
}

function standing(attitude: number | undefined, influence: number | undefined): Line | null {
  const parts: Line[] = [];
  if (attitude !== undefined) parts.push({ en: `attitude ${signed(attitude)}`, zh: `态度 ${signed(attitude)}` });
  if (influence !== undefined) parts.push({ en: `influence ${influence}`, zh: `影响力 ${influence}` });
  return parts.length === 0
    ? null
    : { en: parts.map(({ en }) => en).join(', '), zh: parts.map(({ zh }) => zh).join(',') };
}

const signed = (value: number): string => (value > 0 ? `+${value}` : String(value));
const joined = (parts: readonly string[], before: string, between: string): string =>
  parts.length === 0 ? '' : before + parts.join(between);
