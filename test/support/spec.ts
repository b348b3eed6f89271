import { expect } from '@jest/globals';
import type { CommandClasses, Context, Decider, Draft, Found, FoundEvent } from '../../src/kernel/decider.js';
import type { Event } from '../../src/kernel/event.js';
import { digestOf } from '../../src/kernel/identity.js';
import { utcCalendar } from '../../src/kernel/instant.js';
import { defaultPolicy, type Policy } from '../../src/kernel/policy.js';
import { read } from '../../src/kernel/read.js';
import { Refusal, type RefusalCode } from '../../src/kernel/refusal.js';

/** The clock of every given/when/then: decisions are made at noon of this day unless said. */
export const testNow = Date.parse('2026-06-30T12:00:00.000Z');

/** An event of the past, for `given`: its name, its data, and when it happened. */
export interface Past {
  readonly type: string;
  readonly data: object;
  readonly time?: string;
  readonly accountid?: string;
  /** Digest of the command that told it; by default that of the data, as a command with just these fields has it. */
  readonly digest?: string;
  readonly id?: string;
}

/** What `needs` would have fetched. */
export interface Surroundings {
  readonly now?: number;
  readonly policy?: Partial<Policy>;
  readonly states?: Readonly<Record<string, unknown>>;
  readonly views?: Readonly<Record<string, unknown>>;
  readonly events?: Readonly<Record<string, FoundEvent>>;
  /** Where an imported command comes from. */
  readonly imported?: NonNullable<Context['imported']>;
}

/** Given/when/then over one decider: fold what happened, decide the command as the door would read it, look at the events. */
export function specFor<S, C extends CommandClasses, E extends Event<string, object>>(
  decider: Decider<S, C, E>,
  commands: C,
  around: Surroundings = {},
) {
  return (...past: readonly Past[]) => {
    const state = () => folded(decider, past);
    const decide = (name: keyof C & string, body: object) => decided(decider, commands, state(), name, body, around);
    return {
      when: (name: keyof C & string, body: object) => ({
        // biome-ignore lint/suspicious/noThenProperty: given, when, then are the words of the tests
        then: (...events: readonly Partial<Draft>[]) => expect(decide(name, body)).toMatchObject(events),
        thenNothing: () => expect(decide(name, body)).toEqual([]),
        thenRefused: (code: RefusalCode) => expect(refusalOf(() => decide(name, body))).toBe(code),
        thenRefusal: () => caught(() => decide(name, body)),
        events: () => decide(name, body),
      }),
      holds: () => () => decider.holds?.(state()),
      state,
    };
  };
}

/** An event as a fold sees it, for tests. */
export function eventLike(past: Past, revision: number): Event<string, object> {
  const time = Date.parse(past.time ?? '2026-01-01T00:00:00.000Z');
  return {
    specversion: '1.0',
    source: 'test',
    id: past.id ?? `00000000-0000-5000-8000-${String(revision).padStart(12, '0')}`,
    type: past.type,
    schemaversion: 1,
    subject: 'test',
    streamrevision: revision,
    ...(past.accountid === undefined ? {} : { accountid: past.accountid }),
    time,
    known: time,
    recordedtime: new Date(time).toISOString(),
    authtype: 'service',
    authid: 'test',
    commanddigest: past.digest ?? digestOf(past.data),
    position: revision + 1,
    data: past.data as Record<string, unknown>,
  };
}

function folded<S, C extends CommandClasses, E extends Event<string, object>>(
  decider: Decider<S, C, E>,
  past: readonly Past[],
): S {
  const state = decider.initial();
  const on = decider.on as Record<string, ((state: S, event: Event<string, object>) => void) | undefined>;
  past.forEach((event, i) => {
    on[event.type]?.(state, eventLike(event, i));
  });
  return state;
}

function decided<S, C extends CommandClasses, E extends Event<string, object>>(
  decider: Decider<S, C, E>,
  commands: C,
  state: S,
  name: keyof C & string,
  body: object,
  around: Surroundings,
): readonly Draft<E>[] {
  const now = around.now ?? testNow;
  const command = read(commands[name]!, body, utcCalendar) as InstanceType<C[typeof name]> & { occurredAt?: string };
  const policy = { ...defaultPolicy, ...around.policy };
  const context: Context = {
    now,
    occurredAt: command.occurredAt ? Date.parse(command.occurredAt) : now,
    actor: { authtype: 'service', authid: 'test', scope: 'test', roles: [] },
    digest: digestOf(body),
    found: foundIn(around),
    policy: () => policy,
    ...(around.imported ? { imported: around.imported } : {}),
  };
  return decider.decide[name](state, command, context);
}

function foundIn(around: Surroundings): Found {
  return {
    state: <T>(decider: string, id: string) => around.states?.[`${decider}-${id}`] as T,
    view: <T>(name: string) => ({ data: around.views?.[name] as T, position: 1 }),
    event: (id) => around.events?.[id],
  };
}

function caught(run: () => unknown): Refusal {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const refusalOf = (run: () => unknown): string => caught(run).code;
