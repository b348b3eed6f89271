import type { Account } from './account.js';
import { lastDay, plus } from './days.js';
import type { KeyAccount } from './key-account.js';
import { memberId } from './members.js';
import type { TargetStage } from '../domain/vocabulary.js';
import type { EvidenceItem } from '../domain/account/standing.events.js';

/** What had to be proven for a stage, and at which level. */
const proofs: Partial<Record<TargetStage, readonly (readonly [EvidenceItem, number])[]>> = {
  BASIC: [['trust', 1]],
  COOPERATIVE: [
    ['contactStructure', 2],
    ['supplierStatus', 2],
  ],
  INTERDEPENDENT: [
    ['contactStructure', 3],
    ['jointPlanning', 3],
    ['trust', 3],
  ],
  INTEGRATED: [
    ['contactStructure', 3],
    ['jointPlanning', 4],
    ['exitBarrier', 4],
  ],
};

/** Goes a step up: what both sides agreed, what proves it, and the declaration. */
export function stepUp(account: Account, stage: TargetStage, day: string, first: boolean): void {
  agree(account, stage, plus(day, -9));
  const evidenceIds = first
    ? []
    : (proofs[stage] ?? []).map(([item, level]) =>
        account.tell('RecordStageEvidence', plus(day, -1), {
          item,
          level,
          sourceEventIds: account.metBefore(plus(day, -1)).map(({ eventId }) => eventId),
        }),
      );
  account.tell('DeclareStage', day, { stage, evidenceIds }, { hours: 8, by: 'manager' });
}

/** What comes with a stage: status, shared information, plans, links. */
function agree(account: Account, stage: TargetStage, day: string): void {
  const status = (
    {
      EXPLORATORY: 'CANDIDATE',
      BASIC: 'APPROVED',
      COOPERATIVE: 'PREFERRED',
      INTERDEPENDENT: 'PRIMARY',
      INTEGRATED: 'SOLE',
    } as const
  )[stage];
  const from = day < '2021-12-01' ? '2021-12-01' : day;
  account.tell('DeclareSupplierStatus', from, { category: 'Gearboxes', status, source: 'letter of theirs' });
  const link = (
    step:
      | 'FORECAST_SHARED'
      | 'SELECTIVE_INFORMATION'
      | 'CONFIDENTIAL_INFORMATION'
      | 'OPEN_BOOK'
      | 'JOINT_TEAM'
      | 'PROCESS_LINK'
      | 'SYSTEMS_LINK',
    direction: 'FROM_THEM' | 'BOTH' = 'BOTH',
  ) =>
    account.tell('RecordIntegrationStep', from, { stepId: step.toLowerCase().replaceAll('_', '-'), step, direction });
  if (stage === 'COOPERATIVE') {
    link('FORECAST_SHARED', 'FROM_THEM');
    link('SELECTIVE_INFORMATION');
  }
  if (stage === 'INTERDEPENDENT') {
    link('CONFIDENTIAL_INFORMATION');
    link('PROCESS_LINK');
    plan(account, 'plan-1', from, plus(from, 3 * 365 + 60));
  }
  if (stage === 'INTEGRATED') {
    for (const step of ['OPEN_BOOK', 'JOINT_TEAM', 'SYSTEMS_LINK'] as const) link(step);
    plan(account, 'plan-2', from, plus(from, 4 * 365));
  }
}

/** A plan of both sides. */
export const plan = (account: Account, planId: string, from: string, to: string): string =>
  account.tell('AgreeJointPlan', from, { planId, from, to, sharedResources: ['test bench', 'two engineers'] });

/** A contract of two years, renewed until one was not; and the charter with its reviews. */
export function contract(account: Account, from: string, ends?: string): void {
  const paymentDays = 30;
  account.tell('AgreeContract', from, { contractId: 'frame', from, until: plus(from, 730), paymentDays });
  for (let until = plus(from, 730); until < (ends ?? lastDay); until = plus(until, 730))
    account.tell('RenewContract', plus(until, -20), {
      contractId: 'frame',
      until: plus(until, 730),
      tendered: account.id !== 'IRONBRIDGE' && account.id !== 'BRANDT',
    });
}

/** How both sides deal with each other, from a day on: reviews four times a year, some of them missed. */
export function charter(account: Account, key: KeyAccount, from: string, services: readonly string[], held = 4): void {
  const [buyer, , decider] = account.contacts;
  account.tell('AgreeCharter', from, {
    differentiatedServices: services.map((name, i) => ({ serviceId: `service-${i + 1}`, name })),
    cadence: 'QUARTERLY',
    forum: 'Joint review',
    ourOwners: [memberId(key.manager)],
    theirOwners: [buyer!.contactId],
  });
  for (let n = 0, day = plus(from, 40); day < plus(lastDay, -10); n++, day = plus(day, 91)) {
    if (n % 4 >= held) continue;
    const theirs = decider && n % 2 === 0 ? [buyer!, decider] : [buyer!];
    account.meet(day, 'JOINT_REVIEW', [key.manager, 'lund'], theirs, { topics: ['quality', 'forecast'] });
  }
}
