import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Moments } from '../../src/app/moments.js';
import { Views } from '../../src/app/views.js';
import { NEVER } from '../../src/kernel/instant.js';
import { registered } from '../support/scene.js';
import { freshDirectory, openIn } from '../support/service.js';
import { anyTurns, Known, statesAt, umbra } from '../support/knowing.js';
import { beginning, tell } from '../support/telling.js';

const open: { close(): unknown }[] = [];
afterAll(async () => {
  for (const one of open.reverse()) await one.close();
});

const recorded = Date.parse('2024-01-01T00:00:00.000Z');

/** A log with three accounts, and a projector over it that nothing but the test steps. */
async function known(): Promise<Known> {
  const clock = { now: recorded };
  const taproot = await openIn(freshDirectory(), () => clock.now);
  const views = Views.open(freshDirectory());
  open.push(views, taproot);
  await tell(taproot, beginning);
  const log = new Known(taproot, views, clock);
  await log.order('RegisterAccount', registered(umbra, 'EUR', '2022-01-01'));
  await log.order('StartImport', { batchId: 'B', sourceSystem: 'crm', mapping: 'crm.ts', files: [] });
  return log;
}

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
        const [stored, bare] = [new Moments(reader, log.views), new Moments(reader, Views.open(freshDirectory()))];
        open.push(bare.views);
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
            expect(statesAt(stored, when)).toEqual(statesAt(bare, when));
          }
        };
        check();
        await log.projector.catchUp();
        check();
      }),
      { numRuns: 20 },
    ));
});
