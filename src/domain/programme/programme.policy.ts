import type { Event, EventOf } from '../../kernel/event.js';
import { NEVER } from '../../kernel/instant.js';
import { type PolicyRule, startOf } from '../../kernel/policies.js';
import { type Budget, type Policy, type PolicyPart } from '../../kernel/policy.js';
import type { ProgrammeEvent } from './programme.events.js';

type Rules = {
  readonly [T in ProgrammeEvent['type']]?: {
    readonly [P in PolicyPart]: {
      readonly part: P;
      readonly next: (before: Policy[P], event: EventOf<ProgrammeEvent, T>) => Policy[P];
    };
  }[PolicyPart];
};

/** The table: which part of the rules each event of the programme changes, and how. */
const table: Rules = {
  FirmSettingsSet: {
    part: 'settings',
    next: (before, { data: { from: _from, ...said } }) => ({ ...before, ...given(said) }),
  },
  KeyAccountCriteriaDefined: {
    part: 'criteria',
    next: (_before, { data: { version, gates } }) => ({ version, gates }),
  },
  ScoringModelPublished: {
    part: 'scoring',
    next: (before, { data: { from: _from, baseWeights, stageBands, ...said } }) => ({
      ...before,
      ...given(said),
      version: said.version,
      baseWeights: { ...before.baseWeights, ...baseWeights },
      stageBands: { ...before.stageBands, ...stageBands },
    }),
  },
  RateCardSet: { part: 'rates', next: (before, { data: { from: _from, ...card } }) => withCard(before, card) },
  FxRateSet: {
    part: 'fx',
    next: (before, { data: { base, quote, rate } }) => ({ ...before, [`${base}/${quote}`]: rate }),
  },
  CapacitySet: {
    part: 'caps',
    next: (before, { data: { from: _from, hours, ...said } }) => ({
      ...before,
      ...given(said),
      hours: { ...before.hours, ...hours },
    }),
  },
  EvaluationHorizonSet: {
    part: 'horizons',
    next: (before, { data: { from: _from, ...said } }) => ({ ...before, ...given(said) }),
  },
  AttentionPolicySet: {
    part: 'attention',
    next: (before, { data: { stage, role, days } }) => ({ ...before, [`${stage}/${role}`]: days }),
  },
  UnitPolicySet: { part: 'units', next: (before, { data: { stage, units } }) => ({ ...before, [stage]: units }) },
  ProgrammeEndorsed: {
    part: 'endorsements',
    next: (before, event) => {
      const { executive, until } = event.data;
      return [...before, { executive, from: startOf(event), until: Date.parse(until), eventId: event.id }];
    },
  },
  ObjectiveDefined: {
    part: 'objectives',
    next: (before, { data: { objectiveId, year, contributionTarget } }) => ({
      ...before,
      [objectiveId]: { year: year ?? null, contributionTarget: contributionTarget ?? null, open: true },
    }),
  },
  ObjectiveClosed: {
    part: 'objectives',
    next: (before, { data: { objectiveId } }) => {
      const known = own(before, objectiveId);
      return known ? { ...before, [objectiveId]: { ...known, open: false } } : before;
    },
  },
  BudgetAllocated: {
    part: 'budgets',
    next: (before, { id, data: { accountId, period, amount, purpose } }) => {
      const others = before.filter(
        (one) => one.moved || one.accountId !== accountId || one.period !== period || one.purpose !== purpose,
      );
      return [...others, { accountId, period, amount, purpose, moved: false, eventId: id }];
    },
  },
  PortfolioRebalanced: {
    part: 'budgets',
    next: (before, { id, data }) => [
      ...before,
      ...data.moves.map((move): Budget => ({ ...move, purpose: null, moved: true, eventId: id })),
    ],
  },
  ActivityTypeProposed: {
    part: 'activities',
    next: (before, { data: { activityTypeId, name } }) => ({
      ...before,
      [activityTypeId]: { name: textOf(name), state: 'PROPOSED', caps: [] },
    }),
  },
  ActivityTypeApproved: {
    part: 'activities',
    next: (before, { data }) => decided(before, data.activityTypeId, 'APPROVED'),
  },
  ActivityTypeRejected: {
    part: 'activities',
    next: (before, { data }) => decided(before, data.activityTypeId, 'REJECTED'),
  },
  ActivityTypeCapped: {
    part: 'activities',
    next: (before, { data: { activityTypeId, amount, per, accountId = null } }) => {
      const known = own(before, activityTypeId);
      if (!known) return before;
      const others = known.caps.filter((cap) => cap.per !== per || cap.accountId !== accountId);
      return { ...before, [activityTypeId]: { ...known, caps: [...others, { amount, per, accountId }] } };
    },
  },
  RoutePlanned: {
    part: 'routes',
    next: (before, { data: { routeId, weekday, accountIds } }) => ({ ...before, [routeId]: { weekday, accountIds } }),
  },
  CommissionPlanSet: {
    part: 'commission',
    next: (before, { data: { planId, approach, memberIds, from, until } }) => ({
      ...before,
      [planId]: { approach, memberIds, from: Date.parse(from), until: until === undefined ? NEVER : Date.parse(until) },
    }),
  },
  OpportunityBurstDeclared: {
    part: 'bursts',
    next: (
      before,
      { data: { burstId, accountIds = [], region = null, industry = null, from, until, value = null } },
    ) => ({
      ...before,
      [burstId]: { accountIds, region, industry, from: Date.parse(from), until: Date.parse(until), value },
    }),
  },
  LifetimeModelPublished: {
    part: 'models',
    next: (before, { data: { model, parameters, trainedAsOf, trainedKnownAt, population } }) => ({
      ...before,
      [model]: {
        model,
        parameters,
        trainedAsOf: Date.parse(trainedAsOf),
        trainedKnownAt: Date.parse(trainedKnownAt),
        population,
      },
    }),
  },
};

/** How each event of the programme changes our rules; events that are no rules (designations, reviews, reports) are not in it. */
export const programmeRules: Readonly<Record<string, PolicyRule>> = Object.fromEntries(
  Object.entries(table).map(([type, rule]) => {
    const next = rule.next as (before: unknown, event: Event<string, object>) => unknown;
    const apply = (policy: Policy, event: Event<string, object>): Policy => ({
      ...policy,
      [rule.part]: next(policy[rule.part], event),
    });
    return [type, { part: rule.part, apply }];
  }),
);

/** A card of one pool. A function belongs to the pool that named it last, so that a minute never has two prices. */
function withCard(before: Policy['rates'], card: Policy['rates'][string]): Policy['rates'] {
  const others = Object.entries(before).map(
    ([pool, one]) =>
      [pool, { ...one, functions: one.functions.filter((name) => !card.functions.includes(name)) }] as const,
  );
  return { ...Object.fromEntries(others), [card.pool]: card };
}

function decided(before: Policy['activities'], id: string, state: 'APPROVED' | 'REJECTED'): Policy['activities'] {
  const known = own(before, id);
  return known ? { ...before, [id]: { ...known, state } } : before;
}

/** A record's own entry: an id may be any word, `constructor` too. */
const own = <T>(record: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.hasOwn(record, id) ? record[id] : undefined;

/** What was said, without what was left out. */
const given = <T extends object>(said: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as never;

/** Sealed text is not readable in rules. */
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
