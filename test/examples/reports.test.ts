import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import adventureworks from '../../examples/adventureworks.js';
import maven from '../../examples/maven-crm.js';
import type { FunnelReport } from '../../projections/portfolio/funnel.js';
import type { LifetimeReport } from '../../projections/portfolio/lifetime.js';
import type { RetentionReport } from '../../projections/portfolio/retention.js';
import type { RfmReport } from '../../projections/portfolio/rfm.js';
import type { SurvivalReport } from '../../projections/portfolio/survival.js';
import type { WhaleReport } from '../../projections/portfolio/whale.js';
import { Reads } from '../../src/app/reads.js';
import type { Taproot } from '../../src/app/taproot.js';
import { hasData, importOf, sharedData } from '../support/imports.js';
import { reportOn } from '../support/reported.js';
import { freshDirectory, openIn } from '../support/service.js';

const published = (name: string) =>
  JSON.parse(readFileSync(join(sharedData, name, 'golden.json'), 'utf8')) as Record<string, unknown>;
const files = (name: string, ...all: readonly string[]) => all.map((file) => join(sharedData, name, file));

(hasData('adventureworks_reseller') ? describe : describe.skip)('reports on AdventureWorks', () => {
  let taproot: Taproot;
  let reads: Reads;
  beforeAll(async () => {
    taproot = await openIn(freshDirectory());
    reads = new Reads(taproot);
    const all = files('adventureworks_reseller', 'resellers.csv', 'order_lines.csv.gz');
    await importOf(taproot, adventureworks as never, all);
  }, 120_000);
  afterAll(() => taproot.close());
  const at = '2013-11-30';

  it('335 of 635 resellers bring less than nothing, and volume goes with less profit', async () => {
    const whale = await reportOn<WhaleReport>(reads, 'whale', at);
    const golden = published('adventureworks_reseller');
    expect(whale).toMatchObject({
      n: golden.resellers_with_orders,
      belowZero: golden.resellers_with_negative_gross_profit,
      costed: true,
      invoicesWithoutCogs: 0,
      total: 47_048_205,
      peak: 264_354_295,
      peakAt: 300,
      topFifth: 127,
      largestVolume: { accountId: 'AW-697', contributionRank: 3 },
    });
    expect(whale.peakRatio).toBeCloseTo(5.618796615, 9);
    expect(whale.topFifthShare).toBeCloseTo(5.4523187654, 9);
    expect(whale.area).toBeCloseTo(4.3541281734, 9);
    expect(whale.volumeProfitSpearman).toBeCloseTo(-0.158597153853, 11);
    expect(whale.effectiveCustomers).toBeCloseTo(221.0424073974, 8);
    expect(whale.accounts.at(-1)).toMatchObject({ accountId: 'AW-599', contribution: -7_331_555 });
  });

  it('what is kept of a year stands beside the cohorts by quarter', async () => {
    const kept = await reportOn<RetentionReport>(reads, 'retention', at);
    expect(kept).toMatchObject({
      window: { from: '2012-12-01', to: '2013-12-01', days: 365 },
      n: 365,
      start: 2_792_167_073,
      churn: 527_189_685,
      contraction: 511_119_668,
      expansion: 382_988_453,
    });
    expect(kept.logo).toBeCloseTo(0.7643835616, 9);
    expect(kept.gross).toBeCloseTo(0.6281349483, 9);
    expect(kept.net).toBeCloseTo(0.765300255, 9);
    expect(kept.cohorts[0]).toEqual({
      cohort: '2010-Q4',
      size: 38,
      kept: [38, 38, 38, 38, 37, 38, 38, 29, 30, 30, 31, 26, null],
    });
    expect(kept.cohorts.reduce((sum, { size }) => sum + size, 0)).toBe(635);
  });

  it('156 of 635 ended once, the first after a year without an order', async () => {
    const { all, logRank } = await reportOn<SurvivalReport>(reads, 'survival', at);
    expect(all).toMatchObject({ n: 635, events: 156, median: null });
    expect(all.times[0]).toBe(365);
    expect(all.survival[0]).toBeCloseTo(0.9579439252, 9);
    expect(logRank).toMatchObject({ p: null, reason: 'fewer-than-two-groups' });
  });

  it('quarterly buyers differ little in how often they buy', async () => {
    const { n, cuts, accounts } = await reportOn<RfmReport>(reads, 'rfm', at);
    expect(n).toBe(493);
    expect(cuts!.frequency).toEqual([
      { score: 1, from: 1, to: 3 },
      { score: 3, from: 4, to: 4 },
      { score: 5, from: 5, to: 7 },
    ]);
    expect(accounts[0]).toMatchObject({ accountId: 'AW-10', recencyDays: 1, frequency: 4, cell: '535' });
  });

  it('buying by the calendar has no peak that a model of chance could be fitted to', async () => {
    const { customers, repeaters, models } = await reportOn<LifetimeReport>(reads, 'lifetime', at);
    expect({ customers, repeaters }).toEqual({ customers: 635, repeaters: 605 });
    expect(models.slice(0, 3).map(({ reason }) => reason)).toEqual(Array(3).fill('not-converged'));
    expect(models[3]).toMatchObject({ model: 'Gamma-Gamma', customers: 605, parameters: { p: expect.any(Number) } });
  });
});

(hasData('maven_crm') ? describe : describe.skip)('reports on Maven CRM', () => {
  let taproot: Taproot;
  let reads: Reads;
  beforeAll(async () => {
    taproot = await openIn(freshDirectory());
    reads = new Reads(taproot);
    await importOf(
      taproot,
      maven as never,
      files('maven_crm', 'accounts.csv', 'sales_teams.csv', 'sales_pipeline.csv'),
    );
  }, 120_000);
  afterAll(() => taproot.close());

  it('wins 4,238 of 6,711 decided pursuits, half of all within 57 days', async () => {
    const funnel = await reportOn<FunnelReport>(reads, 'funnel', '2017-12-31');
    const golden = published('maven_crm') as { by_stage: { Won: number; Lost: number }; won_value: string };
    const { Won: won, Lost: lost } = golden.by_stage;
    expect(funnel.winRate).toMatchObject({ won, lost, n: 6_711 });
    expect(funnel.winRate.value).toBeCloseTo(0.63150052, 8);
    expect(funnel.stages.find(({ stage }) => stage === 'WON')).toMatchObject({
      pursuits: won,
      value: Number(golden.won_value) * 100,
    });
    expect(funnel.stages.find(({ stage }) => stage === 'OPEN')).toMatchObject({ pursuits: 501 });
    expect(funnel.daysToClose).toEqual({ medianDays: 57, plainMedianDays: 45, n: 7_212, ended: 6_711 });
  });

  it('says why there is no curve: nobody was invoiced', async () => {
    const whale = await reportOn<WhaleReport>(reads, 'whale', '2017-12-31');
    expect(whale).toMatchObject({ n: 0, peakRatio: null, reason: 'no-accounts' });
    const kept = await reportOn<RetentionReport>(reads, 'retention', '2017-12-31');
    expect(kept).toMatchObject({ logo: null, net: null, reason: 'no-opening-accounts' });
  });
});
