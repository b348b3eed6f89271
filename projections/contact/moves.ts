import { type Instant, iso } from '../../src/kernel/instant.js';
import { oddOf } from '../sequence/rule.js';
import type { ContactState } from './state.js';

/** Half of a move between accounts, the other half of which is not, or no longer, told of: a correction can make it so. */
export interface Half {
  /** The account whose history lacks its half. */
  readonly accountId: string;
  /** What that history lacks. */
  readonly lacks: 'LEFT' | 'JOINED';
  /** The other account; null where none was told of. */
  readonly other: string | null;
  readonly at: Instant;
  readonly eventIds: string[];
}

/** They are with an account from now on. Whoever is with another still has left it without a word. */
export function come(state: ContactState, accountId: string, at: Instant, eventId: string): void {
  const here = state.accounts.find(({ until }) => until === null);
  state.awaited = null;
  if (here) {
    state.halves.push({ accountId: here.is, lacks: 'LEFT', other: accountId, at, eventIds: [here.eventId, eventId] });
    end(state, at);
  }
  state.accounts.push({ is: accountId, from: at, until: null, eventId });
}

/** They left an account, for another where one is named; what they were there ends. */
export function go(
  state: ContactState,
  from: string | undefined,
  to: string | undefined,
  at: Instant,
  eventId: string,
): void {
  const here = state.accounts.find(({ until }) => until === null);
  if (here && from !== undefined && here.is !== from) {
    leftLate(state, from, here.is, at, eventId);
    return;
  }
  const { awaited } = state;
  if (!here && from !== undefined)
    state.halves.push(
      awaited?.accountId === from
        ? { ...awaited, eventIds: [...awaited.eventIds, eventId] }
        : { accountId: from, lacks: 'JOINED', other: null, at, eventIds: [eventId] },
    );
  end(state, at);
  state.awaited =
    to === undefined ? null : { accountId: to, lacks: 'JOINED', other: from ?? null, at, eventIds: [eventId] };
}

/** They leave an account while they are with another already. */
function leftLate(state: ContactState, from: string, now: string, at: Instant, eventId: string): void {
  const half = state.halves.find((one) => one.accountId === from && one.lacks === 'LEFT' && one.other === now);
  const spell = state.accounts.find((one) => one.eventId === half?.eventIds[0]);
  if (half && spell) {
    spell.until = at;
    half.eventIds.push(eventId);
  } else {
    state.halves.push({ accountId: from, lacks: 'JOINED', other: null, at, eventIds: [eventId] });
  }
}

function end(state: ContactState, at: Instant): void {
  for (const list of [state.accounts, state.roles, state.superiors]) for (const spell of list) spell.until ??= at;
}

/** What is odd about a person, each with the account whose history it is about: halves of moves, and what follows from nothing. */
export function oddPersons({ halves, awaited, sequence }: ContactState): ReturnType<typeof oddOf> {
  const moves = [...halves, ...(awaited === null ? [] : [awaited])].map((half) => ({
    code: 'ODD_SEQUENCE',
    accountId: half.accountId,
    since: iso(half.at),
    eventIds: half.eventIds,
    detail: said(half),
  }));
  return [...moves, ...oddOf(sequence)];
}

function said({ accountId, lacks, other, eventIds }: Half): string {
  if (lacks === 'JOINED')
    return other === null
      ? `The contact left ${accountId}, where nothing says that they were`
      : `The contact left ${other} for ${accountId}, where nothing says that they came`;
  return eventIds.length > 2
    ? `The contact came to ${other} before they left ${accountId}`
    : `The contact came to ${other}, and nothing says that they left ${accountId}`;
}
