import { dayOf, type Instant, iso, startOfDay } from '../../../src/kernel/instant.js';
import { knownAtBoth } from '../../../src/kernel/knowing.js';
import type { Policy, Settings } from '../../../src/kernel/policy.js';
import type { Moment, ReportAccount, ReportQuery } from '../../../src/kernel/projection.js';
import type { LoyaltyState } from '../../loyalty/state.js';
import { keptAt, reachedAt, spellsOf, tenureOf } from '../../loyalty/tenure.js';
import type { PerformanceState } from '../../performance/state.js';
import { stageNow } from '../../population/stages.js';
import { chanceOf, type FirstSpell, survival } from '../../population/survival.js';
import { sum } from '../../statistics/figure.js';
import { proportionInterval } from '../../statistics/intervals.js';
import { stageSurvival } from '../../statistics/semimarkov.js';
import { byId, whenAsked } from '../window.js';
import { type Moved, movedOf, movesOf } from './moves.js';

/** How far a prediction reaches: 12 months (§3.12.15). */
const horizonDays = 365;
/** Predictions are compared in bands of a fifth. */
const bandsOfOne = 5;

/** What was predicted of an account, and what came. */
interface Scored {
  readonly accountId: string;
  readonly predicted: number;
  readonly kept: boolean;
}

/** Predictions in [from, to), the last band [from, to], against what came, with its 95 % interval. */
export interface CalibrationBand {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly predicted: number | null;
  readonly observed: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly reason: string | null;
}

/** One model, trained on what was known then, scored twelve months later. */
export interface Calibrated {
  readonly model: 'tenure' | 'stages';
  readonly says: string;
  /** Accounts it was trained on, and how many ends it had seen. */
  readonly trained: { readonly n: number; readonly ended: number };
  readonly n: number;
  /** Mean prediction, and the share that was kept. */
  readonly predicted: number | null;
  readonly observed: number | null;
  /** Mean squared error of the predictions, 0 best. */
  readonly brier: number | null;
  readonly reason: string | null;
  readonly bands: readonly CalibrationBand[];
  readonly accounts: readonly Scored[];
  /** Accounts that were ours then and got no prediction, or are not listed any more. */
  readonly unscored: readonly { readonly accountId: string; readonly reason: string }[];
}

/** The past replayed: models trained as of a day with what was known on it, scored at a later day with what is known now. */
export interface Calibration {
  readonly trainedAsOf: string | null;
  readonly scoredAsOf: string | null;
  readonly horizonDays: number;
  readonly reason: string | null;
  readonly models: readonly Calibrated[];
}

type Predicted = { readonly accountId: string; readonly chance: number | null };

/** The day on which training ends, and that of the score. Null: nothing asked; text: why it cannot be. */
function daysOf(query: ReportQuery, settings: Settings): { trained: Instant; scored: Instant } | string | null {
  const trained = whenAsked('calibrate', query.parameters, settings);
  if (trained === undefined) return null;
  const scored = startOfDay(dayOf(trained, settings) + horizonDays + 1, settings) - 1;
  return scored <= query.asOf ? { trained, scored } : 'twelve-months-are-not-over';
}

/** The moment of training: nothing known later than that day enters. */
export function trainingMoment(query: ReportQuery, { settings }: Policy): Moment | null {
  const days = daysOf(query, settings);
  if (days === null || typeof days === 'string') return null;
  return { asOf: days.trained, knownAt: knownAtBoth(query.knownAt, days.trained) };
}

/** What is kept of an account at the moment of training: its first spell, how long it had been ours, and the stage it was in. */
export interface Trained extends Moved {
  readonly spell: FirstSpell | null;
  readonly reached: number | null;
  readonly stage: ReturnType<typeof stageNow>;
}

export function trainedOf(account: ReportAccount, query: ReportQuery, policy: Policy): Trained {
  const { accountId, states } = account;
  const { settings } = policy;
  const { asOf } = trainingMoment(query, policy)!;
  const moment = { asOf, policy, currency: null };
  return {
    ...movedOf(account, asOf, policy),
    spell: survival.extract(states, moment, { of: 'account', id: accountId, currency: null }),
    reached: reachedAt(spellsAt(account, asOf, settings), asOf, settings),
    stage: stageNow(states.loyalty as LoyaltyState, asOf, settings),
  };
}

/** What came of an account by the day of the score: whether it was kept in the spell, and out of EXITED; both null where nothing is scored. */
export interface Outcome {
  readonly accountId: string;
  readonly sameSpell: boolean | null;
  readonly notExited: boolean | null;
}

export function outcomeOf(account: ReportAccount, query: ReportQuery, { settings }: Policy): Outcome {
  const { accountId, states } = account;
  const days = daysOf(query, settings);
  if (days === null || typeof days === 'string') return { accountId, sameSpell: null, notExited: null };
  const { trained, scored } = days;
  const spells = spellsAt(account, scored, settings);
  const spell = spells.findLast(({ fromDay }) => fromDay <= dayOf(trained, settings));
  const { stages } = states.loyalty as LoyaltyState;
  return {
    accountId,
    sameSpell: spell !== undefined && keptAt([spell], scored, settings) === true,
    notExited: stages.findLast(([, time]) => time <= scored)?.[0] !== 'EXITED',
  };
}

function spellsAt({ states }: ReportAccount, at: Instant, settings: Settings) {
  const tenure = tenureOf(states.performance as PerformanceState, states.loyalty as LoyaltyState);
  return spellsOf(tenure, at, settings.churnDays, settings);
}

/** The calibration asked for; null where none is. `before` are the accounts at the moment of training. */
export function calibrationOf(
  outcomes: readonly Outcome[],
  before: readonly Trained[] | null,
  query: ReportQuery,
  policy: Policy,
): Calibration | null {
  const days = daysOf(query, policy.settings);
  if (days === null) return null;
  if (typeof days === 'string' || before === null) {
    const reason = typeof days === 'string' ? days : 'no-accounts-then';
    return { trainedAsOf: null, scoredAsOf: null, horizonDays, reason, models: [] };
  }
  const { trained, scored } = days;
  return {
    trainedAsOf: iso(trained),
    scoredAsOf: iso(scored),
    horizonDays,
    reason: null,
    models: [tenureModel(outcomes, before, trained, policy), stageModelled(outcomes, before, trained, policy)],
  };
}

function tenureModel(
  outcomes: readonly Outcome[],
  before: readonly Trained[],
  trained: Instant,
  policy: Policy,
): Calibrated {
  const members = new Map(
    before.flatMap(({ accountId, spell }) => (spell === null ? [] : [[accountId, spell] as const])),
  );
  const curve = survival.figure(members, { asOf: trained, policy, currency: null });
  const predictions = before.flatMap(({ accountId, reached }): Predicted[] =>
    reached === null ? [] : [{ accountId, chance: chanceOf(curve, reached, horizonDays)?.value ?? null }],
  );
  return scoredOf(
    {
      model: 'tenure',
      says: `still in the same spell ${horizonDays} days later, by Kaplan–Meier given the tenure reached`,
      trained: { n: curve.n, ended: curve.ended },
    },
    predictions,
    new Map(outcomes.map(({ accountId, sameSpell }) => [accountId, sameSpell === true])),
    'fewer-than-20-ended-or-beyond-the-curve',
  );
}

function stageModelled(
  outcomes: readonly Outcome[],
  before: readonly Trained[],
  trained: Instant,
  policy: Policy,
): Calibrated {
  const { model, accounts: n } = movesOf(before, trained, policy);
  const exit = model?.stages.indexOf(model.absorbing) ?? -1;
  const predictions = before.flatMap(({ accountId, stage }): Predicted[] => {
    if (stage === null || stage.stage === 'EXITED') return [];
    return [{ accountId, chance: model === null ? null : (stageSurvival(model, stage, [horizonDays])[0] ?? null) }];
  });
  return scoredOf(
    {
      model: 'stages',
      says: `not EXITED ${horizonDays} days later, by the semi-Markov chain of declared stages`,
      trained: { n, ended: sum(model?.counts.map((line) => line[exit] ?? 0) ?? []) },
    },
    predictions,
    new Map(outcomes.map(({ accountId, notExited }) => [accountId, notExited === true])),
    'no-move-seen',
  );
}

function scoredOf(
  about: Pick<Calibrated, 'model' | 'says' | 'trained'>,
  predictions: readonly Predicted[],
  outcomes: ReadonlyMap<string, boolean>,
  without: string,
): Calibrated {
  const scored: Scored[] = [];
  const unscored: { accountId: string; reason: string }[] = [];
  for (const { accountId, chance } of [...predictions].sort(byId)) {
    const kept = outcomes.get(accountId);
    if (chance === null) unscored.push({ accountId, reason: without });
    else if (kept === undefined) unscored.push({ accountId, reason: 'not-listed-any-more' });
    else scored.push({ accountId, predicted: chance, kept });
  }
  const bands = Array.from({ length: bandsOfOne }, (_, i) => {
    const inside = scored.filter(({ predicted }) => bandNo(predicted) === i);
    return { from: i / bandsOfOne, to: (i + 1) / bandsOfOne, ...comparedOf(inside) };
  });
  const { n, predicted, observed, reason } = comparedOf(scored);
  const errors = scored.map((one) => (one.predicted - (one.kept ? 1 : 0)) ** 2);
  const brier = n === 0 ? null : sum(errors) / n;
  return { ...about, n, predicted, observed, brier, reason, bands, accounts: scored, unscored };
}

const bandNo = (chance: number): number => Math.min(bandsOfOne - 1, Math.max(0, Math.floor(chance * bandsOfOne)));

function comparedOf(scored: readonly Scored[]) {
  const n = scored.length;
  if (n === 0) return { n, predicted: null, observed: null, low: null, high: null, reason: 'nothing-predicted' };
  const kept = scored.filter((one) => one.kept).length;
  const interval = proportionInterval(kept, n);
  return {
    n,
    predicted: sum(scored.map(({ predicted }) => predicted)) / n,
    observed: kept / n,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    reason: null,
  };
}
