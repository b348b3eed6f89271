import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contactFiguresAt } from '../../../projections/contacts/matrix.js';
import { contacts } from '../../../projections/contacts.js';
import { DAY_MS } from '../../../src/kernel/instant.js';
import { defaultPolicy } from '../../../src/kernel/policy.js';
import { event, foldOf, unsayable, viewAt } from '../../support/folding.js';
import { added, assigned, keyAccount, met, ofContact, ours, role, theirs } from './people.js';

// biome-ignore lint/suspicious/noExplicitAny: a test looks wherever it likes
type Shown = Record<string, any>;
const seen = (events: Parameters<typeof viewAt>[1], asOf: string, around: Parameters<typeof viewAt>[3] = {}): Shown =>
  viewAt(contacts, events, asOf, around);

const weekly = (from: string, weeks: number) =>
  Array.from({ length: weeks }, (_, i) => {
    const time = new Date(Date.parse(`${from}T10:00:00Z`) + i * 7 * DAY_MS).toISOString();
    return i % 2 === 0
      ? met(time, [[1, 'KEY_ACCOUNT']], [[1, 'PURCHASING', 2]])
      : met(time, [[2, 'SERVICE']], [[2, 'QUALITY', 3]]);
  });

const team = [
  assigned('2025-01-01', 1, 'KEY_ACCOUNT'),
  assigned('2025-01-01', 2, 'SERVICE'),
  added('2025-01-01', 1, 'PURCHASING', 2),
  added('2025-01-01', 2, 'QUALITY', 3),
];

describe('the course of contact over quarters (C5)', () => {
  it('has a value for each complete quarter and calls the last one open', () => {
    const { series } = seen([...team, ...weekly('2025-02-03', 40)], '2026-02-10');
    expect(series.map((one: Shown) => [one.quarter, one.open])).toEqual([
      ['2025-Q1', false],
      ['2025-Q2', false],
      ['2025-Q3', false],
      ['2025-Q4', false],
      ['2026-Q1', true],
    ]);
    expect(series[1].diamondIndex).toBeGreaterThan(0.49);
    expect(series[1].breadth).toBe(1);
    expect(series[4]).toMatchObject({ diamondIndex: null, diamondIndexReason: 'silent', breadth: 0 });
  });

  it('closes a quarter with the figure that its last instant showed', () => {
    const events = [...team, ...weekly('2025-02-03', 60)];
    const { series } = seen(events, '2026-02-10');
    expect(series[1].diamondIndex).toBeCloseTo(seen(events, '2025-06-30').diamondIndex, 12);
    expect(contacts.rows!.of(foldOf(contacts, events), { of: 'account', id: 'ACME', currency: null })[1]).toMatchObject(
      {
        quarter: '2025-Q2',
        diamondIndex: series[1].diamondIndex,
        units: 2,
      },
    );
  });

  it('forgets meetings that no figure can need, and none that one can', () => {
    const events = [...team, ...weekly('2015-01-05', 520)];
    const state = foldOf(contacts, events);
    expect(state.meetings.length).toBeLessThan(130);
    const recent = foldOf(contacts, events.slice(-70));
    const last = events.at(-1)!.time;
    for (let back = 0; back <= 31; back++)
      expect(contactFiguresAt(state, last - back * DAY_MS, defaultPolicy).rowEntropy).toBeCloseTo(
        contactFiguresAt(recent, last - back * DAY_MS, defaultPolicy).rowEntropy!,
        9,
      );
  });
});

describe('what is lost if a person leaves (C5)', () => {
  const events = [...team, role('2025-01-02', 2, 'DECIDER'), ...weekly('2025-02-03', 12)];

  it('simulates it for a contact', () => {
    const { without } = seen(events, '2025-04-30', { used: { parameters: { without: theirs(2) } } });
    expect(without).toMatchObject({ side: 'THEIRS', before: { breadth: 1, coverage: 1 }, after: { diamondIndex: 0 } });
    expect(without.delta.diamondIndex).toBeCloseTo(-seen(events, '2025-04-30').diamondIndex, 12);
    expect(without.delta).toMatchObject({ coverage: -1, breadth: 0, depth: 0 });
    expect([without.revenue, without.revenueReason]).toEqual([null, 'performance-not-available']);
  });

  it('simulates it for a member of ours', () => {
    const { without } = seen(events, '2025-04-30', { used: { parameters: { without: ours(1) } } });
    expect(without).toMatchObject({ side: 'OURS', after: { breadth: 0.5, depth: 0.5 } });
  });

  it('is tested against what came of it 90 days after a departure', () => {
    const left = ofContact('ContactLeft', '2025-05-01T09:00:00Z', 2, {});
    const after = Array.from({ length: 10 }, (_, i) =>
      met(`2025-07-${10 + i}`, [[1, 'KEY_ACCOUNT']], [[1, 'PURCHASING', 2]]),
    );
    const all = [...events, left, ...after];
    const before = seen(events, '2025-04-30').diamondIndex;
    const [early] = seen(all, '2025-07-20').departures;
    expect(early).toMatchObject({ personId: theirs(2), side: 'THEIRS', roles: ['DECIDER'], predicted: 0, later: null });
    expect([early.before, early.laterReason]).toEqual([before, 'not-yet-90-days']);
    const [late] = seen(all, '2028-12-31').departures;
    expect(late.later).toBeGreaterThan(0);
    expect(late.error).toBe(late.later);
  });

  it('takes the release of a member for a departure, unless another assignment stays', () => {
    const on = { on: '2025-04-20T00:00:00.000Z' };
    const release = event(
      'MemberReleased',
      '2025-04-10',
      { assignmentId: 'as-2', ...on },
      { subject: `member-${ours(2)}` },
    );
    expect(seen([...events, release], '2025-04-15').departures).toEqual([]);
    expect(seen([...events, release], '2025-04-25').departures).toMatchObject([
      { personId: ours(2), side: 'OURS', predicted: 0 },
    ]);
    const stays = assigned('2025-03-01', 2, 'SERVICE', 2, { assignmentId: 'other' });
    expect(seen([...events, stays, release], '2025-04-25').departures).toEqual([]);
  });
});

describe('the strength of pairs', () => {
  it('is 0 to 100, strongest first', () => {
    const { pairs } = seen([...team, ...weekly('2025-02-03', 13)], '2025-04-30');
    expect(pairs.of).toBe(2);
    expect(pairs.items[0]).toMatchObject({ memberId: ours(1), contactId: theirs(1), meetings: 7 });
    expect(pairs.items[0].strength).toBeGreaterThan(pairs.items[1].strength);
    expect(pairs.items[0].strength).toBeLessThan(100);
  });
});

describe('laws of the fold of contacts', () => {
  const person = fc.integer({ min: 1, max: 4 });
  const name = fc.constantFrom('SALES', 'SERVICE', 'PURCHASING', 'QUALITY');
  const when = fc.integer({ min: 0, max: 900 }).map((d) => new Date(Date.UTC(2024, 0, 1) + d * DAY_MS).toISOString());
  const any = fc.oneof(
    fc
      .tuple(when, person, name, person, name, fc.boolean())
      .map(([t, a, f, b, g, two]) => met(t, [[a, f]], [[b, g]], { twoWay: two })),
    fc.tuple(when, person, name).map(([t, n, f]) => added(t, n, f)),
    fc.tuple(when, person).map(([t, n]) => ofContact('ContactLeft', t, n, {})),
    fc.tuple(when, person).map(([t, n]) => role(t, n, 'DECIDER')),
    fc.tuple(when, person, name).map(([t, n, f]) => assigned(t.slice(0, 10), n, f)),
    fc
      .tuple(when, person)
      .map(([t, n]) =>
        event('MemberReleased', t, { assignmentId: `as-${n}`, on: t }, { subject: `member-${ours(n)}` }),
      ),
    when.map((t) => keyAccount(t, 'BASIC')[1]!),
  );

  it('resumed from a state that was stored, it ends as rebuilt, and says nothing that JSON cannot', () => {
    fc.assert(
      fc.property(fc.array(any, { maxLength: 25 }), fc.integer({ min: 0, max: 25 }), (events, cut) => {
        const sorted = [...events].sort((a, b) => a.time - b.time || a.position - b.position);
        const half = JSON.parse(JSON.stringify(foldOf(contacts, sorted.slice(0, cut))));
        const resumed = foldOf(contacts, sorted.slice(cut), { from: half });
        expect(resumed).toEqual(foldOf(contacts, sorted));
        expect(unsayable(seen(events, '2026-09-30', { used: { parameters: { without: ours(1) } } }))).toEqual([]);
      }),
      { numRuns: 60 },
    );
    expect(unsayable(seen([], '2026-01-01'))).toEqual([]);
  });
});
