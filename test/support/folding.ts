import { programmeRules } from '../../src/domain/programme/programme.policy.js';
import { Folder, keyOf } from '../../src/app/folder.js';
import type { Event } from '../../src/kernel/event.js';
import { effective } from '../../src/kernel/history.js';
import { utcCalendar, readWhen } from '../../src/kernel/instant.js';
import { Policies } from '../../src/kernel/policies.js';
import { defaultPolicy, type Policy } from '../../src/kernel/policy.js';
import type { AnyProjection, Projection, Subject, Used } from '../../src/kernel/projection.js';

/** What a fold may be told besides its events. */
export interface Around {
  readonly policy?: Partial<Policy>;
  /** Events of `programme` that make the rules. */
  readonly rules?: readonly Event<string, object>[];
  readonly currency?: string | null;
  readonly of?: Subject['of'];
  readonly id?: string;
  /** Views of other projections, `states`, `parameters` … */
  readonly used?: Partial<Used>;
}

let told = 0;

/** An event as a History has it: a date alone is the start of its day; positions count up in the order of telling. */
export function event(
  type: string,
  time: string,
  data: object = {},
  extra: Partial<Event<string, object>> = {},
): Event<string, object> {
  told++;
  const at = readWhen(time, 'start', utcCalendar)!;
  return {
    specversion: '1.0',
    source: 'test',
    id: `00000000-0000-5000-8000-${String(told).padStart(12, '0')}`,
    type,
    schemaversion: 1,
    subject: 'activity-ACME',
    streamrevision: told,
    accountid: 'ACME',
    time: at,
    known: at,
    recordedtime: new Date(at).toISOString(),
    authtype: 'service',
    authid: 'test',
    position: told,
    data: data as Record<string, unknown>,
    ...extra,
  };
}

/** The state of a projection over events, corrections applied, in order of (time, position), up to a moment. */
export function foldOf<S extends object, V extends object, E extends Event<string, object>>(
  projection: Projection<S, V, E>,
  events: readonly Event<string, object>[],
  around: Around & { readonly asOf?: string; readonly from?: S } = {},
): S {
  const folder = new Folder([projection as AnyProjection]);
  const states = folder.initial();
  if (around.from) states[keyOf(projection as AnyProjection)] = around.from;
  const policies = policiesOf(around);
  const until = around.asOf === undefined ? Number.POSITIVE_INFINITY : momentOf(around.asOf);
  for (const one of effective(events))
    if (one.time <= until) folder.stepping(states, policies, subjectOf(around, projection))(one);
  return states[keyOf(projection as AnyProjection)] as S;
}

/** The view at a moment; a date alone is the end of its day, as `asOf` always is. */
export function viewAt<S extends object, V extends object, E extends Event<string, object>>(
  projection: Projection<S, V, E>,
  events: readonly Event<string, object>[],
  asOf: string,
  around: Around = {},
): V {
  const state = foldOf(projection, events, { ...around, asOf });
  const at = momentOf(asOf);
  const used = { states: {}, parameters: {}, ...around.used } as Used;
  const seen = { asOf: at, knownAt: at, subject: subjectOf(around, projection) };
  return projection.view(state, seen, policiesOf(around).at(at), used);
}

/** The rules of every instant: the defaults, parts given, and rules told. */
export const policiesOf = ({ policy = {}, rules = [] }: Around): Policies =>
  new Policies(rules, programmeRules, {}, { ...defaultPolicy, ...policy });

const momentOf = (asOf: string): number => readWhen(asOf, 'last', utcCalendar)!;

const subjectOf = (around: Around, { of }: { readonly of: Subject['of'] }): Subject => ({
  of: around.of ?? of,
  id: around.id ?? 'ACME',
  currency: around.currency === undefined ? 'EUR' : around.currency,
});

/** Every number, text, flag and null of an answer is one that JSON can say. */
export function unsayable(value: unknown, path = ''): string[] {
  if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) return [`${path}: ${value}`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => unsayable(inner, `${path}/${key}`));
}
