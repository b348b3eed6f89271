import type { Event } from '../../src/kernel/event.js';
import { type Instant, iso } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Subject } from '../../src/kernel/projection.js';
import type { Finding } from '../contacts/findings.js';
import { keyOf } from '../performance/books.js';
import { forget, isTold, type Marks, tell } from './marks.js';
import { type Followed, type Thing, things } from './things.js';

/** Something told of what nothing says that it began. */
export interface Odd {
  readonly at: Instant;
  readonly eventId: string;
  /** The account in whose History it stands; null where in none. */
  readonly accountId: string | null;
  readonly detail: string;
  /** What it lacks; null where it would have to stand before. */
  readonly lacks: string | null;
}

/** What was told to have begun, and what presupposes something that was not. */
export interface Sequence {
  readonly begun: Marks;
  odd: Odd[];
}

/** A state that keeps track of what follows from what. */
export interface Sequenced {
  readonly sequence: Sequence;
}

export const unbegun = (): Sequence => ({ begun: {}, odd: [] });

interface Rules {
  readonly begins: { readonly thing: Thing; readonly field: string | null }[];
  readonly ends: Thing[];
  readonly follows: { readonly thing: Thing; readonly followed: Followed }[];
}

type Handler<S> = (state: S, event: Event<string, object>, rules: Policy, subject: Subject) => void;

/** The same handlers, with every event of such Histories that begins a thing or presupposes one taken in besides. */
export function following<S extends Sequenced, H extends object>(of: Subject['of'], on: H): H {
  const handlers = on as Readonly<Record<string, Handler<S>>>;
  const followed = Object.entries(rulesOf(of)).map(([type, rules]) => {
    const own = handlers[type];
    const handler: Handler<S> = (state, event, policy, subject) => {
      follow(state.sequence, rules, event, subject);
      own?.(state, event, policy, subject);
    };
    return [type, handler] as const;
  });
  return { ...on, ...Object.fromEntries(followed) };
}

/** Event → what it begins, ends and presupposes of what is told in such Histories. */
function rulesOf(of: Subject['of']): Record<string, Rules> {
  const all: Record<string, Rules> = {};
  const on = (type: string): Rules => {
    all[type] ??= { begins: [], ends: [], follows: [] };
    return all[type];
  };
  for (const thing of things.filter((one) => one.of === of)) {
    for (const [type, field] of Object.entries(thing.begins)) on(type).begins.push({ thing, field });
    for (const [type, followed] of Object.entries(thing.follows)) on(type).follows.push({ thing, followed });
    if (thing.ends) on(thing.ends).ends.push(thing);
  }
  return all;
}

function follow(state: Sequence, rules: Rules, event: Event<string, object>, subject: Subject): void {
  for (const { thing, followed } of rules.follows) {
    const missing = idsOf(event, followed.field).find((id) => !isTold(state.begun, keyIn(thing, event, id, subject)));
    if (missing !== undefined) state.odd.push(oddOne(thing, followed, missing, event, subject));
  }
  for (const thing of rules.ends) forget(state.begun, keyIn(thing, event, '', subject));
  for (const { thing, field } of rules.begins) {
    for (const id of idsOf(event, field)) {
      const key = keyIn(thing, event, id, subject);
      tell(state.begun, key);
      if (thing.anyOrder && state.odd.length > 0) state.odd = state.odd.filter(({ lacks }) => lacks !== key);
    }
  }
}

function oddOne(thing: Thing, { was }: Followed, id: string, event: Event<string, object>, subject: Subject): Odd {
  const named = id === '' ? thing.is : `${thing.is} ${nameIn(thing, event, id, subject)}`;
  return {
    at: event.time,
    eventId: event.id,
    accountId: event.accountid ?? null,
    detail: `${named} ${was}, and nothing ${thing.anyOrder ? '' : 'before '}says that ${thing.lacks}`,
    lacks: thing.anyOrder ? keyIn(thing, event, id, subject) : null,
  };
}

/** The alarms of a sequence, each with the account in whose History it stands. */
export const oddOf = ({ odd }: Sequence): (Finding & { readonly accountId: string | null })[] =>
  odd.map(({ at, eventId, accountId, detail }) => {
    return { code: 'ODD_SEQUENCE', accountId, since: iso(at), eventIds: [eventId], detail };
  });

/** The same id may mean two things at two persons of ours, and in two accounts that were merged. */
const keyIn = (thing: Thing, event: Event<string, object>, id: string, subject: Subject): string =>
  `${thing.is}/${thing.ofPerson ? event.subject : ''}/${nameIn(thing, event, id, subject)}`;

/** An id as answers show it: of an account, with the account where the History is another’s. */
const nameIn = (thing: Thing, event: Event<string, object>, id: string, subject: Subject): string =>
  thing.of === 'account' ? keyOf(event, id, subject) : id;

/** Ids that a field holds, one or several; null: there is one thing only. */
function idsOf({ data }: Event<string, object>, field: string | null): readonly string[] {
  if (field === null) return [''];
  const told = (data as Readonly<Record<string, unknown>>)[field];
  return typeof told === 'string' ? [told] : Array.isArray(told) ? (told as string[]) : [];
}
