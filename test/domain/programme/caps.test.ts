import { describe, expect, it } from '@jest/globals';
import type { CapacityView } from '../../../src/domain/programme/key-account.decider.js';
import { programmeCommands } from '../../../src/domain/programme/programme.commands.js';
import { programme } from '../../../src/domain/programme/programme.decider.js';
import { defaultPolicy, type Policy } from '../../../src/kernel/policy.js';
import { acme, manager, sponsor } from '../../support/cast/ids.js';
import { type Past, type Surroundings, specFor } from '../../support/spec.js';

const body = (accountId: string, managerId = manager, more: object = {}) => ({
  accountId,
  managerId,
  thesis: 'Their second plant doubles what they need',
  horizonYears: 5,
  targetStage: 'INTERDEPENDENT',
  ...more,
});
const override = { override: { reason: 'The board wants them in', approver: sponsor } };
const designated = (
  accountId: string,
  managerId = manager,
  time = '2026-01-01T00:00:00.000Z',
  more: object = {},
): Past => ({
  type: 'KeyAccountDesignated',
  data: body(accountId, managerId, more),
  time,
  accountid: accountId,
});
const released = (accountId: string, time: string): Past => ({
  type: 'KeyAccountReleased',
  data: { accountId, reason: 'Plant closes' },
  time,
});
const handed = (accountId: string, toManagerId: string, time: string): Past => ({
  type: 'KeyAccountHandedOver',
  data: { accountId, toManagerId, reason: 'Moves' },
  time,
});
const other = (n: number): string => `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`;
const many = (n: number, of: (i: number) => Past): Past[] => Array.from({ length: n }, (_, i) => of(i));
/** Accounts with a manager each, so that only the programme's cap counts. */
const spread = (n: number): Past[] => many(n, (i) => designated(`A${i}`, other(i)));

const given = (around: Surroundings, ...past: readonly Past[]) =>
  specFor(programme, programmeCommands, around)(...past);
const withCaps = (caps: Partial<Policy['caps']>): Surroundings => ({
  policy: { caps: { ...defaultPolicy.caps, ...caps } },
});

describe('caps (F9)', () => {
  it('the 36th designation is refused unless overridden', () => {
    const refusal = given({}, ...spread(35))
      .when('DesignateKeyAccount', body(acme))
      .thenRefusal();
    expect(refusal).toMatchObject({
      code: 'programme/capacity-exceeded',
      category: 'conflict',
      values: { scope: 'programme', count: 36, cap: 35 },
    });
    given({}, ...spread(34))
      .when('DesignateKeyAccount', body(acme))
      .then({ accountid: acme });
    given({}, ...spread(35))
      .when('DesignateKeyAccount', body(acme, manager, override))
      .then({ accountid: acme });
  });
  it('a manager has five, ten with overrides, and never eleven', () => {
    const five = many(5, (i) => designated(`A${i}`));
    const ten = many(10, (i) => designated(`A${i}`));
    expect(
      given({}, ...five)
        .when('DesignateKeyAccount', body(acme))
        .thenRefusal(),
    ).toMatchObject({ values: { scope: 'manager', managerId: manager, count: 6, cap: 5 } });
    given({}, ...five)
      .when('DesignateKeyAccount', body(acme, manager, override))
      .then({ accountid: acme });
    given({}, ...ten)
      .when('DesignateKeyAccount', body(acme, manager, override))
      .thenRefused('programme/hard-cap');
  });
  it('count at the moment and at every later one, by when things happened', () => {
    const later = many(5, (i) => designated(`A${i}`, manager, '2026-03-01T00:00:00.000Z'));
    const over = many(5, (i) => released(`A${i}`, '2026-02-01T00:00:00.000Z'));
    const earlier = many(5, (i) => designated(`A${i}`, manager, '2025-03-01T00:00:00.000Z'));
    given({}, ...later)
      .when('DesignateKeyAccount', { ...body(acme), occurredAt: '2025-06-01' })
      .thenRefused('programme/capacity-exceeded');
    given({}, ...earlier, ...over)
      .when('DesignateKeyAccount', body(acme))
      .then({ accountid: acme });
    given({}, ...earlier, ...over)
      .when('DesignateKeyAccount', { ...body(acme), occurredAt: '2025-12-01' })
      .thenRefused('programme/capacity-exceeded');
  });
  it('follow what we set', () => {
    given(withCaps({ managerCap: 1 }), designated('A1'))
      .when('DesignateKeyAccount', body(acme))
      .thenRefused('programme/capacity-exceeded');
    given(withCaps({ programmeCap: 36 }), ...spread(35))
      .when('DesignateKeyAccount', body(acme))
      .then({ accountid: acme });
  });
});

describe('hours (F9)', () => {
  const hours = (capacity: CapacityView): Surroundings => ({
    ...withCaps({ hoursPerFteYear: 1600 }),
    views: { capacity },
  });
  it('are not asked for until we set any', () =>
    given({}).when('DesignateKeyAccount', body(acme)).then({ accountid: acme }));
  it('must be there', () => {
    given(hours({ required: 900, available: 1200, newHours: 300 }))
      .when('DesignateKeyAccount', body(acme))
      .then({ accountid: acme });
    const refusal = given(hours({ required: 901, available: 1200, newHours: 300 }))
      .when('DesignateKeyAccount', body(acme))
      .thenRefusal();
    expect(refusal).toMatchObject({
      code: 'programme/capacity-exceeded',
      values: { scope: 'hours', required: 901, available: 1200, newHours: 300 },
    });
  });
  it('may be overridden', () => {
    given(hours({ required: 901, available: 1200, newHours: 300 }))
      .when('DesignateKeyAccount', body(acme, manager, override))
      .then({ accountid: acme });
  });
});

describe('what holds after a correction (F9)', () => {
  it('no manager has more than the hard cap, and no cap is exceeded without an override', () => {
    expect(
      given({}, ...many(11, (i) => designated(`A${i}`, manager, '2026-01-01T00:00:00.000Z', override))).holds(),
    ).toThrow(/11 key accounts/);
    expect(given({}, ...many(6, (i) => designated(`A${i}`))).holds()).toThrow(/the cap is 5/);
    expect(given({}, ...spread(36)).holds()).toThrow(/the cap is 35/);
  });
  it('what overrides let in, and what later caps would forbid, stays', () => {
    const lowered: Past = {
      type: 'CapacitySet',
      data: { programmeCap: 2, managerCap: 1, managerHardCap: 1 },
      time: '2026-02-01T00:00:00.000Z',
    };
    const raised: Past = { type: 'CapacitySet', data: { programmeCap: 40 }, time: '2025-01-01T00:00:00.000Z' };
    const overridden = many(5, (i) => designated(`B${i}`, manager, '2026-01-01T00:00:00.000Z', override));
    expect(given({}, ...many(5, (i) => designated(`A${i}`)), ...overridden, lowered).holds()).not.toThrow();
    expect(given({}, raised, ...spread(40)).holds()).not.toThrow();
  });
  it('a handover whose designation was retracted gives no office', () => {
    expect(
      given({}, handed(acme, sponsor, '2026-02-01T00:00:00.000Z'))
        .state()
        .tenures(),
    ).toEqual([]);
  });
});
