import { type Calendar, daysBetween, type Instant, iso } from '../../src/kernel/instant.js';
import { own } from '../keyed.js';
import type { StagesState } from '../stages/state.js';
import { atLeast } from '../statistics/figure.js';
import type { ProfileState } from './state.js';

/** Days after a competitor's move from which an estimate says whether we held our share, and points that count as held (D3). */
export const defendedDays = 183;
export const defendedPoints = 0.02;

/** Whether we held our share after a competitor's move. */
export interface Defence {
  readonly defended: boolean | null;
  readonly defendedReason?: 'no-share-before' | 'no-share-after';
  readonly shareBefore: number | null;
  readonly shareAfter: number | null;
  readonly eventIds: readonly string[];
}

/** First share estimated 183 days or more after the move against the last one before it, less two points (§3.12.22). */
export function defenceOf(
  stages: StagesState | undefined,
  { category, at }: { readonly category: string; readonly at: Instant },
  calendar: Calendar,
): Defence {
  const told = ((stages && own(stages.estimates, category)) ?? []).filter(({ share }) => share !== null);
  const before = told.findLast((one) => one.at < at);
  const after = told.find((one) => one.at > at && daysBetween(at, one.at, calendar) >= defendedDays);
  const seen = {
    shareBefore: before?.share ?? null,
    shareAfter: after?.share ?? null,
    eventIds: [before, after].flatMap((one) => (one ? [one.eventId] : [])),
  };
  if (!before) return { defended: null, defendedReason: 'no-share-before', ...seen };
  if (!after) return { defended: null, defendedReason: 'no-share-after', ...seen };
  return { defended: atLeast(after.share!, before.share! - defendedPoints), ...seen };
}

/** Posture in force and before, and what competitors did, newest first. */
export function rivalsOf(state: ProfileState, stages: StagesState | undefined, t: Instant, calendar: Calendar) {
  const last = state.postures.at(-1);
  return {
    posture: last ? { posture: last.posture, since: iso(last.at), eventId: last.eventId } : null,
    postures: state.postures.map(({ posture, at, eventId }, i) => {
      const next = state.postures[i + 1]?.at;
      return { posture, from: iso(at), to: next === undefined ? null : iso(next), eventId };
    }),
    competitorMoves: state.moves
      .map(({ at, eventId, ...move }) => {
        const { eventIds, ...defence } = defenceOf(stages, { category: move.category, at }, calendar);
        return {
          ...move,
          at: iso(at),
          daysAgo: daysBetween(at, t, calendar),
          ...defence,
          eventIds: [eventId, ...eventIds],
        };
      })
      .reverse(),
  };
}
