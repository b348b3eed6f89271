import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { explain } from '../../src/app/explain.js';
import { everies, series } from '../../src/app/series.js';
import { figureAt, figuresIn } from '../../src/kernel/figures.js';
import { NEVER } from '../../src/kernel/instant.js';
import { accounts, anyTurns, closeAll, known } from '../support/knowing.js';

afterAll(closeAll);

const day = 86_400_000;
const first = Date.parse('2023-01-01T00:00:00.000Z');
const views = ['performance', 'contacts', 'trust', 'profile'];
const place = fc.record({
  from: fc.integer({ min: -50, max: 1_000 }),
  long: fc.integer({ min: 0, max: 600 }),
  known: fc.option(fc.nat()),
  pick: fc.nat(),
});

/** Whether two figures are the same: whole ones exactly, others to 1e-9 of the larger. */
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

describe('a figure of a random history (capability 3)', () => {
  it('is explained from any moment to any other: each term begins where the last one ended, and they lead to the view', () =>
    fc.assert(
      fc.asyncProperty(anyTurns(), fc.array(place, { minLength: 4, maxLength: 4 }), async (turns, places) => {
        const log = await known();
        for (const turn of turns) await log.take(turn);
        const { moments } = log.taproot;
        for (const { from, long, known: at, pick } of places) {
          const knownAt = at === null ? NEVER : { position: 9 + (at % (moments.reader.head() - 8)) };
          const moment = { asOf: first + (from + long) * day, knownAt };
          const [view, id] = [views[pick % views.length]!, accounts[pick % 3]!];
          const seen = moments.view(view, id, moment);
          const figures = [...figuresIn(seen)].filter(([, value]) => typeof value === 'number');
          const [figure] = figures[pick % Math.max(1, figures.length)] ?? ['/nothing'];
          if (figure === '/nothing') continue;
          const { from: start, to, terms } = explain(moments, view, id, figure, moment, first + from * day);
          expect([view, figure, to.value]).toEqual([view, figure, figureAt(JSON.parse(JSON.stringify(seen)), figure)]);
          const began = moments.view(view, id, { ...moment, asOf: first + from * day });
          expect([view, figure, start.value]).toEqual([view, figure, figureAt(began, figure) ?? null]);
          let value = start.value;
          for (const term of terms) {
            expect([view, figure, term.before]).toEqual([view, figure, value]);
            if (term.delta !== null) expect(near(Number(term.before) + term.delta, Number(term.after))).toBe(true);
            value = term.after;
          }
          expect([view, figure, value]).toEqual([view, figure, to.value]);
        }
      }),
      { numRuns: 40 },
    ));

  it('is at every point of a series what the view is at that moment', () =>
    fc.assert(
      fc.asyncProperty(anyTurns(), fc.array(place, { minLength: 2, maxLength: 2 }), async (turns, places) => {
        const log = await known();
        for (const turn of turns) await log.take(turn);
        const { moments } = log.taproot;
        for (const { from, long, pick } of places) {
          const moment = { asOf: first + (from + long) * day, knownAt: NEVER };
          const id = accounts[pick % 3]!;
          const every = everies[2 + (pick % 3)]!;
          for (const { asOf, value } of series(
            moments,
            'performance',
            id,
            '/total/net',
            every,
            first + from * day,
            moment,
          )) {
            const then = moments.view('performance', id, { ...moment, asOf: Date.parse(asOf) });
            expect([asOf, value]).toEqual([asOf, figureAt(then, '/total/net') ?? null]);
          }
        }
      }),
      { numRuns: 20 },
    ));
});
