import { programmeEvents as event } from '../domain/programme/programme.events.js';
import { BudgetMove } from '../domain/programme/portfolio.events.js';
import type { Class } from '../kernel/fields.js';
import { iso, NEVER, utcCalendar } from '../kernel/instant.js';
import type { Policy, PolicyPart } from '../kernel/policy.js';
import { read } from '../kernel/read.js';
import { Refusal } from '../kernel/refusal.js';

type Fields = Readonly<Record<string, unknown>>;

/** Reads a part of the policy, or refuses it naming the place; `at` is the place of the part. */
type Reading = (value: unknown, at: string) => unknown;

/** A refusal of a draft that names one place. */
export const bad = (pointer: string, detail: string): Refusal =>
  new Refusal('policy/draft-invalid', detail, { errors: [{ pointer, code: 'draft', detail }] });

/** How an entry differs from the event that tells it. */
interface Form {
  /** Fields of the event that the policy does not keep, or that the entry's name gives. */
  readonly told?: Fields;
  /** Fields that the policy keeps as instants (numbers). */
  readonly instants?: readonly string[];
  /** Lists that are empty where nothing is told. */
  readonly empty?: readonly string[];
  /** Fields that the policy keeps besides, with the kind that each has. */
  readonly kept?: Readonly<Record<string, 'boolean' | 'string'>>;
}

/** Reads fields as the event's class does, so that a draft is held to the rules of what is published; null stands for what is not told. */
function fields(
  type: Class,
  value: unknown,
  at: string,
  { told = {}, instants = [], empty = [], kept = {} }: Form = {},
): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad(at, 'It must be an object');
  const all = Object.entries(value as Fields);
  for (const [name, kind] of Object.entries(kept)) {
    const inner = (value as Fields)[name];
    if (inner !== undefined && inner !== null && typeof inner !== kind)
      throw bad(`${at}/${name}`, `${name} must be a ${kind}`);
  }
  const untold = ([name, inner]: readonly [string, unknown]): boolean =>
    inner === null || Object.hasOwn(kept, name) || (empty.includes(name) && Array.isArray(inner) && inner.length === 0);
  const own = all.filter((one) => !untold(one));
  const body = Object.fromEntries(
    own.map(([name, inner]) => [
      name,
      instants.includes(name) && typeof inner === 'number' ? when(inner, at, name) : inner,
    ]),
  );
  const data = checked(type, { ...told, ...body }, at);
  const found = Object.entries(data).filter(([name]) => Object.hasOwn(body, name) || !Object.hasOwn(told, name));
  return {
    ...Object.fromEntries(all.filter(untold)),
    ...Object.fromEntries(
      found.map(([name, inner]) => {
        const given = (value as Fields)[name];
        const at = typeof given === 'number' ? given : Date.parse(inner as string);
        return [name, instants.includes(name) ? at : inner];
      }),
    ),
  };
}

/** Stands for an instant that the policy keeps as a number, which may be the far end of time. */
function when(value: number, at: string, name: string): string {
  if (!Number.isInteger(value) || Math.abs(value) > NEVER) throw bad(`${at}/${name}`, `${name} must be an instant`);
  return iso(0);
}

function checked(type: Class, body: Fields, at: string): Fields {
  try {
    return read(type, body, utcCalendar) as Fields;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const errors = error.errors.map((one) => ({ ...one, pointer: `${at}${one.pointer}` }));
    throw new Refusal('policy/draft-invalid', error.message, { errors });
  }
}

/** Entries by name, each read with its name. */
const entries =
  (each: (name: string, value: unknown, at: string) => unknown): Reading =>
  (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad(at, 'It must be an object');
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, each(name, inner, `${at}/${escaped(name)}`)]),
    );
  };

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

const list =
  (each: Reading): Reading =>
  (value, at) => {
    if (!Array.isArray(value)) throw bad(at, 'It must be a list');
    return value.map((inner, i) => each(inner, `${at}/${i}`));
  };

/** An entry that is one value of an event, such as a rate; the event's other fields come from its name. */
const single = (
  type: Class,
  of: string,
  name: string,
  parts: readonly string[],
  value: unknown,
  at: string,
): unknown => {
  const told = Object.fromEntries(name.split('/').map((part, i) => [parts[i] ?? 'unknown', part]));
  return checked(type, { ...told, [of]: value }, at)[of];
};

const activity = (name: string, value: unknown, at: string): unknown => {
  const { caps, state, ...rest } = (value ?? {}) as Fields;
  if (!['PROPOSED', 'APPROVED', 'REJECTED'].includes(state as string))
    throw bad(`${at}/state`, 'state must be one of PROPOSED, APPROVED, REJECTED');
  const cap: Reading = (one, place) => ({
    accountId: null,
    ...fields(event.ActivityTypeCapped, one, place, { told: { activityTypeId: name } }),
  });
  const told = { activityTypeId: name, name: 'draft', why: 'draft' };
  return {
    name: null,
    ...fields(event.ActivityTypeProposed, rest, at, { told }),
    state,
    caps: list(cap)(caps ?? [], `${at}/caps`),
  };
};

/** How each part of a draft is read: by the classes of the events that publish it. */
export const partReadings: { readonly [P in PolicyPart]: Reading } = {
  settings: (value, at) => fields(event.FirmSettingsSet, value, at),
  criteria: (value, at) => (value === null ? null : fields(event.KeyAccountCriteriaDefined, value, at)),
  scoring: (value, at) => ({
    version: 'draft',
    ...fields(event.ScoringModelPublished, value, at, { told: { version: 'draft' }, empty: ['attractiveness'] }),
  }),
  caps: (value, at) => fields(event.CapacitySet, value, at),
  horizons: (value, at) => fields(event.EvaluationHorizonSet, value, at),
  rates: entries((pool, value, at) => ({ pool, ...fields(event.RateCardSet, value, at, { told: { pool } }) })),
  fx: entries((pair, value, at) => single(event.FxRateSet, 'rate', pair, ['base', 'quote'], value, at)),
  attention: entries((name, value, at) => single(event.AttentionPolicySet, 'days', name, ['stage', 'role'], value, at)),
  units: entries((name, value, at) => single(event.UnitPolicySet, 'units', name, ['stage'], value, at)),
  routes: entries((routeId, value, at) => fields(event.RoutePlanned, value, at, { told: { routeId } })),
  bursts: entries((burstId, value, at) => ({
    ...{ accountIds: [], region: null, industry: null, value: null },
    ...fields(event.OpportunityBurstDeclared, value, at, {
      told: { burstId, why: 'draft' },
      empty: ['accountIds'],
      instants: ['from', 'until'],
    }),
  })),
  commission: entries((planId, value, at) =>
    fields(event.CommissionPlanSet, value, at, { told: { planId, terms: 'draft' }, instants: ['from', 'until'] }),
  ),
  activities: entries(activity),
  objectives: entries((objectiveId, value, at) => ({
    ...{ year: null, contributionTarget: null, open: true },
    ...fields(event.ObjectiveDefined, value, at, {
      told: { objectiveId, statement: 'draft' },
      kept: { open: 'boolean' },
    }),
  })),
  budgets: list((value, at) => ({
    ...{ purpose: null, moved: false, eventId: 'draft' },
    ...fields(BudgetMove, value, at, { kept: { purpose: 'string', moved: 'boolean', eventId: 'string' } }),
  })),
  models: entries((model, value, at) => ({
    model,
    ...fields(event.LifetimeModelPublished, value, at, {
      told: { model, digest: 'draft' },
      instants: ['trainedAsOf', 'trainedKnownAt'],
    }),
  })),
  endorsements: list((value, at) => {
    const { from, ...rest } = (value ?? {}) as Fields;
    if (typeof from !== 'number') throw bad(`${at}/from`, 'from must be an instant');
    when(from, at, 'from');
    const own = fields(event.ProgrammeEndorsed, rest, at, { instants: ['until'], kept: { eventId: 'string' } });
    return { eventId: 'draft', ...own, from };
  }),
} satisfies { readonly [P in keyof Policy]: Reading };
