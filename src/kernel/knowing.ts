import type { Instant } from './instant.js';

/**
 * How much is known: all that had been told by an instant, or all up to a position of the log; of the latter, with `by`, what had been
 * told by an instant. An import may say that something was known earlier than it was recorded, so the two clocks need not agree.
 */
export type KnownAt = Instant | { readonly position: number; readonly by?: Instant };

/** Whether an event had been told by then: at an instant by `knowntime ?? recordedtime`, at a position by its own. */
export function isKnown(event: { readonly position: number; readonly known: number }, knownAt: KnownAt): boolean {
  if (typeof knownAt === 'number') return event.known <= knownAt;
  return event.position <= knownAt.position && (knownAt.by === undefined || event.known <= knownAt.by);
}

/** What is known at the one and at the other: whoever knew little then knows no more of any time before. */
export function knownAtBoth(a: KnownAt, b: KnownAt): KnownAt {
  const position = Math.min(positionOf(a), positionOf(b));
  const by = Math.min(instantOf(a), instantOf(b));
  if (position === Number.POSITIVE_INFINITY) return by;
  return by === Number.POSITIVE_INFINITY ? { position } : { position, by };
}

const positionOf = (at: KnownAt): number => (typeof at === 'number' ? Number.POSITIVE_INFINITY : at.position);
const instantOf = (at: KnownAt): Instant => (typeof at === 'number' ? at : (at.by ?? Number.POSITIVE_INFINITY));
