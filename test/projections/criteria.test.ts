import { describe, expect, it } from '@jest/globals';
import { criteria } from '../../projections/criteria.js';
import { defaultPolicy } from '../../src/kernel/policy.js';
import { event, foldOf, unsayable, viewAt } from '../support/folding.js';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const asked = (version: string, ...gates: object[]) => ({ criteria: { version, gates: gates as never } });
const registered = (data: object = { customerType: 'OEM_MAKER' }) => event('AccountRegistered', '2024-01-01', data);
const potential = (minor: number, growthPct = 0) =>
  event('PotentialEstimated', '2024-02-01', {
    availableSales3y: eur(9_000_000),
    growthPct,
    expectedRetention: 0.8,
    margin: eur(minor),
    source: 'panel',
  });
const signal = (time: string, positive: boolean) =>
  event('IntegritySignalled', time, { kind: positive ? 'HONOURED_TERMS' : 'PAID_LATE', positive });
const gateOf = (events: Parameters<typeof viewAt>[1], gate: object, asOf = '2026-06-30') =>
  viewAt(criteria, events, asOf, { policy: asked('v1', gate) }).gates[0]!;

describe('the kind of customer (A2)', () => {
  const gate = { gate: 'customerType' };
  it('a maker of original equipment passes', () =>
    expect(gateOf([registered()], gate)).toMatchObject({ value: 'OEM_MAKER', passed: true, reason: null }));
  it('a dealer passes from half of its business on', () =>
    expect(gateOf([registered({ customerType: 'DEALER', oemFitShare: 0.5 })], gate)).toMatchObject({ passed: true }));
  it('a dealer with .4 fails, and the gate is named customerType', () => {
    const view = viewAt(criteria, [registered({ customerType: 'DEALER', oemFitShare: 0.4 })], '2026-06-30', {
      policy: asked('v1', gate),
    });
    expect(view.gates).toMatchObject([
      { gate: 'customerType', value: 'DEALER', passed: false, reason: 'oemFitShare 0.4' },
    ]);
    expect(view.passed).toBe(false);
    expect(view.failed).toEqual(['customerType']);
  });
  it('a reclassification counts from its time on', () => {
    const changed = event('AccountReclassified', '2025-05-01', { oemFitShare: 0.7 });
    const told = [registered({ customerType: 'DEALER', oemFitShare: 0.4 }), changed];
    expect(gateOf(told, gate, '2025-04-30')).toMatchObject({ passed: false });
    expect(gateOf(told, gate, '2025-05-01')).toMatchObject({ passed: true, eventIds: [changed.id] });
  });
});

describe('constant CLV as a gate (A3)', () => {
  it('m = 100, r = .8, d = .1 is 266.67: 250 passes, 300 fails', () => {
    const [low, high] = [250, 300].map((threshold) => gateOf([potential(100)], { gate: 'constantClv', threshold }));
    expect(low!.value).toBeCloseTo(266.6667, 4);
    expect([low!.passed, high!.passed]).toEqual([true, false]);
  });
  it('growth is the median score of that factor, at least 5', () => {
    const scored = (score: number, rater: string) =>
      event('AttractivenessScored', '2025-01-01', { factor: 'growth', score, rater });
    expect(gateOf([scored(4, 'SALES'), scored(6, 'FINANCE')], { gate: 'growth' })).toMatchObject({
      value: 5,
      passed: true,
    });
    expect(gateOf([scored(4, 'SALES')], { gate: 'growth' })).toMatchObject({ value: 4, passed: false });
    expect(gateOf([], { gate: 'growth' })).toMatchObject({ value: null, passed: false, reason: 'unscored' });
  });
  it('is not known without a potential', () =>
    expect(gateOf([], { gate: 'constantClv', threshold: 0 })).toMatchObject({ value: null, reason: 'no-potential' }));
});

describe('integrity (A4)', () => {
  const gate = { gate: 'integrity', threshold: 0.7 };
  const signs = (good: number, bad: number) => [
    ...Array.from({ length: good }, () => signal('2025-03-01', true)),
    ...Array.from({ length: bad }, () => signal('2025-04-01', false)),
  ];
  it('9 kept, 1 broken is 10/12 and passes', () => {
    const found = gateOf(signs(9, 1), gate);
    expect(found.value).toBeCloseTo(0.8333, 4);
    expect(found.passed).toBe(true);
  });
  it('3 kept, 3 broken is .5 and fails, with the evidence listed', () => {
    const told = signs(3, 3);
    expect(gateOf(told, gate)).toMatchObject({ value: 0.5, passed: false, eventIds: told.map(({ id }) => id) });
  });
  it('no sign at all is .5, unproven', () =>
    expect(gateOf([], gate)).toMatchObject({ value: 0.5, passed: false, reason: 'unproven' }));
  it('unproven fails at any threshold; as many good signs as bad pass one of .5', () => {
    const half = { gate: 'integrity', threshold: 0.5 };
    expect(gateOf([], half)).toMatchObject({ value: 0.5, passed: false, reason: 'unproven' });
    expect(gateOf(signs(3, 3), half)).toMatchObject({ value: 0.5, passed: true, reason: null });
  });
  it('counts their promises and not ours, and nothing older than 24 months', () => {
    const made = (commitmentId: string, by: string) =>
      event('CommitmentMade', '2024-01-01', { commitmentId, by, ownerId: 'x', due: '2026-01-01T00:00:00.000Z' });
    const kept = (commitmentId: string, time: string) => event('CommitmentKept', time, { commitmentId });
    const told = [
      made('a', 'THEM'),
      made('b', 'US'),
      made('c', 'THEM'),
      kept('c', '2024-06-30'),
      kept('a', '2024-07-01'),
      kept('b', '2025-01-01'),
    ];
    expect(viewAt(criteria, told, '2026-06-30').integrity).toMatchObject({ kept: 1, broken: 0, value: 2 / 3 });
  });
});

const weights = [30, 25, 20, 15, 10].map((weight, i) => ({ factor: `f${i}`, weight }));
const scoring = { ...defaultPolicy.scoring, attractiveness: weights };
const scored = (factor: string, score: number, rater = 'PANEL', time = '2024-03-01') =>
  event('AttractivenessScored', time, { factor, score, rater });
const attractive = [8, 6, 9, 5, 7].map((score, i) => scored(`f${i}`, score));
const stated = event('SuccessFactorsStated', '2024-03-01', {
  factors: [40, 30, 20, 10].map((weight, i) => ({ factor: `c${i}`, weight })),
  source: 'customer',
});
const strength = (
  i: number,
  ours: number,
  theirs: number,
  source = 'customer_survey',
  time = '2025-01-10',
  rater = 'P',
) => event('StrengthScored', time, { factor: `c${i}`, ours, competitors: { Rival: theirs }, source, rater });
const strong = [
  [8, 7],
  [7, 7],
  [6, 8],
  [9, 5],
].map(([us, them], i) => strength(i, us!, them!));

describe('attractiveness and strength (F8, D6)', () => {
  const look = (events: Parameters<typeof viewAt>[1], asOf = '2026-06-30') =>
    viewAt(criteria, events, asOf, { policy: { scoring } });
  it('7.15 against 1.0571 is STRATEGIC, and STAR on 2024-12-31', () => {
    const weak = [6, 6, 5, 6].map((ours, i) => strength(i, ours, 7, 'customer_survey', '2024-06-01'));
    const told = [...attractive, stated, ...weak, ...strong];
    const now = look(told);
    expect(now.attractiveness.value).toBeCloseTo(7.15, 10);
    expect(now.strength.ours).toBeCloseTo(7.4, 10);
    expect(now.strength.best).toEqual({ competitor: 'Rival', strength: 7 });
    expect(now.strength.value).toBeCloseTo(1.057143, 6);
    expect(now.strength.sources).toEqual({ customer_survey: 1 });
    expect(now.quadrant).toBe('STRATEGIC');
    expect(now.confirmed).toBe(true);
    expect(look(told, '2024-12-31').quadrant).toBe('STAR');
  });
  it('takes the median over raters and flags a spread of 3 or more', () => {
    const told = [...attractive, scored('f0', 2, 'FINANCE'), scored('f0', 4, 'SERVICE')];
    expect(look(told).attractiveness.factors[0]).toMatchObject({ score: 4, raters: 3, spread: 3, disputed: true });
  });
  it('has no A where a weighted factor has no score, and names it', () => {
    const view = look(attractive.slice(1));
    expect(view.attractiveness).toMatchObject({ value: null, reason: 'unscored: f0', unscored: ['f0'] });
    expect(view.quadrant).toBeNull();
    expect(view.quadrantReason).toBe('unscored: f0');
  });
  it('a competitor counts only where it is scored on every factor', () => {
    const half = event('StrengthScored', '2025-01-11', {
      factor: 'c0',
      ours: 8,
      competitors: { Rival: 7, Other: 10 },
      source: 'customer_survey',
      rater: 'Q',
    });
    expect(look([stated, ...strong, half]).strength.best).toMatchObject({ competitor: 'Rival' });
    const none = event('StrengthScored', '2025-01-12', {
      factor: 'c0',
      ours: 8,
      competitors: {},
      source: 'customer_survey',
      rater: 'P',
    });
    expect(look([stated, ...strong, none]).strength).toMatchObject({
      value: null,
      reason: 'no-competitor-scored-on-every-factor',
    });
  });
  it('uses only the best source of a factor, and is unconfirmed over half our own estimate', () => {
    const guesses = [0, 1, 2, 3].map((i) => strength(i, 10, 1, 'supplier_estimate', '2025-02-01', 'SALES'));
    expect(look([stated, ...strong, ...guesses]).strength.value).toBeCloseTo(1.057143, 6);
    const mixed = look([stated, ...guesses, strong[0]!]);
    expect(mixed.strength.sources).toEqual({ customer_survey: 0.4, supplier_estimate: 0.6 });
    expect(mixed.confirmed).toBe(false);
  });
});

describe('versions of the criteria (A1)', () => {
  it('a designation keeps the version and scores of its day', () => {
    const gate = (threshold: number) => ({ gate: 'constantClv', threshold });
    const rules = [
      event('KeyAccountCriteriaDefined', '2024-01-01', { version: 'v1', gates: [gate(250)] }),
      event('KeyAccountCriteriaDefined', '2025-01-01', { version: 'v2', gates: [gate(300)] }),
    ];
    const scores = [{ gate: 'constantClv', threshold: 250, value: 266.666667, passed: true }];
    const designated = event('KeyAccountDesignated', '2024-06-01', {
      accountId: 'ACME',
      managerId: 'm',
      horizonYears: 3,
      targetStage: 'INTEGRATED',
      criteriaVersion: 'v1',
      scores,
      judgedAt: 7,
    });
    const view = viewAt(criteria, [potential(100), designated], '2025-06-30', { rules });
    expect(view).toMatchObject({ version: 'v2', passed: false, designated: true });
    expect(view.designation).toMatchObject({ criteriaVersion: 'v1', scores, judgedAt: 7 });
  });
  it('asks nothing where there are none', () =>
    expect(viewAt(criteria, [], '2026-01-01')).toMatchObject({ version: null, gates: [], passed: true }));
});

it('says nothing that JSON cannot, and folds on from a stored state', () => {
  const told = [registered(), potential(100), ...attractive, stated, ...strong, signal('2025-01-01', true)];
  expect(unsayable(viewAt(criteria, [], '2026-06-30', { policy: { scoring } }))).toEqual([]);
  expect(unsayable(viewAt(criteria, told, '2026-06-30', { policy: { scoring } }))).toEqual([]);
  const half = JSON.parse(JSON.stringify(foldOf(criteria, told.slice(0, 5))));
  expect(foldOf(criteria, told.slice(5), { from: half })).toEqual(foldOf(criteria, told));
});
