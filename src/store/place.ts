/** Where an event stands in the log of a server: its commit and prepare positions. */
export interface Place {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** Before the first event. */
export const nowhere: Place = { commit: -1n, prepare: -1n };

/** Negative where `a` comes before `b`. */
export function byPlace(a: Place, b: Place): number {
  if (a.commit !== b.commit) return a.commit < b.commit ? -1 : 1;
  return a.prepare === b.prepare ? 0 : a.prepare < b.prepare ? -1 : 1;
}

/** A position as text of 20 digits, so that texts compare as the numbers do. */
export const padded = (position: bigint): string => position.toString().padStart(20, '0');
