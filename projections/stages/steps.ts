import type { EvidenceItem, IntegrationStep } from '../../src/domain/account/standing.events.js';
import type { Policy } from '../../src/kernel/policy.js';
import { automatic, lasts, type Proof } from './proof.js';
import type { Step } from './state.js';

/** Steps that prove a level by themselves; those of information must go both ways above the second. */
const stepLevels: readonly (readonly [IntegrationStep, EvidenceItem, level: number, both: boolean])[] = [
  ['FORECAST_SHARED', 'jointPlanning', 2, false],
  ['SELECTIVE_INFORMATION', 'informationSharing', 2, false],
  ['CONFIDENTIAL_INFORMATION', 'informationSharing', 3, true],
  ['OPEN_BOOK', 'informationSharing', 4, true],
  ['PROCESS_LINK', 'exitBarrier', 3, false],
  ['SYSTEMS_LINK', 'exitBarrier', 4, false],
];

/** What steps in force prove. */
export function stepProofs(inForce: readonly Step[], policy: Policy): Proof[] {
  return stepLevels.flatMap(([step, item, level, both]) => {
    const own = inForce.filter((one) => one.step === step);
    const proving = both ? bothWays(own) : own;
    if (proving.length === 0) return [];
    const ids = proving.map((one) => one.taken[1]);
    const taken = proving.map((one) => one.taken[0]);
    const from = both ? Math.max(...taken) : Math.min(...taken);
    const until = lasts(both ? Math.min(...taken) : Math.max(...taken), policy);
    return [automatic(item, level, `${step} in force${both ? ', both ways' : ''}`, ids, from, until)];
  });
}

/** The step taken last; steps are kept by their ids, whose order says nothing. */
export const newestOf = (taken: readonly Step[]): Step | undefined =>
  taken.reduce<Step | undefined>((last, one) => (last && last.taken[0] >= one.taken[0] ? last : one), undefined);

function bothWays(taken: readonly Step[]): readonly Step[] {
  const newest = (direction: Step['direction']) => newestOf(taken.filter((one) => one.direction === direction));
  const [both, there, back] = [newest('BOTH'), newest('TO_THEM'), newest('FROM_THEM')];
  if (both) return [both];
  return there && back ? [there, back] : [];
}
