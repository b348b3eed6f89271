import { describe, expect, it } from '@jest/globals';
import { programmeCommands } from '../../../src/domain/programme/programme.commands.js';
import { programme } from '../../../src/domain/programme/programme.decider.js';
import { programme as topic } from '../../../src/domain/programme/programme.topic.js';
import { digestOf } from '../../../src/kernel/identity.js';
import { acme } from '../../support/cast/ids.js';
import { programmeCast } from '../../support/cast/programme.js';
import { samplesFit } from '../../support/samples.js';
import { type Past, specFor, testNow } from '../../support/spec.js';

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

samplesFit(topic, programmeCast);

describe('every command of the programme', () => {
  const before: Partial<Record<Name, Past[]>> = {
    HandOverKeyAccount: [past('KeyAccountDesignated', events.KeyAccountDesignated!)],
    ReleaseKeyAccount: [past('KeyAccountDesignated', events.KeyAccountDesignated!)],
    CloseObjective: [past('ObjectiveDefined', events.ObjectiveDefined!)],
    ApproveActivityType: [past('ActivityTypeProposed', events.ActivityTypeProposed!)],
    CapActivityType: [past('ActivityTypeProposed', events.ActivityTypeProposed!)],
    RejectActivityType: [past('ActivityTypeProposed', events.ActivityTypeProposed!)],
  };
  it.each(Object.keys(programmeCommands) as Name[])('%s tells one event, and nothing when repeated at once', (name) => {
    const history = before[name] ?? [];
    const told = given(...history)
      .when(name, commands[name])
      .events();
    expect(told).toHaveLength(1);
    const [{ type, data }] = told as [{ type: string; data: object }];
    given(...history, past(type, data, commands[name], new Date(testNow).toISOString()))
      .when(name, commands[name])
      .thenNothing();
  });
  it('about one account enters its history', () => {
    const about = (Object.keys(commands) as Name[]).filter((name) => 'accountId' in commands[name]);
    expect(about).toHaveLength(6);
    for (const name of about)
      given(...(before[name] ?? []))
        .when(name, commands[name])
        .then({ accountid: acme });
    expect(given().when('RebalancePortfolio', commands.RebalancePortfolio).events()[0]).not.toHaveProperty('accountid');
  });
});

describe('what holds after a correction', () => {
  it('an id or a version means one thing', () => {
    for (const type of [
      'KeyAccountCriteriaDefined',
      'ScoringModelPublished',
      'ObjectiveDefined',
      'RoutePlanned',
      'LifetimeModelPublished',
    ]) {
      const once = past(type, events[type]!);
      expect(given(once).holds()).not.toThrow();
      expect(given(once, once).holds()).toThrow(/told twice/);
    }
  });
  it('what has no id of its own may be told twice', () => {
    const review = past('PerformanceReviewed', events.PerformanceReviewed!);
    expect(given(review, review).holds()).not.toThrow();
  });
});
