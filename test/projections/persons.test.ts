import { describe, expect, it } from '@jest/globals';
import { contact } from '../../projections/contact.js';
import { member } from '../../projections/member.js';
import { event, foldOf, unsayable, viewAt } from '../support/folding.js';

// biome-ignore lint/suspicious/noExplicitAny: a test looks wherever it likes
type Shown = Record<string, any>;
const theirs = (events: Parameters<typeof viewAt>[1], asOf: string): Shown => viewAt(contact, events, asOf);
const ours = (events: Parameters<typeof viewAt>[1], asOf: string): Shown => viewAt(member, events, asOf);

describe('a person of theirs (F1, F2)', () => {
  const life = [
    event('ContactAdded', '2025-01-15', { accountId: 'ACME', function: 'PURCHASING', seniority: 2 }),
    event('ContactRoleAssigned', '2025-02-01', { role: 'BUYER' }),
    event('ContactAssessed', '2025-03-01', { attitude: 1, influence: 3 }),
    event('ContactReportsTo', '2025-03-02', { contactId: '22222222-2222-4222-8222-222222222222' }),
    event('ContactDetailsChanged', '2025-06-01', { seniority: 3 }),
    event('ContactLeft', '2026-01-01', {}),
    event('ContactJoined', '2026-02-01', {
      accountId: 'GLOBEX',
      function: 'MANAGEMENT',
      seniority: 4,
      roles: ['DECIDER'],
      attitude: 2,
    }),
  ];

  it('is shown as of a day with their part, their stand and whom they answer to', () => {
    expect(theirs(life, '2025-07-01')).toMatchObject({
      accountId: 'ACME',
      function: 'PURCHASING',
      seniority: 3,
      roles: ['BUYER'],
      attitude: 1,
      influence: 3,
      reportsTo: '22222222-2222-4222-8222-222222222222',
    });
    expect(theirs(life, '2025-02-10')).toMatchObject({
      seniority: 2,
      attitude: null,
      assessmentReason: 'never-assessed',
    });
  });

  it('leaves with their parts, and comes to another account complete', () => {
    expect(theirs(life, '2026-01-15')).toMatchObject({
      accountId: null,
      accountIdReason: 'left',
      roles: [],
      reportsTo: null,
    });
    const now = theirs(life, '2026-03-01');
    expect(now).toMatchObject({ accountId: 'GLOBEX', roles: ['DECIDER'], attitude: 2, influence: null });
    expect(now.accounts).toMatchObject([
      { accountId: 'ACME', from: '2025-01-15T00:00:00.000Z', to: '2026-01-01T00:00:00.000Z', days: 351 },
      { accountId: 'GLOBEX', to: null, days: 28 },
    ]);
    expect(now.rolesHeld).toMatchObject([
      { role: 'BUYER', to: '2026-01-01T00:00:00.000Z' },
      { role: 'DECIDER', to: null },
    ]);
  });

  it('is nobody before they are told of', () => {
    const none = theirs(life, '2024-12-31');
    expect(none).toMatchObject({ accountId: null, accountIdReason: 'not-yet-added', function: null });
    expect(unsayable(none)).toEqual([]);
  });

  it('survives being stored half-way', () => {
    const half = JSON.parse(JSON.stringify(foldOf(contact, life.slice(0, 4))));
    expect(foldOf(contact, life.slice(4), { from: half })).toEqual(foldOf(contact, life));
  });
});

describe('a person of ours (D10, F3)', () => {
  const added = event('MemberAdded', '2025-01-01', { function: 'KEY_ACCOUNT', seniority: 3, qualifications: [] });
  const assigned = (assignmentId: string, ftePct: number, from: string, until?: string) =>
    event('MemberAssigned', from, {
      assignmentId,
      accountId: assignmentId.toUpperCase(),
      role: 'KEY_ACCOUNT_MANAGER',
      ftePct,
      function: 'KEY_ACCOUNT',
      seniority: 3,
      from: `${from}T00:00:00.000Z`,
      ...(until === undefined ? {} : { until: `${until}T00:00:00.000Z` }),
    });
  const released = event('MemberReleased', '2026-01-10', { assignmentId: 'a', on: '2026-02-01T00:00:00.000Z' });

  it('is deployed as of a day, with what is planned', () => {
    const events = [added, assigned('a', 60, '2025-03-01'), assigned('b', 40, '2025-06-01', '2025-09-01'), released];
    expect(ours(events, '2025-07-01').ftePct).toBe(100);
    const now = ours(events, '2026-01-31');
    expect(now).toMatchObject({ ftePct: 60, tenureDays: 395, overAllocated: null });
    expect(now.assignments).toMatchObject([
      { assignmentId: 'a', active: true, to: '2026-02-01T00:00:00.000Z', days: 336 },
      { assignmentId: 'b', active: false, days: 92 },
    ]);
    expect(ours(events, '2026-02-01').ftePct).toBe(0);
    expect(now.loads).toEqual([
      { from: '2025-03-01T00:00:00.000Z', to: '2025-06-01T00:00:00.000Z', ftePct: 60 },
      { from: '2025-06-01T00:00:00.000Z', to: '2025-09-01T00:00:00.000Z', ftePct: 100 },
      { from: '2025-09-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z', ftePct: 60 },
    ]);
  });

  it('is over-allocated where 60 and 50 overlap, with the interval', () => {
    const events = [added, assigned('a', 60, '2025-03-01'), assigned('b', 50, '2025-06-01', '2025-09-01')];
    const view = ours(events, '2025-05-01');
    expect(view.overAllocated).toBeNull();
    expect(ours(events, '2025-06-01')).toMatchObject({
      overAllocated: { from: '2025-06-01T00:00:00.000Z', to: '2025-09-01T00:00:00.000Z', ftePct: 110 },
      findings: [{ code: 'OVER_ALLOCATED', since: '2025-06-01T00:00:00.000Z' }],
    });
  });

  it('is trusted by team and customer, each from a day on', () => {
    const events = [
      added,
      event('KamConfirmed', '2025-04-01', { accountId: 'A', by: 'TEAM' }),
      event('KamConfirmed', '2025-05-01', { accountId: 'A', by: 'CUSTOMER' }),
      event('KamConfidenceWithdrawn', '2025-06-01', { accountId: 'A', by: 'TEAM' }),
    ];
    expect(ours(events, '2025-06-30').acceptances).toMatchObject([
      { by: 'TEAM', accepted: true, to: '2025-06-01T00:00:00.000Z', days: 61 },
      { by: 'CUSTOMER', accepted: true, to: null, days: 60 },
      { by: 'TEAM', accepted: false, to: null, days: 29 },
    ]);
  });

  it('says of nobody nothing that JSON cannot', () => {
    expect(unsayable(ours([], '2025-06-30'))).toEqual([]);
    expect(ours([], '2025-06-30')).toMatchObject({ function: null, tenureDays: null, ftePct: 0 });
  });
});
