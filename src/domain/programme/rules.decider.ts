import { type Context, type Decider, type Draft, pick, toldAlready } from '../../kernel/decider.js';
import type { Instant } from '../../kernel/instant.js';
import { sumDecimals } from '../../kernel/money.js';
import { startOf } from '../../kernel/policies.js';
import { Refusal } from '../../kernel/refusal.js';
import type { programmeCommands } from './programme.commands.js';
import { programmeEvents as event, type ProgrammeEvent } from './programme.events.js';
import type { Programme } from './programme.state.js';

type Table = Decider<Programme, typeof programmeCommands, ProgrammeEvent>;
type Rule = { readonly from?: string };

/** Values that a statement sets, by the name under which a later one replaces them. */
const keyed = {
  settings: ({ from: _from, ...said }: InstanceType<typeof event.FirmSettingsSet>) => named('settings', said),
  caps: ({ from: _from, hours, ...said }: InstanceType<typeof event.CapacitySet>) => ({
    ...named('caps', said),
    ...named('hours', hours ?? {}),
  }),
  horizons: ({ from: _from, ...said }: InstanceType<typeof event.EvaluationHorizonSet>) => named('horizons', said),
  card: ({ from: _from, ...card }: InstanceType<typeof event.RateCardSet>) => ({
    [`rate/${card.pool}`]: card,
    ...named('pool', Object.fromEntries(card.functions.map((name) => [name, card.pool]))),
  }),
  fx: ({ base, quote, rate }: InstanceType<typeof event.FxRateSet>) => ({ [`fx/${base}/${quote}`]: rate }),
  attention: ({ stage, role, days }: InstanceType<typeof event.AttentionPolicySet>) => ({
    [`attention/${stage}/${role}`]: days,
  }),
  units: ({ stage, units }: InstanceType<typeof event.UnitPolicySet>) => ({ [`units/${stage}`]: units }),
};

/** How statements of our own rules are remembered. */
export const rulesOn: Table['on'] = {
  FirmSettingsSet: (state, event) => {
    const { utcOffsetMin, fiscalYearStartMonth } = event.data;
    if (utcOffsetMin !== undefined) state.calendar.utcOffsetMin ??= utcOffsetMin;
    if (fiscalYearStartMonth !== undefined) state.calendar.fiscalYearStartMonth ??= fiscalYearStartMonth;
    state.state(keyed.settings(event.data), startOf(event));
  },
  KeyAccountCriteriaDefined: (state, event) =>
    state.once(`criteria/${event.data.version}`, event, 'criteria/version-taken'),
  ScoringModelPublished: (state, event) => state.once(`scoring/${event.data.version}`, event, 'scoring/version-taken'),
  LifetimeModelPublished: (state, event) => state.once(`model/${event.data.digest}`, event, 'model/id-taken'),
  RateCardSet: (state, event) => state.state(keyed.card(event.data), startOf(event)),
  FxRateSet: (state, event) => state.state(keyed.fx(event.data), startOf(event)),
  CapacitySet: (state, event) => {
    state.state(keyed.caps(event.data), startOf(event));
    state.capTimes.push(startOf(event));
    for (const name of ['programmeCap', 'managerCap', 'managerHardCap'] as const) {
      state.widest[name] = Math.max(state.widest[name], event.data[name] ?? 0);
    }
  },
  EvaluationHorizonSet: (state, event) => state.state(keyed.horizons(event.data), startOf(event)),
  AttentionPolicySet: (state, event) => state.state(keyed.attention(event.data), startOf(event)),
  UnitPolicySet: (state, event) => state.state(keyed.units(event.data), startOf(event)),
};

type RuleCommand =
  | 'SetFirmSettings'
  | 'DefineKeyAccountCriteria'
  | 'PublishScoringModel'
  | 'PublishLifetimeModel'
  | 'SetRateCard'
  | 'SetFxRate'
  | 'SetCapacity'
  | 'SetEvaluationHorizon'
  | 'SetAttentionPolicy'
  | 'SetUnitPolicy';

/** How statements of our own rules are decided: what changes nothing is not recorded. */
export const rulesDecide: Pick<Table['decide'], RuleCommand> = {
  SetFirmSettings(state, command, context): Draft<ProgrammeEvent>[] {
    const data = someOf(pick(command, event.FirmSettingsSet));
    for (const name of ['utcOffsetMin', 'fiscalYearStartMonth'] as const) fixed(name, state.calendar[name], data[name]);
    return state.changes(keyed.settings(data), beginning(data, context)) ? [{ type: 'FirmSettingsSet', data }] : [];
  },

  DefineKeyAccountCriteria(state, command, context): Draft<ProgrammeEvent>[] {
    const { version, gates } = command;
    if (toldAlready(state.ids.get(`criteria/${version}`), context, 'criteria/version-taken', version)) return [];
    unique(
      'gates',
      'gate',
      gates.map(({ gate }) => gate),
    );
    return [{ type: 'KeyAccountCriteriaDefined', data: pick(command, event.KeyAccountCriteriaDefined) }];
  },

  PublishScoringModel(state, command, context): Draft<ProgrammeEvent>[] {
    const { version, attractiveness } = command;
    if (toldAlready(state.ids.get(`scoring/${version}`), context, 'scoring/version-taken', version)) return [];
    if (attractiveness) {
      unique(
        'attractiveness',
        'factor',
        attractiveness.map(({ factor }) => factor),
      );
      const sum = sumDecimals(attractiveness.map(({ weight }) => weight));
      if (sum !== 100) {
        throw new Refusal('scoring/weights', `The weights of attractiveness add up to ${sum}, not to 100`, {
          errors: [{ pointer: '/attractiveness', code: 'sum', detail: `weights must add up to 100, not ${sum}` }],
          values: { sum },
        });
      }
    }
    return [{ type: 'ScoringModelPublished', data: pick(command, event.ScoringModelPublished) }];
  },

  PublishLifetimeModel(state, command, context): Draft<ProgrammeEvent>[] {
    if (toldAlready(state.ids.get(`model/${command.digest}`), context, 'model/id-taken', command.digest)) return [];
    return [{ type: 'LifetimeModelPublished', data: pick(command, event.LifetimeModelPublished) }];
  },

  SetRateCard(state, command, context): Draft<ProgrammeEvent>[] {
    unique(
      'activities',
      'activity',
      command.activities.map(({ activity }) => activity),
    );
    const data = pick(command, event.RateCardSet);
    return state.changes(keyed.card(data), beginning(data, context)) ? [{ type: 'RateCardSet', data }] : [];
  },

  SetFxRate(state, command, context): Draft<ProgrammeEvent>[] {
    const data = pick(command, event.FxRateSet);
    if (data.base === data.quote) {
      throw new Refusal('fx/same-currency', `A rate is between two currencies, not of ${data.base} in itself`, {
        errors: [{ pointer: '/quote', code: 'same', detail: 'name another currency than the base' }],
      });
    }
    return state.changes(keyed.fx(data), beginning(data, context)) ? [{ type: 'FxRateSet', data }] : [];
  },

  SetCapacity(state, command, context): Draft<ProgrammeEvent>[] {
    const data = someOf(pick(command, event.CapacitySet));
    return state.changes(keyed.caps(data), beginning(data, context)) ? [{ type: 'CapacitySet', data }] : [];
  },

  SetEvaluationHorizon(state, command, context): Draft<ProgrammeEvent>[] {
    const data = someOf(pick(command, event.EvaluationHorizonSet));
    return state.changes(keyed.horizons(data), beginning(data, context))
      ? [{ type: 'EvaluationHorizonSet', data }]
      : [];
  },

  SetAttentionPolicy(state, command, context): Draft<ProgrammeEvent>[] {
    const data = pick(command, event.AttentionPolicySet);
    return state.changes(keyed.attention(data), beginning(data, context)) ? [{ type: 'AttentionPolicySet', data }] : [];
  },

  SetUnitPolicy(state, command, context): Draft<ProgrammeEvent>[] {
    const data = pick(command, event.UnitPolicySet);
    return state.changes(keyed.units(data), beginning(data, context)) ? [{ type: 'UnitPolicySet', data }] : [];
  },
};

/** Refuses a list that names one thing twice. */
export function unique(list: string, field: string, names: readonly string[]): void {
  const twice = names.findIndex((name, i) => names.indexOf(name) !== i);
  if (twice < 0) return;
  throw new Refusal('command/invalid', `${field} ${names[twice]} is named twice`, {
    errors: [{ pointer: `/${list}/${twice}/${field}`, code: 'unique', detail: `name each ${field} once` }],
  });
}

/** From when a rule holds: its `from`, else when it was decided. */
const beginning = ({ from }: Rule, { occurredAt }: Context): Instant =>
  from === undefined ? occurredAt : Date.parse(from);

/** The values with a prefix before their names. */
const named = (prefix: string, said: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [[`${prefix}/${name}`, value]])),
  );

/** Refuses a statement that sets nothing. */
function someOf<T extends Rule>(data: T): T {
  if (Object.keys(data).some((name) => name !== 'from')) return data;
  throw new Refusal('command/invalid', 'Nothing is set: give at least one value besides from', {
    errors: [{ pointer: '', code: 'empty', detail: 'give at least one value besides from' }],
  });
}

/** Refuses another value of what never changes, because every day and quarter of the past hangs on it. */
function fixed(name: string, first: number | undefined, now: number | undefined): void {
  if (first === undefined || now === undefined || first === now) return;
  throw new Refusal(
    'settings/calendar-fixed',
    `${name} is ${first} for ever and cannot become ${now}: every day and quarter of the past depends on it`,
    {
      errors: [{ pointer: `/${name}`, code: 'fixed', detail: `leave it out, or give ${first}` }],
      values: { name, value: first },
    },
  );
}
