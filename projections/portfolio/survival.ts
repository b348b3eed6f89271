import type { Report } from '../../src/kernel/projection.js';
import type { LoyaltyState } from '../loyalty/state.js';
import { firstSpell, spellsOf, tenureOf, wonBy } from '../loyalty/tenure.js';
import type { PerformanceState } from '../performance/state.js';
import { type LogRank, logRank, type Spell } from '../statistics/survival.js';
import { type CurveView, curveOf } from './curve.js';
import {
  type Calibration,
  calibrationOf,
  type Outcome,
  outcomeOf,
  type Trained,
  trainedOf,
  trainingMoment,
} from './survival/calibration.js';
import { type Moved, movedOf, type StagesShown, stagesShown } from './survival/moves.js';

/** Accounts won by one way of selling. */
export interface ApproachCurve extends CurveView {
  /** Null: no acquisition that was won names its approach. */
  readonly approach: string | null;
}

/** How long accounts stay, by how they were won (H3, H6). */
export interface SurvivalReport {
  readonly all: CurveView;
  readonly groups: readonly ApproachCurve[];
  /** Whether the named groups survive alike. */
  readonly logRank: LogRank & { readonly approaches: readonly string[] };
  /** How accounts move between declared stages. */
  readonly stages: StagesShown;
  /** `?calibrate=`: what the models said twelve months before, against what came. */
  readonly calibration: Calibration | null;
  readonly calibrationReason: string | null;
}

/** What is kept of an account: its first spell and how it was won, its declared stages, and whether predictions of it came true. */
interface Lasting extends Moved, Outcome {
  readonly first: { readonly approach: string | null; readonly spell: Spell } | null;
}

/** Survival of first spells by selling approach, with the log-rank test; moves between stages; and how well the past foretold what came. */
export const survival: Report<SurvivalReport, Lasting, Trained> = {
  name: 'survival',
  version: 2,
  question: { en: 'Do accounts won by hunting stay as long as others?', zh: '猎取来的客户留得一样久吗?' },
  uses: ['performance', 'loyalty'],
  parameters: {
    calibrate: 'a day at least 365 days ago: models are trained with what was known on it, and scored 365 days later',
  },
  before: trainingMoment,
  earlier: trainedOf,
  extract: (account, query, policy) => {
    const { asOf } = query;
    const { settings } = policy;
    const loyalty = account.states.loyalty as LoyaltyState;
    const tenure = tenureOf(account.states.performance as PerformanceState, loyalty);
    const spell = firstSpell(spellsOf(tenure, asOf, settings.churnDays, settings), asOf, settings);
    return {
      ...movedOf(account, asOf, policy),
      ...outcomeOf(account, query, policy),
      first: spell === null ? null : { approach: wonBy(loyalty), spell },
    };
  },
  report: (told, query, policy, { before }) => {
    const { asOf } = query;
    const { settings } = policy;
    const calibration = calibrationOf(told, before, query, policy);
    const firsts = told.flatMap(({ first }) => first ?? []);
    const names = [...new Set(firsts.map(({ approach }) => approach))].sort((a, b) =>
      (a ?? '~') < (b ?? '~') ? -1 : 1,
    );
    const spells = (name: string | null): Spell[] =>
      firsts.filter(({ approach }) => approach === name).map(({ spell }) => spell);
    const named = names.filter((name) => name !== null);
    return {
      all: curveOf(
        firsts.map(({ spell }) => spell),
        settings.churnDays,
      ),
      groups: names.map((approach) => ({ approach, ...curveOf(spells(approach), settings.churnDays) })),
      logRank: { ...logRank(named.map(spells)), approaches: named },
      stages: stagesShown(told, asOf, policy),
      calibration,
      calibrationReason: calibration === null ? 'not-asked' : null,
    };
  },
};
