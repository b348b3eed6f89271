import { describe, expect, it } from '@jest/globals';
import { programmeRules } from '../../src/domain/programme/programme.policy.js';
import type { Event } from '../../src/kernel/event.js';
import { ALWAYS, NEVER } from '../../src/kernel/instant.js';
import { Policies } from '../../src/kernel/policies.js';
import { defaultPolicy, type Policy } from '../../src/kernel/policy.js';
import { event } from '../support/folding.js';

const at = (day: string): number => Date.parse(day);
const told = (events: readonly Event<string, object>[], draft?: Partial<Policy>) =>
  new Policies(events, programmeRules, draft);
const rate = (value: string, decided: string, more: object = {}) =>
  event('FxRateSet', decided, { base: 'USD', quote: 'EUR', rate: value, ...more });
const usd = (policies: Policies, day: string) => policies.at(at(day)).fx['USD/EUR'];

describe('rules in force at an instant (bytes §4)', () => {
  it('before anyone has said anything are the defaults', () => {
    expect(told([]).at(at('2026-01-01'))).toEqual(defaultPolicy);
    expect(told([]).labelAt(at('2026-01-01')).position).toBe(0);
  });

  it('hold from when they were decided, where no from is said', () => {
    const policies = told([rate('0.8', '2025-03-01')]);
    expect([usd(policies, '2025-02-28T23:59:59.999Z'), usd(policies, '2025-03-01')]).toEqual([undefined, '0.8']);
  });

  it('hold from their own from, past or future, whenever they were decided', () => {
    const back = told([rate('0.8', '2025-03-01', { from: '2024-01-01T00:00:00.000Z' })]);
    expect([usd(back, '2023-12-31'), usd(back, '2024-01-01')]).toEqual([undefined, '0.8']);
    const ahead = told([rate('0.8', '2025-03-01'), rate('0.9', '2025-03-02', { from: '2025-06-01T00:00:00.000Z' })]);
    expect([usd(ahead, '2025-05-31'), usd(ahead, '2025-06-01')]).toEqual(['0.8', '0.9']);
  });

  it('of two from the same instant the later position holds, in whatever order they are read', () => {
    const first = rate('0.8', '2025-03-02', { from: '2025-01-01T00:00:00.000Z' });
    const second = rate('0.9', '2025-03-01', { from: '2025-01-01T00:00:00.000Z' });
    expect(usd(told([first, second]), '2025-01-01')).toBe('0.9');
    expect(usd(told([second, first]), '2025-01-01')).toBe('0.9');
  });

  it('one told later that begins earlier is replaced where the other begins', () => {
    const policies = told([rate('0.9', '2025-06-01'), rate('0.7', '2025-07-01', { from: '2025-01-01T00:00:00.000Z' })]);
    expect([usd(policies, '2025-03-01'), usd(policies, '2025-06-01')]).toEqual(['0.7', '0.9']);
  });

  it('are one object between two rules, so that folds can tell by identity', () => {
    const policies = told([rate('0.8', '2025-03-01'), rate('0.9', '2025-06-01')]);
    expect(policies.at(at('2025-03-01'))).toBe(policies.at(at('2025-05-31')));
    expect(policies.at(at('2025-05-31'))).not.toBe(policies.at(at('2025-06-01')));
    expect(policies.at(ALWAYS)).toBe(policies.at(at('2025-02-28')));
  });

  it('parts that nobody spoke of stay as they are', () => {
    const policies = told([
      event('FirmSettingsSet', '2025-01-01', { windowDays: 100 }),
      event('FirmSettingsSet', '2025-02-01', { churnDays: 50 }),
      event('CapacitySet', '2025-03-01', { programmeCap: 9, hours: { BASIC: 100 } }),
    ]);
    const now = policies.at(at('2025-04-01'));
    expect(now.settings).toEqual({ ...defaultPolicy.settings, windowDays: 100, churnDays: 50 });
    expect(now.caps).toEqual({ ...defaultPolicy.caps, programmeCap: 9, hours: { BASIC: 100 } });
    expect(now.scoring).toEqual(defaultPolicy.scoring);
  });

  it('events that are no rules change nothing', () => {
    expect(told([event('KeyAccountDesignated', '2025-01-01')]).labelAt(NEVER).position).toBe(0);
  });
});

describe('the calendar (bytes §4)', () => {
  const policies = told([
    event('FirmSettingsSet', '2025-06-01', {
      utcOffsetMin: 480,
      fiscalYearStartMonth: 4,
      windowDays: 90,
      from: '2025-07-01T00:00:00.000Z',
    }),
    event('FirmSettingsSet', '2025-08-01', { utcOffsetMin: 480, windowDays: 60 }),
  ]);

  it('holds at all times, whatever its from', () => {
    for (const t of [ALWAYS, at('2020-01-01'), at('2025-06-15'), NEVER])
      expect(policies.at(t).settings).toMatchObject({ utcOffsetMin: 480, fiscalYearStartMonth: 4 });
  });

  it('while all other settings hold from theirs', () => {
    const days = ['2025-06-30', '2025-07-01', '2025-08-01'].map((day) => policies.at(at(day)).settings.windowDays);
    expect(days).toEqual([365, 90, 60]);
  });

  it('the first value recorded is the one, though a later one may have been decided before', () => {
    const twice = told([
      event('FirmSettingsSet', '2025-06-01', { utcOffsetMin: 60 }),
      event('FirmSettingsSet', '2025-01-01', { utcOffsetMin: 120, fiscalYearStartMonth: 7 }),
    ]);
    expect(twice.at(at('2025-07-01')).settings).toMatchObject({ utcOffsetMin: 60, fiscalYearStartMonth: 7 });
  });
});

describe('labels and steps', () => {
  const [first, second] = [rate('0.8', '2025-03-01'), rate('0.9', '2025-06-01')];
  const policies = told([first, second]);

  it('name the newest rule in force, and the rules by a digest', () => {
    const [none, one, two] = ['2025-01-01', '2025-03-01', '2025-06-01'].map((day) => policies.labelAt(at(day)));
    expect([none!.position, one!.position, two!.position]).toEqual([0, first.position, second.position]);
    expect(new Set([none!.digest, one!.digest, two!.digest]).size).toBe(3);
    expect(told([first]).labelAt(NEVER).digest).toBe(one!.digest);
  });

  it('the rules between two instants are those that begin after the one and not after the other', () => {
    const between = (a: string, b: string) => policies.stepsBetween(at(a), at(b)).map(({ id }) => id);
    expect(between('2025-01-01', '2025-12-31')).toEqual([first.id, second.id]);
    expect(between('2025-03-01', '2025-06-01')).toEqual([second.id]);
    expect(between('2025-06-01', '2025-12-31')).toEqual([]);
    expect(policies.changesOf(new Set(['rates']))).toEqual([]);
  });
});

describe('a draft: what if', () => {
  it('holds at all times in place of what was told, and leaves the rest', () => {
    const drafted = told([rate('0.8', '2025-03-01'), event('FirmSettingsSet', '2025-04-01', { windowDays: 90 })], {
      fx: { 'USD/EUR': '0.5' },
      settings: { churnDays: 7 } as never,
    });
    for (const t of [ALWAYS, at('2025-03-15'), NEVER]) expect(drafted.at(t).fx).toEqual({ 'USD/EUR': '0.5' });
    expect(drafted.at(at('2025-03-31')).settings).toMatchObject({ churnDays: 7, windowDays: 365 });
    expect(drafted.at(at('2025-04-01')).settings).toMatchObject({ churnDays: 7, windowDays: 90 });
  });

  it('does not move the calendar', () => {
    const drafted = told([event('FirmSettingsSet', '2025-01-01', { utcOffsetMin: 480 })], {
      settings: { utcOffsetMin: 0 } as never,
    });
    expect(drafted.at(NEVER).settings.utcOffsetMin).toBe(480);
  });
});
