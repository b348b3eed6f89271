import { type EvidenceItem, evidenceItems } from '../../src/domain/account/standing.events.js';
import { type Stage, type TargetStage, targetStages } from '../../src/domain/vocabulary.js';
import { dayOf, type Instant, startOfDay } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import { automaticAt, type Beside, contactStructureAt, levelsOf, type Proof, recordedAt } from './proofs.js';
import type { StagesState } from './state.js';
import { type Trigger, triggersAt } from './triggers.js';

/** Levels of the six items. */
export type Levels = Readonly<Record<EvidenceItem, number>>;

/** A band by the index, and what kept it from a higher one. */
export interface Banded {
  readonly band: TargetStage;
  readonly index: number;
  readonly failedGates: readonly EvidenceItem[];
}

/** Day-ends over which a stage must hold to be confirmed (§3.1.4). */
export const confirmedDays = 30;

/** EXPLORATORY 1 … INTEGRATED 5; 0 for every other stage. */
export const rankOf = (stage: Stage): number => targetStages.indexOf(stage as TargetStage) + 1;

/** What a stage asks of single items besides the index (§3.1.3). */
export function gatesOf(stage: Stage): readonly (readonly [item: EvidenceItem, level: number])[] {
  if (stage !== 'INTERDEPENDENT' && stage !== 'INTEGRATED') return [];
  const links = [['contactStructure', 3] as const, ['jointPlanning', 3] as const];
  return stage === 'INTEGRATED' ? [...links, ['exitBarrier', 4]] : links;
}

/** Lowest index of a band. */
export const bandFrom = (stage: TargetStage, { scoring }: Policy): number =>
  stage === 'EXPLORATORY' ? 0 : (scoring.stageBands[stage] ?? 0);

/** The band of six levels: that of their sum, one lower for each stage whose gates fail; EXPLORATORY without any trade. */
export function bandOf(levels: Levels, traded: boolean, policy: Policy): Banded {
  const index = evidenceItems.reduce((sum, item) => sum + levels[item], 0);
  if (!traded) return { band: 'EXPLORATORY', index, failedGates: [] };
  const failedGates = new Set<EvidenceItem>();
  let at = targetStages.findLastIndex((stage) => stage === 'BASIC' || index >= bandFrom(stage, policy));
  for (; at > 1; at--) {
    const failed = gatesOf(targetStages[at]!).filter(([item, level]) => levels[item] < level);
    if (failed.length === 0) break;
    for (const [item] of failed) failedGates.add(item);
  }
  return {
    band: targetStages[Math.max(at, 1)]!,
    index,
    failedGates: evidenceItems.filter((item) => failedGates.has(item)),
  };
}

/** Where the relationship stands by what can be proven at an instant. */
export interface Derived extends Banded {
  readonly stage: Stage;
  readonly proofs: readonly Proof[];
  readonly levels: Levels;
  readonly triggers: readonly Trigger[];
}

/** Whether there had been any trade by an instant. */
export const tradedAt = ({ firstTrade }: StagesState, t: Instant): boolean => firstTrade !== null && firstTrade[0] <= t;

/** Proofs, levels, band and stage at an instant: DISINTEGRATING while a trigger is in force. */
export function derivedAt(state: StagesState, t: Instant, policy: Policy, beside: Beside): Derived {
  const proofs = [
    ...contactStructureAt(state, beside.contacts, t, policy),
    ...automaticAt(state, t, policy, beside),
    ...recordedAt(state, t, policy),
  ];
  const levels = levelsOf(proofs);
  const banded = bandOf(levels, tradedAt(state, t), policy);
  const triggers = triggersAt(state, t, policy, beside);
  return { ...banded, stage: triggers.length > 0 ? 'DISINTEGRATING' : banded.band, proofs, levels, triggers };
}

/**
 * The lowest stage now and at each of the last 30 day-ends (§3.1.4): up after 30 days, down at once. Who met whom is
 * costly to add up, so it is looked at only on days on which it could make a difference.
 */
export function confirmedAt(state: StagesState, t: Instant, policy: Policy, beside: Beside, now: Stage): Stage {
  let lowest = now;
  const { settings } = policy;
  const today = dayOf(t + 1, settings);
  for (let back = 0; back < confirmedDays && rankOf(lowest) > 0; back++) {
    const end = startOfDay(today - back, settings) - 1;
    if (triggersAt(state, end, policy, beside).length > 0) return 'DISINTEGRATING';
    if (rankOf(lowest) === 1) continue;
    const proofs = [...automaticAt(state, end, policy, beside), ...recordedAt(state, end, policy)];
    const traded = tradedAt(state, end);
    const least = bandOf(levelsOf(proofs), traded, policy).band;
    if (rankOf(least) >= rankOf(lowest)) continue;
    const met = contactStructureAt(state, beside.contacts, end, policy);
    const { band } = bandOf(levelsOf([...met, ...proofs]), traded, policy);
    if (rankOf(band) < rankOf(lowest)) lowest = band;
  }
  return lowest;
}
