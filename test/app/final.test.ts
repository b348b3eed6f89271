import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Reads } from '../../src/app/reads.js';
import { projections } from '../../projections/registry.js';
import type { Moment } from '../../src/kernel/projection.js';
import { recordedLast } from '../../src/app/rules.js';
import { anyTurns, closeAll, type Known, known } from '../support/knowing.js';
import { everything } from '../support/figures.js';

afterAll(closeAll);

/** Every answer at a moment, and the rows of every projection; without how far the log is meanwhile. */
async function all({ taproot }: Known, moment: Moment): Promise<Record<string, string>> {
  const reads = new Reads(taproot);
  const rows = projections.filter((one) => one.rows).map(({ name }) => [`rows ${name}`, [...reads.rows(name, moment)]]);
  const text = (value: unknown): string =>
    JSON.stringify(value, (name, inner: unknown) => (name === 'position' ? undefined : inner));
  const answers = [...(await everything(taproot, moment)), ...(rows as [string, object][])];
  return Object.fromEntries(answers.map(([name, value]) => [name, text(value)]));
}

describe('what was known is known for ever (capability 1)', () => {
  it('every view, report and row known at a position or an instant stays as it was, whatever is told and taken in later', () =>
    fc.assert(
      fc.asyncProperty(anyTurns(20), anyTurns(20), async (earlier, later) => {
        const log = await known();
        for (const turn of earlier) await log.take(turn);
        const asOf = Date.parse('2024-12-31T00:00:00.000Z');
        const { reader } = log.taproot.moments;
        const moments = [{ position: reader.head() }, recordedLast(reader)].map((knownAt) => ({ asOf, knownAt }));
        const before = [await all(log, moments[0]!), await all(log, moments[1]!)];
        for (const turn of later) await log.take(turn.kind === 'tell' ? { ...turn, knownAt: null } : turn);
        for (const [i, moment] of moments.entries()) {
          const after = await all(log, moment);
          const changed = Object.keys({ ...before[i], ...after }).filter((name) => before[i]![name] !== after[name]);
          expect(changed.map((name) => [name, before[i]![name], after[name]])).toEqual([]);
        }
      }),
      { numRuns: 6 },
    ));
});
