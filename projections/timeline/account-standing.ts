import type { AccountEvent } from '../../src/domain/account/account.events.js';
import type { standingEvents } from '../../src/domain/account/standing.events.js';
import type { identityEvents } from '../../src/domain/account/identity.events.js';
import type { EventOf, EventsOf } from '../../src/kernel/event.js';
import { amountText, because, dayText, type Lines, shown } from './line.js';

type Standing = EventsOf<typeof identityEvents & typeof standingEvents>;

/** What the timeline says of who a customer is, its contracts, its stages and what is agreed. */
export const standingLines: Lines<Standing> = {
  AccountRegistered: ({ data: { name, customerType, currency } }) => ({
    en: `${name} registered as ${customerType}, kept in ${currency}`,
    zh: `登记客户 ${name}(${customerType}),币种 ${currency}`,
  }),
  AccountReclassified: ({ data }) => {
    const parts = Object.entries(data).map(([field, value]) => `${field} ${value}`);
    return { en: `Reclassified: ${parts.join(', ')}`, zh: `重新归类:${parts.join('、')}` };
  },
  PotentialEstimated: ({ data: { availableSales3y, growthPct, expectedRetention, margin, source } }) => ({
    en: `Potential by ${source}: ${amountText(availableSales3y)} in 3 years, growth ${growthPct} %, retention ${expectedRetention}, margin ${amountText(margin)} a year`,
    zh: `潜力评估(${source}):三年 ${amountText(availableSales3y)},增长 ${growthPct} %,留存 ${expectedRetention},年毛利 ${amountText(margin)}`,
  }),
  ContractAgreed: ({ data: { contractId, category, from, until, value } }) => ({
    en: `Contract ${contractId}${category ? ` on ${category}` : ''} from ${dayText(from)} until ${dayText(until, true)}${value ? `, ${amountText(value)}` : ''}`,
    zh: `签订合同 ${contractId}${category ? `(${category})` : ''},${dayText(from)} 至 ${dayText(until, true)}${value ? `,${amountText(value)}` : ''}`,
  }),
  ContractRenewed: ({ data: { contractId, until, tendered, value } }) => ({
    en: `Contract ${contractId} renewed until ${dayText(until, true)} ${tendered ? 'after a tender' : 'without a tender'}${value ? `, ${amountText(value)}` : ''}`,
    zh: `合同 ${contractId} 续签至 ${dayText(until, true)},${tendered ? '经招标' : '未经招标'}${value ? `,${amountText(value)}` : ''}`,
  }),
  ContractEnded: ({ data: { contractId, reason, lostTo } }) => ({
    en: `Contract ${contractId} ended: ${reason}${lostTo ? `, lost to ${lostTo}` : ''}`,
    zh: `合同 ${contractId} 终止:${reason}${lostTo ? `,输给 ${lostTo}` : ''}`,
  }),

  StageEvidenceRecorded: ({ data: { item, level, sourceEventIds, expiresOn } }) => {
    const until = expiresOn ? dayText(expiresOn, true) : null;
    return {
      en: `Evidence: ${item} at level ${level}, from ${sourceEventIds.length} events${until ? `, until ${until}` : ''}`,
      zh: `证据:${item} 达到 ${level} 级,来自 ${sourceEventIds.length} 个事件${until ? `,有效至 ${until}` : ''}`,
    };
  },
  StageDeclared: ({ data: { stage, override } }) => {
    const line = { en: `Stage declared: ${stage}`, zh: `声明关系阶段:${stage}` };
    if (!override) return line;
    const why = shown(override.reason);
    return {
      en: `${line.en}; rule set aside by ${override.approver}: ${why.en}`,
      zh: `${line.zh};由 ${override.approver} 特批:${why.zh}`,
    };
  },
  TargetStageSet: ({ data: { stage, until } }) => ({
    en: `Target stage: ${stage}${until ? ` until ${dayText(until, true)}` : ''}`,
    zh: `目标阶段:${stage}${until ? `,至 ${dayText(until, true)}` : ''}`,
  }),
  SupplierStatusDeclared: ({ data: { category, status, source } }) => ({
    en: `Supplier status for ${category}: ${status} (${source})`,
    zh: `${category} 供应商地位:${status}(${source})`,
  }),
  SupplierStatusTargeted: ({ data: { category, status, until } }) => ({
    en: `Target supplier status for ${category}: ${status} until ${dayText(until, true)}`,
    zh: `${category} 目标供应商地位:${status},至 ${dayText(until, true)}`,
  }),
  CharterAgreed: ({ data: { differentiatedServices, cadence, forum } }) => {
    const names = differentiatedServices.map(({ name }) => name);
    return {
      en: `Charter agreed: ${forum}, ${cadence}${names.length > 0 ? `; services: ${names.join(', ')}` : ''}`,
      zh: `商定章程:${forum},${cadence}${names.length > 0 ? `;差异化服务:${names.join('、')}` : ''}`,
    };
  },
  JointPlanAgreed: ({ data: { planId, from, to, sharedResources } }) => ({
    en: `Joint plan ${planId} from ${dayText(from)} to ${dayText(to, true)}${sharedResources.length > 0 ? `, sharing ${sharedResources.join(', ')}` : ''}`,
    zh: `联合计划 ${planId},${dayText(from)} 至 ${dayText(to, true)}${sharedResources.length > 0 ? `,共享 ${sharedResources.join('、')}` : ''}`,
  }),
  JointPlanCancelled: ({ data }) =>
    because(
      { en: `Joint plan ${data.planId} cancelled`, zh: `联合计划 ${data.planId} 取消` },
      data.reason ?? { sealed: true },
    ),
  IntegrationStepTaken: ({ data: { stepId, step, direction } }) => ({
    en: `Linked by ${step} (${stepId}, ${direction})`,
    zh: `建立联结 ${step}(${stepId},${direction})`,
  }),
  IntegrationStepEnded: ({ data }) =>
    because({ en: `Link ${data.stepId} ended`, zh: `联结 ${data.stepId} 终止` }, data.reason ?? { sealed: true }),
  ShareOfWalletEstimated: ({ data }) => {
    const size = wallet(data);
    return {
      en: `Share of wallet for ${data.category}: ${size} (${data.source}, confidence ${data.confidence})`,
      zh: `${data.category} 钱包份额:${size}(${data.source},置信度 ${data.confidence})`,
    };
  },
};

function wallet({ share, wallet: whole, ourRank, suppliers }: EventOf<AccountEvent, 'ShareOfWalletEstimated'>['data']) {
  const parts = [
    ...(share === undefined ? [] : [String(share)]),
    ...(ourRank === undefined ? [] : [`#${ourRank}${suppliers === undefined ? '' : `/${suppliers}`}`]),
    ...(whole === undefined ? [] : [amountText(whole)]),
  ];
  return parts.join(', ');
}
