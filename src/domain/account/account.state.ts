import { canonical } from '../../kernel/canonical.js';
import { digestIn } from '../../kernel/decider.js';
import type { Event } from '../../kernel/event.js';
import type { Instant } from '../../kernel/instant.js';
import { Course } from '../course.js';
import type { Once } from '../once.js';
import type { EvidenceItem, StageDeclared } from './standing.events.js';

/** A declared stage, and whether rules were set aside for it. */
export interface Declared {
  readonly stage: StageDeclared['stage'];
  readonly overridden: boolean;
}

/** Recorded evidence that still counts. `revision` in this stream tells what is newer: it has the order of positions. */
export interface Evidence {
  readonly item: EvidenceItem;
  readonly level: number;
  readonly revision: number;
}

/** Something with an id of its own that can come to an end; `ended` is the digest of the command that ended it. */
export interface Lasting {
  readonly digest: string;
  ended?: string;
}

/** What decisions on an account need: whether it is there, its stages and their evidence, and what its ids mean. */
export interface Account extends Once {
  /** Digest of the registration; undefined before it. */
  registered?: string;
  /** The account's own currency, for good. */
  currency: string | null;
  readonly stages: Course<Declared>;
  /** Revision of the declaration told last; -1 before the first. */
  declaredAt: number;
  /** By event id. */
  readonly evidence: Map<string, Evidence>;
  readonly contracts: Map<string, Lasting & { readonly from: string; readonly renewals: Set<string> }>;
  readonly plans: Map<string, Lasting>;
  readonly integrations: Map<string, Lasting>;
  readonly moves: Map<string, string>;
  readonly reductions: Map<string, { readonly digest: string; kept?: boolean }>;
  readonly schemes: Map<string, string>;
  readonly intents: Map<string, Lasting>;
  /** What holds until something else is said on the same key: values and statements, over valid time. */
  readonly said: Map<string, Course<string>>;
  /** Digests of estimates and ratings, which have no id: the same told of the same time is told once. */
  readonly told: Set<string>;
}

/** Before anything is known. */
export const nobodyKnown = (): Account => ({
  currency: null,
  stages: new Course(),
  declaredAt: -1,
  evidence: new Map(),
  contracts: new Map(),
  plans: new Map(),
  integrations: new Map(),
  moves: new Map(),
  reductions: new Map(),
  schemes: new Map(),
  intents: new Map(),
  said: new Map(),
  told: new Set(),
});

/** Takes note of what holds on a key from an instant on. */
export function say(state: Account, key: string, from: Instant, value: string): void {
  const course = state.said.get(key) ?? new Course<string>();
  course.turn(from, value);
  state.said.set(key, course);
}

/** Takes note of a statement that replaces the one before it on the same key. */
export const sayIn = (state: Account, key: string, event: Event<string, object>): void =>
  say(state, key, event.time, digestIn(event));

/** The classification's fields, each of which changes by itself. */
export const classFields = ['customerType', 'oemFitShare', 'industry', 'region'] as const;

/** Takes note of the classification as far as it was told. */
export function classify(
  state: Account,
  data: Partial<Record<(typeof classFields)[number], unknown>>,
  at: Instant,
): void {
  for (const name of classFields) if (data[name] !== undefined) say(state, `class/${name}`, at, canonical(data[name]));
}

/** Ends what lasts; the first end counts. */
export function end(lasting: Lasting | undefined, event: Event<string, object>): void {
  if (lasting) lasting.ended ??= digestIn(event);
}
