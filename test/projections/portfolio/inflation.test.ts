import { describe, expect, it } from '@jest/globals';
import { contacts } from '../../../projections/contacts.js';
import { attention } from '../../../projections/portfolio/attention.js';
import { inflation } from '../../../projections/portfolio/inflation.js';
import { stages } from '../../../projections/stages.js';
import { trust } from '../../../projections/trust.js';
import { event, unsayable } from '../../support/folding.js';
import { reportAt } from '../../support/reporting.js';
import { ordered, proven } from '../../support/standing.js';
import { added, keyAccount, met, role } from '../contacts/people.js';

const all = [stages, contacts, trust];
const declared = (time: string, stage: string) => event('StageDeclared', time, { stage, evidenceIds: [] });

describe('the league of declared against proven stages (I1, I2)', () => {
  const told = {
    EVEN: [
      ordered('2025-01-01'),
      ...proven('2025-01-02', [3, 3, 3, 3, 3, 2]),
      declared('2025-02-01', 'INTERDEPENDENT'),
    ],
    HIGH: [ordered('2025-01-01'), declared('2025-01-02', 'BASIC'), declared('2025-03-01', 'INTEGRATED')],
    LOW: [ordered('2025-01-01'), ...proven('2025-01-02', [3, 3, 3, 3, 3, 2]), declared('2025-01-02', 'BASIC')],
    NONE: [],
    ALSO: [ordered('2025-01-01'), declared('2025-03-01', 'INTEGRATED')],
  };
  const found = reportAt(inflation, all, told, '2025-06-30');

  it('puts the most inflated first, equal ones in one place by account', () => {
    expect(found.league.map(({ accountId, place, inflation: apart }) => [accountId, place, apart])).toEqual([
      ['ALSO', 1, 3],
      ['HIGH', 1, 3],
      ['EVEN', 3, 0],
      ['LOW', 4, -2],
      ['NONE', null, null],
    ]);
    expect(found).toMatchObject({ inflated: 2, even: 1, understated: 1, undecided: 1, mean: 1, n: 4 });
    expect(found.league[1]).toMatchObject({ declared: 'INTEGRATED', band: 'BASIC', index: 6, days: 121 });
    expect(found.league[4]).toMatchObject({ reason: 'no-stage-declared', eventId: null });
  });
  it('moves on the day on which a proof expires', () => {
    const even = { EVEN: told.EVEN };
    expect(reportAt(inflation, all, even, '2026-01-01').league[0]!.inflation).toBe(0);
    expect(reportAt(inflation, all, even, '2026-01-02').league[0]!.inflation).toBe(2);
  });
  it('has no mean without a declared stage', () => {
    expect(reportAt(inflation, all, {}, '2025-06-30')).toEqual({
      league: [],
      inflated: 0,
      even: 0,
      understated: 0,
      undecided: 0,
      mean: null,
      meanReason: 'no-stage-declared',
      n: 0,
    });
    expect(unsayable(found)).toEqual([]);
  });
});

describe('lapses of attention over all key accounts (C9)', () => {
  const sponsored = [
    ...keyAccount('2026-01-01', 'COOPERATIVE'),
    added('2026-01-01', 1, 'MANAGEMENT', 4),
    role('2026-01-02', 1, 'SPONSOR'),
  ];
  const meeting = (time: string) => met(time, [[1, 'KEY_ACCOUNT']], [[1, 'MANAGEMENT', 4]]);
  const told = {
    SILENT: [...sponsored, meeting('2026-02-13T10:00:00Z')],
    LONGER: [...sponsored, meeting('2026-01-13T10:00:00Z')],
    HEARD: [...sponsored, meeting('2026-03-20T10:00:00Z')],
    BARE: keyAccount('2026-01-01', 'COOPERATIVE'),
    OTHER: [],
  };
  const policy = { attention: { 'COOPERATIVE/SPONSOR': 45 } };

  it('lists a sponsor silent for 46 days where 45 are allowed, and not a day earlier', () => {
    const found = reportAt(attention, [contacts], told, '2026-03-31', { policy });
    expect(found.lapses).toMatchObject([
      { accountId: 'LONGER', days: 77, overBy: 32 },
      { accountId: 'SILENT', role: 'SPONSOR', days: 46, policyDays: 45, overBy: 1, since: '2026-03-31T00:00:00.000Z' },
    ]);
    expect(found.lapses[1]!.lastAt).toBe('2026-02-13T10:00:00.000Z');
    expect(found).toMatchObject({ accounts: 2, keyAccounts: 4, checked: 3, unchecked: ['BARE'] });
    expect(found.lapsedShare).toBeCloseTo(2 / 3, 12);
    const dayBefore = reportAt(attention, [contacts], told, '2026-03-30', { policy });
    expect(dayBefore.lapses.map(({ accountId }) => accountId)).toEqual(['LONGER']);
  });
  it('checks nothing without a policy, and says so', () =>
    expect(reportAt(attention, [contacts], told, '2026-03-31')).toMatchObject({
      lapses: [],
      checked: 0,
      lapsedShare: null,
      lapsedReason: 'nothing-to-check',
    }));
});
