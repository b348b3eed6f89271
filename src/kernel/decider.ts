import type { Actor } from './command.js';
import type { Event, Handlers } from './event.js';
import { type Class, fieldsOf } from './fields.js';
import { type Instant, iso } from './instant.js';
import type { Policy } from './policy.js';
import { Refusal, type RefusalCode } from './refusal.js';

/** What a decision asks to be recorded; the writer adds the envelope. `time` where it differs from the command's. */
export interface Draft<E extends Event<string, object> = Event<string, object>> {
  readonly type: E['type'];
  readonly accountid?: string;
  readonly time?: Instant;
  readonly data: E['data'];
}

/** Everything a decision may know besides its own stream. Nothing here comes from the client. */
export interface Context {
  readonly now: Instant;
  /** Valid time of the command: `occurredAt`, else now; never more than the clock. */
  readonly occurredAt: Instant;
  readonly actor: Actor;
  /** Digest of the command as sent; what an id already used is compared with. */
  readonly digest: string;
  readonly found: Found;
  /** Rules in force at an instant, as known now. */
  readonly policy: (at: Instant) => Policy;
  /** Source system and key of an imported command. */
  readonly imported?: { readonly sourceSystem: string; readonly sourceKey: string };
}

/** What `needs` fetched. */
export interface Found {
  /** Folded state of another stream's decider. */
  state<S>(decider: string, id: string): S;
  /** An account view at (occurredAt, now), with the position it was judged at. */
  view<V>(name: string, id: string): { readonly data: V; readonly position: number };
  /** A recorded event: its type, account, valid time, position, and whether it still counts. */
  event(id: string): FoundEvent | undefined;
}

/** What a decider may know of an event it cites. */
export interface FoundEvent {
  readonly type: string;
  readonly accountid?: string;
  readonly time: Instant;
  readonly position: number;
  readonly retracted: boolean;
}

/** An id that a command cites, and where in the body it stands. */
export interface Cited {
  readonly id: string;
  readonly pointer: string;
}

/** What a command needs to see of other streams before it is decided. */
export type Need<C = never> =
  | {
      readonly kind: 'exists';
      readonly noun: 'account' | 'contact' | 'member' | 'batch';
      readonly of: (command: C) => readonly Cited[];
    }
  | { readonly kind: 'state'; readonly decider: string; readonly of: (command: C) => readonly string[] }
  | { readonly kind: 'view'; readonly view: string; readonly of: (command: C) => string }
  | { readonly kind: 'event'; readonly of: (command: C) => readonly Cited[] };

/** Commands of a topic by name. */
export type CommandClasses = Readonly<Record<string, Class>>;

/** Rules as a table: a stream's state, how events change it, and how commands are decided. Pure. */
export interface Decider<S, C extends CommandClasses, E extends Event<string, object>> {
  readonly name: string;
  readonly stream: (command: { [N in keyof C]: InstanceType<C[N]> }[keyof C]) => string;
  readonly initial: () => S;
  readonly on: Handlers<S, E>;
  readonly decide: {
    readonly [N in keyof C]: (state: S, command: InstanceType<C[N]>, context: Context) => readonly Draft<E>[];
  };
  readonly needs?: { readonly [N in keyof C]?: readonly Need<InstanceType<C[N]>>[] };
  /** Checked after a correction or retraction, on the state folded as if: refuses only what may never be. */
  readonly holds?: (state: S) => void;
  /** True where taking an event away can never break what holds, so that retractions need not be checked. */
  readonly fewerHolds?: boolean;
}

/** The account, contact or member that the command names must have been recorded. */
export function exists<C extends object>(
  noun: 'account' | 'contact' | 'member' | 'batch',
  of?: (command: C) => readonly Cited[],
): Need<C> {
  const key = `${noun}Id`;
  const one = (command: C): readonly Cited[] => {
    const id = (command as Record<string, unknown>)[key];
    return typeof id === 'string' ? [{ id, pointer: `/${key}` }] : [];
  };
  return { kind: 'exists', noun, of: of ?? one };
}

/** The events that the command cites, for `found.event`. */
export const citedEvents = <C extends object>(of: (command: C) => readonly Cited[]): Need<C> => ({ kind: 'event', of });
/** Other streams' states, for `found.state`. */
export const stateOf = <C extends object>(decider: string, of: (command: C) => readonly string[]): Need<C> => ({
  kind: 'state',
  decider,
  of,
});
/** An account's view at the moment of the command, for `found.view`. */
export const viewOf = <C extends object>(view: string, of: (command: C) => string): Need<C> => ({
  kind: 'view',
  view,
  of,
});

/** Citations of a list of ids in one field. */
export const citing = (ids: readonly string[] | undefined, field: string): Cited[] =>
  (ids ?? []).map((id, i) => ({ id, pointer: `/${field}/${i}` }));

/**
 * Whether the id was used before: never → false; by the same content → true (nothing new to say); by other content → refused.
 * `known` is the digest of the command that first used it.
 */
export function toldAlready(known: string | undefined, context: Context, code: RefusalCode, id: string): boolean {
  if (known === undefined) return false;
  if (known === context.digest) return true;
  throw new Refusal(
    code,
    `The id ${id} is already used here with other content; use another id, or correct the first event`,
    { values: { id } },
  );
}

/** The fields of the command that its event's class declares; what is undefined stays out. */
export function pick<T extends object>(command: object, type: Class<T>): T {
  const data: Record<string, unknown> = {};
  const source = command as Record<string, unknown>;
  for (const { name } of fieldsOf(type)) if (source[name] !== undefined) data[name] = source[name];
  return data as T;
}

/** The digest under which an event's command is remembered, for `toldAlready`; events without a command get their own id. */
export const digestIn = (event: Event<string, object>): string => event.commanddigest ?? event.id;

/** `occurredAt` of a fact with its own `from`: the earlier of that and now. */
export const earlier = (from: string, now: Instant): Instant => Math.min(Date.parse(from), now);

/** An instant inside a sentence: the day where it is midnight UTC, else the whole instant. */
export const said = (at: Instant): string => (at % 86_400_000 === 0 ? iso(at).slice(0, 10) : iso(at));
