import { describe, expect, it } from '@jest/globals';
import { programmeEvents } from '../../../src/domain/programme/programme.events.js';
import { programmeRules } from '../../../src/domain/programme/programme.policy.js';
import { Policies } from '../../../src/kernel/policies.js';
import { defaultPolicy, type Policy } from '../../../src/kernel/policy.js';
import { acme, globex } from '../../support/cast/ids.js';
import { programmeCast } from '../../support/cast/programme.js';
import { eventLike, type Past } from '../../support/spec.js';

const { events } = programmeCast as { events: Record<string, Record<string, unknown>> };
const at = (text: string): number => Date.parse(`${text}T00:00:00.000Z`);
const told = (type: string, data: object, day = '2026-01-01'): Past => ({ type, data, time: `${day}T00:00:00.000Z` });
const sample = (type: string): Past => told(type, events[type]!);
const rules = (...past: readonly Past[]) => new Policies(past.map(eventLike), programmeRules);
const now = (...past: readonly Past[]): Policy => rules(...past).at(at('2026-06-30'));

describe('the rules at a moment', () => {
  it('are the defaults before anyone says anything', () => {
    expect(now()).toEqual(defaultPolicy);
    expect(rules(sample('CapacitySet')).at(at('2025-12-31'))).toEqual(defaultPolicy);
  });
  it('hold from `from`, whenever they were decided', () => {
    const ahead = rules(
      told('FxRateSet', { base: 'USD', quote: 'EUR', rate: '0.9', from: '2026-03-01T00:00:00.000Z' }),
    );
    expect(ahead.at(at('2026-02-28')).fx).toEqual({});
    expect(ahead.at(at('2026-03-01')).fx).toEqual({ 'USD/EUR': '0.9' });
  });
  it('a decision told late holds where it says, and the later position wins a tie', () => {
    const wacc = (value: number, from: string) =>
      told('FirmSettingsSet', { wacc: value, from: `${from}T00:00:00.000Z` }, '2026-05-01');
    const late = rules(wacc(0.1, '2026-03-01'), wacc(0.08, '2026-01-01'), wacc(0.09, '2026-01-01'));
    expect(
      ['2025-12-31', '2026-01-01', '2026-02-28', '2026-03-01'].map((day) => late.at(at(day)).settings.wacc),
    ).toEqual([null, 0.09, 0.09, 0.1]);
  });
  it('the calendar holds at all times, by the first value told', () => {
    const policies = rules(
      told('FirmSettingsSet', { utcOffsetMin: 480, from: '2027-01-01T00:00:00.000Z' }),
      told('FirmSettingsSet', { fiscalYearStartMonth: 4, windowDays: 200 }, '2026-02-01'),
    );
    expect(policies.at(at('2020-01-01')).settings).toMatchObject({
      utcOffsetMin: 480,
      fiscalYearStartMonth: 4,
      windowDays: 365,
    });
    expect(policies.at(at('2026-03-01')).settings).toMatchObject({
      utcOffsetMin: 480,
      fiscalYearStartMonth: 4,
      windowDays: 200,
    });
  });
  it('a draft replaces parts at all times', () => {
    const draft = new Policies([eventLike(sample('CapacitySet'), 0)], programmeRules, {
      criteria: { version: 'try', gates: [] },
    });
    expect(draft.at(at('2020-01-01')).criteria?.version).toBe('try');
    expect(draft.at(at('2026-06-30')).caps.programmeCap).toBe(30);
  });
});

describe('each rule changes its part and no other', () => {
  const noRules = [
    'KeyAccountDesignated',
    'KeyAccountHandedOver',
    'KeyAccountReleased',
    'PerformanceReviewed',
    'ReportPublished',
  ];
  it('every event of the programme is a rule, but for who is in and what was looked at', () => {
    expect(
      Object.keys(programmeEvents)
        .filter((type) => !(type in programmeRules))
        .sort(),
    ).toEqual([...noRules].sort());
  });
  it.each(Object.keys(programmeRules))('%s', (type) => {
    const earlier = {
      ObjectiveClosed: ['ObjectiveDefined'],
      ActivityTypeApproved: ['ActivityTypeProposed'],
      ActivityTypeCapped: ['ActivityTypeProposed'],
      ActivityTypeRejected: ['ActivityTypeProposed'],
    } as Record<string, string[]>;
    const past = (earlier[type] ?? []).map(sample);
    const before = now(...past);
    const after = now(...past, sample(type));
    const changed = (Object.keys(after) as (keyof Policy)[]).filter(
      (part) => JSON.stringify(after[part]) !== JSON.stringify(before[part]),
    );
    expect(changed).toEqual([programmeRules[type]!.part]);
  });
});

describe('what the parts come to', () => {
  it('settings and capacity keep what was left out', () => {
    expect(now(told('FirmSettingsSet', { wacc: 0.09 })).settings).toEqual({ ...defaultPolicy.settings, wacc: 0.09 });
    expect(
      now(
        told('CapacitySet', { managerCap: 4, hours: { BASIC: 100 } }),
        told('CapacitySet', { hours: { INTEGRATED: 600 } }),
      ).caps,
    ).toEqual({
      ...defaultPolicy.caps,
      managerCap: 4,
      hours: { BASIC: 100, INTEGRATED: 600 },
    });
    expect(now(told('EvaluationHorizonSet', { minMonths: 18 })).horizons).toEqual({
      minMonths: 18,
      defaultMonths: 36,
      reviewsPerQuarter: 1,
    });
  });
  it('a scoring model keeps weights that it does not name', () => {
    const { scoring } = now(sample('ScoringModelPublished'));
    expect(scoring.baseWeights).toEqual({ ...defaultPolicy.scoring.baseWeights, VISIT: 10 });
    expect(scoring.stageBands).toEqual({ BASIC: 6, COOPERATIVE: 12, INTERDEPENDENT: 17, INTEGRATED: 23 });
    expect(scoring).toMatchObject({
      version: '2026',
      halfLifeDays: 60,
      strengthHigh: 1,
      health: { trust: 40, contact: 30, wallet: 20, recommend: 10 },
    });
    expect(scoring).not.toHaveProperty('from');
  });
  it('a version stays what it was where a later one follows (A1)', () => {
    const policies = rules(
      told('KeyAccountCriteriaDefined', events.KeyAccountCriteriaDefined!, '2026-01-01'),
      told(
        'KeyAccountCriteriaDefined',
        { version: 'v2', gates: [{ gate: 'integrity', threshold: 0.9 }] },
        '2026-03-01',
      ),
    );
    expect(['2026-02-01', '2026-03-01'].map((day) => policies.at(at(day)).criteria?.version)).toEqual(['v1', 'v2']);
  });
  it('a function is in the pool that named it last', () => {
    const card = events.RateCardSet as { functions: string[] };
    const { rates } = now(
      told('RateCardSet', card),
      told('RateCardSet', { ...card, pool: 'desk', functions: ['SALES'] }),
    );
    expect([rates.kam?.functions, rates.desk?.functions]).toEqual([['KEY_ACCOUNT'], ['SALES']]);
  });
  it('a budget is replaced by a later one for the same purpose, and moves add to it', () => {
    const eur = (minor: number) => ({ minor, currency: 'EUR' });
    const budget = (minor: number, purpose: string) =>
      told('BudgetAllocated', { accountId: acme, period: '2026', amount: eur(minor), purpose });
    const { budgets } = now(
      budget(10, 'fairs'),
      budget(20, 'tests'),
      budget(15, 'fairs'),
      sample('PortfolioRebalanced'),
    );
    expect(budgets.map(({ accountId, amount, moved, purpose }) => [accountId, amount.minor, moved, purpose])).toEqual([
      [acme, 20, false, 'tests'],
      [acme, 15, false, 'fairs'],
      [acme, -400_000, true, null],
      [globex, 400_000, true, null],
    ]);
  });
  it('kinds of activity go from proposed to decided, with one cap for each term and account', () => {
    const cap = (minor: number, more: object) =>
      told('ActivityTypeCapped', {
        activityTypeId: 'open-day',
        amount: { minor, currency: 'EUR' },
        per: 'YEAR',
        ...more,
      });
    const { activities } = now(
      sample('ActivityTypeProposed'),
      cap(5, {}),
      cap(6, { accountId: acme }),
      cap(7, {}),
      sample('ActivityTypeApproved'),
    );
    expect(activities['open-day']?.state).toBe('APPROVED');
    expect(activities['open-day']?.caps.map(({ amount, accountId }) => [amount.minor, accountId])).toEqual([
      [6, acme],
      [7, null],
    ]);
    expect(now(sample('ActivityTypeProposed'), sample('ActivityTypeRejected')).activities['open-day']?.state).toBe(
      'REJECTED',
    );
  });
  it('a decision on what nobody proposed, were its proposal retracted, does nothing', () => {
    expect(now(sample('ActivityTypeApproved'), sample('ActivityTypeCapped'), sample('ObjectiveClosed'))).toEqual(
      defaultPolicy,
    );
    expect(now(told('ActivityTypeApproved', { activityTypeId: 'constructor' })).activities).toEqual({});
  });
  it('an objective closes and keeps what it was', () => {
    const { objectives } = now(sample('ObjectiveDefined'), sample('ObjectiveClosed'));
    expect(objectives).toEqual({
      'rail-share': { year: 2028, contributionTarget: { minor: 1_000_000_000, currency: 'EUR' }, open: false },
    });
  });
  it('endorsements, bursts, plans and models carry their times as instants', () => {
    const policy = now(
      sample('ProgrammeEndorsed'),
      sample('OpportunityBurstDeclared'),
      sample('CommissionPlanSet'),
      sample('LifetimeModelPublished'),
    );
    expect(policy.endorsements).toMatchObject([{ from: at('2026-01-01'), until: at('2027-01-01') }]);
    expect(policy.bursts['rail-2026']).toMatchObject({
      accountIds: [],
      region: 'Iberia',
      industry: 'Rail',
      from: at('2026-03-01'),
      until: at('2026-09-01'),
    });
    expect(policy.commission['hunters-26']).toMatchObject({
      approach: 'HUNTER',
      from: at('2026-01-01'),
      until: at('2027-01-01'),
    });
    expect(policy.models['bg-nbd']).toMatchObject({
      population: 2357,
      trainedAsOf: Date.parse('2026-03-31T23:59:59.999Z'),
    });
  });
});
