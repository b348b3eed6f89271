import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { put, type Shelf, shelfMonths } from '../../../projections/performance/shelf.js';

/** The same, looking through every month each time. */
function plainly(shelf: Shelf<number>, day: number, id: string, value: number): void {
  const month = Math.floor(day / 30.4375);
  shelf[month] = { ...shelf[month], [id]: value };
  for (const old of Object.keys(shelf)) if (Number(old) < month - shelfMonths) delete shelf[old];
}

describe('a shelf of what later events may refer to', () => {
  it('keeps twelve months, however far apart things come, from a state begun or read again', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: -1_500, max: 1_500 }),
        fc.array(fc.oneof(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 800 })), { maxLength: 60 }),
        fc.nat(60),
        (first, gaps, again) => {
          let quick: Shelf<number> = {};
          const plain: Shelf<number> = {};
          let day = first;
          for (const [i, gap] of gaps.entries()) {
            day += gap;
            put(quick, day, `O${i}`, i);
            plainly(plain, day, `O${i}`, i);
            expect(quick).toEqual(plain);
            if (i === again) quick = JSON.parse(JSON.stringify(quick)) as Shelf<number>;
          }
        },
      ),
    ));
});
