import { type Instant, NEVER } from '../../src/kernel/instant.js';
import { spellsOf, tenureOf } from '../loyalty/tenure.js';
import type { Bound, LoyaltyState } from '../loyalty/state.js';
import type { PerformanceState } from '../performance/state.js';
import { dayOf } from '../../src/kernel/instant.js';
import { type Curve, kaplanMeier, survivalAt } from '../statistics/survival.js';
import type { PopulationFigure } from './figure.js';

/** Fewest accounts that must have ended before survival is read off the curve [P] (§3.12.16). */
export const endedMin = 20;

/** An account's first spell, as known: when it began, and when it ended or will, if nothing more is heard. */
export interface FirstSpell {
  readonly fromDay: number;
  readonly endAt: Instant | null;
  readonly endDay: number | null;
}

/** How long accounts stay: Kaplan–Meier over the first spells of all that ever ordered, censored at the moment. */
export interface Survival {
  /** Null where no account has ordered yet. */
  readonly curve: Curve | null;
  readonly n: number;
  readonly ended: number;
  readonly churnDays: number;
}

/** The first spell of an account, to whatever end it runs if nothing more is told. */
export function firstSpellOf(
  performance: PerformanceState,
  bound: Bound,
  { churnDays, ...calendar }: { churnDays: number; utcOffsetMin: number; fiscalYearStartMonth: number },
): FirstSpell | null {
  const [first] = spellsOf(tenureOf(performance, bound), NEVER - 1e12, churnDays, calendar);
  return first ? { fromDay: first.fromDay, endAt: first.endAt, endDay: first.endDay } : null;
}

/** Survival of all accounts at the moment. */
export const survival: PopulationFigure<FirstSpell, Survival> = {
  name: 'population/survival',
  states: ['performance', 'loyalty'],
  extract: (states, { policy: { settings } }) =>
    firstSpellOf(states.performance as PerformanceState, states.loyalty as LoyaltyState, settings),
  figure: (members, { asOf, policy: { settings } }) => {
    const today = dayOf(asOf, settings);
    const spells = [...members.values()]
      .filter(({ fromDay }) => fromDay <= today)
      .map(({ fromDay, endAt, endDay }) =>
        endAt !== null && endDay !== null && endAt <= asOf
          ? { time: Math.max(0, endDay - fromDay), ended: true }
          : { time: today - fromDay, ended: false },
      );
    const curve = kaplanMeier(spells);
    return { curve, n: spells.length, ended: curve?.ended ?? 0, churnDays: settings.churnDays };
  },
};

/** The chance to last so many days more, given what is behind, with its 95 % band. */
export interface Chance {
  readonly value: number;
  /** Null where nobody ended in between. */
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * S(reached + further) ÷ S(reached) with Greenwood's error over the ends in between on the log(−log) scale; null unless at least 20
 * accounts have ended and the curve reaches that far (§3.12.16).
 */
export function chanceOf({ curve, ended }: Survival, reached: number, further: number): Chance | null {
  if (curve === null || ended < endedMin) return null;
  const now = survivalAt(curve, reached);
  const then = survivalAt(curve, reached + further);
  if (now === null || then === null || now <= 0) return null;
  const value = then / now;
  const between = curve.steps.filter(({ time }) => time > reached && time <= reached + further);
  const spread = between.reduce(
    (sum, { atRisk, ended: gone }) => sum + (atRisk > gone ? gone / (atRisk * (atRisk - gone)) : 0),
    0,
  );
  if (value <= 0 || value >= 1 || spread === 0) return { value, low: null, high: null };
  const reach = (1.959963984540054 * Math.sqrt(spread)) / -Math.log(value);
  return { value, low: value ** Math.exp(reach), high: value ** Math.exp(-reach) };
}
