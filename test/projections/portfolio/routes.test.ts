import { describe, expect, it } from '@jest/globals';
import { approach } from '../../../projections/approach.js';
import { routes } from '../../../projections/portfolio/routes.js';
import { programme } from '../../../projections/programme.js';
import { visits } from '../../../projections/visits.js';
import { event, foldOf, unsayable, viewAt } from '../../support/folding.js';
import { reportAt } from '../../support/reporting.js';

const all = [visits, approach];
/** Mondays of March 2026. */
const mondays = ['2026-03-02', '2026-03-09', '2026-03-16', '2026-03-23'];
const names = ['A', 'B', 'C', 'D', 'E'];
const visit = (time: string, more: object = {}) =>
  event('InteractionLogged', time, {
    interactionId: `v-${time}`,
    kind: 'VISIT',
    initiator: 'US',
    ours: [],
    theirs: [],
    durationMin: 30,
    routeId: 'north',
    ...more,
  });
const plan = (time: string, accountIds: readonly string[] = names, weekday = 1) =>
  event('RoutePlanned', time, { routeId: 'north', weekday, accountIds }, { subject: 'programme' });
const march = { from: '2026-03-01', to: '2026-03-31' };
const asked = (plans: ReturnType<typeof plan>[]) => ({
  ...march,
  rules: plans,
  others: { programme: { programme: foldOf(programme, plans) } },
});
const served = (counts: readonly number[]) =>
  Object.fromEntries(names.map((name, i) => [name, mondays.slice(0, counts[i]).map((day) => visit(day))]));

describe('everyone on the round treated alike (H2)', () => {
  const planned = asked([plan('2026-03-01')]);
  it('has a Gini of 0 with 5 accounts visited 4 times each, and keeps the plan', () => {
    const found = reportAt(routes, all, served([4, 4, 4, 4, 4]), '2026-03-28', planned);
    expect(found.routes).toMatchObject([{ routeId: 'north', gini: 0, planned: 20, onDay: 20, adherence: 1 }]);
    expect(found.milkRound).toMatchObject({ visits: 20, onRoute: 20, share: 1, gini: 0, verdict: true });
  });
  it('has a Gini of .20 with 4, 4, 4, 4, 0', () => {
    const found = reportAt(routes, all, served([4, 4, 4, 4, 0]), '2026-03-28', planned);
    expect(found.routes[0]!.gini).toBeCloseTo(0.2, 12);
    expect(found.routes[0]).toMatchObject({ adherence: 0.8, accounts: [{}, {}, {}, {}, { visits: 0, adherence: 0 }] });
    expect(found.milkRound.verdict).toBe(false);
  });
  it('warns of a key account on the route', () => {
    const key = event('KeyAccountDesignated', '2026-01-01', { accountId: 'B', managerId: 'm' });
    const told = { ...served([4, 4, 4, 4, 4]), B: [key, ...mondays.map((day) => visit(day))] };
    const found = reportAt(routes, all, told, '2026-03-28', planned);
    expect(found.routes[0]!.keyAccounts).toEqual(['B']);
    expect(found.findings).toMatchObject([{ code: 'KEY_ACCOUNT_ON_ROUTE', accountId: 'B', eventIds: [key.id] }]);
  });
});

describe('keeping the plan of a route (H2)', () => {
  it('counts a visit on another day of the week for the week only', () => {
    const told = { A: [visit('2026-03-03'), visit('2026-03-09'), visit('2026-03-16', { routeId: 'south' })] };
    const found = reportAt(routes, all, told, '2026-03-22', asked([plan('2026-03-01', ['A'])]));
    expect(found.routes).toMatchObject([
      { planned: 3, onDay: 1, inWeek: 2, unseen: [], runs: { planned: 3, made: 1 } },
    ]);
    expect(found.routes[0]!.adherence).toBeCloseTo(1 / 3, 12);
    expect(found.routes[0]!.weekAdherence).toBeCloseTo(2 / 3, 12);
  });
  it('was driven on every planned day, even where each stop has its turn only', () => {
    const told = { A: [visit('2026-03-02'), visit('2026-03-16')], B: [visit('2026-03-09')] };
    const found = reportAt(routes, all, told, '2026-03-22', asked([plan('2026-03-01', ['A', 'B'])]));
    expect(found.routes).toMatchObject([{ adherence: 0.5, runs: { planned: 3, made: 3, share: 1 } }]);
  });
  it('asks of each time what the plan of that time said', () => {
    const plans = [plan('2026-03-01', ['A'], 1), plan('2026-03-10', ['A'], 5)];
    const told = { A: [visit('2026-03-02'), visit('2026-03-09'), visit('2026-03-13')] };
    const found = reportAt(routes, all, told, '2026-03-22', asked(plans));
    expect(found.routes).toMatchObject([{ weekday: 5, planned: 4, onDay: 3, adherence: 0.75 }]);
  });
  it('has no adherence before anything was due, no Gini without visits, and names accounts it does not see', () => {
    const found = reportAt(routes, all, { A: [] }, '2026-03-01', asked([plan('2026-03-01', ['A', 'Z'])]));
    expect(found.routes).toMatchObject([
      {
        planned: 0,
        adherence: null,
        adherenceReason: 'nothing-planned',
        gini: null,
        giniReason: 'no-visits',
        unseen: ['Z'],
      },
    ]);
    expect(found.milkRound).toMatchObject({ share: null, verdict: null, reason: 'no-visits' });
    expect(unsayable(found)).toEqual([]);
  });
  it('is shown on the account, route by route', () => {
    const told = [visit('2026-03-02'), visit('2026-03-09')];
    const view = viewAt(visits, told, '2026-03-11', { rules: [plan('2026-03-01', ['ACME'])] });
    expect(view.routes).toEqual([
      { routeId: 'north', planned: true, weekday: 1, visits: 2, lastOn: '2026-03-09T00:00:00.000Z', days: 2 },
    ]);
    const half = JSON.parse(JSON.stringify(foldOf(visits, told.slice(0, 1))));
    expect(foldOf(visits, told.slice(1), { from: half })).toEqual(foldOf(visits, told));
    expect(visits.rows!.of(foldOf(visits, told), { of: 'account', id: 'A', currency: null })).toEqual([
      { routeId: 'north', month: '2026-03', visits: 2 },
    ]);
  });
});
