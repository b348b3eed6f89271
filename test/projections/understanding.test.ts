import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contacts } from '../../projections/contacts.js';
import { correlation } from '../../projections/understanding/expansion.js';
import { understanding } from '../../projections/understanding.js';
import { event, foldOf, unsayable, viewAt } from '../support/folding.js';
import { added, met } from './contacts/people.js';

// biome-ignore lint/suspicious/noExplicitAny: a test looks wherever it likes
type Shown = Record<string, any>;
const seen = (events: Parameters<typeof viewAt>[1], asOf: string, used: object = {}): Shown =>
  viewAt(understanding, events, asOf, { used });

const need = (time: string, needId: string, order: string) =>
  event('NeedRecorded', time, { needId, order, priority: 2 });
const insight = (time: string, insightId: string) =>
  event('InsightRecorded', time, { insightId, topic: 'plant', fromInteractionIds: ['i1'] });
const activity = (time: string, insightIds: string[]) =>
  event('ValueActivityUndertaken', time, { valueActivityId: `v-${time}`, insightIds, needIds: [] });
const adapted = (time: string, becauseOf: string[]) => event('ActivityAdapted', time, { becauseOf });

describe('the mix of needs (D5)', () => {
  const before = Array.from({ length: 10 }, (_, i) =>
    need('2024-01-01', `n${i}`, i < 6 ? 'PRODUCT' : i < 9 ? 'PROCESS' : 'FACILITATION'),
  );
  const after = [
    ...['n0', 'n1', 'n2'].map((needId) => event('NeedMet', '2026-01-01', { needId })),
    need('2026-01-01', 'n10', 'PROCESS'),
    need('2026-01-01', 'n11', 'FACILITATION'),
    need('2026-01-01', 'n12', 'FACILITATION'),
  ];

  it('goes from 60/30/10 to 30/40/30 over two years, as intervals', () => {
    const { mix, needs } = seen([...before, ...after], '2026-03-31');
    expect(mix.intervals).toMatchObject([
      {
        from: '2024-01-01T00:00:00.000Z',
        to: '2026-01-01T00:00:00.000Z',
        days: 731,
        shares: { PRODUCT: 0.6, PROCESS: 0.3, FACILITATION: 0.1 },
      },
      {
        from: '2026-01-01T00:00:00.000Z',
        to: null,
        days: 89,
        shares: { PRODUCT: 0.3, PROCESS: 0.4, FACILITATION: 0.3 },
      },
    ]);
    expect(needs.byOrder.PRODUCT).toEqual({ active: 3, met: 3, lapsed: 0 });
  });

  it('has no shares where no need is active', () => {
    const lapsed = [need('2025-01-01', 'n', 'PROCESS'), event('NeedLapsed', '2025-02-01', { needId: 'n' })];
    expect(seen(lapsed, '2025-03-01').mix.now).toMatchObject({ active: 0, shares: null });
    expect(seen([], '2025-03-01').mix).toEqual({ now: null, nowReason: 'no-needs', intervals: [] });
  });
});

describe('from insight to value (C7)', () => {
  it('says .6 where 6 of 10 value activities cite an insight', () => {
    const events = [
      insight('2026-01-01', 'i'),
      ...Array.from({ length: 10 }, (_, k) => activity(`2026-02-${10 + k}`, k < 6 ? ['i'] : [])),
    ];
    expect(seen(events, '2026-03-31').valueActivities).toMatchObject({ n: 10, citing: 6, share: 0.6 });
  });

  it('looks back a year, and says why there is no share', () => {
    const events = [insight('2024-01-01', 'i'), activity('2024-02-01', ['i'])];
    expect(seen(events, '2026-03-31').valueActivities).toMatchObject({
      n: 0,
      share: null,
      shareReason: 'no-value-activity',
      ever: { n: 1, citing: 1 },
    });
  });

  it('lists an insight that nothing used for more than 180 days', () => {
    const events = [insight('2026-01-01', 'idle'), insight('2026-01-01', 'used'), activity('2026-02-01', ['used'])];
    expect(seen(events, '2026-06-30').insights.unused).toEqual([]);
    expect(seen(events, '2026-07-01').insights.unused).toMatchObject([{ insightId: 'idle', days: 181 }]);
    expect(seen(events, '2026-07-01').findings).toMatchObject([
      { code: 'INSIGHT_UNUSED', since: '2026-07-01T00:00:00.000Z', policy: { days: 180 } },
    ]);
  });
});

describe('from insight to adaptation (G2)', () => {
  it('took 19 days from 1 to 20 March', () => {
    const { adaptations } = seen([insight('2026-03-01', 'i'), adapted('2026-03-20', ['i'])], '2026-03-31');
    expect(adaptations).toMatchObject({
      n: 1,
      medianLagDays: 19,
      items: [{ insights: [{ insightId: 'i', lagDays: 19 }] }],
    });
    expect(adaptations.items[0]).toMatchObject({ strengthDelta: null, strengthReason: 'not-yet-two-quarters' });
  });

  it('is judged by relative strength two quarters later', () => {
    const scored = (time: string, ours: number) =>
      event('StrengthScored', time, {
        factor: 'quality',
        ours,
        competitors: { Rival: 7 },
        source: 'customer_survey',
        rater: 'QA',
      });
    const events = [
      event('SuccessFactorsStated', '2025-01-01', {
        factors: [{ factor: 'quality', weight: 100 }],
        source: 'interview',
      }),
      scored('2025-01-02', 7),
      insight('2025-03-01', 'i'),
      adapted('2025-03-20', ['i']),
      scored('2025-09-01', 7.7),
      scored('2025-10-01', 3),
    ];
    const [item] = seen(events, '2026-01-31').adaptations.items;
    expect([item.strengthBefore, item.strengthAfter]).toEqual([1, 1.1]);
    expect(item.strengthDelta).toBeCloseTo(0.1, 9);
  });
});

describe('knowledge of their business (F4)', () => {
  const assessed = (time: string, domain: string, ours: number, theirs: number) =>
    event('KnowledgeAssessed', time, { domain, ours, theirs, ratedBy: 'CUSTOMER' });
  const five = ['a', 'b', 'c', 'd'].map((domain) => assessed('2026-01-01', domain, 3, 3));

  it('passes at 80 % with four of five domains equal or better', () => {
    expect(seen([...five, assessed('2026-01-01', 'e', 2, 4)], '2026-02-01').knowledge).toMatchObject({
      share: 0.8,
      passed: true,
    });
  });

  it('goes by the latest assessment of a domain', () => {
    const events = [...five, assessed('2026-01-01', 'e', 2, 4), assessed('2026-01-15', 'd', 1, 4)];
    const { knowledge, findings } = seen(events, '2026-02-01');
    expect(knowledge).toMatchObject({
      share: 0.6,
      passed: false,
      domains: [{ domain: 'd', gap: -3 }, { domain: 'e', gap: -2 }, {}, {}, {}],
    });
    expect(findings).toMatchObject([{ code: 'KNOWLEDGE_GAP' }]);
  });
});

describe('expansion against understanding (G1)', () => {
  const pairs = (ys: readonly number[]) =>
    ys.map((insightsNext, i) => ({ quarter: `${i}`, breadthDelta: i / 10, insightsNext }));

  it('shows rho = .6 of twelve pairs with p = .039, and says that n is small', () => {
    const found = correlation(pairs([1, 2, 3, 6, 7, 12, 5, 8, 9, 11, 10, 4]));
    expect(found).toMatchObject({ n: 12, test: 't', label: 'n small' });
    expect([found.rho, found.t, found.p].map((x) => Math.round(x! * 100) / 100)).toEqual([0.6, 2.38, 0.04]);
    expect(found.p).toBeCloseTo(0.0386, 4);
  });

  it('says why there is none of too few pairs', () => {
    expect(correlation(pairs([1, 2]))).toMatchObject({ n: 2, rho: null, p: null, reason: 'too-few' });
  });

  it('pairs the change of breadth in a quarter with the insights of the next', () => {
    const names = ['PURCHASING', 'QUALITY', 'IT', 'FINANCE'];
    const people = names.map((name, i) => added('2024-01-01', i, name));
    const meetings = [1, 2, 4].flatMap((count, q) =>
      names.slice(0, count).map((name, i) => met(`2024-${['03', '06', '09'][q]}-15`, [[1, 'SALES']], [[i, name]])),
    );
    const learned = [insight('2024-08-01', 'a'), insight('2024-11-01', 'b'), insight('2024-11-02', 'c')];
    const states = { contacts: foldOf(contacts, [...people, ...meetings], {}) };
    const { expansion } = seen(learned, '2025-04-01', { states });
    expect(expansion.pairs).toEqual([
      { quarter: '2024-Q2', breadthDelta: 0.25, insightsNext: 1 },
      { quarter: '2024-Q3', breadthDelta: 0.5, insightsNext: 2 },
      { quarter: '2024-Q4', breadthDelta: -1, insightsNext: 0 },
    ]);
    expect(expansion).toMatchObject({ n: 3, rho: 1, label: 'n small' });
  });
});

describe('laws of the fold of understanding', () => {
  const when = fc
    .integer({ min: 0, max: 700 })
    .map((d) => new Date(Date.UTC(2024, 0, 1) + d * 86_400_000).toISOString());
  const word = fc.constantFrom('a', 'b', 'constructor');
  const any = fc.oneof(
    fc.tuple(when, word, fc.constantFrom('PRODUCT', 'PROCESS')).map(([t, id, order]) => need(t, id, order)),
    fc.tuple(when, word).map(([t, needId]) => event('NeedMet', t, { needId })),
    fc.tuple(when, word).map(([t, id]) => insight(t, id)),
    fc.tuple(when, word).map(([t, id]) => activity(t, [id])),
    fc.tuple(when, word).map(([t, id]) => adapted(t, [id])),
    fc
      .tuple(when, word)
      .map(([t, domain]) => event('KnowledgeAssessed', t, { domain, ours: 1.1, theirs: 3, ratedBy: 'US' })),
  );
  it('resumed, it ends as rebuilt, and says nothing that JSON cannot', () => {
    fc.assert(
      fc.property(fc.array(any, { maxLength: 20 }), fc.integer({ min: 0, max: 20 }), (events, cut) => {
        const sorted = [...events].sort((a, b) => a.time - b.time || a.position - b.position);
        const half = JSON.parse(JSON.stringify(foldOf(understanding, sorted.slice(0, cut))));
        expect(foldOf(understanding, sorted.slice(cut), { from: half })).toEqual(foldOf(understanding, sorted));
        expect(unsayable(seen(events, '2026-09-30'))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
