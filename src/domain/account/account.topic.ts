import { sentences, type Topic } from '../topic.js';
import { accountCommands } from './account.commands.js';
import { account as decider } from './account.decider.js';
import { accountEvents } from './account.events.js';

/** Who an account is, and where the relationship stands. */
export const account: Topic = {
  name: 'account',
  events: accountEvents,
  commands: accountCommands,
  decider,
  says: sentences([
    ['RegisterAccount AccountRegistered', 'We began to keep a memory of a customer.', '我们开始为一位客户建立记忆。'],
    ['ReclassifyAccount AccountReclassified', 'A customer is of another kind than before.', '客户的类别有变更。'],
    [
      'EstimatePotential PotentialEstimated',
      'Someone estimated what the customer could be worth.',
      '评估了客户的潜力。',
    ],
    ['AgreeContract ContractAgreed', 'Both sides signed a contract.', '双方签订了合同。'],
    ['RenewContract ContractRenewed', 'A contract goes on.', '合同续签。'],
    ['EndContract ContractEnded', 'A contract is over.', '合同终止。'],
    [
      'RecordStageEvidence StageEvidenceRecorded',
      'Something proves a level of one item of the relationship.',
      '记录了证明关系某项水平的证据。',
    ],
    ['DeclareStage StageDeclared', 'Someone declared where the relationship stands.', '声明了关系所处的阶段。'],
    ['SetTargetStage TargetStageSet', 'We set the stage that we want to reach.', '设定了要达到的关系阶段。'],
    [
      'DeclareSupplierStatus SupplierStatusDeclared',
      'The customer sees us on a rung of its suppliers.',
      '声明了我们在客户供应商中的地位。',
    ],
    [
      'TargetSupplierStatus SupplierStatusTargeted',
      'We set the rung of suppliers that we want to reach.',
      '设定了要达到的供应商地位。',
    ],
    ['AgreeCharter CharterAgreed', 'Both sides agreed how they deal with each other.', '双方商定了相处的章程。'],
    ['AgreeJointPlan JointPlanAgreed', 'Both sides agreed on a plan.', '双方商定了联合计划。'],
    ['CancelJointPlan JointPlanCancelled', 'A joint plan was given up.', '联合计划已取消。'],
    [
      'RecordIntegrationStep IntegrationStepTaken',
      'The two firms are linked by one thing more.',
      '两家公司又多了一项联结。',
    ],
    [
      'EndIntegrationStep IntegrationStepEnded',
      'A link between the two firms is no more.',
      '两家公司的一项联结已终止。',
    ],
    [
      'EstimateShareOfWallet ShareOfWalletEstimated',
      'Someone estimated our share of what the customer buys.',
      '评估了我们在客户采购中的份额。',
    ],
    ['SetPosture PostureSet', 'We decided to defend or to expand with the customer.', '决定对该客户防守或扩展。'],
    [
      'RecordCompetitorMove CompetitorMoved',
      'A competitor did something about this customer.',
      '竞争对手对该客户有所行动。',
    ],
    [
      'RecordSupplierReduction SupplierReductionAnnounced',
      'The customer is going to cut down its suppliers.',
      '客户宣布削减供应商。',
    ],
    [
      'RecordSupplierReductionDecision SupplierReductionDecided',
      'The customer decided which suppliers it keeps.',
      '客户决定了保留哪些供应商。',
    ],
    [
      'RecordDiscountScheme DiscountSchemeAnnounced',
      'The customer announced terms of discounts for its suppliers.',
      '客户公布了供应商折扣条款。',
    ],
    [
      'StateCustomerIntent CustomerIntentStated',
      'The customer said what it wants to become.',
      '客户说明了自己的战略意图。',
    ],
    ['WithdrawCustomerIntent CustomerIntentWithdrawn', 'The customer gave up an intent.', '客户放弃了一项战略意图。'],
    [
      'StateSuccessFactors SuccessFactorsStated',
      'The customer said by what it judges its suppliers.',
      '客户说明了评价供应商的关键因素。',
    ],
    [
      'ScoreAttractiveness AttractivenessScored',
      'Someone rated how attractive the customer is.',
      '对客户吸引力作了评分。',
    ],
    [
      'ScoreStrength StrengthScored',
      'Someone rated how strong we and our competitors are.',
      '对我们与竞争对手的实力作了评分。',
    ],
    [
      'AssessKnowledge KnowledgeAssessed',
      "Someone rated how well each side knows the customer's business.",
      '评估了双方对客户业务的了解。',
    ],
    [
      'AssignSellingApproach SellingApproachAssigned',
      'We decided how to sell to this customer.',
      '确定了对该客户的销售方式。',
    ],
    ['SetFuturePlan FuturePlanSet', 'We planned what a future period should bring.', '制定了未来期间的计划。'],
    [
      'RecordInternalImpact InternalImpactRecorded',
      'The customer weighs on our own business.',
      '记录了该客户对我们自身业务的影响。',
    ],
    ['LinkObjective ObjectiveServed', 'The customer helps us reach an objective.', '该客户有助于实现我们的一项目标。'],
  ]),
};
