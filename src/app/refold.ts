import type { Event } from '../kernel/event.js';
import type { Policies } from '../kernel/policies.js';
import { startOf } from '../kernel/policies.js';
import type { PolicyPart } from '../kernel/policy.js';
import type { AnyProjection, Subject } from '../kernel/projection.js';
import { ALWAYS, type Instant } from '../kernel/instant.js';
import type { Place, Row } from '../ledger/reader.js';
import { Folder, type FoldStates, keyOf } from './folder.js';
import { beginning } from './histories.js';
import type { Stored } from './views.js';

/** Events between two savepoints of a large History. */
export const savepointEvery = 1_024;

/** Savepoints of so many events before they become fewer: what states hold grows with the account, and each is a full copy. */
const denseFor = 32 * savepointEvery;

/**
 * Whether a savepoint is due after so many events: the first comes early, as most accounts never reach the second; of a very large
 * History there is one in every 16th to 32nd part of what has gone before.
 */
export function isDue(count: number): boolean {
  if (count === savepointEvery / 2) return true;
  let every = savepointEvery;
  for (let dense = denseFor; count > dense; dense *= 2) every *= 2;
  return count % every === 0;
}

/** Folded states of one subject, how far they reach, and what they were folded from. */
export interface Reached extends Place {
  readonly states: FoldStates;
  readonly count: number;
  readonly knownMax: number;
  readonly positionMax: number;
  readonly members: string;
}

/** The newest `known` and position among rows: what a state that was folded from them knows. */
export interface Newest {
  readonly known: Instant;
  readonly position: number;
}

/** Nothing known yet. */
export const nothingNewer: Newest = { known: ALWAYS, position: 0 };

/** The newest of several rows. */
export const newestOf = (rows: readonly Row[]): Newest => rows.reduce<Newest>(newer, nothingNewer);

/** The newer of two on each clock. */
export const newer = (a: Newest, b: Newest): Newest => ({
  known: Math.max(a.known, b.known),
  position: Math.max(a.position, b.position),
});

/** Nothing folded yet. */
export const unfolded = (folder: Folder, members: string): Reached => ({
  ...beginning,
  states: folder.initial(),
  count: 0,
  knownMax: beginning.time,
  positionMax: 0,
  members,
});

/** Folds on over events in order; `at` is called whenever a savepoint is due. */
export function foldOn(
  folder: Folder,
  from: Reached,
  events: Iterable<readonly Event<string, object>[]>,
  policies: Policies,
  subject: Subject,
  at?: (reached: Reached) => void,
): Reached {
  const { states, members } = from;
  let { time, position, count, knownMax, positionMax } = from;
  const step = folder.stepping(states, policies, subject);
  for (const page of events) {
    for (const event of page) {
      step(event);
      ({ time, position } = event);
      count++;
      if (event.known > knownMax) knownMax = event.known;
      if (position > positionMax) positionMax = position;
      if (at && isDue(count)) at({ states, time, position, count, knownMax, positionMax, members });
    }
  }
  return { states, time, position, count, knownMax, positionMax, members };
}

/** Rows of `states` or `savepoints` for each projection of the folder. */
export function storedOf(folder: Folder, reached: Reached, newest: Newest): Stored[] {
  const { states, time, position, count, members } = reached;
  const knownMax = Math.max(reached.knownMax, newest.known);
  const positionMax = Math.max(reached.positionMax, newest.position);
  return folder.projections.map((projection) => {
    const key = keyOf(projection);
    return { key, time, position, count, knownMax, positionMax, members, state: JSON.stringify(states[key]) };
  });
}

/** Whether the rules that folds read are the same in two sets, up to an instant: then a state folded under one serves the other. */
export function sameRules(a: Policies, b: Policies, projections: readonly AnyProjection[], to: number): boolean {
  if (a === b) return true;
  const parts = new Set<PolicyPart>(projections.flatMap((projection) => [...(projection.policy ?? [])]));
  if (parts.size === 0) return true;
  const steps = (policies: Policies) =>
    policies
      .changesOf(parts)
      .filter((event) => startOf(event) <= to || event.type === 'FirmSettingsSet')
      .map((event) => `${event.position}/${(event.correctedBy ?? []).join()}`);
  const [one, other] = [steps(a), steps(b)];
  return one.length === other.length && one.every((step, i) => step === other[i]);
}
