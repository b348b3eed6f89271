import type { EvidenceItem } from '../../src/domain/account/standing.events.js';
import type { Stage, TargetStage } from '../../src/domain/vocabulary.js';
import { daysBetween, iso } from '../../src/kernel/instant.js';
import type { Report } from '../../src/kernel/projection.js';
import type { ContactsState } from '../contacts/state.js';
import { changesOf } from '../stages/declared.js';
import { derivedAt } from '../stages/derive.js';
import type { StagesState } from '../stages/state.js';
import { inflationOf } from '../stages/view.js';
import { sum } from '../statistics/figure.js';
import type { TrustState } from '../trust/state.js';
import { byId } from './window.js';

/** How far one account's declared stage stands above what can be proven. */
export interface InflationLine {
  readonly accountId: string;
  /** Place in the league, 1 = most inflated; equal inflation, equal place. Null without a declared stage of the way up. */
  readonly place: number | null;
  readonly declared: Stage;
  readonly since: string | null;
  readonly days: number | null;
  readonly band: TargetStage;
  readonly derived: Stage;
  readonly index: number;
  readonly failedGates: readonly EvidenceItem[];
  /** Declared rank − proven rank. */
  readonly inflation: number | null;
  readonly reason?: 'no-stage-declared' | 'no-rank';
  readonly eventId: string | null;
}

/** The league of declared against proven stages (I1, I2). */
export interface InflationReport {
  readonly league: readonly InflationLine[];
  readonly inflated: number;
  readonly even: number;
  readonly understated: number;
  readonly undecided: number;
  /** Mean ranks by which declarations exceed proof, over accounts with a rank. */
  readonly mean: number | null;
  readonly meanReason?: 'no-stage-declared';
  readonly n: number;
}

/** Who is told to be further than can be proven; of an account its line is kept, without the place. */
export const inflation: Report<InflationReport, Omit<InflationLine, 'place'>> = {
  name: 'inflation',
  version: 1,
  question: { en: 'Whose declared stage is higher than proven?', zh: '哪些客户的申报阶段高于实证?' },
  uses: ['stages', 'contacts', 'trust'],
  extract: ({ accountId, states }, { asOf }, policy) => {
    const state = states.stages as StagesState;
    const beside = { contacts: states.contacts as ContactsState, trust: states.trust as TrustState };
    const { stage, band, index, failedGates } = derivedAt(state, asOf, policy, beside);
    const last = changesOf(state).at(-1);
    const declared = last?.stage ?? 'PROSPECT';
    const apart = inflationOf(declared, { band });
    return {
      accountId,
      declared,
      since: last ? iso(last.at) : null,
      days: last ? daysBetween(last.at, asOf, policy.settings) : null,
      band,
      derived: stage,
      index,
      failedGates,
      inflation: apart,
      ...(apart === null ? { reason: last ? ('no-rank' as const) : ('no-stage-declared' as const) } : {}),
      eventId: last?.eventId ?? null,
    };
  },
  report: (lines) => {
    const ranked = lines.flatMap((line) => (line.inflation === null ? [] : [line.inflation]));
    const league = lines
      .map((line) => {
        const above = ranked.filter((one) => one > (line.inflation ?? 0)).length;
        return { ...line, place: line.inflation === null ? null : above + 1 };
      })
      .sort((a, b) => (a.place ?? lines.length + 1) - (b.place ?? lines.length + 1) || byId(a, b));
    return {
      league,
      inflated: ranked.filter((one) => one > 0).length,
      even: ranked.filter((one) => one === 0).length,
      understated: ranked.filter((one) => one < 0).length,
      undecided: lines.length - ranked.length,
      mean: ranked.length === 0 ? null : sum(ranked) / ranked.length,
      ...(ranked.length === 0 ? { meanReason: 'no-stage-declared' as const } : {}),
      n: ranked.length,
    };
  },
};
