import { describe, expect, it } from '@jest/globals';
import { contacts } from '../../projections/contacts.js';
import { event, viewAt } from '../support/folding.js';
import { added, keyAccount, met } from './contacts/people.js';

// biome-ignore lint/suspicious/noExplicitAny: a test looks wherever it likes
type Shown = Record<string, any>;
const seen = (events: Parameters<typeof viewAt>[1], asOf: string, around: Parameters<typeof viewAt>[3] = {}): Shown =>
  viewAt(contacts, events, asOf, around);
const codes = (view: Shown): string[] => view.findings.map(({ code }: { code: string }) => code);

const day = '2026-03-31';
const now = `${day}T23:59:59.999Z`;

describe('the matrix of functions (C5)', () => {
  const oneWay = { kind: 'MESSAGE', twoWay: false };
  const reply = { kind: 'MESSAGE', twoWay: true };
  const example = [
    met(now, [[1, 'KEY_ACCOUNT']], [[1, 'PURCHASING']], { kind: 'WORKSHOP' }),
    met(now, [[2, 'ENGINEERING']], [[1, 'PURCHASING']], reply),
    met(now, [[2, 'ENGINEERING']], [[2, 'ENGINEERING']]),
    met(now, [[3, 'SERVICE']], [[2, 'ENGINEERING']], oneWay),
    met(now, [[3, 'SERVICE']], [[2, 'ENGINEERING']], oneWay),
    met(now, [[3, 'SERVICE']], [[3, 'LOGISTICS']], { kind: 'CALL' }),
    met(now, [[4, 'FINANCE']], [[1, 'PURCHASING']], oneWay),
    met(now, [[4, 'FINANCE']], [[4, 'FINANCE']], reply),
    met(now, [[4, 'FINANCE']], [[4, 'FINANCE']], oneWay),
  ];

  it('gives the worked example its entropies, index and density', () => {
    const view = seen(example, day);
    expect(view.matrix.rows).toEqual(['KEY_ACCOUNT', 'ENGINEERING', 'SERVICE', 'FINANCE'].sort(byVocabulary));
    expect(
      view.matrix.weights
        .flat()
        .sort((a: number, b: number) => b - a)
        .slice(0, 7),
    ).toEqual([12, 8, 5, 4, 3, 2, 1]);
    expect(view.rowEntropy).toBeCloseTo(0.959864, 6);
    expect(view.columnEntropy).toBeCloseTo(0.895657, 6);
    expect(view.diamondIndex).toBeCloseTo(0.927205, 6);
    expect(view.density).toBe(0.4375);
    expect(codes(view)).not.toContain('BOW_TIE');
  });

  it('is a bow-tie with index 0 where only the manager meets the buyer', () => {
    const view = seen([met('2026-03-01', [[1, 'KEY_ACCOUNT']], [[1, 'PURCHASING']])], day);
    expect(view.diamondIndex).toBe(0);
    expect(codes(view)).toEqual(expect.arrayContaining(['BOW_TIE', 'SINGLE_THREADED']));
  });

  it('is a bow-tie where one of ours talks to four functions of theirs', () => {
    const names = ['PURCHASING', 'ENGINEERING', 'QUALITY', 'FINANCE'] as const;
    const view = seen(
      names.map((name, i) => met(now, [[1, 'KEY_ACCOUNT']], [[i, name]])),
      day,
    );
    expect(view.columnEntropy).toBeCloseTo(1, 9);
    expect([view.rowEntropy, view.diamondIndex]).toEqual([0, 0]);
    expect(codes(view)).toContain('BOW_TIE');
    expect(codes(view)).not.toContain('SINGLE_THREADED');
  });

  it('gives two by two functions that meet evenly .5', () => {
    const view = seen(
      [
        met(
          now,
          [
            [1, 'KEY_ACCOUNT'],
            [2, 'SERVICE'],
          ],
          [
            [1, 'PURCHASING'],
            [2, 'QUALITY'],
          ],
        ),
      ],
      day,
    );
    expect(view.diamondIndex).toBeCloseTo(0.5, 9);
    expect(view.matrix.weights.flat()).toEqual([2, 2, 2, 2]);
  });

  it('halves a weight every 45 days', () => {
    const at = (time: string) =>
      seen([met(time, [[1, 'KEY_ACCOUNT']], [[1, 'PURCHASING']])], now).matrix.weights[0][0] / 8;
    expect(at('2026-03-17T23:59:59.999Z')).toBeCloseTo(0.806, 3);
    expect(at('2026-02-14T23:59:59.999Z')).toBeCloseTo(0.5, 9);
    expect(at('2025-12-31T23:59:59.999Z')).toBeCloseTo(0.25, 9);
    expect(at('2025-10-02T23:59:59.999Z')).toBeCloseTo(0.0625, 9);
  });

  it('falls silent after 90 days without a two-way meeting, though shares are scale-free', () => {
    const events = [
      met('2026-01-01T12:00:00Z', [[1, 'KEY_ACCOUNT']], [[1, 'PURCHASING']]),
      met('2026-03-31', [[1, 'KEY_ACCOUNT']], [[1, 'PURCHASING']], { kind: 'MESSAGE', twoWay: false }),
    ];
    expect(seen(events, '2026-03-31').silent).toBe(false);
    const view = seen(events, '2026-04-01');
    expect([view.silent, view.diamondIndex, view.diamondIndexReason]).toEqual([true, null, 'silent']);
    expect([view.salesOnlyShare, view.nonPurchasingShare, view.busFactor]).toEqual([null, null, null]);
    expect(codes(view)).toContain('SILENT');
  });

  it('has figures by the rules of the moment, or of a what-if', () => {
    const events = [met(now, [[1, 'KEY_ACCOUNT']], [[1, 'PURCHASING']], { kind: 'CALL' })];
    const rules = [event('ScoringModelPublished', '2026-03-01', { version: '2', baseWeights: { CALL: 9 } })];
    expect(seen(events, day, { rules }).matrix.weights[0][0]).toBe(9);
  });
});

describe('shares of sales and purchasing (C1, F1)', () => {
  const sales = (n: number) => met(now, [[n, 'SALES']], [[n, 'ENGINEERING']], { kind: 'MESSAGE', twoWay: true });
  const weights = [
    ...Array.from({ length: 5 }, (_, i) => sales(i)),
    met(now, [[9, 'KEY_ACCOUNT']], [[9, 'PURCHASING']], { kind: 'MESSAGE', twoWay: false }),
    met(now, [[9, 'KEY_ACCOUNT']], [[9, 'PURCHASING']], { kind: 'MESSAGE', twoWay: false }),
    met(now, [[8, 'SERVICE']], [[8, 'ENGINEERING']], { kind: 'MESSAGE', twoWay: true }),
  ];

  it('flags a key account with 17 of 20 carried by sales', () => {
    const view = seen([...keyAccount('2026-01-01', 'BASIC'), ...weights], day);
    expect(view.salesOnlyShare).toBeCloseTo(0.85, 9);
    expect(codes(view)).toContain('SALES_ONLY');
  });

  it('flags no account that is none of our key accounts', () => {
    expect(codes(seen(weights, day))).not.toContain('SALES_ONLY');
  });

  it('says .70 where 35 of 50 lie beyond purchasing', () => {
    const calls = (n: number, name: string) =>
      Array.from({ length: n }, () => met(now, [[1, 'KEY_ACCOUNT']], [[1, name]], { kind: 'CALL' }));
    expect(seen([...calls(7, 'QUALITY'), ...calls(3, 'PURCHASING')], day).nonPurchasingShare).toBeCloseTo(0.7, 9);
  });
});

describe('campaigns (C2)', () => {
  it('leave every figure of contact as it was', () => {
    const events = [met('2026-03-01', [[1, 'KEY_ACCOUNT']], [[1, 'PURCHASING']]), added('2026-01-01', 1, 'PURCHASING')];
    const promos = Array.from({ length: 30 }, (_, i) =>
      met(now, [[2, 'MARKETING']], [[i + 2, 'QUALITY', 4]], { kind: 'CAMPAIGN', twoWay: false }),
    );
    const { series: before, ...figures } = seen(events, day);
    const { series: after, ...same } = seen([...events, ...promos], day);
    expect(same).toEqual(figures);
    expect(after.at(-1).initiative).toEqual({ ...before.at(-1).initiative, campaigns: 30 });
  });

  it('balance who began, quarter by quarter', () => {
    const began = (time: string, initiator: string) =>
      met(time, [[1, 'KEY_ACCOUNT']], [[1, 'PURCHASING']], { initiator });
    const events = [
      began('2026-01-10', 'US'),
      began('2026-01-11', 'US'),
      began('2026-01-12', 'THEM'),
      began('2026-04-02', 'JOINT'),
    ];
    const { series } = seen(events, '2026-04-30');
    expect(series.map((one: Shown) => [one.quarter, one.open, one.theirShare])).toEqual([
      ['2026-Q1', false, 1 / 3],
      ['2026-Q2', true, 1],
    ]);
  });
});

const byVocabulary = (a: string, b: string): number => order.indexOf(a) - order.indexOf(b);
const order = ['KEY_ACCOUNT', 'ENGINEERING', 'LOGISTICS', 'SERVICE', 'FINANCE'];
