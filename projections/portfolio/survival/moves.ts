import { dayOf, type Instant } from '../../../src/kernel/instant.js';
import type { Policy } from '../../../src/kernel/policy.js';
import type { ReportAccount } from '../../../src/kernel/projection.js';
import { type Declared, type StageMoves, stageMoves, staysOf } from '../../population/stages.js';
import { sum } from '../../statistics/figure.js';
import { medianOf } from '../../statistics/survival.js';

/** What is known of one declared stage: how long stays last, where they lead, and how often to DISINTEGRATING. */
export interface StageLine {
  readonly stage: string;
  /** Stays seen, and how many of them are over. */
  readonly n: number;
  readonly ended: number;
  /** First day on which half of the stays are over, by Kaplan–Meier with open ones censored. */
  readonly medianDays: number | null;
  readonly medianDaysReason: string | null;
  /** Chance of each next stage, the prior of one move included; null where no move was ever seen. */
  readonly next: Readonly<Record<string, number>> | null;
  readonly nextReason: string | null;
  /** Moves to DISINTEGRATING in a year of 365 days in this stage. */
  readonly disintegratingPerYear: number | null;
  readonly disintegratingPerYearReason: string | null;
}

/** How accounts move between declared stages (§3.5.7) [P]. */
export interface StagesShown {
  readonly accounts: number;
  readonly stays: number;
  /** Moves that the prior weighs. */
  readonly kappa: number | null;
  readonly kappaReason: string | null;
  readonly lines: readonly StageLine[];
}

/** What is kept of an account: the stages it declared, in order; null where it declared none. */
export interface Moved {
  readonly accountId: string;
  readonly declared: Declared | null;
}

export function movedOf({ accountId, states }: ReportAccount, asOf: Instant, policy: Policy): Moved {
  const moment = { asOf, policy, currency: null };
  return { accountId, declared: stageMoves.extract(states, moment, { of: 'account', id: accountId, currency: null }) };
}

/** The model of stages that a set of accounts teaches at an instant. */
export function movesOf(told: readonly Moved[], asOf: Instant, policy: Policy): StageMoves {
  const moment = { asOf, policy, currency: null };
  const members = new Map(
    told.flatMap(({ accountId, declared }) => (declared === null ? [] : [[accountId, declared] as const])),
  );
  return stageMoves.figure(members, moment);
}

/** The same as an answer. */
export function stagesShown(told: readonly Moved[], asOf: Instant, policy: Policy): StagesShown {
  const { model, accounts: n, stays } = movesOf(told, asOf, policy);
  if (model === null) return { accounts: n, stays, kappa: null, kappaReason: 'no-stage-declared', lines: [] };
  const today = dayOf(asOf, policy.settings);
  const all = told.flatMap(({ declared }) => (declared === null ? [] : staysOf(declared.stages, today)));
  const breaking = model.stages.indexOf('DISINTEGRATING');
  const lines = model.stages.flatMap((stage, i): StageLine[] => {
    const dwell = model.dwell[i] ?? null;
    if (dwell === null) return [];
    const medianDays = medianOf(dwell);
    const next = model.matrix[i] ?? null;
    const years = sum(all.filter((stay) => stay.stage === stage).map(({ days }) => days)) / 365;
    const hazard = years > 0 && i !== breaking ? model.counts[i]![breaking]! / years : null;
    return [
      {
        stage,
        n: dwell.n,
        ended: dwell.ended,
        medianDays,
        medianDaysReason: medianDays === null ? 'more-than-half-still-there' : null,
        next: next && Object.fromEntries(model.stages.map((name, j) => [name, next[j]!] as const)),
        nextReason: next === null ? 'no-move-seen' : null,
        disintegratingPerYear: hazard,
        disintegratingPerYearReason: hazard !== null ? null : i === breaking ? 'is-disintegrating' : 'no-time-seen',
      },
    ];
  });
  return { accounts: n, stays, kappa: model.kappa, kappaReason: null, lines };
}
