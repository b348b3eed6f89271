import { type Calendar, dayOf, iso } from '../../src/kernel/instant.js';
import type { Moment, Report, ReportAccount, ReportQuery } from '../../src/kernel/projection.js';
import type { Quadrant } from '../criteria/axes.js';
import type { CriteriaFigures } from '../criteria.js';
import { missingRatesOf, sumsBetween } from '../performance/days.js';
import type { PerformanceState } from '../performance/state.js';
import { byId, whenAsked } from './window.js';

/** Where an account stood. */
export interface Place {
  readonly attractiveness: number | null;
  readonly strength: number | null;
  readonly quadrant: Quadrant | null;
  readonly reason: string | null;
  readonly confirmed: boolean | null;
}

/** One account of the matrix; `from` is where it stood at the other date, null where it was not known then. */
export interface MatrixLine extends Place {
  readonly accountId: string;
  readonly designated: boolean;
  /** Net revenue in the window before the moment. */
  readonly sales: number | null;
  readonly salesReason: string | null;
  readonly availableSales3y: number | null;
  readonly availableSales3yReason: string | null;
  readonly from: Place | null;
  readonly moved: boolean;
  readonly deltaAttractiveness: number | null;
  readonly deltaStrength: number | null;
}

/** Attractiveness against relative strength (F8). */
export interface MatrixReport {
  readonly comparedWith: string | null;
  readonly accounts: readonly MatrixLine[];
  readonly quadrants: Readonly<Record<Quadrant | 'NONE', number>>;
  readonly thresholds: { readonly attractiveness: number; readonly strength: number; readonly scoring: string };
}

/** The portfolio matrix with the movement between two dates; of an account its line is kept, of the other date its place. */
export const matrix: Report<MatrixReport, MatrixLine, Place> = {
  name: 'matrix',
  version: 1,
  question: { en: 'Where does each account stand, and which way does it move?', zh: '每个客户处于何处,向何处移动?' },
  uses: ['criteria', 'performance'],
  views: ['criteria'],
  parameters: { with: 'the other date of the comparison; by default `from`' },
  before: (query, { settings }) => otherMoment(query, settings),
  earlier: placeOf,
  extract: (account, { asOf }, { settings }) => {
    const view = account.views.criteria as CriteriaFigures;
    const performance = account.states.performance as PerformanceState;
    const today = dayOf(asOf, settings);
    const from = today - settings.windowDays + 1;
    const missing = missingRatesOf(performance, from, today + 1);
    const now = placeOf(account);
    const was = (account.was as Place | undefined) ?? null;
    return {
      accountId: account.accountId,
      ...now,
      designated: view.designated,
      sales: missing.length > 0 ? null : sumsBetween(performance, from, today + 1).net,
      salesReason: missing.length > 0 ? `no-rate ${missing.join(', ')}` : null,
      availableSales3y: view.availableSales3y,
      availableSales3yReason: view.availableSales3yReason,
      from: was,
      moved: was !== null && was.quadrant !== now.quadrant,
      deltaAttractiveness: minus(now.attractiveness, was?.attractiveness),
      deltaStrength: minus(now.strength, was?.strength),
    };
  },
  report: (told, query, { scoring, settings }, { before }) => {
    const lines = [...told].sort(byId);
    const quadrants = { STRATEGIC: 0, STAR: 0, STATUS: 0, STREAMLINE: 0, NONE: 0 };
    for (const { quadrant } of lines) quadrants[quadrant ?? 'NONE']++;
    const compared = otherMoment(query, settings);
    return {
      comparedWith: before && compared ? iso(compared.asOf) : null,
      accounts: lines,
      quadrants,
      thresholds: {
        attractiveness: scoring.attractivenessHigh,
        strength: scoring.strengthHigh,
        scoring: scoring.version,
      },
    };
  },
};

/** The moment compared with: the end of `with`, else the instant `from`; null where neither is asked. */
function otherMoment({ parameters, from, knownAt }: ReportQuery, calendar: Calendar): Moment | null {
  const asOf = whenAsked('with', parameters, calendar) ?? from;
  return asOf === null ? null : { asOf, knownAt };
}

function placeOf({ views }: ReportAccount): Place {
  const { attractiveness, strength, quadrant, quadrantReason, confirmed } = views.criteria as CriteriaFigures;
  return {
    attractiveness: attractiveness.value,
    strength: strength.value,
    quadrant,
    reason: quadrantReason,
    confirmed,
  };
}

const minus = (now: number | null, was: number | null | undefined): number | null =>
  now === null || was === null || was === undefined ? null : now - was;
