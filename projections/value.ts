import type { AccountEvent } from '../src/domain/account/account.events.js';
import type { ProgrammeEvent } from '../src/domain/programme/programme.events.js';
import { once, whenSeen } from '../src/kernel/figures.js';
import { iso } from '../src/kernel/instant.js';
import type { Money } from '../src/kernel/money.js';
import type { Policy } from '../src/kernel/policy.js';
import type { Projection, Subject } from '../src/kernel/projection.js';
import type { CriteriaState, Potential } from './criteria/state.js';
import { amountOf, contractHandlers } from './loyalty/contracts.js';
import { reachedAt, spellsOf, tenureOf } from './loyalty/tenure.js';
import { pairOf } from './performance/pricing.js';
import type { PerformanceState } from './performance/state.js';
import type { StageMoves } from './population/stages.js';
import { chanceOf, type Survival } from './population/survival.js';
import {
  averageLife,
  clv,
  type NoValue,
  retentionLift,
  retentionMultiple,
  shareBeyondYear,
} from './statistics/economics.js';
import type { Figure } from './statistics/figure.js';
import { type LifetimeView, lifetimeOf } from './value/lifetime.js';
import { horizonOf, type PlanValueView, planValue } from './value/plan.js';
import { initial, type ValueState } from './value/state.js';

type Events = AccountEvent | ProgrammeEvent;

/** A figure that exists or the reason why not, and what it was reckoned from. */
type Worth = { readonly value: number | null; readonly reason: string | null };

/** What an account is worth in the future. Amounts in minor units of its currency; values are not rounded. */
export interface ValueView {
  readonly discountRate: number;
  readonly potential: object | null;
  readonly potentialReason: string | null;
  /** m r ÷ (1 + d − r), m the margin per year of the latest potential (A3). */
  readonly constantClv: Worth;
  /** The same with the margin growing by `growthPct` a year, m r ÷ (1 + d − r(1 + g)). */
  readonly growthClv: Worth;
  /** Share of the constant form that comes after 12 months, r ÷ (1 + d) (D1). */
  readonly shareBeyondYear: Worth;
  readonly retention: {
    /** CLV per unit of yearly margin. */
    readonly multiple: Worth;
    /** Expected life in years at that retention. */
    readonly averageLife: Worth;
    /** What five more points of retention add, relatively: by the retention stated, and by 12-month survival of our own log (E7). */
    readonly lift: readonly ({
      readonly basis: string;
      readonly retention: number | null;
      readonly points: number;
    } & Worth)[];
  };
  readonly plan: PlanValueView;
  readonly lifetime: readonly LifetimeView[];
  readonly lifetimeReason: string | null;
  readonly targets: readonly object[];
  readonly objectives: readonly object[];
  readonly designated: boolean;
}

/** What the account is worth in the future: potential, plan with survival, what more retention would bring. */
export const value: Projection<ValueState, ValueView, Events> = {
  name: 'value',
  version: 1,
  of: 'account',
  question: { en: 'What is it worth in the future?', zh: '它未来值多少?' },
  policy: ['fx'],
  parameters: {
    survival: 'stages: survival by the movement between stages instead of by tenure',
    lift: 'own: the lift of five points of retention by the own customer base',
  },
  choices: { survival: ['stages'], lift: ['own'] },
  uses: ['performance', 'criteria', 'population/survival'],
  usesFor: { survival: ['population/stages'] },
  initial,
  on: {
    ...contractHandlers,
    FuturePlanSet: (state, { id, time, data: { period, basis, contribution } }, rules, subject) => {
      const plans = basis === 'FORECAST' ? state.forecasts : state.targets;
      plans[period] = { ...told(contribution, rules, subject), time, eventId: id };
    },
    ObjectiveServed: (state, { id, time, data: { objectiveId, contribution } }, rules, subject) => {
      state.served[objectiveId] = { ...told(contribution, rules, subject), time, eventId: id };
    },
    KeyAccountDesignated: (state, { data }) => {
      state.horizonYears = data.horizonYears;
      state.designated = true;
    },
    KeyAccountReleased: (state) => {
      state.designated = false;
    },
  },
  view: (state, { asOf }, policy, used) => {
    const { settings } = policy;
    const performance = () => used.states.performance as PerformanceState;
    const potential = () => (used.states.criteria as CriteriaState).potential;
    const survival = () => (used['population/survival'] ?? null) as Survival | null;
    const reached = () =>
      reachedAt(spellsOf(tenureOf(performance(), state), asOf, settings.churnDays, settings), asOf, settings);
    const retention = () => potential()?.expectedRetention ?? null;
    const lifetime = once(() => lifetimeOf(performance(), asOf, policy, horizonOf(state, policy).years));
    const d = settings.discountRate;
    return whenSeen<ValueView>({
      discountRate: () => d,
      potential: () => {
        const told = potential();
        return told && { ...told, time: iso(told.time) };
      },
      potentialReason: () => (potential() === null ? 'no-potential' : null),
      constantClv: () => closed(potential(), d, 0),
      growthClv: () => closed(potential(), d, (potential()?.growthPct ?? 0) / 100),
      shareBeyondYear: () => stated(retention(), (rate) => shareBeyondYear(rate, d)),
      retention: () => ({
        multiple: retention() === null ? noPotential : said(retentionMultiple(retention()!, d)),
        averageLife: stated(retention(), averageLife),
        lift: [
          lift('expected-retention', retention(), d, 'no-potential'),
          ...ownLift(used.parameters.lift === 'own' ? survival() : undefined, d),
        ],
      }),
      plan: () => {
        const byStages = used.parameters.survival === 'stages';
        return planValue(state, asOf, policy, {
          reached,
          expectedRetention: retention(),
          survival,
          stages: byStages ? () => (used['population/stages'] ?? null) as StageMoves | null : null,
        });
      },
      lifetime,
      lifetimeReason: () => (lifetime().length === 0 ? 'no-lifetime-model-published' : null),
      targets: () => listed(state.targets, 'period'),
      objectives: () =>
        listed(state.served, 'objectiveId').map((one) => {
          const objective = policy.objectives[one.objectiveId as string];
          return { ...one, open: objective?.open ?? null, year: objective?.year ?? null };
        }),
      designated: () => state.designated,
    });
  },
};

const noPotential: Worth = { value: null, reason: 'no-potential' };

const stated = (retention: number | null, figure: (r: number) => number | null): Worth =>
  retention === null ? noPotential : worth(figure(retention));

function told(amount: Money, rules: Policy, subject: Subject) {
  const contribution = amountOf(amount, rules, subject);
  return { contribution, missing: contribution === null ? pairOf(amount.currency, subject.currency ?? '') : null };
}

function closed(potential: Potential | null, discount: number, growth: number): Worth {
  if (potential === null) return noPotential;
  if (potential.margin === null) return { value: null, reason: `no-rate ${potential.missing}` };
  return said(clv({ margin: potential.margin, retention: potential.expectedRetention, discount, growth }));
}

const said = (figure: Figure<NoValue>): Worth =>
  figure.value === null ? { value: null, reason: figure.reason } : { value: figure.value, reason: null };

const worth = (value: number | null): Worth => ({
  value,
  reason: value === null ? 'undefined-at-this-retention' : null,
});

function lift(basis: string, retention: number | null, discount: number, without: string) {
  const points = 0.05;
  const figure =
    retention === null ? { value: null, reason: without } : said(retentionLift(retention, discount, points));
  return { basis, retention, points, ...figure };
}

/** The lift at the 12-month survival of our own accounts; asked for with `lift=own`, for it looks at all of them. */
function ownLift(survival: Survival | null | undefined, discount: number) {
  if (survival === undefined) return [];
  const chance = survival === null ? null : chanceOf(survival, 0, 365);
  return [lift('12-month-survival', chance?.value ?? null, discount, 'fewer-than-20-ended')];
}

function listed<K extends string>(entries: Readonly<Record<string, { time: number }>>, name: K) {
  return Object.keys(entries)
    .sort()
    .map(
      (id) => ({ [name]: id, ...entries[id]!, time: iso(entries[id]!.time) }) as { readonly [key: string]: unknown },
    );
}
