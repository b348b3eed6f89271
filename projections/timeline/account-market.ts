import type { marketEvents } from '../../src/domain/account/market.events.js';
import type { EventsOf } from '../../src/kernel/event.js';
import { amountText, because, dayText, type Lines } from './line.js';

/** What the timeline says of the customer's world, and ours with it. */
export const marketLines: Lines<EventsOf<typeof marketEvents>> = {
  PostureSet: ({ data }) => because({ en: `Posture: ${data.posture}`, zh: `姿态:${data.posture}` }, given(data.reason)),
  CompetitorMoved: ({ data: { competitor, category, move, impact } }) =>
    because(
      { en: `${competitor} moved in ${category} (${impact})`, zh: `${competitor} 在 ${category} 有所行动(${impact})` },
      given(move),
    ),
  SupplierReductionAnnounced: ({ data }) => {
    const { programmeId, category, suppliersBefore, suppliersAfter, deadline, ourSlot } = data;
    return {
      en: `Supplier reduction ${programmeId} in ${category}: ${suppliersBefore} → ${suppliersAfter} by ${dayText(deadline, true)}, our place ${ourSlot}`,
      zh: `${category} 供应商削减 ${programmeId}:${suppliersBefore} → ${suppliersAfter},截止 ${dayText(deadline, true)},我方席位 ${ourSlot}`,
    };
  },
  SupplierReductionDecided: ({ data: { programmeId, kept } }) => ({
    en: `Supplier reduction ${programmeId} decided: we are ${kept ? 'kept' : 'out'}`,
    zh: `供应商削减 ${programmeId} 已决定:我方${kept ? '保留' : '出局'}`,
  }),
  DiscountSchemeAnnounced: ({ data: { schemeId, category, terms, until } }) =>
    because(
      {
        en: `Discount scheme ${schemeId}${category ? ` for ${category}` : ''}${until ? ` until ${dayText(until, true)}` : ''}`,
        zh: `折扣方案 ${schemeId}${category ? `(${category})` : ''}${until ? `,至 ${dayText(until, true)}` : ''}`,
      },
      given(terms),
    ),
  CustomerIntentStated: ({ data: { intentId, statement, source, until } }) =>
    because(
      {
        en: `Intent ${intentId} of the customer (${source})${until ? ` until ${dayText(until, true)}` : ''}`,
        zh: `客户意图 ${intentId}(${source})${until ? `,至 ${dayText(until, true)}` : ''}`,
      },
      given(statement),
    ),
  CustomerIntentWithdrawn: ({ data }) => ({
    en: `Intent ${data.intentId} of the customer withdrawn`,
    zh: `客户意图 ${data.intentId} 撤回`,
  }),
  SuccessFactorsStated: ({ data: { factors, source } }) => {
    const each = factors.map(({ factor, weight }) => `${factor} ${weight}`).join(', ');
    return { en: `Success factors (${source}): ${each}`, zh: `关键成功因素(${source}):${each}` };
  },
  AttractivenessScored: ({ data: { factor, score, rater } }) => ({
    en: `Attractiveness by ${rater}: ${factor} ${score}/10`,
    zh: `吸引力评分(${rater}):${factor} ${score}/10`,
  }),
  StrengthScored: ({ data: { factor, ours, competitors, source } }) => {
    const others = Object.entries(competitors).map(([name, score]) => `${name} ${score}`);
    const against = others.length > 0 ? ` (${others.join(', ')})` : '';
    return {
      en: `Strength by ${source}: ${factor} ${ours}/10${against}`,
      zh: `实力评分(${source}):${factor} ${ours}/10${against}`,
    };
  },
  KnowledgeAssessed: ({ data: { domain, ours, theirs, ratedBy } }) => ({
    en: `Knowledge of ${domain}, rated by ${ratedBy}: ours ${ours}/5, theirs ${theirs}/5`,
    zh: `对 ${domain} 的了解(评价方 ${ratedBy}):我方 ${ours}/5,客户 ${theirs}/5`,
  }),
  SellingApproachAssigned: ({ data }) =>
    because({ en: `Selling approach: ${data.approach}`, zh: `销售方式:${data.approach}` }, given(data.reason)),
  FuturePlanSet: ({ data: { period, basis, contribution, shareOfWallet, stage, supplierStatus } }) => {
    const more = [shareOfWallet === undefined ? undefined : `SoW ${shareOfWallet}`, stage, supplierStatus];
    const rest = more.filter((part) => part !== undefined).join(', ');
    const size = `${amountText(contribution)}${rest ? `; ${rest}` : ''}`;
    return { en: `${basis} for ${period}: ${size}`, zh: `${period} 计划(${basis}):${size}` };
  },
  InternalImpactRecorded: ({ data: { area, share, period, effect } }) =>
    because(
      { en: `Takes ${share} of our ${area} in ${period}`, zh: `${period} 占我方 ${area} 的 ${share}` },
      given(effect),
    ),
  ObjectiveServed: ({ data: { objectiveId, contribution } }) => ({
    en: `Serves objective ${objectiveId} with ${amountText(contribution)}`,
    zh: `服务于目标 ${objectiveId},贡献 ${amountText(contribution)}`,
  }),
};

/** A text that was always given: sealed where it does not stand here. */
const given = (text: unknown): unknown => text ?? { sealed: true };
