import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { structureCommands } from '../../../src/domain/structure/structure.commands.js';
import { structure } from '../../../src/domain/structure/structure.decider.js';
import { isMergedInto } from '../../../src/domain/structure/structure.state.js';
import { structure as topic } from '../../../src/domain/structure/structure.topic.js';
import { digestOf } from '../../../src/kernel/identity.js';
import { Refusal } from '../../../src/kernel/refusal.js';
import { structureCast } from '../../support/cast/structure.js';
import { samplesFit } from '../../support/samples.js';
import { type Past, specFor } from '../../support/spec.js';

samplesFit(topic, structureCast);

const given = specFor(structure, structureCommands);
const at = (month: number): string => `2026-${String(month).padStart(2, '0')}-01T00:00:00.000Z`;
const placed = (accountId: string, parentId: string | null, month = 1): Past => ({
  type: 'AccountPlacedUnder',
  data: { accountId, parentId },
  time: at(month),
});
const merged = (from: string, into: string, month = 1): Past => ({
  type: 'AccountsMerged',
  data: { from, into, reason: 'One firm' },
  time: at(month),
});
const parted = (from: string, into: string, month: number): Past => ({
  ...merged(from, into, month),
  type: 'AccountsUnmerged',
});
const place = (accountId: string, parentId: string | null, month?: number) => ({
  accountId,
  parentId,
  ...(month ? { occurredAt: at(month) } : {}),
});
const join = (from: string, into: string, month?: number) => ({
  from,
  into,
  reason: 'One firm',
  ...(month ? { occurredAt: at(month) } : {}),
});

describe('placing an account under another', () => {
  it('is recorded in the history of the account that moves', () => {
    given()
      .when('PlaceAccountUnder', place('A', 'B'))
      .then({ type: 'AccountPlacedUnder', accountid: 'A', data: place('A', 'B') as never });
    given(placed('A', 'B'))
      .when('PlaceAccountUnder', place('A', null))
      .then({ data: { accountId: 'A', parentId: null } as never });
  });
  it('says nothing new where it belongs there', () => {
    given(placed('A', 'B')).when('PlaceAccountUnder', place('A', 'B')).thenNothing();
    given().when('PlaceAccountUnder', place('A', null)).thenNothing();
  });
  it('is refused under itself', () => {
    given().when('PlaceAccountUnder', place('A', 'A')).thenRefused('structure/self');
  });
  it('is refused under one that belongs under it, however far', () => {
    const past = [placed('B', 'A'), placed('C', 'B')];
    given(...past)
      .when('PlaceAccountUnder', place('A', 'B'))
      .thenRefused('structure/cycle');
    given(...past)
      .when('PlaceAccountUnder', place('A', 'C'))
      .thenRefused('structure/cycle');
    given(...past, placed('C', null, 2))
      .when('PlaceAccountUnder', place('A', 'C'))
      .then({ accountid: 'A' });
  });
  it('told late, is refused where a later placement would close the circle', () => {
    const past = [placed('B', 'A', 5)];
    expect(
      given(...past)
        .when('PlaceAccountUnder', place('A', 'B', 2))
        .thenRefusal(),
    ).toMatchObject({
      code: 'structure/cycle',
      values: { at: '2026-05-01' },
    });
    given(...past, placed('A', null, 4))
      .when('PlaceAccountUnder', place('A', 'B', 2))
      .then({ accountid: 'A' });
  });
  it('needs both accounts to be known', () => {
    const [need] = structure.needs!.PlaceAccountUnder as unknown as { of: (c: object) => unknown }[];
    expect(need?.of(place('A', 'B'))).toEqual([
      { id: 'A', pointer: '/accountId' },
      { id: 'B', pointer: '/parentId' },
    ]);
    expect(need?.of(place('A', null))).toEqual([{ id: 'A', pointer: '/accountId' }]);
  });
  it('leaves no circle, whatever is corrected', () => {
    expect(given(placed('A', 'B'), placed('B', 'C')).holds()).not.toThrow();
    expect(given(placed('A', 'B'), placed('B', 'A', 3)).holds()).toThrow(/would belong under itself at 2026-03-01/);
    expect(given(placed('A', 'B'), placed('A', null, 2), placed('B', 'A', 3)).holds()).not.toThrow();
  });
  it('any series of placements that is accepted leaves no circle', () => {
    const name = fc.constantFrom('A', 'B', 'C', 'D');
    const step = fc.record({
      accountId: name,
      parentId: fc.option(name, { nil: null }),
      month: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const past: Past[] = [];
        for (const { accountId, parentId, month } of steps) {
          try {
            const made = given(...past)
              .when('PlaceAccountUnder', place(accountId, parentId, month))
              .events();
            if (made.length > 0) past.push(placed(accountId, parentId, month));
          } catch (error) {
            expect(error).toBeInstanceOf(Refusal);
          }
        }
        expect(given(...past).holds()).not.toThrow();
      }),
    );
  });
});

describe('merging accounts', () => {
  it('is recorded in the history of the account that is merged away', () => {
    given()
      .when('MergeAccounts', join('L', 'S'))
      .then({ type: 'AccountsMerged', accountid: 'L', data: join('L', 'S') as never });
  });
  it('is refused with itself', () => {
    given().when('MergeAccounts', join('L', 'L')).thenRefused('structure/self');
  });
  it('happens once: the same words say nothing new, others are refused', () => {
    given({ ...merged('L', 'S'), digest: digestOf(join('L', 'S')) })
      .when('MergeAccounts', join('L', 'S'))
      .thenNothing();
    given(merged('L', 'S')).when('MergeAccounts', join('L', 'T')).thenRefused('structure/already-merged');
    given(merged('L', 'S', 5))
      .when('MergeAccounts', join('L', 'T', 2))
      .thenRefused('structure/already-merged');
  });
  it('may follow another merge, but not in a circle', () => {
    given(merged('L', 'S')).when('MergeAccounts', join('S', 'T')).then({ accountid: 'S' });
    given(merged('L', 'S')).when('MergeAccounts', join('S', 'L')).thenRefused('structure/cycle');
    given(merged('L', 'S'), merged('S', 'T')).when('MergeAccounts', join('T', 'L')).thenRefused('structure/cycle');
  });
  it('is possible again after they were parted', () => {
    given(merged('L', 'S'), parted('L', 'S', 2))
      .when('MergeAccounts', join('L', 'T'))
      .then({ accountid: 'L' });
  });
  it('needs both accounts to be known', () => {
    for (const name of ['MergeAccounts', 'UnmergeAccounts'] as const) {
      const [need] = structure.needs![name] as unknown as { noun: string; of: (c: object) => unknown }[];
      expect([need?.noun, need?.of(join('L', 'S'))]).toEqual([
        'account',
        [
          { id: 'L', pointer: '/from' },
          { id: 'S', pointer: '/into' },
        ],
      ]);
    }
  });
  it('counts from then on, through others too', () => {
    const state = given(merged('L', 'S', 2), merged('S', 'T', 3), parted('L', 'S', 5)).state();
    const counts = (from: string, month: number) => isMergedInto(state, from, 'T', Date.parse(at(month)));
    expect([2, 3, 4, 5].map((month) => counts('L', month))).toEqual([false, true, true, false]);
    expect([counts('T', 3), counts('S', 3)]).toEqual([false, true]);
  });
});

describe('parting merged accounts', () => {
  it('is recorded where they are merged', () => {
    given(merged('L', 'S')).when('UnmergeAccounts', join('L', 'S')).then({ type: 'AccountsUnmerged', accountid: 'L' });
  });
  it('is refused where they are not, or no longer, or with another', () => {
    given().when('UnmergeAccounts', join('L', 'S')).thenRefused('structure/not-merged');
    given(merged('L', 'S')).when('UnmergeAccounts', join('L', 'T')).thenRefused('structure/not-merged');
    given(merged('L', 'S', 5))
      .when('UnmergeAccounts', join('L', 'S', 2))
      .thenRefused('structure/not-merged');
  });
  it('is refused the second time, at any instant', () => {
    const past = [merged('L', 'S', 1), parted('L', 'S', 3)];
    given(...past)
      .when('UnmergeAccounts', join('L', 'S'))
      .thenRefused('structure/not-merged');
    given(...past)
      .when('UnmergeAccounts', join('L', 'S', 2))
      .thenRefused('structure/not-merged');
  });
});
