import { projections } from '../../projections/registry.js';
import { Reads } from '../../src/app/reads.js';
import { admin } from '../../src/http/access.js';
import type { Taproot } from '../../src/app/taproot.js';
import { figuresIn } from '../../src/kernel/figures.js';
import type { Moment } from '../../src/kernel/projection.js';
import type { Policy } from '../../src/kernel/policy.js';
import { Refusal } from '../../src/kernel/refusal.js';
import { acme, globex } from './cast/ids.js';
import { umbra } from './telling-more.js';

/** Other rules than those in force: what a posted draft holds. */
const draft = {
  settings: {
    reportingCurrency: 'EUR',
    utcOffsetMin: 0,
    fiscalYearStartMonth: 1,
    discountRate: 0.2,
    wacc: 0.1,
    windowDays: 200,
    churnDays: 100,
    closeDays: 10,
  },
} as Partial<Policy>;

/** What is asked of reports besides, by report: parameters, windows, filters. */
const further: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  restatements: [
    { saidAsOf: '2023-12-31', saidKnownAt: '20' },
    { saidAsOf: '2024-03-01T12:00:00Z', saidKnownAt: '2024-06-30' },
  ],
  survival: [{ calibrate: '2023-12-31' }],
  matrix: [{ with: '2024-03-31' }],
  retention: [{ by: 'designation' }],
  whale: [{}],
  balance: [{ period: '2024' }],
  impact: [{ period: '2024-Q1' }],
  outlook: [{ year: '2026' }],
  findings: [{ code: 'SILENT,ODD_SEQUENCE,UNFILLED' }, { account: acme }],
};

/**
 * Everything that can be asked of a view or a report besides its plain answer: of the group, under other rules, explained, compared, as
 * a series; of a report in a window, of some accounts, under other rules. A refusal is an answer too.
 */
export async function asked(taproot: Taproot, moment: Moment, rulesAt: number): Promise<Map<string, unknown>> {
  const reads = new Reads(taproot);
  const all = new Map<string, unknown>();
  const say = async (name: string, answer: () => unknown): Promise<unknown> => {
    const told = await Promise.resolve()
      .then(answer)
      .catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        return { refused: error.code, message: error.message };
      });
    all.set(name, told);
    return told;
  };
  const earlier = { asOf: moment.asOf - 200 * 86_400_000, knownAt: moment.knownAt };
  for (const { name: view, of, sums } of projections) {
    if (of !== 'account') continue;
    for (const id of [acme, globex, umbra]) {
      const question = { view, id, moment, scope: 'account', members: 'then', asked: {} } as const;
      const plain = await say(`${view} ${id}`, () => reads.view(question));
      await say(`${view} ${id} policy`, () => reads.view({ ...question, asked: { rulesAt } }));
      await say(`${view} ${id} draft`, () => reads.view({ ...question, asked: { draft } }));
      await say(`${view} ${id} compare`, () => reads.compare(question, earlier));
      if (sums)
        for (const members of ['then', 'now'] as const)
          await say(`${view} ${id} group ${members}`, () => reads.view({ ...question, scope: 'group', members }));
      const { data = {} } = plain as { readonly data?: object };
      const figures = [...figuresIn(data)].filter(([, value]) => typeof value === 'number').map(([figure]) => figure);
      for (const figure of [figures[0], figures[Math.floor(figures.length / 2)], figures.at(-1)]) {
        if (figure === undefined) continue;
        await say(`${view} ${id} explain ${figure}`, () => reads.explain(question, figure, null));
        await say(`${view} ${id} explain ${figure} from`, () => reads.explain(question, figure, earlier.asOf));
        await say(`${view} ${id} series ${figure}`, () => reads.series(question, figure, 'quarter', null));
      }
    }
  }
  for (const [report, own] of Object.entries(further))
    for (const parameters of own) {
      const query = { from: null, to: null, parameters, filters: {} };
      const name = `${report} ${JSON.stringify(parameters)}`;
      await say(name, () => reads.report(report, moment, query));
      await say(`${name} window`, () =>
        reads.report(report, moment, { ...query, from: earlier.asOf, to: moment.asOf }),
      );
      await say(`${name} policy`, () => reads.report(report, moment, { ...query, rulesAt }));
      await say(`${name} draft`, () => reads.report(report, moment, { ...query, draft }));
      await say(`${name} some`, () => reads.report(report, moment, { ...query, filters: { type: 'OEM_MAKER' } }));
      await say(`${name} keys`, () => reads.report(report, moment, { ...query, filters: { designated: 'true' } }));
    }
  for (const id of [acme, globex, umbra])
    await say(`timeline ${id}`, () => reads.timeline(id, moment, { order: 'desc', limit: 100, cursor: null }, admin));
  await say('accounts', () => reads.accounts(moment, { filters: {}, limit: 50, cursor: null, sort: 'accountId' }));
  await say('programme', () => reads.programme(moment));
  return all;
}
