import { unitFunctions } from '../../src/domain/vocabulary.js';
import { DAY_MS, type Instant } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import { diamondOfFlat } from '../statistics/entropy.js';
import { bits } from './bits.js';
import { fadingOf } from './fading.js';
import { type ContactFigures, share, tally } from './matrix.js';
import { mapAt, sizesAt } from './people.js';
import type { ContactsState } from './state.js';

/** Of the figures of an instant the ones that tell who met whom. */
export function metFiguresAt(
  state: ContactsState,
  t: Instant,
  policy: Policy,
  { without }: { readonly without?: string } = {},
): Pick<ContactFigures, 'diamondIndex' | 'functionsMet' | 'levelsMet'> {
  if (metBefore(state, t, policy)) return { diamondIndex: null, functionsMet: 0, levelsMet: 0 };
  const { weights, functions, levels } = tally(state, t, policy, without, true);
  const { ours, theirs } = mapAt(state, t, without);
  const di = functions === 0 ? null : diamondOfFlat(weights, unitFunctions.length, ours.size, theirs.size).value;
  return { diamondIndex: di, functionsMet: bits(functions), levelsMet: bits(levels) };
}

/** The diamond index alone. `sizes`: of the map at that instant, where they are at hand. */
export function diamondIndexAt(
  state: ContactsState,
  t: Instant,
  policy: Policy,
  sizes?: { readonly ours: number; readonly theirs: number },
): number | null {
  if (metBefore(state, t, policy)) return null;
  const fading = fadingOf(state, t, policy.scoring);
  const metFrom = t - policy.scoring.contactDays * DAY_MS;
  const { weights, functions } = fading?.mix(metFrom) ?? tally(state, t, policy, undefined, true);
  if (functions === 0) return null;
  const { ours, theirs } = sizes ?? sizesAt(state, t);
  return diamondOfFlat(weights, unitFunctions.length, ours, theirs).value;
}

/** Breadth alone. `theirsAt`: functions of contacts present at an instant, where they are at hand. */
export function breadthAt(
  state: ContactsState,
  t: Instant,
  { scoring }: Policy,
  theirsAt: (t: Instant) => number = (at) => sizesAt(state, at).theirs,
): number | null {
  const { meetings } = state;
  const from = t - scoring.contactDays * DAY_MS;
  let functions = 0;
  for (let i = meetings.length - 1; i >= 0; i--) {
    const meeting = meetings[i]!;
    if (meeting[0]! <= from) break;
    const split = 3 + meeting[2]!;
    if (meeting[0]! > t || (meeting[1]! & 1) === 0 || split === 3) continue;
    for (let k = split; k < meeting.length; k++) functions |= 1 << ((meeting[k]! >> 3) & 15);
  }
  return share(bits(functions), theirsAt(t));
}

/** Whether the last meeting lies before every window that ends at an instant. */
export function metBefore({ meetings }: ContactsState, t: Instant, { scoring }: Policy): boolean {
  const last = meetings.at(-1);
  return last === undefined || last[0]! <= t - Math.max(scoring.matrixDays, scoring.contactDays) * DAY_MS;
}
