import { type EvidenceItem, evidenceItems } from '../../src/domain/account/standing.events.js';
import { type Stage, type TargetStage, targetStages } from '../../src/domain/vocabulary.js';
import type { Policy } from '../../src/kernel/policy.js';
import { bandFrom, type Derived, gatesOf, rankOf } from './derive.js';

/** What each level of an item takes. */
const wanted: Readonly<Record<EvidenceItem, readonly [second: string, third: string, fourth: string]>> = {
  contactStructure: [
    'two-way contact of more than one function on both sides in 90 days',
    'diamond index of .5, four of their functions and three levels met in 90 days',
    'the third level and a JOINT_TEAM in force',
  ],
  supplierStatus: [
    'status PREFERRED in the main category',
    'status PRIMARY, or half of the main category’s purchases',
    'status SOLE and the last renewal untendered',
  ],
  jointPlanning: [
    'FORECAST_SHARED in force',
    'a joint plan in force',
    'a joint plan of two years or more with shared resources',
  ],
  informationSharing: ['SELECTIVE_INFORMATION in force', 'CONFIDENTIAL_INFORMATION both ways', 'OPEN_BOOK both ways'],
  trust: [
    'eight of ten promises of ours kept',
    'nine of ten promises kept by both sides, at least five each',
    'the third level held for 180 days after a breach repaired or a decider or sponsor gone',
  ],
  exitBarrier: ['a contract or a differentiated service in force', 'PROCESS_LINK in force', 'SYSTEMS_LINK in force'],
};

/** What is missing for the next stage. */
export interface Advice {
  readonly advice: 'advance' | 'hold' | 'recover' | 'trade' | 'none';
  readonly from: Stage;
  readonly next: TargetStage | null;
  /** Index that the next stage needs, and points still missing. */
  readonly indexNeeded: number | null;
  readonly pointsMissing: number;
  readonly gates: readonly {
    readonly item: EvidenceItem;
    readonly level: number;
    readonly needed: number;
    readonly by: string;
  }[];
  /** Items that can still rise, by one level each. */
  readonly items: readonly {
    readonly item: EvidenceItem;
    readonly level: number;
    readonly next: number;
    readonly by: string;
  }[];
  readonly reason: string;
}

/** Next step from the confirmed stage; at the target there is none, while a trigger is in force the way back comes first. */
export function adviceFor(derived: Derived, confirmed: Stage, target: TargetStage | null, policy: Policy): Advice {
  const nothing = { from: confirmed, next: null, indexNeeded: null, pointsMissing: 0, gates: [], items: [] };
  if (derived.stage === 'DISINTEGRATING') {
    const causes = derived.triggers.map(({ detail }) => detail).join('; ');
    return { ...nothing, advice: 'recover', reason: `First end what breaks the relationship down: ${causes}` };
  }
  if (confirmed === 'DISINTEGRATING')
    return { ...nothing, advice: 'recover', reason: 'Nothing breaks it down any more, but not yet for 30 days' };
  const next = targetStages[rankOf(confirmed)];
  if (next === undefined) return { ...nothing, advice: 'none', reason: 'There is no stage beyond INTEGRATED' };
  if (target !== null && rankOf(next) > rankOf(target))
    return { ...nothing, advice: 'hold', reason: `The target is ${target}: do not invest beyond it` };
  if (next === 'BASIC' && derived.band === 'EXPLORATORY')
    return { ...nothing, next, advice: 'trade', reason: 'A first order or invoice makes it BASIC' };
  const { levels, index } = derived;
  const indexNeeded = bandFrom(next, policy);
  const gates = gatesOf(next)
    .filter(([item, needed]) => levels[item] < needed)
    .map(([item, needed]) => ({ item, level: levels[item], needed, by: wanted[item][needed - 2]! }));
  const items = evidenceItems
    .filter((item) => levels[item] < 4)
    .map((item) => ({ item, level: levels[item], next: levels[item] + 1, by: wanted[item][levels[item] - 1]! }));
  const pointsMissing = Math.max(0, indexNeeded - index);
  const reason =
    pointsMissing === 0 && gates.length === 0
      ? `${next} is proven and will be confirmed when it has held for 30 days`
      : `${next} needs an index of ${indexNeeded}, it is ${index}${gates.length > 0 ? `; gates missing: ${gates.map(({ item }) => item).join(', ')}` : ''}`;
  return { advice: 'advance', from: confirmed, next, indexNeeded, pointsMissing, gates, items, reason };
}
