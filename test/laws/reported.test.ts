import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { reports } from '../../projections/registry.js';
import { Accounts } from '../../src/app/accounts.js';
import { Extracting } from '../../src/app/extracting.js';
import { Moments } from '../../src/app/moments.js';
import type { FoldPool } from '../../src/app/pool.js';
import { Portfolio } from '../../src/app/portfolio.js';
import type { Taproot } from '../../src/app/taproot.js';
import type { Moment } from '../../src/kernel/projection.js';
import { anyTurns, closeAll, dayAt, freshViews, known } from '../support/knowing.js';

// a thread runs what was built, so these threads are the built ones
const built = '../../dist/src';
const { FoldPool: BuiltPool } = (await import(`${built}/app/pool.js`)) as typeof import('../../src/app/pool.js');

const pools: FoldPool[] = [];
afterAll(async () => {
  for (const pool of pools) await pool.close();
  await closeAll();
});

/** Reports whose extracts threads make, however few accounts there are; what the projector stored serves them. */
function byThreads({ directory, moments: { reader } }: Taproot): Portfolio {
  const moments = new Moments(reader, freshViews());
  const pool = new BuiltPool(directory, 2);
  pools.push(pool);
  const extracting = new Extracting(moments, pool, { accounts: 0, events: 0 });
  return new Portfolio(moments, new Accounts(reader, moments.structures), extracting);
}

/** The plain way: every account folded from zero, in this thread. */
function plainly({ moments: { reader } }: Taproot): Portfolio {
  const moments = new Moments(reader, freshViews());
  return new Portfolio(moments, new Accounts(reader, moments.structures), new Extracting(moments));
}

const further: Readonly<Record<string, readonly Record<string, string>[]>> = {
  matrix: [{ with: '2023-06-30' }],
  outlook: [{ year: '2025' }, { year: 'soon' }],
  survival: [{ calibrate: '2023-06-30' }],
  restatements: [{ saidAsOf: '2023-12-31' }, { saidAsOf: '2024-03-01T12:00:00Z' }],
  findings: [{ filters: 'some' }],
};

/** Every answer of every report, or how it was refused. */
async function answers(portfolio: Portfolio, moment: Moment): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (const { name } of reports)
    for (const parameters of [{}, ...(further[name] ?? [])]) {
      const query = { from: null, to: null, parameters, takes: () => true, asked: {} };
      const asked = await portfolio.report(name, moment, query).catch(({ code, message, errors }) => {
        if (code === undefined) throw new Error(message);
        return { code, message, errors };
      });
      all[`${name} ${JSON.stringify(parameters)}`] = JSON.parse(JSON.stringify(asked));
    }
  return all;
}

const moments: readonly Moment[] = [
  { asOf: Date.parse(dayAt(400)), knownAt: Date.parse('2199-01-01') },
  { asOf: Date.parse(dayAt(700)), knownAt: { position: 30 } },
  { asOf: Date.parse('2199-01-01'), knownAt: Date.parse('2199-01-01') },
];

describe('a report by threads', () => {
  it('is what it is over accounts folded from zero in one thread, refusals included', () =>
    fc.assert(
      fc.asyncProperty(anyTurns(30), async (turns) => {
        const log = await known();
        for (const [i, turn] of turns.entries()) {
          if (i === Math.floor(turns.length / 2)) await log.taproot.projector.level();
          await log.take(turn);
        }
        const threads = byThreads(log.taproot);
        for (const moment of moments)
          expect(await answers(threads, moment)).toEqual(await answers(plainly(log.taproot), moment));
        await pools.pop()!.close();
      }),
      { numRuns: 8 },
    ));
});
