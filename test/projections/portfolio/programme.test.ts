import { describe, expect, it } from '@jest/globals';
import { programme as report } from '../../../projections/portfolio/programme.js';
import { profile } from '../../../projections/profile.js';
import { programme } from '../../../projections/programme.js';
import { trust } from '../../../projections/trust.js';
import { event, foldOf, unsayable, viewAt } from '../../support/folding.js';
import { reportAt } from '../../support/reporting.js';
import { ours } from '../contacts/people.js';

const all = [profile, trust];
const programmed = (type: string, time: string, data: object) => event(type, time, data, { subject: 'programme' });
const endorsed = (time: string, until: string, executive = 'CEO') =>
  programmed('ProgrammeEndorsed', time, { executive, until: `${until}T00:00:00.000Z` });
const designated = (time: string, accountId = 'ACME', n = 1) =>
  programmed('KeyAccountDesignated', time, {
    accountId,
    managerId: ours(n),
    horizonYears: 3,
    targetStage: 'INTEGRATED',
  });
const handed = (time: string, accountId = 'ACME', n = 2) =>
  programmed('KeyAccountHandedOver', time, { accountId, toManagerId: ours(n) });
const released = (time: string, accountId = 'ACME') => programmed('KeyAccountReleased', time, { accountId });
const confirmed = (time: string, by: string, n = 1) =>
  event('KamConfirmed', time, { accountId: 'ACME', by }, { subject: `member-${ours(n)}` });

describe('endorsed from the top (F5)', () => {
  const rules = [endorsed('2025-01-01', '2025-07-01'), endorsed('2025-05-01', '2026-01-01', 'CFO')];
  const told = { ACME: [designated('2025-02-01')] };
  const at = (asOf: string) => reportAt(report, all, told, asOf, { rules });

  it('is UNENDORSED only as of the day after the last endorsement ended', () => {
    expect(at('2025-12-31')).toMatchObject({ status: 'ENDORSED', findings: [], endorsement: { executives: ['CFO'] } });
    expect(at('2025-12-31').endorsement).toMatchObject({ until: '2026-01-01T00:00:00.000Z', daysLeft: 0 });
    expect(at('2026-01-01')).toMatchObject({
      status: 'UNENDORSED',
      endorsement: { reason: 'lapsed', lapsedAt: '2026-01-01T00:00:00.000Z', until: null, daysLeft: null },
      findings: [{ code: 'UNENDORSED', since: '2026-01-01T00:00:00.000Z', eventIds: [rules[1]!.id] }],
    });
  });
  it('shows endorsements as intervals', () =>
    expect(at('2025-06-30').endorsement.intervals).toMatchObject([
      { executive: 'CEO', to: '2025-07-01T00:00:00.000Z', days: 181, inForce: true, eventId: rules[0]!.id },
      { executive: 'CFO', days: 245, inForce: true },
    ]));
  it('says that it never was, where there are key accounts', () => {
    const never = reportAt(report, all, told, '2025-06-30');
    expect(never.findings).toMatchObject([{ code: 'UNENDORSED', since: null, eventIds: [] }]);
    expect(reportAt(report, all, { ACME: [] }, '2025-06-30').findings).toEqual([]);
  });
  it('counts processes over three units', () => {
    const by = (unit: string) =>
      event('SupportDelivered', '2025-03-01', { requestId: unit, unit, processId: 'LAUNCH' });
    const found = reportAt(report, all, { A: [by('QUALITY'), by('FINANCE')], B: [by('SERVICE')] }, '2025-06-30');
    expect(found).toMatchObject({ crossFunctional: 1, processes: [{ processId: 'LAUNCH', accounts: ['A', 'B'] }] });
  });
});

describe('accepted by team and customer (F3)', () => {
  const team = confirmed('2025-01-15', 'TEAM');
  const at = (asOf: string, more: ReturnType<typeof event>[] = []) =>
    reportAt(report, all, { ACME: [designated('2025-01-01'), team, ...more] }, asOf).acceptance;

  it('is undecided while 60 days run, and missed on the 61st', () => {
    expect(at('2025-03-02')).toMatchObject({ share: null, reason: 'none-decided', accounts: [{ accepted: null }] });
    expect(at('2025-03-03')).toMatchObject({ share: 0, n: 1, accounts: [{ accepted: false, customer: { days: 61 } }] });
  });
  it('is reached when both accept in time', () =>
    expect(at('2025-12-31', [confirmed('2025-02-20', 'CUSTOMER')])).toMatchObject({
      withinDays: 60,
      share: 1,
      accounts: [{ accepted: true, customer: { days: 50, late: false } }],
    }));
  it('is missed by a late yes', () => expect(at('2025-12-31', [confirmed('2025-04-01', 'CUSTOMER')]).share).toBe(0));
});

describe('tenure and turnover of managers (F3)', () => {
  const told = {
    ACME: [designated('2023-01-01'), handed('2025-01-01'), handed('2026-01-01', 'ACME', 3)],
    BETA: [designated('2025-06-01', 'BETA')],
    GONE: [designated('2023-01-01', 'GONE'), released('2024-01-01', 'GONE')],
  };
  const found = reportAt(report, all, told, '2026-06-30');
  it('counts handovers over the mean number of key accounts of the window', () => {
    expect(found.turnover).toMatchObject({ handovers: 1, meanAccounts: 2, rate: 0.5 });
    expect(reportAt(report, all, { GONE: told.GONE }, '2026-06-30').turnover).toMatchObject({
      rate: null,
      reason: 'no-key-accounts',
    });
  });
  it('has medians of those in office, those over and all, releases censored', () =>
    expect(found.tenure).toEqual({
      inOffice: 2,
      currentMedianDays: (180 + 394) / 2,
      pastMedianDays: 365,
      medianDays: 731,
      n: 5,
      handovers: 2,
    }));
});

describe('the programme itself (F3, F9)', () => {
  const events = [
    designated('2025-01-01'),
    designated('2025-02-01', 'BETA', 2),
    handed('2025-03-01', 'ACME', 2),
    released('2025-04-01', 'BETA'),
    programmed('RoutePlanned', '2025-01-01', { routeId: 'r', weekday: 1, accountIds: ['X'] }),
    programmed('RoutePlanned', '2025-02-01', { routeId: 'r', weekday: 2, accountIds: ['X'] }),
  ];
  const at = (asOf: string) => viewAt(programme, events, asOf, { id: 'programme' });
  it('lists who is in it, in whose hands, at any moment', () => {
    expect(at('2025-03-31')).toMatchObject({
      size: 2,
      cap: 35,
      accounts: [
        { accountId: 'ACME', managerId: ours(2), managerDays: 30, days: 89 },
        { accountId: 'BETA', managerId: ours(2) },
      ],
      managers: [{ memberId: ours(2), accounts: ['ACME', 'BETA'], cap: 5, overCap: false }],
    });
    expect(at('2025-04-01').accounts.map(({ accountId }) => accountId)).toEqual(['ACME']);
  });
  it('keeps designations, offices and routes as intervals', () => {
    const { designations, offices, routes } = at('2025-12-31');
    expect(designations).toMatchObject([
      { accountId: 'ACME', to: null },
      { accountId: 'BETA', from: '2025-02-01T00:00:00.000Z', to: '2025-04-01T00:00:00.000Z', days: 59 },
    ]);
    expect(offices).toMatchObject([
      { managerId: ours(1), ended: 'handover', days: 59 },
      { accountId: 'BETA', ended: 'release' },
      { managerId: ours(2), ended: null },
    ]);
    expect(routes).toMatchObject([
      { weekday: 1, to: '2025-02-01T00:00:00.000Z' },
      { weekday: 2, to: null },
    ]);
  });
  it('says only what JSON can say, with nothing and half-way', () => {
    expect(unsayable(viewAt(programme, [], '2025-12-31'))).toEqual([]);
    const half = JSON.parse(JSON.stringify(foldOf(programme, events.slice(0, 3))));
    expect(foldOf(programme, events.slice(3), { from: half })).toEqual(foldOf(programme, [...events]));
  });
});
