import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ordered } from '../../../projections/performance/ordered.js';
import { at, type Day, dayAt, initial } from '../../../projections/performance/state.js';

describe('days with regular orders', () => {
  it('are those whose rows have some, however orders come and are cancelled', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(2), fc.nat(30)), { maxLength: 60 }), (steps) => {
        const state = initial();
        const placed: Day[] = [];
        let day = 19_000;
        for (const [further, comes, which] of steps) {
          day += further;
          const row = dayAt(state, day);
          if (comes > 0) {
            ordered(state, row, comes - 1);
            if (comes === 2) placed.push(row);
          } else if (placed.length > 0) ordered(state, placed.splice(which % placed.length, 1)[0]!, -1);
        }
        expect(state.orderDays).toEqual(state.days.filter((row) => row[at.orders] > 0).map((row) => row[at.day]));
      }),
    ));
});
