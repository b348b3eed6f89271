import type { ProgrammeEvent } from '../../src/domain/programme/programme.events.js';
import { amountText, because, dayText, type Line, type Lines, shown } from './line.js';

/** What the timeline says of our own programme. */
export const programmeLines: Lines<ProgrammeEvent> = {
  FirmSettingsSet: ({ data: { from, ...said } }) => rule('Firm settings', '公司设置', pairs(said), from),
  KeyAccountCriteriaDefined: ({ data: { version, gates, from } }) => {
    const each = gates.map(({ gate, threshold, values }) =>
      [gate, threshold, values?.join('|')].filter((part) => part !== undefined).join(' '),
    );
    return rule(`Key-account criteria ${version}`, `大客户标准 ${version}`, each.join(', '), from);
  },
  ScoringModelPublished: ({ data: { version, from, attractiveness = [], ...said } }) => {
    const factors = attractiveness.map(({ factor, weight }) => `${factor} ${weight}`);
    const numbers = pairs(said);
    return rule(
      `Scoring model ${version}`,
      `评分模型 ${version}`,
      [...factors, ...(numbers ? [numbers] : [])].join(', '),
      from,
    );
  },
  KeyAccountDesignated: ({ data }) => {
    const thesis = shown(data.thesis);
    const failed = (data.scores ?? [])
      .filter(({ passed }) => !passed)
      .map(({ gate, value }) => `${gate} ${value ?? '–'}`);
    const over = data.override
      ? {
          en: `; overridden by ${data.override.approver}: ${shown(data.override.reason).en}`,
          zh: `;由 ${data.override.approver} 特批:${shown(data.override.reason).zh}`,
        }
      : null;
    const by = data.criteriaVersion
      ? { en: ` by criteria ${data.criteriaVersion}`, zh: `,依标准 ${data.criteriaVersion}` }
      : null;
    const missed =
      failed.length > 0 ? { en: `; not met: ${failed.join(', ')}`, zh: `;未达标:${failed.join('、')}` } : null;
    return {
      en: `${data.accountId} became a key account${by?.en ?? ''}, managed by ${data.managerId}, towards ${data.targetStage} in ${data.horizonYears} years: ${thesis.en}${missed?.en ?? ''}${over?.en ?? ''}`,
      zh: `${data.accountId} 成为大客户${by?.zh ?? ''},由 ${data.managerId} 负责,${data.horizonYears} 年内达到 ${data.targetStage}:${thesis.zh}${missed?.zh ?? ''}${over?.zh ?? ''}`,
    };
  },
  KeyAccountHandedOver: ({ data }) =>
    because(
      {
        en: `${data.accountId} was handed over to ${data.toManagerId}`,
        zh: `${data.accountId} 移交给 ${data.toManagerId}`,
      },
      data.reason,
    ),
  KeyAccountReleased: ({ data }) =>
    because({ en: `${data.accountId} is no longer a key account`, zh: `${data.accountId} 不再是大客户` }, data.reason),
  RateCardSet: ({ data }) => {
    const minutes = data.activities.map(({ activity, minutesEach }) => `${activity} ${minutesEach} min`).join(', ');
    const cost = `${amountText(data.capacityCost)} / ${data.practicalMinutes} min / ${data.per}`;
    return rule(
      `Rate card of ${data.pool}`,
      `${data.pool} 的费率`,
      [data.functions.join(' '), cost, minutes].filter(Boolean).join('; '),
      data.from,
    );
  },
  FxRateSet: ({ data }) => rule('Exchange rate', '汇率', `1 ${data.base} = ${data.rate} ${data.quote}`, data.from),
  CapacitySet: ({ data: { from, ...said } }) => rule('Capacity', '容量', pairs(said), from),
  EvaluationHorizonSet: ({ data: { from, ...said } }) => rule('Evaluation horizon', '评估期限', pairs(said), from),
  AttentionPolicySet: ({ data }) =>
    rule(
      `Attention at ${data.stage} for ${data.role}`,
      `${data.stage} 阶段对 ${data.role} 的关注`,
      `${data.days} d`,
      data.from,
    ),
  UnitPolicySet: ({ data }) =>
    rule(`Units of ours at ${data.stage}`, `${data.stage} 阶段参与的部门数`, String(data.units), data.from),
  ProgrammeEndorsed: ({ data }) => {
    const until = dayText(data.until, true);
    return {
      en: `${data.executive} endorses the programme until ${until}`,
      zh: `${data.executive} 为大客户计划背书至 ${until}`,
    };
  },
  ObjectiveDefined: ({ data }) => {
    const what = shown(data.statement);
    const aim = [data.year, data.contributionTarget && amountText(data.contributionTarget)].filter(Boolean).join(', ');
    return {
      en: `Objective ${data.objectiveId}: ${what.en}${aim && ` (${aim})`}`,
      zh: `目标 ${data.objectiveId}:${what.zh}${aim && `(${aim})`}`,
    };
  },
  ObjectiveClosed: ({ data }) => ({
    en: `Objective ${data.objectiveId} closed`,
    zh: `目标 ${data.objectiveId} 已结束`,
  }),
  BudgetAllocated: ({ data }) => ({
    en: `Budget of ${data.accountId} for ${data.period}: ${amountText(data.amount)} for ${data.purpose}`,
    zh: `${data.accountId} ${data.period} 的预算:${amountText(data.amount)},用于${data.purpose}`,
  }),
  ActivityTypeProposed: ({ data }) => {
    const [name, why] = [shown(data.name), shown(data.why)];
    return {
      en: `Activity ${data.activityTypeId} proposed: ${name.en}, because ${why.en}`,
      zh: `提议活动 ${data.activityTypeId}:${name.zh},理由:${why.zh}`,
    };
  },
  ActivityTypeApproved: ({ data }) => ({
    en: `Activity ${data.activityTypeId} approved`,
    zh: `批准活动 ${data.activityTypeId}`,
  }),
  ActivityTypeCapped: ({ data }) => ({
    en: `Activity ${data.activityTypeId} may cost ${amountText(data.amount)} a ${data.per}${data.accountId ? ` for ${data.accountId}` : ''}`,
    zh: `活动 ${data.activityTypeId} ${data.accountId ? `对 ${data.accountId} ` : ''}每 ${data.per} 限额 ${amountText(data.amount)}`,
  }),
  ActivityTypeRejected: ({ data }) => ({
    en: `Activity ${data.activityTypeId} rejected`,
    zh: `否决活动 ${data.activityTypeId}`,
  }),
  PerformanceReviewed: ({ data }) => ({
    en: `Results of ${data.accountId} reviewed over ${data.horizon} months`,
    zh: `对 ${data.accountId} 的业绩进行 ${data.horizon} 个月的评审`,
  }),
  PortfolioRebalanced: ({ data }) => {
    const moves = data.moves
      .map(({ accountId, period, amount }) => `${accountId} ${period} ${amountText(amount)}`)
      .join(', ');
    return because({ en: `Budgets moved (${moves})`, zh: `调整预算(${moves})` }, data.reason);
  },
  RoutePlanned: ({ data }) => {
    const accounts = data.accountIds.join(', ');
    return {
      en: `Route ${data.routeId} on weekday ${data.weekday}: ${accounts}`,
      zh: `路线 ${data.routeId},每周第 ${data.weekday} 天:${accounts}`,
    };
  },
  CommissionPlanSet: ({ data }) => {
    const terms = shown(data.terms);
    const span = `${dayText(data.from)}${data.until ? ` – ${dayText(data.until, true)}` : ''}`;
    const people = data.memberIds.join(', ');
    return {
      en: `Commission plan ${data.planId} (${data.approach}, ${span}) for ${people}: ${terms.en}`,
      zh: `佣金方案 ${data.planId}(${data.approach},${span}),适用 ${people}:${terms.zh}`,
    };
  },
  OpportunityBurstDeclared: ({ data }) => {
    const where = [data.accountIds?.join(', '), data.region, data.industry].filter(Boolean).join('; ');
    const span = `${dayText(data.from)} – ${dayText(data.until, true)}`;
    const value = data.value ? `, ${amountText(data.value)}` : '';
    return because(
      {
        en: `Opportunity ${data.burstId} (${where}; ${span}${value})`,
        zh: `市场机会 ${data.burstId}(${where};${span}${value})`,
      },
      data.why,
    );
  },
  LifetimeModelPublished: ({ data }) => ({
    en: `Lifetime model ${data.model} published: ${pairs(data.parameters)}; ${data.population} customers, trained as of ${dayText(data.trainedAsOf)}, as known on ${dayText(data.trainedKnownAt)}`,
    zh: `发布生命周期模型 ${data.model}:${pairs(data.parameters)};${data.population} 位客户,有效时点 ${dayText(data.trainedAsOf)},认知时点 ${dayText(data.trainedKnownAt)}`,
  }),
  ReportPublished: ({ data }) => ({
    en: `Report ${data.report} published as of ${dayText(data.asOf)}, as known on ${dayText(data.knownAt)} (digest ${data.digest})`,
    zh: `发布报告 ${data.report},有效时点 ${dayText(data.asOf)},认知时点 ${dayText(data.knownAt)}(摘要 ${data.digest})`,
  }),
};

/** A rule and what it says, with the day from which it holds where that was said. */
function rule(en: string, zh: string, what: string, from: string | undefined): Line {
  const since = from === undefined ? null : dayText(from);
  return {
    en: `${en}: ${what}${since ? ` (from ${since})` : ''}`,
    zh: `${zh}:${what}${since ? `(自 ${since} 起)` : ''}`,
  };
}

/** Names and numbers as they stand: `windowDays 365, hours INTEGRATED 300`. */
function pairs(said: object): string {
  return Object.entries(said)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) =>
      typeof value === 'object' && value !== null ? `${name} ${pairs(value)}` : `${name} ${value}`,
    )
    .join(', ');
}
