import { describe, expect, it } from '@jest/globals';
import { profile } from '../../projections/profile.js';
import { event, foldOf, unsayable } from '../support/folding.js';
import { profileAt } from '../support/standing.js';

const anna = '00000000-0000-4000-8000-0000000000a1';
const ben = '00000000-0000-4000-8000-0000000000b2';
const ofMember = (memberId: string) => ({ subject: `member-${memberId}` });
const designated = event('KeyAccountDesignated', '2025-01-01', {
  accountId: 'ACME',
  managerId: anna,
  horizonYears: 5,
  targetStage: 'INTERDEPENDENT',
  criteriaVersion: 'v1',
  scores: [{ gate: 'integrity', threshold: 0.7, value: 0.8, passed: true }],
  judgedAt: 7,
});

describe('a key account’s manager (B1, F3)', () => {
  const team = event('KamConfirmed', '2025-01-20', { accountId: 'ACME', by: 'TEAM' }, ofMember(anna));
  const customer = event('KamConfirmed', '2025-02-20', { accountId: 'ACME', by: 'CUSTOMER' }, ofMember(anna));

  it('is found when the customer has not accepted them for 61 days (F3)', () => {
    expect(profileAt([designated, team], '2025-03-02').findings).toEqual([]);
    expect(profileAt([designated, team], '2025-03-03')).toMatchObject({
      acceptance: { TEAM: { state: 'accepted', days: 19 }, CUSTOMER: { state: 'pending', days: 61 } },
      findings: [{ code: 'KAM_NOT_ACCEPTED', since: '2025-03-03T00:00:00.000Z', eventIds: [designated.id] }],
    });
    expect(profileAt([designated, team, customer], '2025-06-01').findings).toEqual([]);
  });
  it('loses confidence at once', () => {
    const withdrawn = event('KamConfidenceWithdrawn', '2025-04-01', { accountId: 'ACME', by: 'TEAM' }, ofMember(anna));
    const { findings } = profileAt([designated, team, customer, withdrawn], '2025-04-01');
    expect(findings.map(({ code }) => code)).toEqual(['KAM_CONFIDENCE_WITHDRAWN', 'KAM_NOT_ACCEPTED']);
  });
  it('holds the office from the last designation or handover, the designation keeps its scores', () => {
    const handed = event('KeyAccountHandedOver', '2025-03-01', { accountId: 'ACME', toManagerId: ben });
    const view = profileAt([designated, team, customer, handed], '2025-03-11');
    expect(view.designation).toMatchObject({
      managerId: ben,
      managerSince: '2025-03-01T00:00:00.000Z',
      since: '2025-01-01T00:00:00.000Z',
      horizonYears: 5,
      targetStage: 'INTERDEPENDENT',
      criteriaVersion: 'v1',
      scores: [{ gate: 'integrity', value: 0.8, passed: true }],
      judgedAt: 7,
    });
    expect(view.managers).toMatchObject([
      { managerId: anna, days: 59 },
      { managerId: ben, to: null, days: 10 },
    ]);
    expect(view.acceptance).toMatchObject({ TEAM: { state: 'pending' }, CUSTOMER: { state: 'pending' } });
  });
  it('a designation without a release before it ends the one before, and is found', () => {
    const again = event('KeyAccountDesignated', '2025-04-01', { ...designated.data, managerId: ben });
    const view = profileAt([designated, again], '2025-04-10');
    expect(view.designations).toMatchObject([
      { from: '2025-01-01T00:00:00.000Z', to: '2025-04-01T00:00:00.000Z' },
      { from: '2025-04-01T00:00:00.000Z', to: null },
    ]);
    const odd = { code: 'ODD_SEQUENCE', since: '2025-04-01T00:00:00.000Z', eventIds: [designated.id, again.id] };
    expect(view.findings).toMatchObject([odd]);
    const released = event('KeyAccountReleased', '2025-03-31', { accountId: 'ACME', reason: 'x' });
    expect(profileAt([designated, released, again], '2025-04-10').findings).toEqual([]);
  });
  it('is nobody’s after the release', () => {
    const released = event('KeyAccountReleased', '2025-06-01', { accountId: 'ACME' });
    expect(profileAt([designated, released], '2025-05-31').designation).not.toBe(null);
    expect(profileAt([designated, released], '2025-06-01')).toMatchObject({
      designation: null,
      acceptance: null,
      findings: [],
    });
  });
});

describe('the team (F2)', () => {
  const assigned = (memberId: string, assignmentId: string, more: object) =>
    event(
      'MemberAssigned',
      '2025-01-01',
      {
        assignmentId,
        accountId: 'ACME',
        role: 'EXPERT',
        ftePct: 40,
        from: '2025-01-10T00:00:00.000Z',
        function: 'SERVICE',
        seniority: 2,
        ...more,
      },
      ofMember(memberId),
    );
  const events = [
    assigned(anna, 'A1', { role: 'KEY_ACCOUNT_MANAGER', function: 'KEY_ACCOUNT', seniority: 3 }),
    assigned(ben, 'A1', {}),
  ];
  const left = event(
    'MemberReleased',
    '2025-05-01',
    { assignmentId: 'A1', on: '2025-05-15T00:00:00.000Z' },
    ofMember(ben),
  );

  it('still lists a member as of the day before they left', () => {
    expect(profileAt([...events, left], '2025-05-14').team).toMatchObject({
      ftePct: 80,
      members: [{ memberId: anna }, { memberId: ben }],
    });
    expect(profileAt([...events, left], '2025-05-15').team).toMatchObject({
      ftePct: 40,
      members: [{ memberId: anna, role: 'KEY_ACCOUNT_MANAGER', tenureDays: 125 }],
      former: [{ memberId: ben, tenureDays: 125, to: '2025-05-15T00:00:00.000Z' }],
    });
  });
  it('is wide with three functions on two levels', () => {
    const third = assigned(ben, 'A2', { function: 'FINANCE' });
    expect(profileAt(events, '2025-02-01').team).toMatchObject({
      functions: ['KEY_ACCOUNT', 'SERVICE'],
      levels: [2, 3],
      wide: false,
    });
    expect(profileAt([...events, third], '2025-02-01').team.wide).toBe(true);
    expect(profileAt([...events, third], '2025-01-09').team).toMatchObject({ members: [], coming: [{}, {}, {}] });
  });
});

describe('the charter (B4)', () => {
  const charter = (time: string, ids: string[]) =>
    event('CharterAgreed', time, {
      differentiatedServices: ids.map((serviceId) => ({ serviceId, name: `Service ${serviceId}` })),
      cadence: 'QUARTERLY',
      forum: 'Board',
      ourOwners: [anna],
      theirOwners: [],
    });
  it('shows from when to when each service was given', () => {
    const events = [
      charter('2025-01-01', ['S1', 'S2']),
      charter('2025-03-01', ['S1']),
      charter('2025-06-01', ['S1', 'S2']),
    ];
    const view = profileAt(events, '2025-06-11');
    expect(view.services).toMatchObject([
      { serviceId: 'S1', from: '2025-01-01T00:00:00.000Z', to: null },
      { serviceId: 'S2', from: '2025-01-01T00:00:00.000Z', to: '2025-03-01T00:00:00.000Z', days: 59 },
      { serviceId: 'S2', from: '2025-06-01T00:00:00.000Z', to: null, days: 10 },
    ]);
    expect(view.charter).toMatchObject({ since: '2025-06-01T00:00:00.000Z', cadence: 'QUARTERLY', services: [{}, {}] });
  });
});

describe('profile, whatever happened', () => {
  const events = [
    event('AccountRegistered', '2024-12-01', {
      name: 'Acme',
      customerType: 'DEALER',
      currency: 'EUR',
      oemFitShare: 0.4,
    }),
    event('AccountReclassified', '2024-12-15', { customerType: 'OEM_MAKER' }),
    designated,
    event('StageDeclared', '2025-01-02', { stage: 'BASIC', evidenceIds: [] }),
    event('CustomerIntentStated', '2025-01-03', {
      intentId: 'toString',
      source: 'board',
      until: '2025-03-01T00:00:00.000Z',
    }),
    event('ContractAgreed', '2025-01-04', {
      contractId: 'K',
      from: '2025-01-01T00:00:00.000Z',
      until: '2026-01-01T00:00:00.000Z',
    }),
    event('FuturePlanSet', '2025-01-05', {
      period: '2026',
      basis: 'TARGET',
      contribution: { minor: 5, currency: 'EUR' },
    }),
    event('FuturePlanSet', '2025-01-06', {
      period: '2026',
      basis: 'TARGET',
      contribution: { minor: 6, currency: 'EUR' },
    }),
  ];
  it('shows class, stage, contracts, intents in force and the newest plan', () => {
    expect(profileAt(events, '2025-02-01')).toMatchObject({
      name: 'Acme',
      class: { customerType: 'OEM_MAKER', oemFitShare: 0.4 },
      stage: 'BASIC',
      contracts: [{ contractId: 'K', inForce: true, daysLeft: 333 }],
      intents: [{ intentId: 'toString' }],
      futurePlans: [{ period: '2026', versions: 2, contribution: { minor: 6 } }],
    });
    expect(profileAt(events, '2025-03-01').intents).toEqual([]);
    expect(profileAt([], '2025-03-01')).toMatchObject({ stage: 'PROSPECT', designation: null });
  });
  it('says only what JSON can say, with a state that survives JSON half-way', () => {
    expect(unsayable(profileAt([], '2025-02-01'))).toEqual([]);
    expect(unsayable(profileAt(events, '2025-02-01'))).toEqual([]);
    const half = JSON.parse(JSON.stringify(foldOf(profile, events.slice(0, 4))));
    expect(foldOf(profile, events.slice(4), { from: half })).toEqual(foldOf(profile, events));
  });
});
