import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contacts } from '../../projections/contacts.js';
import { profile } from '../../projections/profile.js';
import { derivedAt } from '../../projections/stages/derive.js';
import { stages } from '../../projections/stages.js';
import { trust } from '../../projections/trust.js';
import type { Event } from '../../src/kernel/event.js';
import { DAY_MS } from '../../src/kernel/instant.js';
import { defaultPolicy } from '../../src/kernel/policy.js';
import type { AnyProjection } from '../../src/kernel/projection.js';
import { casts } from '../support/cast/all.js';
import { event, foldOf, unsayable, viewAt } from '../support/folding.js';
import { profileAt, stagesAt } from '../support/standing.js';

/** Samples of everything that enters an account's History, with the stream each is told on. */
const samples = (['account', 'activity', 'books', 'contact', 'member', 'programme'] as const).flatMap((topic) =>
  Object.entries(casts[topic]!.events).map(([type, data]) => ({ type, data, subject: `${topic}-ACME` })),
);

/** Any of them in any order of time over three years, the same one often more than once. */
const histories: fc.Arbitrary<Event<string, object>[]> = fc
  .array(fc.tuple(fc.constantFrom(...samples), fc.integer({ min: 0, max: 3 * 365 * 24 })), { maxLength: 60 })
  .map((told) =>
    told.map(([{ type, data, subject }, hours]) =>
      event(type, new Date(Date.parse('2025-01-01') + hours * 3_600_000).toISOString(), data, { subject }),
    ),
  );

const ladder = ['DISINTEGRATING', 'EXPLORATORY', 'BASIC', 'COOPERATIVE', 'INTERDEPENDENT', 'INTEGRATED'];

describe('where the relationship stands, whatever happened in whatever order', () => {
  const asOf = '2027-12-31';
  it('says only what JSON can say', () => {
    fc.assert(
      fc.property(histories, (events) => {
        for (const view of [stagesAt(events, asOf), viewAt(trust, events, asOf), profileAt(events, asOf)])
          expect(unsayable(view)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
  it('goes on from a state that went through JSON as if it had not', () => {
    fc.assert(
      fc.property(histories, fc.nat(60), (events, cut) => {
        const ordered = [...events].sort((a, b) => a.time - b.time || a.position - b.position);
        for (const projection of [stages, trust, profile] as readonly AnyProjection[]) {
          const half = JSON.parse(JSON.stringify(foldOf(projection, ordered.slice(0, cut))));
          expect(foldOf(projection, ordered.slice(cut), { from: half })).toEqual(foldOf(projection, ordered));
        }
      }),
      { numRuns: 50 },
    );
  });
  it('confirms the lowest stage that was so on each of thirty day-ends, each folded for itself', () => {
    const rank = (stage: string) => ladder.indexOf(stage);
    fc.assert(
      fc.property(histories, fc.integer({ min: 0, max: 1_100 }), (events, day) => {
        const end = Date.parse('2025-01-01') + day * DAY_MS;
        const stageOn = (back: number) => {
          const asOf = new Date(end - back * DAY_MS - 1).toISOString();
          return derivedAt(foldOf(stages, events, { asOf }), end - back * DAY_MS - 1, defaultPolicy, {
            contacts: foldOf(contacts, events, { asOf }),
            trust: foldOf(trust, events, { asOf }),
          }).stage;
        };
        const lowest = Array.from({ length: 30 }, (_, back) => rank(stageOn(back)));
        const { confirmed } = stagesAt(events, new Date(end - 1).toISOString()).derived;
        expect(rank(confirmed)).toBe(Math.min(...lowest));
      }),
      { numRuns: 100 },
    );
  });
});
