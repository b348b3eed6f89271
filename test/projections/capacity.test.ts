import { describe, expect, it } from '@jest/globals';
import { availableHours, capacity } from '../../projections/capacity.js';
import { capacityTotals } from '../../projections/population/capacity.js';
import type { AnyProjection } from '../../src/kernel/projection.js';
import { defaultPolicy } from '../../src/kernel/policy.js';
import { event, foldOf, unsayable } from '../support/folding.js';
import { figureOver, seenAt } from '../support/several.js';

const caps = { ...defaultPolicy.caps, hoursPerFteYear: 1_600, hours: { BASIC: 100, COOPERATIVE: 300 } };
const stage = (name: string) => event('StageDeclared', '2025-01-01', { stage: name, evidenceIds: [] });
const designated = (accountId: string) =>
  event('KeyAccountDesignated', '2025-02-01', { accountId, managerId: 'm', horizonYears: 3, targetStage: 'BASIC' });
const assigned = (assignmentId: string, unit: string, ftePct: number, until?: string) =>
  event(
    'MemberAssigned',
    '2025-02-01',
    {
      assignmentId,
      accountId: 'A',
      role: 'EXPERT',
      ftePct,
      from: '2025-02-01T00:00:00.000Z',
      ...(until === undefined ? {} : { until: `${until}T00:00:00.000Z` }),
      function: unit,
      seniority: 2,
    },
    { subject: 'member-00000000-0000-4000-8000-000000000001' },
  );
const all: readonly AnyProjection[] = [capacity];
const accounts = {
  A: [stage('BASIC'), designated('A'), assigned('a1', 'KEY_ACCOUNT', 50), assigned('a2', 'SALES', 100)],
  B: [stage('COOPERATIVE'), designated('B'), assigned('b1', 'KEY_ACCOUNT', 25, '2025-06-01')],
  C: [stage('COOPERATIVE')],
};
const policy = { caps };
const totals = (asOf: string) => figureOver(capacityTotals, all, accounts, asOf, { policy });

describe('hours for key accounts (F9)', () => {
  it('required by declared stage, available by the shares of KEY_ACCOUNT people', () => {
    expect(totals('2025-05-31')).toMatchObject({ accounts: 2, required: 400, ftePct: 75, available: 960 });
    expect(totals('2025-06-01')).toMatchObject({ ftePct: 50, available: 640 });
  });
  it('shows a designation what this account would take beside all others', () => {
    const population = { 'population/capacity': totals('2025-06-01') };
    expect(seenAt(capacity, accounts.C, '2025-06-01', { policy, population, id: 'C' })).toMatchObject({
      required: 400,
      available: 640,
      newHours: 300,
      checked: true,
    });
    expect(seenAt(capacity, accounts.A, '2025-06-01', { policy, population, id: 'A' })).toMatchObject({
      required: 300,
    });
  });
  it('multiplies before it divides: 115 % of 1,600 hours at .8 are 1,472', () =>
    expect(availableHours(115, { ...defaultPolicy.caps, hoursPerFteYear: 1_600, utilisation: 0.8 })).toBe(1_472));
  it('looks at nobody while no hours are set', () =>
    expect(seenAt(capacity, accounts.C, '2025-06-01')).toMatchObject({
      required: null,
      reason: 'hours-not-set',
      newHours: 0,
    }));
  it('a release gives the share back', () => {
    const released = event(
      'MemberReleased',
      '2025-03-01',
      { assignmentId: 'a1', on: '2025-03-01T00:00:00.000Z' },
      { subject: 'member-00000000-0000-4000-8000-000000000001' },
    );
    const found = figureOver(capacityTotals, all, { A: [...accounts.A, released] }, '2025-03-01', { policy });
    expect(found).toMatchObject({ ftePct: 0, available: 0 });
  });
});

it('counts the minutes that a pool spent, by month', () => {
  const card = {
    pool: 'kam',
    functions: ['KEY_ACCOUNT'],
    capacityCost: { minor: 1, currency: 'EUR' },
    practicalMinutes: 1_000,
    per: 'MONTH' as const,
    activities: [{ activity: 'order', minutesEach: 8 }],
  };
  const told = [
    event('InteractionLogged', '2025-03-10', {
      ours: [{ function: 'KEY_ACCOUNT' }, { function: 'SALES' }],
      durationMin: 60,
      travelMin: 30,
    }),
    event('CostIncurred', '2025-03-11', { costId: 'c', category: 'ORDER_HANDLING', activity: 'order', quantity: 5 }),
  ];
  const { minutes } = foldOf(capacity, told, { policy: { rates: { kam: card } } });
  expect(minutes).toEqual({ kam: { [String(2025 * 12 + 2)]: 130 } });
  expect(unsayable(seenAt(capacity, [], '2025-03-11', { policy }))).toEqual([]);
});
