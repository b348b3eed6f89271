import type { Account } from '../account.js';
import { plus } from '../days.js';
import { memberId } from '../members.js';
import { stepUp } from '../standing.js';
import { promise } from '../listening.js';

/**
 * Brandt: a bow-tie grows into a diamond. What was learned in their workshops was acted upon, more and more of what they need is
 * help in their own market, and ours are asked across units.
 */
export function diamond(brandt: Account): void {
  learning(brandt);
  needs(brandt);
  support(brandt);
}

/** Insights, adaptations with their lags, and what we did for them: six of ten times on the ground of an insight. */
function learning(brandt: Account): void {
  const heard = [
    ['2022-06-20', 'changeover', 'They lose an hour at each change of format', '2022-09-12'],
    ['2023-03-13', 'noise', 'Operators complain of noise, not of speed', '2023-05-02'],
    ['2024-03-01', 'spares', 'They keep three years of spares because they do not trust our dates', '2024-03-20'],
    ['2024-11-18', 'servo', 'From 2026 on every axis will be a servo', '2025-01-13'],
    ['2025-05-12', 'energy', 'Their customers ask for energy per pack', '2025-06-30'],
    ['2026-03-09', 'washdown', 'Half of new lines must be washed down', undefined],
  ] as const;
  for (const [i, [day, topic, text, adapted]] of heard.entries()) {
    const insightId = `insight-${i + 1}`;
    const { interactionId } = brandt.metBefore(day, 1)[0]!;
    brandt.tell('RecordInsight', day, { insightId, topic, fromInteractionIds: [interactionId], text });
    if (adapted)
      brandt.tell('AdaptActivity', adapted, {
        becauseOf: [insightId],
        before: 'As for every other customer',
        after: `Changed for ${topic}`,
      });
  }
  for (let n = 0; n < 10; n++)
    brandt.tell('UndertakeValueActivity', plus('2023-02-06', n * 120), {
      valueActivityId: `value-${n + 1}`,
      what: 'A trial on our test bench, at our cost',
      insightIds: n % 5 < 3 ? [n < 4 ? 'insight-1' : 'insight-3'] : [],
      needIds: n > 6 ? ['need-11'] : [],
    });
}

/** Needs by order: product first, facilitation in the end. */
function needs(brandt: Account): void {
  brandt.tell('RecordValueDriver', '2022-03-15', { driverId: 'uptime', what: 'Lines that never stand', weight: 60 });
  brandt.tell('RecordValueDriver', '2022-03-15', { driverId: 'price', what: 'A low price for each part', weight: 40 });
  brandt.tell('LapseValueDriver', '2024-10-07', { driverId: 'price' });
  const orders = [
    'PRODUCT',
    'PRODUCT',
    'PRODUCT',
    'PROCESS',
    'PRODUCT',
    'PROCESS',
    'PRODUCT',
    'PROCESS',
    'FACILITATION',
    'PROCESS',
    'FACILITATION',
    'FACILITATION',
    'PROCESS',
    'FACILITATION',
  ] as const;
  for (const [i, order] of orders.entries()) {
    const day = plus('2022-03-20', i * 110);
    const needId = `need-${i + 1}`;
    brandt.tell('RecordNeed', day, {
      needId,
      order,
      priority: 1 + (i % 5),
      ...(i === 0 ? { driverId: 'uptime' } : {}),
    });
    if (order === 'PRODUCT' && i !== 4) brandt.tell('RecordNeedMet', plus(day, 200), { needId });
    if (i === 4) brandt.tell('LapseNeed', plus(day, 150), { needId });
  }
}

/** Promises of our own units: kept and missed, asked for and volunteered, one process across four units. */
function support(brandt: Account): void {
  const units = [
    ['ENGINEERING', 'two weeks of a designer', 'DELIVERED'],
    ['QUALITY', 'an audit of the gear line', 'DELIVERED'],
    ['LOGISTICS', 'consignment stock in their hall', 'DELIVERED'],
    ['SERVICE', 'a technician at start-up', 'FAILED'],
    ['IT', 'a link to their planning', 'DELIVERED'],
    ['FINANCE', 'terms of sixty days', 'DECLINED'],
    ['RESEARCH', 'a wear test', 'LATE'],
  ] as const;
  for (const round of [0, 1, 2])
    for (const [i, [unit, resource, came]] of units.entries()) {
      const requestId = `help-${round + 1}-${i + 1}`;
      const asked = plus('2024-01-15', round * 290 + i * 11);
      const due = plus(asked, 45);
      const processId = `launch-${round + 1}`;
      if (i !== 1) brandt.tell('RequestSupport', asked, { requestId, unit, resource, neededBy: due, processId });
      if (came === 'DECLINED') {
        brandt.tell('DeclineSupport', plus(asked, 6), { requestId, reason: 'No customer gets them' });
        continue;
      }
      brandt.tell('PledgeSupport', plus(asked, 4), {
        requestId,
        due,
        processId,
        ...(i === 1 ? { unit, resource } : {}),
      });
      if (came === 'FAILED' && round < 2)
        brandt.tell('FailSupport', plus(due, 3), { requestId, reason: 'Nobody was free' });
      else brandt.tell('DeliverSupport', plus(due, came === 'LATE' ? 9 : -2), { requestId });
    }
}

/** Pellworm: a broken promise, a breach, a relationship that breaks down; made good, and stronger than before. */
export function repaired(pellworm: Account): void {
  const falk = memberId('falk');
  const decider = pellworm.contacts[2]!;
  promise(pellworm, '2023-01-30', 'US', falk, 'Deliver forty drives for the fair', '2023-04-14', 'BROKEN');
  promise(pellworm, '2023-02-06', 'US', falk, 'Tell them at once if the date slips', '2023-04-07', 'BROKEN');
  pellworm.tell('RecordTrustBreach', '2023-04-19', {
    breachId: 'fair',
    by: 'US',
    severity: 'MAJOR',
    what: 'They stood at their fair without drives, and heard it from a forwarder',
    about: [decider.contactId],
  });
  const say = { hours: 300, by: 'manager' };
  pellworm.tell('DeclareStage', '2023-05-15', { stage: 'DISINTEGRATING', evidenceIds: [] }, say);
  const commitment = promise(
    pellworm,
    '2023-06-05',
    'US',
    falk,
    'Stock of eight weeks in their hall, at our cost',
    '2023-10-31',
    'OPEN',
  );
  pellworm.tell('MoveCommitment', '2023-10-09', {
    commitmentId: commitment,
    due: '2023-11-30',
    agreedBy: decider.contactId,
  });
  pellworm.tell('KeepCommitment', '2023-11-20', { commitmentId: commitment });
  pellworm.meet('2023-06-12', 'EXECUTIVE_ONE_TO_ONE', ['stein'], [decider], {
    summary: 'We said that it was our fault, and what it will cost us.',
  });
  pellworm.tell('RecordTrustRepair', '2023-12-04', {
    breachId: 'fair',
    what: 'The stock is there; their board wrote so',
  });
  pellworm.tell('DeclareStage', '2024-01-15', { stage: 'COOPERATIVE', evidenceIds: [] });
  const { telling } = pellworm;
  const kam = { memberId: falk, accountId: 'PELLWORM', by: 'CUSTOMER' } as const;
  telling.tell('PELLWORM', 'WithdrawKamConfidence', '2023-04-24', { ...kam, reason: 'She knew and did not call' });
  telling.tell('PELLWORM', 'ConfirmKam', '2024-01-22', kam);
  stepUp(pellworm, 'INTERDEPENDENT', '2026-02-16', false);
}
