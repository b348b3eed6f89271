import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { performance } from '../../projections/performance.js';
import { sumOf } from '../../projections/performance/figures.js';
import { closeOf } from '../../projections/performance/restated.js';
import type { PerformanceState } from '../../projections/performance/state.js';
import { keyOf } from '../../src/app/folder.js';
import { Reads } from '../../src/app/reads.js';
import { quarterName, startOfQuarter, utcCalendar } from '../../src/kernel/instant.js';
import type { Moment } from '../../src/kernel/projection.js';
import { accounts, anyTurns, closeAll, type Known, known } from '../support/knowing.js';

afterAll(closeAll);

const asOf = Date.parse('2027-06-30T23:59:59.999Z');
const now: Moment = { asOf, knownAt: asOf };

interface Line {
  readonly accountId: string;
  readonly quarter: string;
  readonly said: object;
  readonly says: object;
}

/** The plain way: every quarter of every account, folded at its close and now. */
function plainly({ taproot }: Known): Line[] {
  const { moments } = taproot;
  const figures = (id: string, moment: Moment, q: number) => {
    const states = moments.states([performance], moments.subject('account', id, moment.knownAt), moment);
    const { quarters } = states[keyOf(performance)] as PerformanceState;
    const { net, contribution } = sumOf(quarters.filter((one) => one.q === q));
    return { net, contribution };
  };
  const lines: Line[] = [];
  for (const accountId of [...accounts].sort())
    for (let q = 2021 * 4; q < 2027 * 4; q++) {
      const close = closeOf(startOfQuarter(q + 1, utcCalendar), 30);
      const [said, says] = [figures(accountId, { asOf: close, knownAt: close }, q), figures(accountId, now, q)];
      if (said.net !== says.net || said.contribution !== says.contribution)
        lines.push({ accountId, quarter: quarterName(q, utcCalendar), said, says });
    }
  return lines;
}

describe('what was said at a close and what is said now (E2)', () => {
  it('is, by the report, what every quarter says when it is folded at its close, late events and corrections alike', () =>
    fc.assert(
      fc.asyncProperty(anyTurns(40), async (turns) => {
        const log = await known();
        for (const turn of turns) if (turn.kind !== 'merge' && turn.kind !== 'rule') await log.take(turn);
        const query = { from: null, to: null, parameters: {}, filters: {} };
        const { data } = (await new Reads(log.taproot).report('restatements', now, query)) as {
          data: { lines: (Line & { change: { net: number | null; contribution: number | null } })[] };
        };
        const changed = data.lines.filter(({ change }) => change.net !== 0 || change.contribution !== 0);
        expect(changed.map(({ accountId, quarter, said, says }) => ({ accountId, quarter, said, says }))).toEqual(
          plainly(log),
        );
      }),
      { numRuns: 40 },
    ));
});
