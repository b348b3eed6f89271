import type { Instant } from '../../kernel/instant.js';
import type { Course } from '../course.js';
import { type TargetStage, targetStages } from '../vocabulary.js';
import type { Declared } from './account.state.js';
import type { EvidenceItem } from './standing.events.js';

type Declarable = Declared['stage'];

/** Rank of a stage on the way up, 1 to 5; 0 for breaking down and for the end. */
const rankOf = (stage: Declarable): number => targetStages.indexOf(stage as TargetStage) + 1;

/**
 * What kind of move a declaration is: a step `forward`, which must be proven; a `free` one, which needs no proof (first, backward,
 * breaking down, recovering, ending, winning back); the `same` stage again; null = not allowed (domain rules 3.1.4 and 3.12.11).
 * `left` is the stage from which the relationship began to break down.
 */
export function moveOf(
  from: Declarable | undefined,
  to: Declarable,
  left: Declarable | undefined,
): 'forward' | 'free' | 'same' | null {
  if (from === to) return 'same';
  if (from === undefined) return to === 'EXPLORATORY' || to === 'BASIC' ? 'free' : null;
  if (to === 'EXITED') return 'free';
  if (from === 'EXITED') return to === 'EXPLORATORY' ? 'free' : null;
  if (to === 'DISINTEGRATING') return 'free';
  if (from === 'DISINTEGRATING') return rankOf(to) <= (left ? rankOf(left) : rankOf('BASIC')) ? 'free' : null;
  const step = rankOf(to) - rankOf(from);
  return step < 0 ? 'free' : step === 1 ? 'forward' : null;
}

/** The last stage of the way up declared by an instant: the one left where the relationship is breaking down. */
export const leftBefore = (stages: Course<Declared>, at: Instant): Declarable | undefined =>
  stages.turns().findLast(({ from, value }) => from <= at && rankOf(value.stage) > 0)?.value.stage;

/** Items that a stage asks proof of, each with its least level. */
export function gatesOf(stage: Declarable): readonly { readonly item: EvidenceItem; readonly level: number }[] {
  if (stage !== 'INTERDEPENDENT' && stage !== 'INTEGRATED') return [];
  const links = [
    { item: 'contactStructure', level: 3 },
    { item: 'jointPlanning', level: 3 },
  ] as const;
  return stage === 'INTEGRATED' ? [...links, { item: 'exitBarrier', level: 4 }] : links;
}
