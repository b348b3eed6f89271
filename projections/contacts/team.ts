import { type Instant, iso } from '../../src/kernel/instant.js';
import type { ContactsState } from './state.js';

/** Functions and levels that a team should reach (F2). */
const functionsWanted = 3;
const levelsWanted = 2;

/** Who of ours works for the account at an instant, and whether the team reaches enough functions and levels. */
export function teamAt(state: ContactsState, t: Instant) {
  const members = Object.values(state.assignments)
    .filter(({ from, until }) => from <= t && (until === null || t < until))
    .sort((a, b) => a.from - b.from || (a.memberId < b.memberId ? -1 : 1))
    .map(({ from, until, ...one }) => ({ ...one, from: iso(from), until: until === null ? null : iso(until) }));
  const functions = new Set(members.map((one) => one.function)).size;
  const levels = new Set(members.map((one) => one.seniority)).size;
  return { members, functions, levels, enough: functions >= functionsWanted && levels >= levelsWanted };
}
