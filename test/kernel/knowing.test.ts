import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isKnown, type KnownAt, knownAtBoth } from '../../src/kernel/knowing.js';

const anyKnownAt: fc.Arbitrary<KnownAt> = fc.oneof(
  fc.nat(20),
  fc.record({ position: fc.nat(20) }),
  fc.record({ position: fc.nat(20), by: fc.nat(20) }),
);

describe('what is known', () => {
  it('up to a position and by an instant is what is known at either', () =>
    fc.assert(
      fc.property(anyKnownAt, anyKnownAt, fc.nat(20), fc.nat(20), (a, b, position, known) => {
        const event = { position, known };
        expect(isKnown(event, knownAtBoth(a, b))).toBe(isKnown(event, a) && isKnown(event, b));
      }),
    ));

  it('is as short to say as it can be', () => {
    expect(knownAtBoth(7, 5)).toBe(5);
    expect(knownAtBoth({ position: 7 }, { position: 5 })).toEqual({ position: 5 });
    expect(knownAtBoth({ position: 7 }, 5)).toEqual({ position: 7, by: 5 });
  });
});
