import { describe, expect, it } from '@jest/globals';
import type { CriteriaView } from '../../../src/domain/programme/key-account.decider.js';
import { KeyAccountDesignated } from '../../../src/domain/programme/key-account.events.js';
import { programmeCommands } from '../../../src/domain/programme/programme.commands.js';
import { programme } from '../../../src/domain/programme/programme.decider.js';
import { digestOf } from '../../../src/kernel/identity.js';
import { faults } from '../../../src/kernel/read.js';
import { acme, globex, manager, sponsor } from '../../support/cast/ids.js';
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
const ruled = (gates: CriteriaView['gates']): Surroundings => ({
  policy: { criteria: { version: 'v1', gates: [] } },
  views: { criteria: { version: 'v1', gates, passed: gates.every(({ passed }) => passed) } satisfies CriteriaView },
});

describe('designating a key account (B1)', () => {
  it('gives it to a manager, in its own history', () => {
    given({})
      .when('DesignateKeyAccount', body(acme))
      .then({ type: 'KeyAccountDesignated', accountid: acme, data: body(acme) as never });
  });
  it('says nothing new the second time', () => {
    given({}, designated(acme)).when('DesignateKeyAccount', body(acme)).thenNothing();
  });
  it('is refused where it is one already, now or later', () => {
    given({}, designated(acme))
      .when('DesignateKeyAccount', body(acme, sponsor))
      .thenRefused('programme/already-designated');
    given({}, designated(acme))
      .when('DesignateKeyAccount', { ...body(acme, sponsor), occurredAt: '2025-06-01' })
      .thenRefused('programme/already-designated');
  });
  it('is possible again after a release, also with the same words', () => {
    given({}, designated(acme), released(acme, '2026-02-01T00:00:00.000Z'))
      .when('DesignateKeyAccount', body(acme))
      .then({ type: 'KeyAccountDesignated' });
  });
  it('takes no scores from the client', () => {
    expect(() =>
      given({})
        .when('DesignateKeyAccount', body(acme, manager, { judgedAt: 1 }))
        .events(),
    ).toThrow(/judgedAt is not a field/);
  });
  it('needs the account, the manager and the approver to be known', () => {
    const needs = programme.needs?.DesignateKeyAccount as unknown as {
      kind: string;
      of: (command: object) => unknown;
    }[];
    expect(needs.map(({ kind }) => kind)).toEqual(['exists', 'exists', 'view', 'view']);
    expect(needs[1]?.of(body(acme, manager, override))).toEqual([
      { id: manager, pointer: '/managerId' },
      { id: sponsor, pointer: '/override/approver' },
    ]);
  });
});

describe('criteria at a designation (A1, A2, A4)', () => {
  const dealer = { gate: 'customerType', threshold: 0.5, value: 'DEALER', passed: false, reason: 'oemFitShare 0.4' };
  const clv = { gate: 'constantClv', threshold: 250, value: 266.66666666666669, passed: true };

  it('are not asked for where none are in force', () => {
    expect(given({}).when('DesignateKeyAccount', body(acme)).events()[0]?.data).not.toHaveProperty('scores');
  });
  it('are kept with the figures of that moment, as an event can keep them', () => {
    const [event] = given(ruled([clv]))
      .when('DesignateKeyAccount', body(acme))
      .events();
    expect(event?.data).toMatchObject({
      criteriaVersion: 'v1',
      judgedAt: 1,
      scores: [{ gate: 'constantClv', threshold: 250, value: 266.666667, passed: true }],
    });
    expect(faults(KeyAccountDesignated, event!.data)).toEqual([]);
  });
  it('a dealer with too little OEM business is refused by name and figure', () => {
    const refusal = given(ruled([dealer, clv]))
      .when('DesignateKeyAccount', body(acme))
      .thenRefusal();
    expect(refusal).toMatchObject({
      code: 'criteria/gate-failed',
      values: { version: 'v1', failed: [{ gate: 'customerType', value: 'DEALER' }] },
    });
    expect(refusal.message).toContain('customerType is DEALER, needed 0.5 (oemFitShare 0.4)');
    expect(refusal.message).not.toContain('constantClv');
  });
  it('an override lets it in, with the failed gate on record', () => {
    given(ruled([dealer]))
      .when('DesignateKeyAccount', body(acme, manager, override))
      .then({
        data: { ...override, scores: [{ gate: 'customerType', passed: false, reason: 'oemFitShare 0.4' }] } as never,
      });
  });
  it('a figure that could not be had is kept as null', () => {
    const [event] = given(ruled([{ gate: 'growth', threshold: 5, value: null, passed: false }]))
      .when('DesignateKeyAccount', body(acme, manager, override))
      .events();
    expect(event?.data).toMatchObject({ scores: [{ gate: 'growth', value: null }] });
    expect(faults(KeyAccountDesignated, event!.data)).toEqual([]);
  });
});

describe('handing a key account over (F3)', () => {
  const over = { accountId: acme, toManagerId: sponsor, reason: 'Moves to Asia' };
  it('passes it to another manager, once', () => {
    given({}, designated(acme))
      .when('HandOverKeyAccount', over)
      .then({ type: 'KeyAccountHandedOver', accountid: acme, data: over as never });
    given({}, designated(acme), handed(acme, sponsor, '2026-02-01T00:00:00.000Z'))
      .when('HandOverKeyAccount', over)
      .thenNothing();
  });
  it('is refused where it is no key account then', () => {
    given({}).when('HandOverKeyAccount', over).thenRefused('programme/not-designated');
    given({}, designated(acme))
      .when('HandOverKeyAccount', { ...over, occurredAt: '2025-01-01' })
      .thenRefused('programme/not-designated');
  });
  it('counts against the caps of who takes it', () => {
    const full = many(5, (i) => designated(`A${i}`, sponsor));
    given({}, designated(acme), ...full)
      .when('HandOverKeyAccount', over)
      .thenRefused('programme/capacity-exceeded');
    given({}, designated(acme), ...full)
      .when('HandOverKeyAccount', { ...over, ...override })
      .then({ accountid: acme });
    given({}, designated(acme), ...many(10, (i) => designated(`A${i}`, sponsor)))
      .when('HandOverKeyAccount', { ...over, ...override })
      .thenRefused('programme/hard-cap');
    given({}, designated(acme), ...spread(40))
      .when('HandOverKeyAccount', over)
      .then({ accountid: acme });
  });
  it('frees the place of who gives it', () => {
    const five = many(5, (i) => designated(`A${i}`));
    given({}, ...five, handed('A0', sponsor, '2026-02-01T00:00:00.000Z'))
      .when('DesignateKeyAccount', body(acme))
      .then({ accountid: acme });
    given({}, ...five, handed('A0', sponsor, '2026-02-01T00:00:00.000Z'))
      .when('DesignateKeyAccount', { ...body(acme), occurredAt: '2026-01-15' })
      .thenRefused('programme/capacity-exceeded');
  });
  it('makes the last of them the manager in the end', () => {
    const past = [designated(acme), handed(acme, sponsor, '2026-02-01T00:00:00.000Z')];
    expect(
      given({}, ...past)
        .state()
        .managerOf(acme),
    ).toBe(sponsor);
    expect(
      given({}, ...past, released(acme, '2026-03-01T00:00:00.000Z'))
        .state()
        .managerOf(acme),
    ).toBeNull();
    expect(given({}).state().managerOf(globex)).toBeNull();
  });
});

describe('releasing a key account', () => {
  const release = { accountId: acme, reason: 'Plant closes' };
  it('ends its time in the programme, once', () => {
    given({}, designated(acme))
      .when('ReleaseKeyAccount', release)
      .then({ type: 'KeyAccountReleased', accountid: acme });
    given({}, designated(acme), { ...released(acme, '2026-02-01T00:00:00.000Z'), digest: digestOf(release) })
      .when('ReleaseKeyAccount', release)
      .thenNothing();
  });
  it('is refused where it is no key account then', () => {
    given({}).when('ReleaseKeyAccount', release).thenRefused('programme/not-designated');
    given({}, designated(acme), released(acme, '2026-02-01T00:00:00.000Z'))
      .when('ReleaseKeyAccount', { ...release, occurredAt: '2026-04-01' })
      .thenRefused('programme/not-designated');
  });
  it('is refused before a later change of office', () => {
    const past = [designated(acme), handed(acme, sponsor, '2026-03-01T00:00:00.000Z')];
    expect(
      given({}, ...past)
        .when('ReleaseKeyAccount', { ...release, occurredAt: '2026-02-01' })
        .thenRefusal(),
    ).toMatchObject({ code: 'time/order', values: { at: '2026-03-01' } });
  });
});
