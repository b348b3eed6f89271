import { describe, expect, it } from '@jest/globals';
import { contacts } from '../../../projections/contacts.js';
import { event, viewAt } from '../../support/folding.js';
import { added, assigned, keyAccount, met, ofContact, ours, role, theirs } from './people.js';

// biome-ignore lint/suspicious/noExplicitAny: a test looks wherever it likes
type Shown = Record<string, any>;
const seen = (events: Parameters<typeof viewAt>[1], asOf: string, around: Parameters<typeof viewAt>[3] = {}): Shown =>
  viewAt(contacts, events, asOf, around);
const codes = (view: Shown): string[] => view.findings.map(({ code }: { code: string }) => code);

const day = '2026-03-31';

describe('units of ours that take part (C4)', () => {
  const events = [
    ...keyAccount('2026-01-01', 'INTERDEPENDENT'),
    met('2026-03-01', [[1, 'KEY_ACCOUNT']], [[1, 'PURCHASING']]),
    event('SupportDelivered', '2026-03-02', { requestId: 'r1', unit: 'LOGISTICS' }),
  ];
  it('are too few with 2 where the stage wants 4', () => {
    const view = seen(events, day, { policy: { units: { INTERDEPENDENT: 4 } } });
    expect(view.units).toEqual({ active: ['KEY_ACCOUNT', 'LOGISTICS'], count: 2, wanted: 4 });
    expect(codes(view)).toContain('UNITS_TOO_FEW');
  });
  it('are enough where the stage wants 2', () => {
    expect(codes(seen(events, day, { policy: { units: { INTERDEPENDENT: 2 } } }))).not.toContain('UNITS_TOO_FEW');
  });
});

describe('attention to parts of the buying centre (C9)', () => {
  const events = [
    ...keyAccount('2026-01-01', 'COOPERATIVE'),
    added('2026-01-01', 1, 'MANAGEMENT', 4),
    role('2026-01-02', 1, 'SPONSOR'),
    met('2026-02-13T10:00:00Z', [[1, 'KEY_ACCOUNT']], [[1, 'MANAGEMENT', 4]]),
  ];
  const policy = { attention: { 'COOPERATIVE/SPONSOR': 45 } };

  it('has lapsed after 46 days where the policy allows 45, and not a day earlier', () => {
    expect(codes(seen(events, '2026-03-31', { policy }))).toContain('ATTENTION_LAPSED');
    expect(codes(seen(events, '2026-03-30', { policy }))).not.toContain('ATTENTION_LAPSED');
    expect(seen(events, '2026-03-31', { policy }).attention[0]).toMatchObject({
      role: 'SPONSOR',
      days: 46,
      policyDays: 45,
    });
  });

  it('tells the last contact from the day on which it became too long, as the alarm and the report do', () => {
    const [lapsed] = seen(events, '2026-03-31', { policy }).attention;
    expect(lapsed).toMatchObject({ lastAt: '2026-02-13T10:00:00.000Z', since: '2026-03-31T00:00:00.000Z' });
    const alarm = seen(events, '2026-04-20', { policy }).findings.find(
      ({ code }: { code: string }) => code === 'ATTENTION_LAPSED',
    );
    expect(alarm.since).toBe(lapsed.since);
    expect(seen(events, '2026-03-30', { policy }).attention[0]).toMatchObject({
      overdue: false,
      lastAt: '2026-02-13T10:00:00.000Z',
      since: null,
      sinceReason: 'not-overdue',
    });
  });

  it('counts from the assignment of a holder where that is later', () => {
    const passed = [...events, added('2026-03-01', 2, 'MANAGEMENT', 4), role('2026-03-20', 2, 'SPONSOR')];
    expect(seen(passed, '2026-03-31', { policy }).attention[0].days).toBe(11);
  });

  it('asks for key accounts only', () => {
    const released = [...events, event('KeyAccountReleased', '2026-03-01', { accountId: 'ACME' })];
    expect(seen(released, '2026-03-31', { policy }).attention).toEqual([]);
  });
});

describe('breadth, depth and gaps (H7, F2)', () => {
  const names = ['PURCHASING', 'ENGINEERING', 'QUALITY', 'FINANCE', 'LOGISTICS'] as const;
  const there = names.map((name, i) => added('2026-01-01', i, name, Math.min(4, i + 1)));
  const meetings = names
    .slice(0, 4)
    .map((name, i) => met('2026-03-01', [[1, 'KEY_ACCOUNT']], [[i, name, Math.min(3, i + 1)]]));

  it('are .8 and .75 with four of five functions and three of four levels', () => {
    expect(seen([...there, ...meetings], day)).toMatchObject({
      breadth: 0.8,
      depth: 0.75,
      functionsMet: 4,
      levelsPresent: 4,
    });
  });

  it('name a part that is held and was not met in 90 days, and parts nobody has', () => {
    const view = seen([...there, ...meetings, role('2026-01-01', 4, 'DECIDER'), role('2026-01-01', 0, 'BUYER')], day);
    expect(view.gaps).toMatchObject([{ role: 'DECIDER', holders: [theirs(4)], lastMet: null }]);
    expect(view.unfilled).toEqual(['SPONSOR']);
    expect(view.coverage).toBe(0.5);
    expect(codes(view)).toEqual(expect.arrayContaining(['GAP', 'UNFILLED']));
  });

  it('keep a person who left in the roster of the days before', () => {
    const team = [
      assigned('2026-01-01', 1, 'KEY_ACCOUNT', 3),
      assigned('2026-01-01', 2, 'SERVICE'),
      assigned('2026-01-01', 3, 'FINANCE'),
    ];
    const left = event(
      'MemberReleased',
      '2026-03-01',
      { assignmentId: 'as-3', on: '2026-03-01T00:00:00.000Z' },
      { subject: `member-${ours(3)}` },
    );
    const before = seen([...team, left], '2026-02-28').team;
    expect([before.functions, before.levels, before.enough, before.members.length]).toEqual([3, 2, true, 3]);
    expect(seen([...team, left], '2026-03-01').team).toMatchObject({ functions: 2, enough: false });
  });

  it('are of the people present: one who left is no longer in the map', () => {
    const gone = ofContact('ContactLeft', '2026-03-10', 4, {});
    expect(seen([...there, ...meetings, gone], day).breadth).toBe(1);
  });
});
