import { eachInParts, once, whenSeen } from '../../src/kernel/figures.js';
import { dayOf, type Instant } from '../../src/kernel/instant.js';
import { kept } from '../../src/kernel/keeper.js';
import type { Policy } from '../../src/kernel/policy.js';
import { addTo, type ApproachState, CITES, nearDays, orderNear, type Year, yearName } from './state.js';
import { ordersAreRare } from './window.js';

/** Years after the effort whose contribution is shown beside it. */
const lags = [0, 1, 2, 3] as const;

/** Hours of a fiscal year beyond orders, and what the account contributed in that year and the three after it (H5). */
export interface Farmed {
  readonly year: string;
  /** Hours of people of ours. */
  readonly hours: number;
  readonly ofHours: number;
  /** Contribution by years since the effort, minor units of the account's currency; null is said why. */
  readonly contribution: Readonly<Record<string, number | null>>;
  readonly reasons?: Readonly<Record<string, string>>;
}

/** Person-minutes by fiscal year with those of the last 30 days put in as far as they can be decided. */
export function yearsAt(state: ApproachState, asOf: Instant, { settings }: Policy): Record<string, Year> {
  const years = Object.fromEntries(Object.entries(state.years).map(([name, year]) => [name, [...year] as Year]));
  const today = dayOf(asOf, settings);
  for (const one of state.dealt.slice(state.settled)) {
    const day = dayOf(one[0], settings);
    const decided = (one[3] & CITES) === 0 || today - day > nearDays;
    addTo(years, yearName(one[0], settings), one, !decided || orderNear(state, day));
  }
  return years;
}

/** What was earned since the effort, each year by itself, so that a figure of one does not wait for the others. */
const earnedSince = (told: Told): Farmed['contribution'] =>
  whenSeen<Record<string, number | null>>(Object.fromEntries(lags.map((lag) => [String(lag), () => told(lag).value])));

function reasonsSince(told: Told): { reasons?: Farmed['reasons'] } {
  const found = lags.flatMap((lag) => {
    const { reason } = told(lag);
    return reason === undefined ? [] : [[String(lag), reason] as const];
  });
  return found.length === 0 ? {} : { reasons: Object.fromEntries(found) };
}

type Told = (lag: number) => { readonly value: number | null; readonly reason?: string };

/** The ledger of farming: effort of each year against what came later. It shows sequence, not cause. */
export function farmingAt(state: ApproachState, asOf: Instant, policy: Policy, performance: unknown): Farmed[] {
  const rare = once(() => ordersAreRare(state));
  const earned = (performance as { years?: Record<string, Record<string, unknown>> } | null | undefined)?.years;
  const thisYear = Number(yearName(asOf, policy.settings));
  const told = (year: number): { value: number | null; reason?: string } => {
    if (year > thisYear) return { value: null, reason: 'not-yet' };
    if (!earned) return { value: null, reason: 'performance-not-at-hand' };
    if (!Object.hasOwn(earned, String(year))) return { value: null, reason: 'no-money-told' };
    const { contribution } = earned[String(year)]!;
    return typeof contribution === 'number' ? { value: contribution } : { value: null, reason: 'not-known' };
  };
  const years = Object.entries(kept(state, 'approach/years', () => yearsAt(state, asOf, policy)));
  years.sort(([a], [b]) => Number(a) - Number(b));
  return eachInParts<Farmed, (typeof years)[number]>(years, [
    [
      'year hours ofHours',
      ([year, [all, free, apart]]) => ({ year, hours: (free + (rare() ? apart : 0)) / 60, ofHours: all / 60 }),
    ],
    ['contribution', ([year]) => ({ contribution: earnedSince((lag) => told(Number(year) + lag)) })],
    ['reasons', ([year]) => reasonsSince((lag) => told(Number(year) + lag))],
    ['open', ([year]) => (Number(year) === thisYear ? { open: true } : {})],
  ]);
}
