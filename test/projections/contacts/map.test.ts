import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mapAt, sizesAt } from '../../../projections/contacts/people.js';
import { initial } from '../../../projections/contacts/state.js';
import { unitFunctions } from '../../../src/domain/vocabulary.js';

const until = fc.oneof(fc.constant(null), fc.nat(40));
const unit = fc.constantFrom(...unitFunctions);
const spell = fc.tuple(fc.nat(30), until).map(([from, to]) => ({ from, until: to, eventId: 'e' }));
const contact = fc
  .tuple(fc.array(spell, { maxLength: 3 }), fc.array(fc.tuple(fc.nat(30), unit, fc.nat(4)), { maxLength: 3 }))
  .map(([spells, places]) => ({
    spells,
    places: places.map(([from, name, seniority]) => ({ from, function: name, seniority })),
    roles: {},
    lastMet: null,
  }));
const assigned = fc.tuple(spell, unit).map(([one, name]) => ({
  ...one,
  memberId: 'm',
  role: 'KAM',
  function: name,
  seniority: 2,
}));

describe('how many functions the map has (C5)', () => {
  it('is the size of the map of each side, at any instant', () =>
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ minLength: 1, maxLength: 3 }), contact, { maxKeys: 6 }),
        fc.dictionary(fc.string({ minLength: 1, maxLength: 3 }), assigned, { maxKeys: 6 }),
        fc.nat(45),
        (contacts, assignments, t) => {
          const state = { ...initial(), contacts, assignments };
          const { ours, theirs } = mapAt(state, t);
          expect(sizesAt(state, t)).toEqual({ ours: ours.size, theirs: theirs.size });
        },
      ),
    ));
});
