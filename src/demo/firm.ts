import { stages } from '../domain/vocabulary.js';
import { months, plus, roll } from './days.js';
import { type Member, memberId } from './members.js';
import type { Body, CommandName, Telling } from './telling.js';

const eur = (units: number) => ({ minor: units * 100, currency: 'EUR' });

/** Our fictitious firm's own rules, as they were set and changed. */
export function ruleTheFirm(telling: Telling): void {
  const rule = <N extends CommandName>(name: N, at: string, body: Body<N>) =>
    telling.tell('firm', name, at, body, { hours: 0, by: 'controlling' });
  const first = '2021-12-01T07:30:00Z';

  rule('SetFirmSettings', first, {
    reportingCurrency: 'EUR',
    utcOffsetMin: 0,
    fiscalYearStartMonth: 1,
    discountRate: 0.09,
    wacc: 0.08,
    windowDays: 365,
    churnDays: 365,
    closeDays: 30,
    from: '2021-12-01',
  });
  rule('SetFirmSettings', '2023-09-01', { wacc: 0.095, discountRate: 0.1, from: '2023-10-01' });
  rule('SetEvaluationHorizon', first, { minMonths: 12, defaultMonths: 36, reviewsPerQuarter: 1, from: '2021-12-01' });
  rule('SetCapacity', first, {
    programmeCap: 18,
    managerCap: 4,
    managerHardCap: 6,
    hoursPerFteYear: 1600,
    utilisation: 0.8,
    hours: {
      PROSPECT: 40,
      EXPLORATORY: 60,
      BASIC: 100,
      COOPERATIVE: 180,
      INTERDEPENDENT: 280,
      INTEGRATED: 360,
      DISINTEGRATING: 150,
      EXITED: 0,
    },
    from: '2021-12-01',
  });

  // A minute of each pool: dearer from 2024 on.
  for (const [from, at, dearer] of [
    ['2021-12-01', first, 1],
    ['2024-01-01', '2023-12-11', 1.09],
    ['2026-01-01', '2025-12-08', 1.16],
  ] as const) {
    const cards = [
      [
        'sales',
        ['SALES', 'KEY_ACCOUNT', 'MARKETING'],
        1_240_000,
        880_000,
        [{ activity: 'order-line', minutesEach: 8 }],
      ],
      [
        'technical',
        ['ENGINEERING', 'RESEARCH', 'QUALITY', 'IT'],
        960_000,
        610_000,
        [{ activity: 'sample', minutesEach: 240 }],
      ],
      [
        'operations',
        ['SERVICE', 'LOGISTICS', 'PRODUCTION'],
        720_000,
        700_000,
        [{ activity: 'expedite', minutesEach: 95 }],
      ],
      [
        'office',
        ['FINANCE', 'LEGAL', 'PURCHASING', 'MANAGEMENT', 'OTHER'],
        1_050_000,
        520_000,
        [{ activity: 'credit-check', minutesEach: 50 }],
      ],
    ] as const;
    for (const [pool, functions, cost, practicalMinutes, activities] of cards)
      rule('SetRateCard', at, {
        pool,
        functions: [...functions],
        capacityCost: eur(Math.round(cost * dearer)),
        practicalMinutes,
        per: 'YEAR',
        activities: [...activities],
        from,
      });
  }

  // A dollar in euros, each quarter.
  for (const month of months('2021-12', '2026-10', 1).filter(
    (one) => one === '2021-12' || ['01', '04', '07', '10'].includes(one.slice(5)),
  ))
    rule('SetFxRate', `${month}-01T08:00:00Z`, {
      base: 'USD',
      quote: 'EUR',
      rate: (0.88 + roll(`usd${month}`, 90) / 1000).toFixed(4),
      from: `${month}-01`,
    });

  for (const [stage, role, days] of [
    ['BASIC', 'BUYER', 90],
    ['COOPERATIVE', 'BUYER', 60],
    ['COOPERATIVE', 'DECIDER', 90],
    ['INTERDEPENDENT', 'DECIDER', 60],
    ['INTERDEPENDENT', 'SPONSOR', 90],
    ['INTEGRATED', 'DECIDER', 45],
    ['INTEGRATED', 'SPONSOR', 60],
  ] as const)
    rule('SetAttentionPolicy', first, { stage, role, days, from: '2021-12-01' });
  for (const [i, units] of [1, 1, 2, 4, 5].entries())
    rule('SetUnitPolicy', first, { stage: stages[i]!, units, from: '2021-12-01' });

  // Criteria: a first version, and a stricter second one. Who came in under the first stays in under the first.
  const gates = [
    { gate: 'customerType', values: ['OEM_MAKER', 'DEALER'], threshold: 0.5 },
    { gate: 'constantClv', threshold: 250_000 },
  ];
  rule('DefineKeyAccountCriteria', '2021-12-03', { version: '2022', gates });
  rule('DefineKeyAccountCriteria', '2024-01-08', {
    version: '2024',
    gates: [...gates, { gate: 'integrity', threshold: 0.7 }],
    from: '2024-02-01',
  });

  // Scoring: growth counts for more in the second version, and a contact is forgotten more slowly.
  const scale = [
    { from: 7, to: 10, meaning: 'above one million a year' },
    { from: 4, to: 6, meaning: 'a quarter of a million to one million' },
    { from: 0, to: 3, meaning: 'below' },
  ];
  rule('PublishScoringModel', '2021-12-06', {
    version: '2022',
    attractiveness: [
      { factor: 'spend', weight: 40, scale },
      { factor: 'growth', weight: 20 },
      { factor: 'prestige', weight: 15 },
      { factor: 'reach', weight: 15 },
      { factor: 'exclusivity', weight: 10 },
    ],
    from: '2021-12-01',
  });
  rule('PublishScoringModel', '2024-12-02', {
    version: '2025',
    attractiveness: [
      { factor: 'spend', weight: 25, scale },
      { factor: 'growth', weight: 35 },
      { factor: 'prestige', weight: 10 },
      { factor: 'reach', weight: 15 },
      { factor: 'exclusivity', weight: 15 },
    ],
    attractivenessHigh: 5.5,
    halfLifeDays: 60,
    from: '2025-01-01',
  });

  // Endorsed at the top, with ten weeks in early 2024 in which nobody stood behind it.
  for (const [at, until] of [
    ['2021-12-02', '2023-12-31'],
    ['2024-03-12', '2025-12-31'],
    ['2025-12-18', '2027-12-31'],
  ] as const)
    telling.tell('firm', 'EndorseProgramme', at, { executive: memberId('stein'), until }, { hours: 4, by: 'board' });

  aims(telling);
}

/** Objectives, kinds of activity, and how hunters are paid. */
function aims(telling: Telling): void {
  const tell = <N extends CommandName>(name: N, at: string, body: Body<N>) =>
    telling.tell('firm', name, at, body, { hours: 6, by: 'board' });
  // Four aims; nobody serves the third.
  for (const [objectiveId, statement, year, target] of [
    ['robotics', 'A tenth of what we earn comes from makers of robots', 2027, 900_000],
    ['systems', 'We sell drives with their controls, not parts', 2028, 1_500_000],
    ['america', 'A second foothold in North America besides Helix', 2028, 400_000],
    ['service', 'Service earns what it costs', 2025, 250_000],
  ] as const)
    tell('DefineObjective', '2022-01-17', { objectiveId, statement, year, contributionTarget: eur(target) });
  tell('CloseObjective', '2026-01-15', { objectiveId: 'service' });

  for (const [activityTypeId, name] of [
    ['open-day', 'Open day at our plant'],
    ['fair-suite', 'A suite at the fair'],
    ['joint-lab', 'A week in our laboratory'],
  ] as const)
    tell('ProposeActivityType', '2022-02-07', { activityTypeId, name, why: 'Their engineers should meet ours' });
  tell('ApproveActivityType', '2022-02-21', { activityTypeId: 'open-day' });
  tell('ApproveActivityType', '2022-02-21', { activityTypeId: 'joint-lab' });
  tell('RejectActivityType', '2022-02-21', { activityTypeId: 'fair-suite' });
  tell('CapActivityType', '2022-02-22', { activityTypeId: 'open-day', amount: eur(10_000), per: 'YEAR' });

  const hunters: Member[] = ['sharp'];
  tell('SetCommissionPlan', '2022-02-25', {
    planId: 'hunters',
    approach: 'HUNTER',
    memberIds: hunters.map(memberId),
    terms: 'Three percent of the first year, nothing after',
    from: '2022-03-01',
    until: '2026-12-31',
  });
  // What the model of lifetimes says of the many small customers of the web shop, who are not accounts here.
  tell('PublishLifetimeModel', '2026-02-10', {
    model: 'bg-nbd',
    parameters: { r: 0.31, alpha: 6.2, a: 0.74, b: 2.9 },
    trainedAsOf: '2026-01-31',
    trainedKnownAt: plus('2026-01-31', 5),
    population: 2412,
    digest: 'web-shop-2026-01-of-a-fictitious-firm',
  });
}
