import type { Stage } from '../../src/domain/vocabulary.js';
import { type Instant, iso } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Finding } from '../contacts/findings.js';
import { oddOf } from './declared.js';
import { type Derived, rankOf } from './derive.js';
import { expiryOf } from './proof.js';
import { lapsedAt } from './proofs.js';
import type { StagesState } from './state.js';

/** The target in force. */
export type Target = StagesState['targets'][number];

/** All alarms about where the relationship stands at a moment. */
export function findingsAt(
  state: StagesState,
  t: Instant,
  policy: Policy,
  derived: Derived,
  inflation: number | null,
  target: Target | undefined,
): Finding[] {
  const last = state.declared.at(-1);
  return [
    ...inflated(last, derived, inflation),
    ...derived.triggers.map(({ trigger, since, eventIds, detail }) => ({
      code: 'DISINTEGRATING',
      since,
      eventIds,
      detail,
      policy: { trigger },
    })),
    ...overInvested(last, derived, target),
    ...expired(state, t, policy, derived),
    ...gone(state),
    ...oddOf(state).map(({ from, declared: { stage, at, eventId } }) => ({
      code: 'ODD_SEQUENCE',
      since: iso(at),
      eventIds: [eventId],
      detail: from === null ? `The first stage declared is ${stage}` : `${stage} was declared after ${from}`,
    })),
  ];
}

type Last = StagesState['declared'][number] | undefined;

function inflated(last: Last, { band, index }: Derived, inflation: number | null): Finding[] {
  if (!last || inflation === null || inflation <= 0) return [];
  const detail = `${last.stage} is declared, ${band} is proven (index ${index}): ${inflation} rank(s) too high`;
  return [{ code: 'STAGE_INFLATION', since: null, eventIds: [last.eventId], detail }];
}

/** Whichever of the declared stage and the proven band lies beyond the target (§3.1.4, 8). */
export const beyondTarget = (stage: Stage | undefined, band: Stage, target: Target | undefined): boolean =>
  target !== undefined && Math.max(rankOf(stage ?? 'PROSPECT'), rankOf(band)) > rankOf(target.stage);

function overInvested(last: Last, { band }: Derived, target: Target | undefined): Finding[] {
  if (!target || !beyondTarget(last?.stage, band, target)) return [];
  const eventIds =
    last && rankOf(last.stage) > rankOf(target.stage) ? [target.eventId, last.eventId] : [target.eventId];
  const detail = `The target is ${target.stage}; declared is ${last?.stage ?? 'none'}, proven ${band}`;
  return [{ code: 'OVER_INVESTMENT', since: null, eventIds, detail }];
}

/** Evidence that has expired, recorded or automatic, and whose level nothing holds any more. */
function expired(state: StagesState, t: Instant, policy: Policy, { levels }: Derived): Finding[] {
  const lapsed = lapsedAt(state, t, policy).flatMap(({ item, level, expires, eventIds, why }) => {
    if (expires === null || level <= levels[item]) return [];
    const detail = `Level ${level} of ${item} (${why}) expired: it was told too long ago; it is ${levels[item]} now`;
    return [{ code: 'EVIDENCE_EXPIRED', since: iso(expires), eventIds, detail }];
  });
  const recorded = state.evidence.flatMap((one, i) => {
    const expires = expiryOf(one, policy);
    if (one.since === null || expires > t || one.level <= levels[one.item]) return [];
    if (state.evidence.some((other, j) => j > i && other.item === one.item && other.level >= one.level)) return [];
    const detail = `Level ${one.level} of ${one.item} expired; it is ${levels[one.item]} now`;
    return [{ code: 'EVIDENCE_EXPIRED', since: iso(expires), eventIds: [one.eventId], detail }];
  });
  return [...recorded, ...lapsed];
}

/** Evidence that cites an event no longer told of, and declarations that cite such evidence. */
function gone(state: StagesState): Finding[] {
  const evidence = new Map(state.evidence.map((one) => [one.eventId, one]));
  return [
    ...state.evidence
      .filter(({ since }) => since === null)
      .map(({ item, level, eventId }) => ({
        code: 'EVIDENCE_GONE',
        since: null,
        eventIds: [eventId],
        detail: `Evidence of level ${level} of ${item} cites an event that is not, or no longer, told of: it does not count`,
      })),
    ...state.declared
      .filter(({ evidenceIds }) => evidenceIds.some((id) => !evidence.has(id)))
      .map(({ stage, at, eventId }) => ({
        code: 'EVIDENCE_GONE',
        since: iso(at),
        eventIds: [eventId],
        detail: `The declaration of ${stage} cites evidence that is no longer told of`,
      })),
  ];
}
