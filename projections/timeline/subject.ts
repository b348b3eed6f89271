import type { SubjectEvent } from '../../src/domain/subject/subject.events.js';
import { because, dayText, type Lines } from './line.js';

/** What the timeline says of a subject's keys and privacy. */
export const subjectLines: Lines<SubjectEvent> = {
  SubjectKeyCreated: ({ data }) => ({ en: `Key ${data.keyId} was made`, zh: `生成密钥 ${data.keyId}` }),
  ErasureRequested: ({ data }) => {
    const by = data.deadline === undefined ? null : dayText(data.deadline, true);
    return because(
      {
        en: `Erasure requested (${data.basis}${by ? `, by ${by}` : ''})`,
        zh: `请求删除(${data.basis}${by ? `,期限 ${by}` : ''})`,
      },
      data.reason,
    );
  },
  SubjectErased: ({ data }) => ({
    en: `Personal data erased: ${data.keyIds.length} keys`,
    zh: `个人数据已删除:${data.keyIds.length} 个密钥`,
  }),
  ErasureCompleted: ({ data }) => {
    const rebuilt = data.rebuilt === undefined ? null : data.rebuilt;
    return {
      en: `Erasure complete: ${data.keyIds.length} keys destroyed${rebuilt === null ? '' : `, views of ${rebuilt} accounts rebuilt`}`,
      zh: `删除完成:销毁 ${data.keyIds.length} 个密钥${rebuilt === null ? '' : `,重建 ${rebuilt} 个客户的视图`}`,
    };
  },
  LegalHoldPlaced: ({ data }) => {
    const until = data.until === undefined ? null : dayText(data.until, true);
    return because(
      {
        en: `Legal hold ${data.holdId} (${data.basis}${until ? `, until ${until}` : ''})`,
        zh: `法律保全 ${data.holdId}(${data.basis}${until ? `,至 ${until}` : ''})`,
      },
      data.reason,
    );
  },
  LegalHoldLifted: ({ data }) =>
    because({ en: `Legal hold ${data.holdId} lifted`, zh: `解除法律保全 ${data.holdId}` }, data.reason),
};
