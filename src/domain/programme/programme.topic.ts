import { sentences, type Topic } from '../topic.js';
import { programmeCommands } from './programme.commands.js';
import { programme as decider } from './programme.decider.js';
import { programmeEvents } from './programme.events.js';

/** Our own rules, and which accounts are in the programme. */
export const programme: Topic = {
  name: 'programme',
  events: programmeEvents,
  commands: programmeCommands,
  decider,
  says: sentences([
    ['SetFirmSettings FirmSettingsSet', "The firm's settings are as said.", '公司设置如所述。'],
    [
      'DefineKeyAccountCriteria KeyAccountCriteriaDefined',
      'We decided what makes a customer a key account.',
      '我们确定了大客户的标准。',
    ],
    ['PublishScoringModel ScoringModelPublished', 'We decided how scores are made.', '我们确定了评分模型。'],
    [
      'DesignateKeyAccount KeyAccountDesignated',
      "A customer became a key account in one manager's hands.",
      '某客户被指定为大客户,并由一位经理负责。',
    ],
    [
      'HandOverKeyAccount KeyAccountHandedOver',
      "A key account passed into another manager's hands.",
      '某大客户移交给另一位经理。',
    ],
    ['ReleaseKeyAccount KeyAccountReleased', 'A customer is no longer a key account.', '某客户不再是大客户。'],
    ['SetRateCard RateCardSet', 'A minute of these people costs so much.', '设定这些人员每分钟的成本费率。'],
    ['SetFxRate FxRateSet', 'One currency is worth so much of another.', '设定两种货币之间的汇率。'],
    ['SetCapacity CapacitySet', 'We can manage so many key accounts.', '设定我们能够管理的大客户数量。'],
    [
      'SetEvaluationHorizon EvaluationHorizonSet',
      'We judge over so many months, and look so often.',
      '设定评估的期限与频率。',
    ],
    [
      'SetAttentionPolicy AttentionPolicySet',
      'At this stage a role stays without contact for so many days at most.',
      '设定某阶段某角色最长的无接触天数。',
    ],
    [
      'SetUnitPolicy UnitPolicySet',
      'At this stage so many units of ours take part at least.',
      '设定某阶段至少参与的部门数。',
    ],
    ['EndorseProgramme ProgrammeEndorsed', 'Someone at the top stands behind the programme.', '高层为大客户计划背书。'],
    ['DefineObjective ObjectiveDefined', 'The firm set itself an aim.', '公司设定了一个目标。'],
    ['CloseObjective ObjectiveClosed', 'The firm no longer follows an aim.', '公司不再追求该目标。'],
    ['AllocateBudget BudgetAllocated', 'An account may cost so much in a period.', '为某客户分配某期间的预算。'],
    [
      'ProposeActivityType ActivityTypeProposed',
      'A new kind of activity for customers is proposed.',
      '提议一种新的客户活动。',
    ],
    ['ApproveActivityType ActivityTypeApproved', 'Activities of a kind may be done.', '批准某种客户活动。'],
    ['CapActivityType ActivityTypeCapped', 'Activities of a kind may cost so much.', '限定某种客户活动的费用上限。'],
    ['RejectActivityType ActivityTypeRejected', 'Activities of a kind shall not be done.', '否决某种客户活动。'],
    [
      'RecordPerformanceReview PerformanceReviewed',
      "A key account's results were formally looked at.",
      '对某大客户的业绩进行了正式评审。',
    ],
    ['RebalancePortfolio PortfolioRebalanced', 'Money was moved between accounts.', '在客户之间调整了资金。'],
    [
      'PlanRoute RoutePlanned',
      'These accounts are visited on a fixed day of the week.',
      '这些客户在每周固定的一天被拜访。',
    ],
    [
      'SetCommissionPlan CommissionPlanSet',
      'People of ours are paid by what they bring in.',
      '为我方人员设定佣金方案。',
    ],
    ['DeclareOpportunityBurst OpportunityBurstDeclared', 'A sudden opportunity is open.', '出现了一个突发的市场机会。'],
    [
      'PublishLifetimeModel LifetimeModelPublished',
      "A model of customers' lifetimes was fitted.",
      '发布了一个客户生命周期模型。',
    ],
    ['PublishReport ReportPublished', 'A report was shown to those who decide.', '向决策者发布了一份报告。'],
  ]),
};
