import { describe, expect, it } from '@jest/globals';
import { programmeCommands } from '../../../src/domain/programme/programme.commands.js';
import { programme } from '../../../src/domain/programme/programme.decider.js';
import { digestOf } from '../../../src/kernel/identity.js';
import { programmeCast } from '../../support/cast/programme.js';
import { type Past, specFor } from '../../support/spec.js';

const given = specFor(programme, programmeCommands);
type Name = keyof typeof programmeCommands;
const { commands, events } = programmeCast as {
  commands: Record<Name, Record<string, unknown>>;
  events: Record<string, Record<string, unknown>>;
};
const past = (type: string, data: object, body: object = data, time = '2026-01-01T00:00:00.000Z'): Past => ({
  type,
  data,
  time,
  digest: digestOf(body),
});

describe('firm settings', () => {
  it('the calendar is fixed by the first value told', () => {
    const set = past('FirmSettingsSet', { utcOffsetMin: 60 });
    const refusal = given(set).when('SetFirmSettings', { utcOffsetMin: 480, from: '2027-01-01' }).thenRefusal();
    expect(refusal).toMatchObject({
      code: 'settings/calendar-fixed',
      values: { name: 'utcOffsetMin', value: 60 },
      errors: [{ pointer: '/utcOffsetMin' }],
    });
    given(set)
      .when('SetFirmSettings', { utcOffsetMin: 60, fiscalYearStartMonth: 7 })
      .then({ data: { utcOffsetMin: 60, fiscalYearStartMonth: 7 } });
    given(past('FirmSettingsSet', { fiscalYearStartMonth: 7 }))
      .when('SetFirmSettings', { fiscalYearStartMonth: 1 })
      .thenRefused('settings/calendar-fixed');
    given(set).when('SetFirmSettings', { utcOffsetMin: 60 }).thenNothing();
  });
  it('may be told even where they equal what we would assume', () => {
    given()
      .when('SetFirmSettings', { utcOffsetMin: 0, fiscalYearStartMonth: 1, windowDays: 365 })
      .then({ type: 'FirmSettingsSet' });
  });
  it('say at least one thing', () =>
    given().when('SetFirmSettings', { from: '2026-01-01' }).thenRefused('command/invalid'));
  it('change nothing where all that is said holds then', () => {
    const set = past('FirmSettingsSet', { wacc: 0.09, churnDays: 400 });
    given(set).when('SetFirmSettings', { wacc: 0.09 }).thenNothing();
    given(set)
      .when('SetFirmSettings', { wacc: 0.09, from: '2025-01-01' })
      .then({ data: { wacc: 0.09 } });
    given(set)
      .when('SetFirmSettings', { wacc: 0.1 })
      .then({ data: { wacc: 0.1 } });
  });
});

describe('criteria and scoring models', () => {
  const other = { gates: [{ gate: 'integrity', threshold: 0.8 }] };
  it('have versions of their own', () => {
    given(past('KeyAccountCriteriaDefined', events.KeyAccountCriteriaDefined!))
      .when('DefineKeyAccountCriteria', { version: 'v1', ...other })
      .thenRefused('criteria/version-taken');
    given(past('KeyAccountCriteriaDefined', events.KeyAccountCriteriaDefined!))
      .when('DefineKeyAccountCriteria', { version: 'v2', ...other })
      .then({ data: { version: 'v2' } });
    given(past('ScoringModelPublished', events.ScoringModelPublished!))
      .when('PublishScoringModel', { version: '2026', halfLifeDays: 30 })
      .thenRefused('scoring/version-taken');
  });
  it('name each gate and each factor once', () => {
    given()
      .when('DefineKeyAccountCriteria', { version: 'v1', gates: [...other.gates, ...other.gates] })
      .thenRefused('command/invalid');
    const twice = [
      { factor: 'spend', weight: 50 },
      { factor: 'spend', weight: 50 },
    ];
    given().when('PublishScoringModel', { version: 'x', attractiveness: twice }).thenRefused('command/invalid');
  });
  it('weights of attractiveness add up to 100, decimals included', () => {
    const thirds = (last: number) => [
      { factor: 'spend', weight: 33.3 },
      { factor: 'growth', weight: 33.3 },
      { factor: 'reach', weight: last },
    ];
    given()
      .when('PublishScoringModel', { version: 'x', attractiveness: thirds(33.4) })
      .then({ type: 'ScoringModelPublished' });
    expect(
      given()
        .when('PublishScoringModel', { version: 'x', attractiveness: thirds(33.3) })
        .thenRefusal(),
    ).toMatchObject({ code: 'scoring/weights', values: { sum: 99.9 } });
  });
  it('weights have names that something reads', () => {
    expect(() =>
      given()
        .when('PublishScoringModel', { version: 'x', baseWeights: { MEETNG: 3 } })
        .events(),
    ).toThrow(/whose names are among/);
    expect(() =>
      given()
        .when('PublishScoringModel', { version: 'x', stageBands: { BASIC: 25 } })
        .events(),
    ).toThrow(/from 0 to 24/);
  });
});

describe('rates and capacity', () => {
  it('a rate is between two currencies', () =>
    given().when('SetFxRate', { base: 'EUR', quote: 'EUR', rate: '1' }).thenRefused('fx/same-currency'));
  it('a rate told late changes what lies between', () => {
    const rates = [
      past('FxRateSet', { base: 'USD', quote: 'EUR', rate: '0.9', from: '2026-01-01T00:00:00.000Z' }),
      past('FxRateSet', { base: 'USD', quote: 'EUR', rate: '0.8', from: '2026-03-01T00:00:00.000Z' }),
    ];
    given(...rates)
      .when('SetFxRate', { base: 'USD', quote: 'EUR', rate: '0.9', from: '2026-02-01' })
      .thenNothing();
    given(...rates)
      .when('SetFxRate', { base: 'USD', quote: 'EUR', rate: '0.9', from: '2026-04-01' })
      .then({ type: 'FxRateSet' });
    given(...rates)
      .when('SetFxRate', { base: 'EUR', quote: 'USD', rate: '0.9', from: '2026-02-01' })
      .then({ type: 'FxRateSet' });
  });
  it('a card names each activity once, and takes a function back that another pool took', () => {
    const card = commands.SetRateCard as { activities: object[] };
    given()
      .when('SetRateCard', { ...card, activities: [...card.activities, ...card.activities] })
      .thenRefused('command/invalid');
    const taken = past('RateCardSet', { ...card, pool: 'desk', functions: ['SALES'] });
    given(past('RateCardSet', card), taken).when('SetRateCard', card).then({ type: 'RateCardSet' });
  });
  it('capacity and horizon say at least one thing', () => {
    given().when('SetCapacity', {}).thenRefused('command/invalid');
    given().when('SetEvaluationHorizon', {}).thenRefused('command/invalid');
    given(past('CapacitySet', { hours: { BASIC: 100 } }))
      .when('SetCapacity', { hours: { BASIC: 100 } })
      .thenNothing();
  });
});
