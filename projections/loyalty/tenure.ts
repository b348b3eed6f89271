import { type Calendar, dayOf, daysBetween, type Instant, startOfDay } from '../../src/kernel/instant.js';
import { orderDaysOf } from '../performance/days.js';
import type { PerformanceState } from '../performance/state.js';
import type { Bound, LoyaltyState } from './state.js';

/** Why an account ended (§3.12.15). */
export type End = 'EXITED' | 'CONTRACT_ENDED' | 'NO_ORDER';

/** A time in which the account was ours, from its first regular order; days are numbers of the firm's days. */
export interface Spell {
  readonly fromDay: number;
  /** Instant from which it was ended; null while it lasts. */
  readonly endAt: Instant | null;
  /** Day of the end; null while it lasts. */
  readonly endDay: number | null;
  readonly end: End | null;
}

/** What an end is judged by: days of regular orders, ascending; instants of EXITED; times of contracts in force. */
export interface Tenure {
  readonly orderDays: readonly number[];
  readonly exits: readonly Instant[];
  readonly contracts: readonly (readonly [from: Instant, to: Instant, byEvent: 0 | 1])[];
}

/** The tenure that two folds of one account tell of. */
export function tenureOf(performance: PerformanceState, bound: Bound): Tenure {
  return {
    orderDays: orderDaysOf(performance),
    exits: bound.stages.flatMap(([stage, time]) => (stage === 'EXITED' ? [time] : [])),
    contracts: Object.values(bound.contracts).flatMap(({ spans }) => spans),
  };
}

/**
 * The account's spells as known at an instant. One begins with a regular order and ends at the earliest of: EXITED declared; a contract
 * over with no other in force; with none in force, `churnDays` after the last regular order told by then (an order on that very day
 * continues it). A later regular order begins another spell.
 */
export function spellsOf(tenure: Tenure, asOf: Instant, churnDays: number, calendar: Calendar): Spell[] {
  const today = dayOf(asOf, calendar);
  const { orderDays } = tenure;
  const days = (orderDays.at(-1) ?? today) <= today ? orderDays : orderDays.filter((day) => day <= today);
  const outright = endsOf(tenure, calendar).filter(({ at }) => at <= asOf);
  const spells: Spell[] = [];
  for (let i = 0; i < days.length; ) {
    const fromDay = days[i]!;
    const startAt = startOfDay(fromDay, calendar);
    const told = outright.find(({ at, day }) => at > startAt && day >= fromDay) ?? null;
    const lapse = lapseOf(tenure, days, i, asOf, churnDays, calendar);
    const first = earlier(told, lapse);
    spells.push({ fromDay, endAt: first?.at ?? null, endDay: first?.day ?? null, end: first?.end ?? null });
    if (first === null) break;
    i = days.findIndex((day) => day > first.day);
    if (i < 0) break;
  }
  return spells;
}

interface Ended {
  readonly at: Instant;
  readonly day: number;
  readonly end: End;
}

/** Exits, and ends of contracts that left none in force, in order. */
function endsOf({ exits, contracts }: Tenure, calendar: Calendar): Ended[] {
  const covered = (at: Instant) => contracts.some(([from, to]) => from <= at && at < to);
  const over = contracts.filter(([from, to]) => to > from && !covered(to));
  return [
    ...exits.map((at): Ended => ({ at, day: dayOf(at, calendar), end: 'EXITED' })),
    ...over.map(([, at, byEvent]): Ended => {
      return { at, day: dayOf(byEvent === 1 ? at : at - 1, calendar), end: 'CONTRACT_ENDED' };
    }),
  ].sort((a, b) => a.at - b.at);
}

/** The first silence of `churnDays` from the i-th order on that no contract covers. */
function lapseOf(
  { contracts }: Tenure,
  days: readonly number[],
  from: number,
  asOf: Instant,
  churnDays: number,
  calendar: Calendar,
): Ended | null {
  for (let i = from; i < days.length; i++) {
    const day = days[i]! + churnDays;
    if (i + 1 < days.length && days[i + 1]! <= day) continue;
    const at = startOfDay(day, calendar);
    if (at > asOf) return null;
    if (!contracts.some(([start, to]) => start <= at && at < to)) return { at, day, end: 'NO_ORDER' };
  }
  return null;
}

const earlier = (a: Ended | null, b: Ended | null): Ended | null =>
  a === null ? b : b === null || a.at <= b.at ? a : b;

/** Whether the account is ours at an instant, by its spells: ordered once, and not ended. Null before its first regular order. */
export function keptAt(spells: readonly Spell[], at: Instant, calendar: Calendar): boolean | null {
  const day = dayOf(at, calendar);
  const begun = spells.filter(({ fromDay }) => fromDay <= day);
  if (begun.length === 0) return null;
  return begun.some(({ endAt }) => endAt === null || at < endAt);
}

/** First spell as survival counts it: days from the first regular order to its end, else to `asOf` (censored); null without an order. */
export function firstSpell(
  spells: readonly Spell[],
  asOf: Instant,
  calendar: Calendar,
): { readonly time: number; readonly ended: boolean } | null {
  const [first] = spells;
  if (!first) return null;
  if (first.endDay !== null && first.endAt !== null && first.endAt <= asOf)
    return { time: Math.max(0, first.endDay - first.fromDay), ended: true };
  return { time: dayOf(asOf, calendar) - first.fromDay, ended: false };
}

/** Days that the spell of this moment has lasted; null where the account is not ours now. */
export function reachedAt(spells: readonly Spell[], asOf: Instant, calendar: Calendar): number | null {
  const last = spells.at(-1);
  if (!last || (last.endAt !== null && last.endAt <= asOf)) return null;
  return daysBetween(startOfDay(last.fromDay, calendar), asOf, calendar);
}

/** The way of selling by which the account was won: that of the first acquisition won which names one (§3.12.15); null where none does. */
export function wonBy({ wins }: LoyaltyState): string | null {
  const named = wins.filter(({ approach }) => approach !== null);
  return (named.find(({ purpose }) => purpose === 'ACQUISITION') ?? named[0])?.approach ?? null;
}
