import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Moments } from '../../src/app/moments.js';
import { NEVER } from '../../src/kernel/instant.js';
import { anyTurns, closeAll, freshViews, known, recorded, statesAt } from '../support/knowing.js';

afterAll(closeAll);

const moment = fc.record({
  asOf: fc.integer({ min: 0, max: 1_200 }),
  known: fc.integer({ min: -400, max: 2_000 }),
  how: fc.constantFrom('instant', 'position', 'all'),
});

describe('a state at any moment (capability 1)', () => {
  it('is the same with what is stored as without, on both clocks, however it was told and taken in', () =>
    fc.assert(
      fc.asyncProperty(anyTurns(), fc.array(moment, { minLength: 6, maxLength: 6 }), async (turns, asked) => {
        const log = await known();
        for (const turn of turns) await log.take(turn);
        const { reader } = log.taproot.moments;
        const [stored, bare] = [new Moments(reader, log.views), new Moments(reader, freshViews())];
        const day = 86_400_000;
        const check = () => {
          for (const { asOf, known: at, how } of asked) {
            const knownAt =
              how === 'position'
                ? { position: Math.max(0, at) % (reader.head() + 1) }
                : how === 'all'
                  ? NEVER
                  : recorded + at * day;
            const when = { asOf: Date.parse('2023-01-01') + asOf * day, knownAt };
            const [a, b] = [statesAt(stored, when), statesAt(bare, when)]; for (const k of Object.keys(b)) if (!k.endsWith(' all') && a[k] !== b[k]) throw new Error(`${k} ${JSON.stringify(when)}\nSTORED ${a[k]}\nBARE ${b[k]}`);
          }
        };
        check();
        await log.projector.catchUp();
        check();
      }),
      { numRuns: 600, interruptAfterTimeLimit: 240000 },
    ));
});
