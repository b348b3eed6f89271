import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Reads } from '../../src/app/reads.js';
import { projections } from '../../projections/registry.js';
import type { Moment } from '../../src/kernel/projection.js';
import { recordedLast } from '../../src/app/rules.js';
import { asked } from '../support/asked.js';
import { everything } from '../support/figures.js';
import { anyTurns, closeAll, dayAt, type Known, known as begun, type Turn } from '../support/knowing.js';
import { anyTelling } from '../support/telling-more.js';

afterAll(closeAll);

/** Every answer at a moment, however it is asked for, and the rows of every projection; without how far the log is meanwhile. */
async function all({ taproot }: Known, moment: Moment, rulesAt: number): Promise<Record<string, string>> {
  const reads = new Reads(taproot);
  const rows = projections.filter((one) => one.rows).map(({ name }) => [`rows ${name}`, [...reads.rows(name, moment)]]);
  const text = (value: unknown): string =>
    JSON.stringify(value, (name, inner: unknown) => (name === 'position' ? undefined : inner));
  const plain: [string, unknown][] = [...(await everything(taproot, moment)), ...(rows as [string, object][])];
  const answers = [...plain, ...(await asked(taproot, moment, rulesAt))];
  return Object.fromEntries(answers.map(([name, value]) => [name, text(value)]));
}

/**
 * Tells turns and looks; tells others, and looks again at what was known then: by a position, and by an instant. An import may claim
 * that something was known before, which by instant it then was: with such claims, only by position.
 */
async function stays(earlier: readonly Turn[], later: readonly Turn[], claims: boolean, day: number): Promise<void> {
  const log = await begun();
  for (const turn of earlier) await log.take(turn);
  const asOf = Date.parse(dayAt(day));
  const { reader } = log.taproot.moments;
  const head = reader.head();
  const known = claims ? [{ position: head }] : [{ position: head }, recordedLast(reader)];
  const moments = known.map((knownAt) => ({ asOf, knownAt }));
  const rulesAt = Math.floor(head / 2);
  const before: Record<string, string>[] = [];
  for (const moment of moments) before.push(await all(log, moment, rulesAt));
  for (const turn of later) await log.take(claims || turn.kind !== 'tell' ? turn : { ...turn, knownAt: null });
  for (const [i, moment] of moments.entries()) {
    const after = await all(log, moment, rulesAt);
    const changed = Object.keys({ ...before[i], ...after }).filter((name) => before[i]![name] !== after[name]);
    expect(changed.map((name) => [i, name, before[i]![name], after[name]])).toEqual([]);
  }
}

describe('what was known is known for ever (capability 1)', () => {
  it('every answer known at a position or an instant stays as it was, whatever is told and taken in later', () =>
    fc.assert(
      fc.asyncProperty(anyTurns(20), anyTurns(20), fc.boolean(), async (earlier, later, claims) =>
        stays(earlier, later, claims, 730),
      ),
      { numRuns: 4 },
    ));

  it('in histories of everything that can be told, on any day', () =>
    fc.assert(
      fc.asyncProperty(
        anyTurns(40, anyTelling(40)),
        anyTurns(40, anyTelling(40)),
        fc.boolean(),
        fc.integer({ min: -300, max: 1_500 }),
        stays,
      ),
      { numRuns: 4 },
    ));
});
