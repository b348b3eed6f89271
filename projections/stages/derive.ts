import { type EvidenceItem, evidenceItems } from '../../src/domain/account/standing.events.js';
import { type Stage, type TargetStage, targetStages } from '../../src/domain/vocabulary.js';
import { dayOf, type Instant, startOfDay } from '../../src/kernel/instant.js';
import { kept } from '../../src/kernel/keeper.js';
import type { Policy } from '../../src/kernel/policy.js';
import { metBefore } from '../contacts/met.js';
import { commitmentRatesAtEach } from '../trust/commitments.js';
import type { Beside, Proof } from './proof.js';
import { automaticAt, contactStructureAt, levelsOf, recordedAt, trustProofs } from './proofs.js';
import type { StagesState } from './state.js';
import { brokenAtAny, type Trigger, triggersAt } from './triggers.js';

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
    ...kept(state, 'stages/contacts', () => contactStructureAt(state, beside.contacts, t, policy)),
    ...kept(state, 'stages/automatic', () => automaticAt(state, t, policy, beside)),
    ...kept(state, 'stages/recorded', () => recordedAt(state, t, policy)),
  ];
  const levels = levelsOf(proofs);
  const banded = bandOf(levels, tradedAt(state, t), policy);
  const triggers = kept(state, 'stages/triggers', () => triggersAt(state, t, policy, beside));
  return { ...banded, stage: triggers.length > 0 ? 'DISINTEGRATING' : banded.band, proofs, levels, triggers };
}

/** The lowest stage now and at each of the last 30 day-ends (§3.1.4): up after 30 days, down at once. */
export function confirmedAt(state: StagesState, t: Instant, policy: Policy, beside: Beside, now: Stage): Stage {
  if (rankOf(now) === 0) return now;
  const ends = endsBefore(t, policy);
  if (triggeredAt(state, ends, policy, beside)) return 'DISINTEGRATING';
  let lowest = now;
  const trusted = trustAt(ends, policy, beside);
  const silent = contactsSilent(ends, policy, beside);
  for (let i = ends.length - 1; i >= 0 && rankOf(lowest) > 1; i--) {
    const own = ownAt(state, ends[i]!, policy);
    const levels = { ...own.levels, trust: Math.max(own.levels.trust, trusted[i] ?? 1) };
    if (rankOf(bandOf(levels, own.traded, policy).band) >= rankOf(lowest)) continue;
    // who met whom is costly to add up: it is looked at only on days on which it could make a difference
    const met = silent ? 1 : metAt(state, ends[i]!, policy, beside);
    const all = { ...levels, contactStructure: Math.max(levels.contactStructure, met) };
    const { band } = bandOf(all, own.traded, policy);
    if (rankOf(band) < rankOf(lowest)) lowest = band;
  }
  return lowest;
}

/** The last instants of the 30 days before, in order. */
function endsBefore(t: Instant, { settings }: Policy): Instant[] {
  const today = dayOf(t + 1, settings);
  return Array.from({ length: confirmedDays }, (_, i) => startOfDay(today - confirmedDays + 1 + i, settings) - 1);
}

/** Whether a trigger is in force at any of several instants. */
function triggeredAt(
  state: StagesState,
  ends: readonly Instant[],
  policy: Policy,
  { contacts, trust }: Beside,
): boolean {
  const own = kept(state, 'stages/triggered', () =>
    ends.some((end) => triggersAt(state, end, policy, { contacts, trust: undefined }).length > 0),
  );
  const broken = trust !== undefined && kept(trust, 'stages/broken', () => brokenAtAny(trust, ends, policy));
  return own || broken;
}

/** The level of trust that promises kept prove, at each instant. */
const trustAt = (ends: readonly Instant[], policy: Policy, { contacts, trust }: Beside): readonly number[] =>
  trust === undefined
    ? []
    : kept(trust, 'stages/trust', () => {
        const rates = commitmentRatesAtEach(trust, ends, policy);
        return ends.map((end, i) => levelsOf(trustProofs(trust, contacts, end, policy, rates[i])).trust);
      });

/** Whether nobody was met in any window that ends at any of the instants. */
const contactsSilent = (ends: readonly Instant[], policy: Policy, { contacts }: Beside): boolean =>
  contacts === undefined || kept(contacts, 'stages/silent', () => metBefore(contacts, ends[0]!, policy));

/** The level of contact structure at an instant. */
const metAt = (state: StagesState, end: Instant, policy: Policy, { contacts }: Beside): number =>
  kept(state, `stages/met/${end}`, () => levelsOf(contactStructureAt(state, contacts, end, policy)).contactStructure);

/** Levels by what is recorded and agreed, and whether there was any trade. */
const ownAt = (state: StagesState, end: Instant, policy: Policy): { levels: Levels; traded: boolean } =>
  kept(state, `stages/own/${end}`, () => {
    const alone = { contacts: undefined, trust: undefined };
    const proofs = [...automaticAt(state, end, policy, alone), ...recordedAt(state, end, policy)];
    return { levels: levelsOf(proofs), traded: tradedAt(state, end) };
  });
