import type { Stage, TargetStage } from '../../src/domain/vocabulary.js';
import type { Instant } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import { contactFiguresAt } from '../contacts/matrix.js';
import { rolesAt } from '../contacts/people.js';
import { atLeast } from '../statistics/figure.js';
import { bandOf, type Derived, rankOf, tradedAt } from './derive.js';
import type { Beside } from './proof.js';
import { automaticAt, contactStructureAt, levelsOf, recordedAt } from './proofs.js';
import type { StagesState } from './state.js';
import { indexLeft, keyRoles } from './triggers.js';

/** Where a relationship stands by what can be proven. */
interface Standing {
  readonly stage: Stage;
  readonly band: TargetStage;
  readonly index: number;
}

/** The derived stage with one person gone, beside that with them. */
export interface StageWithout {
  readonly personId: string;
  readonly before: Standing;
  readonly after: Standing;
  /** Steps of the band lost, 0 or below; and points of the index. */
  readonly delta: { readonly band: number; readonly index: number };
  /** KEY_CONTACT_LEFT where losing the person would break the relationship (§3.12.10). */
  readonly trigger: 'KEY_CONTACT_LEFT' | null;
}

/** What would be left to prove if one person left: contact structure is judged without them, all else stays. */
export function stageWithout(
  state: StagesState,
  t: Instant,
  policy: Policy,
  beside: Beside,
  { stage, band, index }: Derived,
  personId: string,
): StageWithout {
  const levels = levelsOf([
    ...contactStructureAt(state, beside.contacts, t, policy, personId),
    ...automaticAt(state, t, policy, beside),
    ...recordedAt(state, t, policy),
  ]);
  const left = bandOf(levels, tradedAt(state, t), policy);
  const trigger = breaks(beside, t, policy, personId) ? 'KEY_CONTACT_LEFT' : null;
  const after: Stage = trigger !== null || stage === 'DISINTEGRATING' ? 'DISINTEGRATING' : left.band;
  return {
    personId,
    before: { stage, band, index },
    after: { stage: after, band: left.band, index: left.index },
    delta: { band: rankOf(left.band) - rankOf(band), index: left.index - index },
    trigger,
  };
}

/** Whether the person decides, approves or backs us, and the diamond index without them is under .6 of what it is. */
function breaks({ contacts }: Beside, t: Instant, policy: Policy, personId: string): boolean {
  const contact = contacts && Object.hasOwn(contacts.contacts, personId) ? contacts.contacts[personId]! : null;
  if (!contacts || contact === null || !rolesAt(contact, t).some((role) => keyRoles.includes(role))) return false;
  const before = contactFiguresAt(contacts, t, policy).diamondIndex ?? 0;
  const after = contactFiguresAt(contacts, t, policy, { without: personId }).diamondIndex ?? 0;
  return before > 0 && !atLeast(after, indexLeft * before);
}
