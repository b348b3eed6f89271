import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Fading } from '../../../projections/contacts/fading.js';
import { tally } from '../../../projections/contacts/matrix.js';
import { initial, type Meeting } from '../../../projections/contacts/state.js';
import { interactionKinds } from '../../../src/domain/vocabulary.js';
import { DAY_MS } from '../../../src/kernel/instant.js';
import { defaultPolicy } from '../../../src/kernel/policy.js';

const t = Date.parse('2024-03-31T23:59:59.999Z');
const side = (levels: boolean) =>
  fc
    .tuple(fc.nat(5), fc.nat(14), fc.integer({ min: 1, max: 4 }))
    .map(([person, unit, level]) => (levels ? (person * 16 + unit) * 8 + level : person * 16 + unit));
const meeting = fc
  .tuple(
    fc.nat(520 * 24),
    fc.nat(interactionKinds.length * 2 - 1),
    fc.array(side(false), { minLength: 1, maxLength: 3 }),
    fc.array(side(true), { minLength: 1, maxLength: 3 }),
  )
  .map(([hours, kind, ours, theirs]) => ({
    at: t - 450 * DAY_MS + hours * 3_600_000,
    rest: [kind, ours.length, ...ours, ...theirs],
  }));

describe('what meetings weigh at an instant (C5)', () => {
  it('adds up from what is remembered, while meetings come and old ones go, to the last bit as from the beginning', () =>
    fc.assert(
      fc.property(
        fc.array(meeting, { maxLength: 40 }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.nat(3)), { maxLength: 12 }),
        (told, steps) => {
          const meetings: Meeting[] = told.map(({ at, rest }) => [at, ...rest]).sort((a, b) => a[0]! - b[0]!);
          const state = {
            ...initial(),
            people: Array.from({ length: 6 }, (_, i) => `p${i}`),
            meetings: [] as Meeting[],
          };
          const { scoring } = defaultPolicy;
          const fading = new Fading(t, scoring);
          for (const [come, go] of [...steps, [meetings.length, 0] as const]) {
            state.meetings.splice(0, go);
            state.meetings.push(...meetings.splice(0, come));
            const { weights, functions } = tally(state, t, defaultPolicy, undefined, true);
            const quick = fading.learn(state.meetings).mix(t - scoring.contactDays * DAY_MS);
            expect(quick).toEqual({ weights, functions });
          }
        },
      ),
    ));
});
