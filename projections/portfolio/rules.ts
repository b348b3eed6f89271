/** What an alarm means: the statements that it serves, and a sentence. */
export interface Rule {
  readonly statements: readonly string[];
  readonly en: string;
  readonly zh: string;
}

const rule = (statements: string, en: string, zh: string): Rule => ({ statements: statements.split(' '), en, zh });

/** Every alarm there is, by code. */
export const rules: Readonly<Record<string, Rule>> = {
  APPROACH_MISMATCH: rule('H1', 'We sell in another way than was decided', '实际销售方式与指定方式不符'),
  ATTENTION_LAPSED: rule('C9', 'A part of their buying centre was left alone for too long', '采购中心某角色被冷落过久'),
  BOW_TIE: rule('C5', 'Everything runs through one function on either side', '所有往来只经过一个职能,呈蝴蝶结型'),
  BREACH_OPEN: rule('C8', 'A breach of trust has not been made good', '失信事件尚未弥补'),
  CAC_OVERRUN: rule('E4', 'Winning the customer costs more than planned', '赢得客户的花费超出计划'),
  CAPACITY: rule('F9', 'There are more key accounts than can be managed', '大客户数量超出可管理的能力'),
  COMMITMENTS_BROKEN: rule('C8 I2', 'Too few promises of the last quarter were kept', '上季度兑现的承诺过少'),
  DISINTEGRATING: rule('I1 I2', 'A sign that the relationship is breaking down', '出现关系解体的迹象'),
  ENDED: rule('H6 E7', 'The customer is no longer one', '客户已流失'),
  EVIDENCE_EXPIRED: rule('I2', 'What proved a level is too old', '证明某级别的证据已过期'),
  EVIDENCE_GONE: rule('I1 I2', 'Something cites an event that is no longer told of', '所引用的证据事件已不存在'),
  GAP: rule('C5 F2', 'Somebody decides and is not met', '有决策角色未被接触'),
  GOVERNANCE_OVERDUE: rule('C6', 'A review that the charter asks for is overdue', '章程约定的回顾会议已逾期'),
  IMBALANCE_ROSE: rule('F10', 'Moving budgets made the balance worse', '预算调整使失衡加剧'),
  INSIGHT_UNUSED: rule('C7', 'We learned something and did nothing with it', '获得的洞察长期未被利用'),
  INVESTMENT_OVERRUN: rule('B3', 'More was released than was planned', '投放超出计划投资'),
  KAM_CONFIDENCE_WITHDRAWN: rule('F3', 'One side no longer trusts the manager', '一方不再信任大客户经理'),
  KAM_NOT_ACCEPTED: rule('F3', 'The manager is not accepted by both sides in time', '大客户经理未在期限内得到双方认可'),
  KEY_ACCOUNT_ON_ROUTE: rule(
    'H2',
    'A key account is served like every stop of a round',
    '大客户被当作例行路线的普通一站',
  ),
  KNOWLEDGE_GAP: rule('F4', 'They know their business better than we do', '我们对其业务的了解不及客户自己'),
  LOYALTY_FALLING: rule('D7', 'Loyalty falls over the quarters', '忠诚度逐季下降'),
  MISSING_RATE: rule(
    'E2',
    'An amount has no exchange rate, so figures over it are missing',
    '金额缺少汇率,相关数字无法计算',
  ),
  NOT_APPROVED: rule('D11', 'Money went into a kind of activity that nobody approved', '未经批准的活动发生了支出'),
  NO_OBJECTIVE: rule('D2', 'A key account serves none of our objectives', '大客户未服务于任何目标'),
  ODD_SEQUENCE: rule(
    'B1 C7 C8 F2 I1',
    'Something was told that does not follow from what stands before, or needs what is no longer told of',
    '记录与之前的内容不衔接,或所依据的事件已不存在',
  ),
  ORPHAN_OBJECTIVE: rule('D2', 'No account serves this objective', '该目标没有任何客户支撑'),
  OVER_ALLOCATED: rule('D10', 'A person is given away by more than a whole', '人员分配超过百分之百'),
  OVER_CAP: rule('D11', 'A kind of activity took more than its cap', '活动支出超过上限'),
  OVER_INVESTMENT: rule('F6 I1', 'The relationship went beyond its target stage', '关系投入超出目标阶段'),
  OVER_MEASUREMENT: rule('F7', 'The crop is pulled up too often to look at its roots', '评估过于频繁,如同拔苗看根'),
  SACRIFICE_EXCEEDED: rule('B2', 'A sacrifice cost more than was allowed', '短期牺牲超出批准额度'),
  SACRIFICE_REVIEW_OVERDUE: rule('B2', 'A sacrifice was to be reviewed and was not', '短期牺牲未按期复核'),
  SALES_ONLY: rule('C1', 'Sales carries nearly all contact', '往来几乎全由销售承担'),
  SILENT: rule('C9', 'Nobody spoke to anybody', '双方长期没有双向沟通'),
  SINGLE_THREADED: rule('C5 H7', 'One pair of persons carries the relationship', '关系仅靠一对人维系'),
  SPURIOUS_LOYALTY: rule('D7', 'They buy much and would not recommend us', '购买多但不愿推荐,属虚假忠诚'),
  STAGE_INFLATION: rule('I1 I2', 'The declared stage is higher than what is proven', '申报阶段高于实证阶段'),
  STATUS_GOAL_MISSED: rule('D8', 'A supplier status was not reached in time', '供应商地位目标未按期达成'),
  UNCAPPED: rule('D11', 'Money went into a kind of activity without a cap', '无上限的活动发生了支出'),
  UNENDORSED: rule('F5', 'Nobody at the top stands behind the programme', '计划当前没有高层背书'),
  UNFILLED: rule('F2 C5', 'We know nobody who decides or sponsors', '尚未识别决策者或支持者'),
  UNITS_TOO_FEW: rule('C4', 'Fewer of our units are active than the stage wants', '参与的部门少于该阶段要求'),
};
