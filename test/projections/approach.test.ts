import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { approach } from '../../projections/approach.js';
import { event, foldOf, unsayable, viewAt } from '../support/folding.js';
import { met, type Telling } from './contacts/people.js';

// biome-ignore lint/suspicious/noExplicitAny: a test looks wherever it likes
type Shown = Record<string, any>;
const seen = (events: Parameters<typeof viewAt>[1], asOf: string, around: Parameters<typeof viewAt>[3] = {}): Shown =>
  viewAt(approach, events, asOf, around);

const dealt = (time: string, more: object = {}, telling: Telling = {}) =>
  met(time, [[1, 'SALES']], [[1, 'PURCHASING']], { ...telling, more });
const ordered = (time: string, orderId = time, more: object = {}) =>
  event('OrderPlaced', time, { orderId, amount: { minor: 1000, currency: 'EUR' }, ...more });
const assigned = (time: string, name: string) => event('SellingApproachAssigned', time, { approach: name });
const times = (n: number, make: (time: string, i: number) => ReturnType<typeof event>) =>
  Array.from({ length: n }, (_, i) => make(`2026-0${1 + Math.floor(i / 5)}-${10 + 3 * (i % 5)}`, i));
const visit: Telling = { kind: 'VISIT' };
const codes = (view: Shown): string[] => view.findings.map(({ code }: { code: string }) => code);

describe('assigned against actual approach (H1)', () => {
  const visits = times(10, (time) => dealt(time, { orderId: 'o', routeId: 'tuesday' }, visit));

  it('differs where a farmer was assigned and a milk round is driven', () => {
    const view = seen([ordered('2026-01-05'), assigned('2025-10-01', 'FARMER'), ...visits], '2026-03-31');
    expect(view).toMatchObject({ assigned: 'FARMER', actual: 'MILK_ROUND', mismatch: true, routeShare: 1 });
    expect(codes(view)).toEqual(['APPROACH_MISMATCH']);
  });

  it('agrees where a milk round was assigned', () => {
    const view = seen([ordered('2026-01-05'), assigned('2025-10-01', 'MILK_ROUND'), ...visits], '2026-03-31');
    expect([view.mismatch, codes(view)]).toEqual([false, []]);
  });

  it('keeps what was assigned as intervals', () => {
    const { intervals } = seen([assigned('2025-10-01', 'HUNTER'), assigned('2026-01-01', 'FARMER')], '2026-03-31');
    expect(intervals).toMatchObject([
      { approach: 'HUNTER', to: '2026-01-01T00:00:00.000Z', days: 92 },
      { approach: 'FARMER', to: null, days: 89 },
    ]);
  });

  it('warns of a key account on a planned route (H2)', () => {
    const key = event('KeyAccountDesignated', '2026-01-01', { accountId: 'ACME' });
    const policy = { routes: { tuesday: { weekday: 2, accountIds: ['ACME', 'B'] } } };
    expect(codes(seen([key], '2026-03-31', { policy }))).toEqual(['KEY_ACCOUNT_ON_ROUTE']);
    expect(codes(seen([], '2026-03-31', { policy }))).toEqual([]);
  });
});

describe('the first rule that holds (H1)', () => {
  const order = ordered('2026-01-05');
  const pursuit = (purpose: string, more: object = {}) =>
    event('PursuitOpened', '2026-01-01', { pursuitId: 'p', purpose, ...more });

  it('shows nothing with fewer than 8 interactions, campaigns left out', () => {
    const few = [...times(7, (time) => dealt(time)), dealt('2026-03-01', {}, { kind: 'CAMPAIGN' })];
    expect(seen([order, ...few], '2026-03-31')).toMatchObject({
      actual: null,
      actualReason: 'fewer-than-8-interactions',
    });
    expect(seen([order, ...few, dealt('2026-03-02')], '2026-03-31').actual).toBe('FARMER');
  });

  it('is hunting before the first regular order', () => {
    const events = times(8, (time) => dealt(time));
    expect(seen([...events, ordered('2026-01-05', 'trial', { regular: false })], '2026-03-31').actual).toBe('HUNTER');
    expect(seen([...events, order], '2026-03-31').actual).toBe('FARMER');
  });

  it('is hunting where half of the minutes go after acquisition or a competitor’s business', () => {
    const half = times(8, (time, i) => dealt(time, i < 4 ? { pursuitId: 'p' } : {}));
    expect(seen([order, pursuit('ACQUISITION'), ...half], '2026-03-31').actual).toBe('HUNTER');
    expect(seen([order, pursuit('GROWTH', { fromCompetitor: 'Rival' }), ...half], '2026-03-31').actual).toBe('HUNTER');
    expect(seen([order, pursuit('GROWTH'), ...half], '2026-03-31').actual).toBe('FARMER');
  });

  it('knows a pursuit that was opened after an interaction that cites it', () => {
    const half = times(8, (time) => dealt(time, { pursuitId: 'p' }));
    const late = event('PursuitOpened', '2026-03-30', { pursuitId: 'p', purpose: 'ACQUISITION' });
    expect(seen([order, ...half, late], '2026-03-31').actual).toBe('HUNTER');
  });

  it('is mixed where most minutes serve orders and no route is driven', () => {
    const events = times(8, (time, i) => dealt(time, i < 5 ? { orderId: 'o' } : {}));
    expect(seen([order, ...events], '2026-03-31')).toMatchObject({ actual: 'MIXED', mismatchReason: 'none-assigned' });
  });

  it('looks at the window of a year only', () => {
    const events = times(8, (time) => dealt(time));
    expect(seen([order, ...events], '2027-02-20').actual).toBeNull();
  });
});

describe('work beyond orders (H7, H5)', () => {
  it('is 62 % where 31 of 50 interactions cite neither order nor pursuit', () => {
    const events = Array.from({ length: 50 }, (_, i) =>
      dealt(`2026-02-${10 + (i % 10)}`, i < 31 ? {} : { orderId: 'o' }),
    );
    expect(seen(events, '2026-03-31').beyondOrder).toMatchObject({ interactions: 31, of: 50, share: 0.62 });
  });

  it('counts those far from any order where orders are rare, and leaves the last 30 days undecided', () => {
    const rare = ['2025-05-01', '2025-08-01', '2025-11-01'].map((time) => ordered(time));
    const events = [
      dealt('2025-11-20', { orderId: 'o' }),
      dealt('2025-12-20', { orderId: 'o' }),
      dealt('2026-03-20', { orderId: 'o' }),
    ];
    const { beyondOrder } = seen([...rare, ...events], '2026-03-31');
    expect(beyondOrder).toMatchObject({ medianOrderGapDays: 92, interactions: 1, of: 2, share: 0.5 });
    const often = ['2025-09-01', '2025-10-01', '2025-11-01'].map((time) => ordered(time));
    expect(seen([...often, ...events], '2026-03-31').beyondOrder).toMatchObject({ interactions: 0, of: 3, share: 0 });
  });

  it('is a ledger of hours in a year and contribution in that year and the three after', () => {
    const events = [
      dealt('2023-04-01'),
      dealt('2023-05-01'),
      dealt('2023-06-01', { orderId: 'o' }),
      dealt('2026-03-30'),
    ];
    const years = { '2023': { contribution: -500 }, '2024': { contribution: 100 }, '2025': { contribution: 900 } };
    const { farming } = seen(events, '2026-03-31', { used: { performance: { years } } });
    expect(farming[0]).toEqual({
      year: '2023',
      hours: 2,
      ofHours: 3,
      contribution: { '0': -500, '1': 100, '2': 900, '3': null },
      reasons: { '3': 'no-money-told' },
    });
    expect(farming[1]).toMatchObject({ year: '2026', hours: 1, open: true, reasons: { '1': 'not-yet' } });
  });
});

describe('a burst of opportunity (H4)', () => {
  const rules = [
    event('OpportunityBurstDeclared', '2026-03-01', {
      burstId: 'b',
      region: 'NORTH',
      from: '2026-03-10T00:00:00.000Z',
      until: '2026-04-01T00:00:00.000Z',
      value: { minor: 5_000_000, currency: 'EUR' },
    }),
  ];
  const registered = event('AccountRegistered', '2025-01-01', {
    name: 'A',
    customerType: 'OEM',
    currency: 'EUR',
    region: 'NORTH',
  });

  it('advises hunting while it lasts, and no longer', () => {
    const advice = (asOf: string) => seen([registered], asOf, { rules }).recommendation;
    expect(advice('2026-03-09')).toBeNull();
    expect(advice('2026-03-31')).toMatchObject({ approach: 'HUNTER', bursts: [{ burstId: 'b' }] });
    expect(advice('2026-04-01')).toBeNull();
  });

  it('is no matter of another region', () => {
    const moved = event('AccountReclassified', '2026-03-12', { region: 'SOUTH' });
    expect(seen([registered, moved], '2026-03-31', { rules })).toMatchObject({
      recommendation: null,
      recommendationReason: 'no-burst-open',
    });
  });
});

describe('laws of the fold of approaches', () => {
  const when = fc
    .integer({ min: 0, max: 1200 })
    .map((d) => new Date(Date.UTC(2023, 0, 1) + d * 86_400_000).toISOString());
  const cite = fc.constantFrom({}, { orderId: 'o' }, { pursuitId: 'constructor' }, { routeId: 'r' });
  const any = fc.oneof(
    fc.tuple(when, cite).map(([t, more]) => dealt(t, more, visit)),
    fc.tuple(when, cite).map(([t, more]) => dealt(t, more)),
    when.map((t) => ordered(t)),
    when.map((t) => event('PursuitOpened', t, { pursuitId: 'constructor', purpose: 'ACQUISITION' })),
    when.map((t) => assigned(t, 'FARMER')),
  );
  it('resumed, it ends as rebuilt; hours of the years add up; it says nothing that JSON cannot', () => {
    fc.assert(
      fc.property(fc.array(any, { maxLength: 30 }), fc.integer({ min: 0, max: 30 }), (events, cut) => {
        const sorted = [...events].sort((a, b) => a.time - b.time || a.position - b.position);
        const half = JSON.parse(JSON.stringify(foldOf(approach, sorted.slice(0, cut))));
        expect(foldOf(approach, sorted.slice(cut), { from: half })).toEqual(foldOf(approach, sorted));
        const view = seen(events, '2026-09-30');
        const hours = view.farming.reduce((all: number, { ofHours }: Shown) => all + ofHours, 0);
        expect(hours).toBeCloseTo(events.filter(({ type }) => type === 'InteractionLogged').length, 9);
        expect(unsayable(view)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
