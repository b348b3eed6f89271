import { dateOfDay, type Instant, iso } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import { type StageMoves, stageNow } from '../population/stages.js';
import { chanceOf, type Survival } from '../population/survival.js';
import { planClv } from '../statistics/economics.js';
import { stageSurvival } from '../statistics/semimarkov.js';
import { sum } from '../statistics/figure.js';
import type { ValueState } from './state.js';
import { plannedIn, yearsAfter } from './years.js';

/** Where a chance to be still ours comes from. */
export type ChanceSource = 'kaplan-meier' | 'expected-retention' | 'stages';

/** One year of the plan: forecast, chance, and what they are worth today. */
export interface PlanYearView {
  readonly year: number;
  readonly from: string;
  readonly to: string;
  readonly contribution: number | null;
  readonly contributionReason: string | null;
  readonly survival: number | null;
  readonly survivalLow: number | null;
  readonly survivalHigh: number | null;
  readonly source: ChanceSource | null;
  readonly value: number | null;
  readonly eventIds: readonly string[];
}

/** plan-CLV Σ ρ_t · forecast_t ÷ (1 + d)^t (§3.12.16) with what it stands on. Amounts in minor units, not rounded. */
export interface PlanValueView {
  readonly value: number | null;
  readonly reason: string | null;
  /** Years from 1 without a forecast or a chance. */
  readonly missing: readonly number[];
  /** Value after the first 12 months ÷ value; null where the value is null or not positive. */
  readonly shareBeyondYear: number | null;
  readonly interval: {
    readonly low: number;
    readonly high: number;
    readonly level: number;
    readonly by: string;
  } | null;
  readonly intervalReason: string | null;
  readonly years: readonly PlanYearView[];
  readonly model: {
    readonly name: 'plan-clv';
    readonly version: 1;
    readonly survival: ChanceSource | 'mixed' | null;
    readonly population: object | null;
    readonly fittedAsOf: string;
    readonly horizonYears: number;
    readonly horizonFrom: 'designation' | 'policy';
    readonly discountRate: number;
  };
}

/** What chances may be drawn from; the figures over the population are looked at only when they are called. */
export interface Chances {
  readonly reached: () => number | null;
  readonly expectedRetention: number | null;
  readonly survival: () => Survival | null;
  /** Asked for with `survival=stages`. */
  readonly stages: (() => StageMoves | null) | null;
}

/** Years that are planned: those of the designation, else of our policy. */
export const horizonOf = (
  { horizonYears }: ValueState,
  { horizons }: Policy,
): { readonly years: number; readonly from: 'designation' | 'policy' } =>
  horizonYears === null
    ? { years: Math.max(1, Math.round(horizons.defaultMonths / 12)), from: 'policy' }
    : { years: horizonYears, from: 'designation' };

export function planValue(state: ValueState, asOf: Instant, policy: Policy, chances: Chances): PlanValueView {
  const { settings } = policy;
  const horizon = horizonOf(state, policy);
  const horizonYears = horizon.years;
  const years = yearsAfter(asOf, horizonYears, settings);
  const plans = years.map((year) => plannedIn(state.forecasts, year, settings));
  // also a forecast of a part of a year needs its chance: the cover of a fiscal year that begins or ends within it
  const needed = plans.some(({ eventIds }) => eventIds.length > 0);
  const found = needed
    ? chancesOf(state, asOf, settings, chances, years.length)
    : { by: years.map(() => none), population: null };
  const terms = plans.map(({ contribution }, i) => ({ contribution, survival: found.by[i]!.value }));
  const d = settings.discountRate;
  const value = planClv(terms, d);
  const sources = new Set(found.by.flatMap(({ source }) => source ?? []));
  const interval = value.value === null ? null : intervalOf(terms, found.by, d);
  return {
    value: value.value,
    reason: value.value === null ? value.reason : null,
    missing: value.value === null ? value.years : [],
    shareBeyondYear: value.value === null ? null : value.beyondFirst,
    interval,
    intervalReason: interval ? null : value.value === null ? value.reason : 'stated-chances-have-no-interval',
    years: years.map(({ year, fromDay, toDay }, i) => {
      const { value: survival, low, high, source } = found.by[i]!;
      const { contribution, reason, eventIds } = plans[i]!;
      const worth = contribution === null || survival === null ? null : (survival * contribution) / (1 + d) ** year;
      return {
        year,
        from: dateOfDay(fromDay),
        to: dateOfDay(toDay),
        contribution,
        contributionReason: reason,
        survival,
        survivalLow: low,
        survivalHigh: high,
        source,
        value: worth,
        eventIds,
      };
    }),
    model: {
      name: 'plan-clv',
      version: 1,
      survival: sources.size > 1 ? 'mixed' : ([...sources][0] ?? null),
      population: found.population,
      fittedAsOf: iso(asOf),
      horizonYears,
      horizonFrom: horizon.from,
      discountRate: d,
    },
  };
}

interface Found {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly source: ChanceSource | null;
}

const none: Found = { value: null, low: null, high: null, source: null };

/** ρ_t of the years 1 … n: by the curve where it serves, else by the retention told with the potential, else unknown. */
function chancesOf(state: ValueState, asOf: Instant, settings: Policy['settings'], chances: Chances, count: number) {
  const years = Array.from({ length: count }, (_, i) => i + 1);
  if (chances.stages) {
    const moves = chances.stages();
    const now = stageNow(state, asOf, settings);
    const found =
      moves?.model && now
        ? stageSurvival(
            moves.model,
            now,
            years.map((year) => 365 * year),
          )
        : null;
    const by = years.map((_, i): Found => {
      const value = found?.[i] ?? null;
      return value === null ? none : { value, low: null, high: null, source: 'stages' };
    });
    return { by, population: moves && { accounts: moves.accounts, stays: moves.stays, stage: now } };
  }
  const { expectedRetention } = chances;
  const reached = chances.reached();
  const population = reached === null ? null : chances.survival();
  const by = years.map((year): Found => {
    const chance = population && reached !== null ? chanceOf(population, reached, 365 * year) : null;
    if (chance) return { ...chance, source: 'kaplan-meier' };
    if (expectedRetention === null) return none;
    return { value: expectedRetention ** year, low: null, high: null, source: 'expected-retention' };
  });
  const about = population && {
    n: population.n,
    ended: population.ended,
    churnDays: population.churnDays,
    reachedDays: reached,
  };
  return { by, population: about };
}

/** The value under the lower and the upper band of the curve; a year in which nobody ended keeps its chance. Null where a year's chance was only stated. */
function intervalOf(terms: readonly { readonly contribution: number | null }[], by: readonly Found[], d: number) {
  if (by.some(({ source }) => source !== 'kaplan-meier') || by.every(({ low }) => low === null)) return null;
  const under = (pick: (one: Found, positive: boolean) => number | null): number =>
    sum(
      terms.map(({ contribution }, i) => {
        const one = by[i]!;
        const chance = pick(one, (contribution ?? 0) >= 0) ?? one.value ?? 0;
        return (chance * (contribution ?? 0)) / (1 + d) ** (i + 1);
      }),
    );
  const low = under((one, positive) => (positive ? one.low : one.high));
  const high = under((one, positive) => (positive ? one.high : one.low));
  return { low, high, level: 0.95, by: 'kaplan-meier band (Greenwood, log-log)' };
}
