import type { Account } from '../account.js';
import { pursue } from '../acquisition.js';
import { days, lastDay, months, plus } from '../days.js';
import { invoice } from '../trade.js';

/** Trellis: from six suppliers to three within a year, our place at risk, and we kept it. */
export function reduced(trellis: Account): void {
  const programme = { category: 'Gearboxes', suppliersBefore: 6, suppliersAfter: 3 } as const;
  trellis.tell('RecordSupplierReduction', '2024-01-22', {
    programmeId: 'six-to-three',
    ...programme,
    deadline: '2024-12-31',
    ourSlot: 'AT_RISK',
  });
  trellis.tell('SetPosture', '2024-01-29', { posture: 'DEFEND', reason: 'Three of six will stay' });
  trellis.tell('TargetSupplierStatus', '2024-02-05', { category: 'Gearboxes', status: 'PRIMARY', until: '2025-06-30' });
  trellis.meet('2024-04-15', 'WORKSHOP', ['arrieta', 'tanaka', 'haas'], trellis.contacts.slice(0, 3), {
    topics: ['total cost'],
  });
  trellis.meet('2024-09-09', 'EXECUTIVE_REVIEW', ['stein', 'arrieta'], trellis.contacts.slice(2, 3));
  trellis.tell(
    'RecordSupplierReductionDecision',
    '2024-11-25',
    { programmeId: 'six-to-three', kept: true },
    { known: '2024-12-16' },
  );
  trellis.tell('DeclareSupplierStatus', '2024-12-20', {
    category: 'Gearboxes',
    status: 'PRIMARY',
    source: 'letter of theirs',
  });
  trellis.tell('SetPosture', '2025-01-13', { posture: 'EXPAND', reason: 'Three suppliers share what six had' });
  trellis.tell('RecordSupplierReduction', '2026-09-14', {
    programmeId: 'linear',
    category: 'Linear drives',
    suppliersBefore: 4,
    suppliersAfter: 2,
    deadline: '2027-05-31',
    ourSlot: 'UNKNOWN',
  });
}

/** Ironbridge: attacked on price, and held; the two firms have grown into one another. */
export function defended(ironbridge: Account): void {
  ironbridge.tell('RecordCompetitorMove', '2024-04-22', {
    moveId: 'price-24',
    competitor: 'Nortek Drives',
    category: 'Gearboxes',
    move: 'Twelve percent below us, with stock in their yard',
    impact: 'high',
  });
  ironbridge.tell('SetPosture', '2024-04-29', { posture: 'DEFEND', reason: 'They must not need an answer for long' });
  ironbridge.meet('2024-05-06', 'EXECUTIVE_ONE_TO_ONE', ['stein'], [ironbridge.contacts[2]!]);
  ironbridge.meet('2024-05-21', 'WORKSHOP', ['wen', 'tanaka', 'weiss'], ironbridge.contacts.slice(1, 5), {
    topics: ['cost of ownership'],
  });
  ironbridge.tell('SetPosture', '2025-01-20', {
    posture: 'EXPAND',
    reason: 'Our share is where it was, and bogies follow',
  });
  ironbridge.tell('TargetSupplierStatus', '2025-02-10', { category: 'Gearboxes', status: 'SOLE', until: '2027-12-31' });
  for (const [n, day] of ['2023-10-16', '2024-08-12', '2025-04-07'].entries()) {
    const insightId = `insight-${n + 1}`;
    ironbridge.tell('RecordInsight', day, {
      insightId,
      topic: 'life-cycle',
      fromInteractionIds: [ironbridge.metBefore(day, 1)[0]!.interactionId],
      text: 'They plan in overhauls, not in years',
    });
    if (n < 2)
      ironbridge.tell('AdaptActivity', plus(day, 41 - n * 20), {
        becauseOf: [insightId],
        before: 'A price a part',
        after: 'A price a million kilometres',
      });
  }
  for (const [i, order] of (['PRODUCT', 'PROCESS', 'FACILITATION', 'FACILITATION'] as const).entries())
    ironbridge.tell('RecordNeed', plus('2022-06-13', i * 330), { needId: `need-${i + 1}`, order, priority: 2 });
}

/** Two key accounts that patience won. */
export function tilled(solveig: Account, sextant: Account): void {
  const won = { approach: 'FARMER', overrun: 1.2 } as const;
  pursue(solveig, { ...won, from: '2022-10-17', to: '2022-12-19', by: 'wen', value: 110_000, planned: 12_000 });
  pursue(sextant, { ...won, from: '2022-05-09', to: '2022-06-13', by: 'falk', value: 250_000, planned: 6_000 });
}

/** Falcata: hunted, captured, and gone within a year. Wisp faded without a word. */
export function hunted(falcata: Account, stiletto: Account): void {
  falcata.tell('DeclareStage', '2024-03-18', { stage: 'BASIC', evidenceIds: [] });
  falcata.tell('RecordCompetitorMove', '2024-10-07', {
    moveId: 'back',
    competitor: 'Nortek Drives',
    category: 'Gearboxes',
    move: 'Took the business back with our own price',
    impact: 'all of it',
  });
  falcata.tell('DeclareStage', '2025-01-20', { stage: 'EXITED', evidenceIds: [] }, { known: '2025-03-03' });
  stiletto.tell('DeclareStage', '2022-06-20', { stage: 'EXPLORATORY', evidenceIds: [] });
}

/** Redwing left in 2023 and was won back in 2025; Tallow's contract was lost, Ember is insolvent. */
export function ended(redwing: Account, tallow: Account, ember: Account): void {
  redwing.tell('DeclareStage', '2022-01-10', { stage: 'BASIC', evidenceIds: [] });
  redwing.tell('RecordTrustBreach', '2023-04-17', {
    breachId: 'quote',
    by: 'THEM',
    severity: 'MINOR',
    what: 'They showed our quotation to others',
  });
  redwing.tell('SignalIntegrity', '2023-04-18', { kind: 'MISUSED_CONFIDENCE', positive: false });
  redwing.tell('DeclareStage', '2023-08-21', { stage: 'EXITED', evidenceIds: [] });
  pursue(redwing, {
    id: 'back',
    purpose: 'WIN_BACK',
    from: '2025-01-13',
    to: '2025-05-26',
    by: 'oduya',
    approach: 'FARMER',
    value: 190_000,
    planned: 8_000,
    overrun: 1.2,
  });
  redwing.tell('DeclareStage', '2025-02-03', { stage: 'EXPLORATORY', evidenceIds: [] });
  for (const month of months('2025-06', '2026-10')) invoice(redwing, month, 1.5);
  for (const [n, day] of days('2025-06-10', lastDay, 34).entries())
    redwing.meet(day, n % 2 === 0 ? 'CALL' : 'VISIT', ['oduya'], [redwing.contacts[n % 2]!]);

  tallow.tell('AgreeContract', '2022-01-03', {
    contractId: 'frame',
    from: '2022-01-01',
    until: '2024-12-31',
    paymentDays: 30,
    value: tallow.money(600_000),
  });
  tallow.tell('RecordCompetitorMove', '2024-08-26', {
    moveId: 'tender',
    competitor: 'Alpenzahn',
    category: 'Gearboxes',
    move: 'Bid for all of it',
    impact: 'all of it',
  });
  tallow.tell('EndContract', '2024-12-31', { contractId: 'frame', reason: 'LOST', lostTo: 'Alpenzahn' });
  ember.tell('AgreeContract', '2022-01-10', {
    contractId: 'frame',
    from: '2022-01-10',
    until: '2026-12-31',
    paymentDays: 60,
  });
  for (const day of ['2023-10-12', '2024-04-15', '2024-11-18'])
    ember.tell('SignalIntegrity', day, { kind: 'PAID_LATE', positive: false });
  ember.tell('EndContract', '2025-04-22', { contractId: 'frame', reason: 'INSOLVENT' }, { known: '2025-05-06' });
}

/** A burst in rail, open at the end; another in 2024 that has passed. Tramline and Railcraft are in it. */
export function burst(tramline: Account, railcraft: Account): void {
  const { telling } = tramline;
  const eur = (units: number) => ({ minor: units * 100, currency: 'EUR' });
  telling.tell('firm', 'DeclareOpportunityBurst', '2024-02-19', {
    burstId: 'robots-iberia',
    industry: 'Robotics',
    region: 'Iberia',
    from: '2024-03-01',
    until: '2024-08-31',
    value: eur(900_000),
    why: 'A subsidy for automation that ends in August',
  });
  telling.tell('firm', 'DeclareOpportunityBurst', '2026-08-24', {
    burstId: 'rail-2026',
    industry: 'Rail',
    accountIds: ['TRAMLINE', 'RAILCRAFT'],
    from: '2026-09-01',
    until: '2027-03-31',
    value: eur(2_400_000),
    why: 'Forty tram sets must be ordered before spring',
  });
  pursue(railcraft, {
    id: 'bogie-27',
    purpose: 'GROWTH',
    from: '2026-09-08',
    to: lastDay,
    by: 'sharp',
    approach: 'HUNTER',
    value: 700_000,
    planned: 20_000,
    end: 'OPEN',
  });
  tramline.tell('DeclareStage', '2023-07-10', { stage: 'BASIC', evidenceIds: [] });
}
