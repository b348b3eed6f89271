import { describe, expect, it } from '@jest/globals';
import type { Event } from '../../src/kernel/event.js';
import { event } from '../support/folding.js';
import { items, ordered, stagesAt } from '../support/standing.js';

type Told = Event<string, object>;

const levelOf = (item: (typeof items)[number], events: readonly Told[], asOf = '2025-06-01') =>
  stagesAt([ordered('2024-01-01'), ...events], asOf).derived.items[item].level;

const member = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const contact = (n: number) => `00000000-0000-4000-9000-00000000000${n}`;
const functions = ['PURCHASING', 'ENGINEERING', 'QUALITY', 'FINANCE'];

/** A meeting of our nth person with the nth person of theirs. */
const met = (time: string, ours: number, theirs: number, seniority = (theirs % 3) + 1): Told =>
  event('InteractionLogged', time, {
    interactionId: `I-${time}-${ours}-${theirs}`,
    kind: 'MEETING',
    initiator: 'JOINT',
    ours: [{ memberId: member(ours), function: ['KEY_ACCOUNT', 'ENGINEERING', 'SERVICE', 'FINANCE'][ours] }],
    theirs: [{ contactId: contact(theirs), function: functions[theirs], seniority }],
    durationMin: 60,
  });

const joined = (n: number, time = '2024-01-01'): Told =>
  event(
    'ContactAdded',
    time,
    { accountId: 'ACME', function: functions[n], seniority: (n % 3) + 1 },
    { subject: `contact-${contact(n)}` },
  );

const everyone = [0, 1, 2, 3].map((n) => joined(n));
const diamond = [0, 1, 2, 3].map((n) => met('2025-05-20', n, n));
const step = (name: string, direction = 'BOTH', time = '2025-02-01'): Told =>
  event('IntegrationStepTaken', time, { stepId: `${name}-${direction}`, step: name, direction });

describe('the levels of the six items (I2)', () => {
  it('contact structure: bow-tie 1, some functions 2, diamond 3, with a joint team 4', () => {
    expect(levelOf('contactStructure', [...everyone, met('2025-05-20', 0, 0), met('2025-05-20', 0, 1)])).toBe(1);
    expect(levelOf('contactStructure', [...everyone, met('2025-05-20', 0, 0), met('2025-05-20', 1, 1)])).toBe(2);
    expect(levelOf('contactStructure', [...everyone, ...diamond])).toBe(3);
    expect(levelOf('contactStructure', [...everyone, ...diamond, step('JOINT_TEAM')])).toBe(4);
    expect(levelOf('contactStructure', [...everyone, ...diamond], '2025-08-18')).toBe(1);
  });
  it('supplier status: by the main category, the one with the largest wallet', () => {
    const status = (category: string, said: string, time = '2025-01-01') =>
      event('SupplierStatusDeclared', time, { category, status: said, source: 'buyer' });
    const wallet = (category: string, minor: number, share?: number) =>
      event('ShareOfWalletEstimated', '2025-01-02', {
        category,
        wallet: { minor, currency: 'EUR' },
        ...(share === undefined ? {} : { share }),
        source: 'buyer',
        confidence: 0.8,
      });
    expect(levelOf('supplierStatus', [status('motors', 'APPROVED')])).toBe(1);
    expect(levelOf('supplierStatus', [status('motors', 'PREFERRED')])).toBe(2);
    expect(levelOf('supplierStatus', [status('motors', 'PRIMARY')])).toBe(3);
    expect(levelOf('supplierStatus', [wallet('motors', 100, 0.5)])).toBe(3);
    expect(levelOf('supplierStatus', [wallet('motors', 100, 0.49)])).toBe(1);
    expect(levelOf('supplierStatus', [status('motors', 'SOLE'), wallet('motors', 1), wallet('bearings', 2)])).toBe(1);
    const contract = event('ContractAgreed', '2024-01-01', {
      contractId: 'K',
      from: '2024-01-01T00:00:00.000Z',
      until: '2025-01-01T00:00:00.000Z',
    });
    const renewed = (tendered: boolean) =>
      event('ContractRenewed', '2024-12-01', { contractId: 'K', until: '2026-01-01T00:00:00.000Z', tendered });
    expect(levelOf('supplierStatus', [contract, renewed(false), status('motors', 'SOLE')])).toBe(4);
    expect(levelOf('supplierStatus', [contract, renewed(true), status('motors', 'SOLE')])).toBe(3);
  });
  it('joint planning: forecast 2, plan in force 3, two years with shared resources 4', () => {
    const plan = (to: string, sharedResources: string[]) =>
      event('JointPlanAgreed', '2025-01-01', { planId: 'P', from: '2025-01-01T00:00:00.000Z', to, sharedResources });
    expect(levelOf('jointPlanning', [step('FORECAST_SHARED', 'FROM_THEM')])).toBe(2);
    expect(levelOf('jointPlanning', [plan('2026-01-01T00:00:00.000Z', ['a line'])])).toBe(3);
    expect(levelOf('jointPlanning', [plan('2027-01-01T00:00:00.000Z', [])])).toBe(3);
    expect(levelOf('jointPlanning', [plan('2027-01-01T00:00:00.000Z', ['a line'])])).toBe(4);
    expect(levelOf('jointPlanning', [plan('2026-01-01T00:00:00.000Z', [])], '2026-01-01')).toBe(1);
  });
  it('information sharing: selective 2, confidential both ways 3, open book both ways 4', () => {
    expect(levelOf('informationSharing', [step('SELECTIVE_INFORMATION', 'TO_THEM')])).toBe(2);
    expect(levelOf('informationSharing', [step('CONFIDENTIAL_INFORMATION', 'TO_THEM')])).toBe(1);
    expect(levelOf('informationSharing', [step('CONFIDENTIAL_INFORMATION')])).toBe(3);
    expect(levelOf('informationSharing', [step('OPEN_BOOK', 'TO_THEM'), step('OPEN_BOOK', 'FROM_THEM')])).toBe(4);
    const ended = event('IntegrationStepEnded', '2025-03-01', { stepId: 'OPEN_BOOK-BOTH' });
    expect(levelOf('informationSharing', [step('OPEN_BOOK'), ended])).toBe(1);
  });
  it('exit barrier: contract or differentiated service 2, process link 3, systems link 4', () => {
    const contract = event('ContractAgreed', '2025-01-01', {
      contractId: 'K',
      from: '2025-01-01T00:00:00.000Z',
      until: '2026-01-01T00:00:00.000Z',
    });
    const charter = event('CharterAgreed', '2025-01-01', {
      differentiatedServices: [{ serviceId: 'S1', name: 'Hotline' }],
      cadence: 'YEARLY',
      forum: 'Board',
      ourOwners: [],
      theirOwners: [],
    });
    expect(levelOf('exitBarrier', [contract])).toBe(2);
    expect(levelOf('exitBarrier', [contract], '2026-01-01')).toBe(1);
    expect(levelOf('exitBarrier', [charter])).toBe(2);
    expect(levelOf('exitBarrier', [step('PROCESS_LINK')])).toBe(3);
    expect(levelOf('exitBarrier', [step('SYSTEMS_LINK')])).toBe(4);
    expect(stagesAt([charter], '2025-06-01').services).toMatchObject([{ serviceId: 'S1', name: 'Hotline' }]);
  });
});

/** Promises of one side due on one day, the first `kept` kept. */
function promised(by: string, n: number, kept: number, due = '2025-01-11'): Told[] {
  return Array.from({ length: n }, (_, i) => `${by}-${due}-${i}`).flatMap((commitmentId, i) => [
    event('CommitmentMade', '2025-01-01', { commitmentId, by, ownerId: member(0), due: `${due}T00:00:00.000Z` }),
    i < kept
      ? event('CommitmentKept', '2025-01-09', { commitmentId })
      : event('CommitmentBroken', '2025-01-10', { commitmentId }),
  ]);
}

describe('trust as evidence (C8)', () => {
  const mutual = [...promised('US', 20, 18), ...promised('THEM', 10, 9)];
  it('is 3 with 18 of 20 and 9 of 10 kept, 2 where only ours is known', () => {
    expect(levelOf('trust', mutual)).toBe(3);
    expect(levelOf('trust', promised('US', 5, 4))).toBe(2);
    expect(levelOf('trust', promised('US', 20, 15))).toBe(1);
    expect(levelOf('trust', [...promised('US', 20, 18), ...promised('THEM', 4, 4)])).toBe(2);
  });
  it('is 4 when it has held for 180 days after a breach was repaired', () => {
    const breach = event('TrustBreached', '2025-01-20', { breachId: 'B', by: 'US', severity: 'MAJOR' });
    const events = [...mutual, breach, event('TrustRepaired', '2025-02-01', { breachId: 'B' })];
    expect(levelOf('trust', events, '2025-07-30')).toBe(3);
    expect(levelOf('trust', events, '2025-07-31')).toBe(4);
  });
  it('is 4 when it has held for 180 days after a sponsor left', () => {
    const subject = `contact-${contact(1)}`;
    const events = [
      joined(1),
      event('ContactRoleAssigned', '2024-02-01', { role: 'SPONSOR' }, { subject }),
      ...mutual,
      event('ContactLeft', '2025-02-01', {}, { subject }),
    ];
    expect(levelOf('trust', events, '2025-07-30')).toBe(3);
    expect(levelOf('trust', events, '2025-07-31')).toBe(4);
  });
});

describe('a relationship that breaks down (§3.12.10)', () => {
  const triggersOf = (events: readonly Told[], asOf: string) =>
    stagesAt(events, asOf).triggers.map(({ trigger }) => trigger);

  it('by a major breach until it is repaired, not by a minor one', () => {
    const breach = (severity: string) => event('TrustBreached', '2025-01-20', { breachId: 'B', by: 'THEM', severity });
    const repair = event('TrustRepaired', '2025-02-01', { breachId: 'B' });
    expect(triggersOf([breach('MINOR')], '2025-01-25')).toEqual([]);
    expect(triggersOf([breach('MAJOR')], '2025-01-25')).toEqual(['TRUST_BREACHED']);
    expect(triggersOf([breach('MAJOR'), repair], '2025-02-01')).toEqual([]);
  });
  it('by twenty points of wallet lost over half a year', () => {
    const share = (time: string, value: number) =>
      event('ShareOfWalletEstimated', time, { category: 'motors', share: value, source: 'buyer', confidence: 1 });
    expect(triggersOf([share('2024-06-01', 0.6), share('2024-12-01', 0.4)], '2025-01-01')).toEqual([
      'SHARE_OF_WALLET_FALLING',
    ]);
    expect(triggersOf([share('2024-06-02', 0.6), share('2024-12-01', 0.4)], '2025-01-01')).toEqual([]);
    expect(triggersOf([share('2024-06-01', 0.6), share('2024-12-01', 0.41)], '2025-01-01')).toEqual([]);
  });
  it('by a quarter in which under .6 of promises were kept', () => {
    expect(triggersOf(promised('US', 5, 2), '2025-04-01')).toEqual(['COMMITMENTS_BROKEN']);
    expect(triggersOf(promised('US', 5, 2), '2025-07-01')).toEqual([]);
  });
  it('by a plan cancelled while none is in force', () => {
    const plan = (planId: string, time: string) =>
      event('JointPlanAgreed', time, {
        planId,
        from: `${time}T00:00:00.000Z`,
        to: '2026-01-01T00:00:00.000Z',
        sharedResources: [],
      });
    const cancelled = event('JointPlanCancelled', '2025-03-01', { planId: 'P' });
    expect(triggersOf([plan('P', '2025-01-01'), cancelled], '2025-03-01')).toEqual(['PLAN_CANCELLED']);
    expect(triggersOf([plan('P', '2025-01-01'), cancelled, plan('Q', '2025-04-01')], '2025-04-01')).toEqual([]);
  });
  it('by a supplier reduction until we are kept', () => {
    const announced = (ourSlot: string) =>
      event('SupplierReductionAnnounced', '2025-01-01', {
        programmeId: 'R',
        category: 'motors',
        suppliersBefore: 6,
        suppliersAfter: 3,
        deadline: '2025-12-31T00:00:00.000Z',
        ourSlot,
      });
    const decided = (kept: boolean) => event('SupplierReductionDecided', '2025-05-01', { programmeId: 'R', kept });
    expect(triggersOf([announced('SAFE')], '2025-02-01')).toEqual([]);
    expect(triggersOf([announced('OUT')], '2025-02-01')).toEqual(['SUPPLIER_REDUCTION']);
    expect(triggersOf([announced('AT_RISK'), decided(false)], '2025-06-01')).toEqual(['SUPPLIER_REDUCTION']);
    expect(triggersOf([announced('AT_RISK'), decided(true)], '2025-06-01')).toEqual([]);
  });
  it('by a decider gone with whom most of the diamond goes, until it is back', () => {
    const subject = `contact-${contact(0)}`;
    const two = [joined(0), joined(1), met('2025-05-01', 0, 0), met('2025-05-01', 1, 1)];
    const decider = event('ContactRoleAssigned', '2024-02-01', { role: 'DECIDER' }, { subject });
    const left = event('ContactLeft', '2025-05-10', {}, { subject });
    expect(triggersOf([...two, decider, left], '2025-05-10')).toEqual(['KEY_CONTACT_LEFT']);
    expect(triggersOf([...two, left], '2025-05-10')).toEqual([]);
    const back = [joined(2, '2025-05-15'), met('2025-05-20', 0, 2), met('2025-05-20', 2, 2)];
    expect(triggersOf([...two, decider, left, ...back], '2025-05-20')).toEqual([]);
  });
});
