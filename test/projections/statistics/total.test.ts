import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as bgnbd from '../../../projections/statistics/bgnbd.js';
import * as concentration from '../../../projections/statistics/concentration.js';
import * as costing from '../../../projections/statistics/costing.js';
import * as distributions from '../../../projections/statistics/distributions.js';
import * as economics from '../../../projections/statistics/economics.js';
import * as entropy from '../../../projections/statistics/entropy.js';
import * as gammagamma from '../../../projections/statistics/gammagamma.js';
import * as intervals from '../../../projections/statistics/intervals.js';
import { lifetimeClv } from '../../../projections/statistics/lifetime-clv.js';
import * as mbgnbd from '../../../projections/statistics/mbgnbd.js';
import * as paretonbd from '../../../projections/statistics/paretonbd.js';
import * as rank from '../../../projections/statistics/rank.js';
import * as sbg from '../../../projections/statistics/sbg.js';
import { stageModel, stageSurvival } from '../../../projections/statistics/semimarkov.js';
import * as special from '../../../projections/statistics/special.js';
import * as survival from '../../../projections/statistics/survival.js';
import * as trend from '../../../projections/statistics/trend.js';
import { whale } from '../../../projections/statistics/whale.js';

/** Any number at all: NaN, infinities, the largest, the smallest, and plain ones. */
const wild = fc.oneof(fc.double(), fc.integer({ min: -3, max: 12 }), fc.double({ min: -2, max: 2 }));
const list = fc.array(wild, { maxLength: 12 });

/** Where in an answer a number is not finite; null when all are. */
function unreal(answer: unknown, path = 'answer'): string | null {
  if (typeof answer === 'number') return Number.isFinite(answer) ? null : `${path} is ${answer}`;
  if (answer === undefined) return `${path} is undefined`;
  if (answer === null || typeof answer !== 'object') return null;
  for (const [key, part] of Object.entries(answer)) {
    const found = unreal(part, `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

type Numbers = readonly number[];
const ofList: Record<string, (values: Numbers, a: number, b: number, c: number) => unknown> = {
  ...Object.fromEntries(
    [concentration.hhi, concentration.effectiveNumber, concentration.gini, concentration.maxShare].map((f) => [
      f.name,
      f,
    ]),
  ),
  busFactor: concentration.busFactor,
  imbalance: (values) => concentration.imbalance(values, [...values].reverse()),
  normalisedEntropy: entropy.normalisedEntropy,
  diamondIndex: (values, a, b) => entropy.diamondIndex([values, [...values].reverse()], a, b),
  midRanks: (values) => rank.midRanks(values),
  median: rank.median,
  pearson: (values) => rank.pearson(values, [...values].reverse()),
  spearman: (values) => rank.spearman(values.slice(0, 7), [...values].reverse().slice(0, 7)),
  quintiles: (values) => rank.quintiles(values, 'low', 1),
  theilSen: (values) => trend.theilSen(values.map((y, x) => ({ x, y }))),
  mannKendall: trend.mannKendall,
  trend: (values, a) => trend.trend(values.map((y, x) => ({ x: x * a, y }))),
  swing: (values, a) => trend.swing(values, a),
  bootstrap: (values) => intervals.bootstrap(values, rank.median, { seed: 1, replicates: 20 }),
  quantile: intervals.quantile,
  coverInterval: (values, a) => intervals.coverInterval(values.map((amount) => ({ amount, chance: a }))),
  kaplanMeier: (values) => survival.kaplanMeier(values.map((time, i) => ({ time, ended: i % 2 === 0 }))),
  logRank: (values) => {
    const spells = values.map((time, i) => ({ time, ended: i % 3 > 0 }));
    return survival.logRank([spells, spells.slice(3)]);
  },
  npv: economics.npv,
  irr: economics.irr,
  jCurve: economics.jCurve,
  payback: economics.payback,
  roi: economics.roi,
  planClv: (values, a) =>
    economics.planClv(
      values.map((contribution) => ({ contribution, survival: 0.5 })),
      a,
    ),
  openingBalance: (values, a, b) =>
    costing.openingBalance(
      values.map((amount) => ({ amount, month: 1, horizonMonths: a })),
      b,
    ),
  capitalCharge: (values, a, b, c) =>
    costing.capitalCharge(
      values.map((amount) => ({ amount, month: 1, horizonMonths: a })),
      b,
      c,
    ),
  tdabc: (values, a, b, c) =>
    costing.tdabc({
      capacityCost: a,
      practicalMinutes: b,
      activities: values.map((count) => ({ count, minutesEach: c })),
    }),
  retention: (values, a) => costing.retention(values.map((now, i) => ({ before: i * a, now }))),
  whale,
  fitSbg: (values) => sbg.fitSbg(values),
  sbgLogLikelihood: (values, a, b) => sbg.sbgLogLikelihood({ alpha: a, beta: b }, values),
  stages: (values, a) => {
    const stays = values.map((days, i) => ({ stage: 'A', days, next: i % 2 > 0 ? 'EXITED' : null }));
    const model = stageModel(stays, { stages: ['A', 'EXITED'], kappa: a });
    return model && [model, stageSurvival(model, { stage: 'A', days: a }, values)];
  },
};

const ofFour: Record<string, (a: number, b: number, c: number, d: number) => unknown> = {
  lgamma: special.lgamma,
  lbeta: special.lbeta,
  hyp2f1: special.hyp2f1,
  betaRegularised: special.betaRegularised,
  gammaUpper: special.gammaUpper,
  normalCdf: distributions.normalCdf,
  normalTwoSided: distributions.normalTwoSided,
  normalQuantile: distributions.normalQuantile,
  studentTwoSided: distributions.studentTwoSided,
  chiSquareUpper: distributions.chiSquareUpper,
  npsInterval: (a, b, n, level) => intervals.npsInterval({ promoters: a, detractors: b, n }, level),
  proportionInterval: intervals.proportionInterval,
  clv: (margin, retention, discount, growth) => economics.clv({ margin, retention, discount, growth }),
  clvNow: (margin, retention, discount, cost) =>
    economics.clv({ margin, retention, discount, cost, firstMargin: 'now' }),
  retentionLift: economics.retentionLift,
  averageLife: economics.averageLife,
  shareBeyondYear: economics.shareBeyondYear,
  capacityRate: costing.capacityRate,
  walletAllocation: costing.walletAllocation,
  reducedShare: costing.reducedShare,
  yearlyGrowth: costing.yearlyGrowth,
  derl: (alpha, beta, n, discount) => sbg.derl({ alpha, beta }, n, discount),
  sbgSurvival: (alpha, beta, t) => sbg.sbgSurvival({ alpha, beta }, t),
  gammaGamma: (p, q, gamma, mean) => gammagamma.gammaGammaExpected({ p, q, gamma }, { x: 2, mean }),
  lifetimeClv: (spend, margin, discount, horizon) =>
    lifetimeClv({ expected: (t) => t, spend, margin, discount, horizon: Math.min(horizon, 60) }),
};

describe('every statistic is total: no NaN, no infinity, whatever comes in', () => {
  it.each(Object.entries(ofList))('%s of any list', (_, f) =>
    fc.assert(fc.property(list, wild, wild, wild, (values, a, b, c) => unreal(f(values, a, b, c)) === null)),
  );

  it.each(Object.entries(ofFour))('%s of any numbers', (_, f) =>
    fc.assert(fc.property(wild, wild, wild, wild, (a, b, c, d) => unreal(f(a, b, c, d)) === null)),
  );

  it('the buying models, of any parameters, customer and time', () =>
    fc.assert(
      fc.property(fc.array(wild, { minLength: 8, maxLength: 8 }), ([r, alpha, a, b, x, tx, T, t]) => {
        const customer = { x: x!, tx: tx!, T: T! };
        const beta = { r: r!, alpha: alpha!, a: a!, b: b! };
        const pareto = { r: r!, alpha: alpha!, s: a!, beta: b! };
        const answers = [
          bgnbd.bgNbdAlive(beta, customer),
          bgnbd.bgNbdExpected(beta, customer, t!),
          bgnbd.bgNbdMean(beta, t!),
          bgnbd.bgNbdProbability(beta, t!, x!),
          bgnbd.bgNbdLogLikelihood(beta, [customer]),
          mbgnbd.mbgNbdAlive(beta, customer),
          mbgnbd.mbgNbdExpected(beta, customer, t!),
          mbgnbd.mbgNbdLogLikelihood(beta, [customer]),
          paretonbd.paretoNbdAlive(pareto, customer),
          paretonbd.paretoNbdExpected(pareto, customer, t!),
          paretonbd.paretoNbdMean(pareto, t!),
          paretonbd.paretoNbdLogLikelihood(pareto, [customer]),
        ];
        expect(unreal(answers)).toBeNull();
      }),
      { numRuns: 300 },
    ));

  it('come to an end where a customer was watched for longer than numbers reach', () => {
    const pareto = { r: 1.6e-229, alpha: 9.6e-72, s: 6.2e-84, beta: 6 };
    const customer = { x: 8e-323, tx: 1.3e-290, T: Number.MAX_VALUE };
    expect(paretonbd.paretoNbdAlive(pareto, customer)).toBeNull();
    expect(paretonbd.paretoNbdLogLikelihood(pareto, [customer])).toBeNull();
  });
});
