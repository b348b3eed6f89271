import { describe, expect, it } from '@jest/globals';
import type { Event } from '../../src/kernel/event.js';
import { event } from '../support/folding.js';
import { type items, ordered, proven, stagesAt } from '../support/standing.js';

type Told = Event<string, object>;
type Item = (typeof items)[number];

const at = (events: readonly Told[], asOf: string, policy: object = {}) =>
  stagesAt([ordered('2024-01-01'), ...events], asOf, policy);
const levels = (item: Item, events: readonly Told[], days: readonly string[]) =>
  days.map((asOf) => at(events, asOf).derived.items[item].level);
const step = (stepId: string, time: string, name: string, direction = 'BOTH'): Told =>
  event('IntegrationStepTaken', time, { stepId, step: name, direction });
const status = (time: string, said: string): Told =>
  event('SupplierStatusDeclared', time, { category: 'motors', status: said, source: 'buyer' });
const expired = (events: readonly Told[], asOf: string) =>
  at(events, asOf).findings.filter(({ code }) => code === 'EVIDENCE_EXPIRED');

describe('proofs expire, recorded and automatic ones (I2)', () => {
  it('365 days after they were told, on that very day', () => {
    const days = ['2026-01-31', '2026-02-01'];
    expect(levels('exitBarrier', proven('2025-02-01', [1, 1, 1, 1, 1, 4]), days)).toEqual([4, 1]);
    expect(levels('exitBarrier', [step('S', '2025-02-01', 'SYSTEMS_LINK')], days)).toEqual([4, 1]);
    expect(levels('informationSharing', [step('S', '2025-02-01', 'OPEN_BOOK')], days)).toEqual([4, 1]);
    expect(levels('jointPlanning', [step('S', '2025-02-01', 'FORECAST_SHARED', 'FROM_THEM')], days)).toEqual([2, 1]);
    expect(levels('supplierStatus', [status('2025-02-01', 'SOLE')], days)).toEqual([3, 1]);
    const share = event('ShareOfWalletEstimated', '2025-02-01', {
      category: 'motors',
      share: 0.6,
      source: 'buyer',
      confidence: 0.8,
    });
    expect(levels('supplierStatus', [share], days)).toEqual([3, 1]);
    const charter = event('CharterAgreed', '2025-02-01', {
      differentiatedServices: [{ serviceId: 'S1', name: 'Hotline' }],
      cadence: 'YEARLY',
      forum: 'Board',
      ourOwners: [],
      theirOwners: [],
    });
    expect(levels('exitBarrier', [charter], days)).toEqual([2, 1]);
  });

  it('counts days, not years: what was told on a leap day is over on the last of February', () =>
    expect(levels('exitBarrier', [step('S', '2024-02-29', 'PROCESS_LINK')], ['2025-02-27', '2025-02-28'])).toEqual([
      3, 1,
    ]));

  it('a plan and a contract prove until their own end, however long ago they were agreed', () => {
    const plan = event('JointPlanAgreed', '2024-01-05', {
      planId: 'P',
      from: '2024-01-05T00:00:00.000Z',
      to: '2026-01-05T00:00:00.000Z',
      sharedResources: ['a line'],
    });
    const contract = event('ContractAgreed', '2024-01-05', {
      contractId: 'K',
      from: '2024-01-05T00:00:00.000Z',
      until: '2026-01-05T00:00:00.000Z',
    });
    const days = ['2025-12-01', '2026-01-04', '2026-01-05'];
    expect(levels('jointPlanning', [plan], days)).toEqual([4, 4, 1]);
    expect(levels('exitBarrier', [contract], days)).toEqual([2, 2, 1]);
  });

  it('drop to the highest level still proven', () => {
    const told = [
      step('link', '2025-02-01', 'SYSTEMS_LINK'),
      step('process', '2025-06-01', 'PROCESS_LINK'),
      event('ContractAgreed', '2025-01-01', {
        contractId: 'K',
        from: '2025-01-01T00:00:00.000Z',
        until: '2027-01-01T00:00:00.000Z',
      }),
    ];
    const days = ['2026-01-31', '2026-02-01', '2026-05-31', '2026-06-01'];
    expect(levels('exitBarrier', told, days)).toEqual([4, 3, 3, 2]);
  });

  it('are renewed by telling the thing again, and both halves of an exchange have to be fresh', () => {
    const again = [step('a', '2025-02-01', 'SYSTEMS_LINK'), step('b', '2026-01-10', 'SYSTEMS_LINK')];
    expect(levels('exitBarrier', again, ['2026-02-01', '2027-01-09', '2027-01-10'])).toEqual([4, 4, 1]);
    const halves = [
      step('there', '2025-02-01', 'OPEN_BOOK', 'TO_THEM'),
      step('back', '2025-06-01', 'OPEN_BOOK', 'FROM_THEM'),
    ];
    expect(levels('informationSharing', halves, ['2026-01-31', '2026-02-01'])).toEqual([4, 1]);
    const replaced = [
      step('both', '2025-02-01', 'OPEN_BOOK'),
      ...halves.map((one) => ({ ...one, time: one.time + 86_400_000 })),
    ];
    expect(levels('informationSharing', replaced, ['2026-02-01', '2026-02-02'])).toEqual([4, 1]);
  });

  it('say when they expire, and are found once nothing holds their level any more', () => {
    const told = [step('link', '2025-02-01', 'SYSTEMS_LINK')];
    expect(at(told, '2026-01-31').derived.items.exitBarrier.proofs).toMatchObject([
      { automatic: true, expires: '2026-02-01T00:00:00.000Z' },
    ]);
    expect(expired(told, '2026-01-31')).toEqual([]);
    expect(expired(told, '2026-02-01')).toMatchObject([{ since: '2026-02-01T00:00:00.000Z', eventIds: [told[0]!.id] }]);
    expect(expired([...told, event('IntegrationStepEnded', '2026-01-15', { stepId: 'link' })], '2026-02-01')).toEqual(
      [],
    );
    expect(expired([...told, step('new', '2026-01-20', 'SYSTEMS_LINK')], '2026-02-01')).toEqual([]);
  });

  it('lasts as long as the firm’s rules say', () => {
    const rules = { rules: [] as Told[] };
    rules.rules.push(
      event('ScoringModelPublished', '2024-01-01', { version: 'v2', evidenceDays: 30 }, { subject: 'programme' }),
    );
    const told = [step('link', '2025-02-01', 'SYSTEMS_LINK')];
    const level = (asOf: string) => at(told, asOf, rules).derived.items.exitBarrier.level;
    expect([level('2025-03-02'), level('2025-03-03')]).toEqual([4, 1]);
  });
});
