import type { InteractionLogged } from '../../src/domain/activity/interaction.events.js';
import type { PursuitOpened } from '../../src/domain/activity/pursuit.events.js';
import {
  ALWAYS,
  DAY_MS,
  dayOf,
  type Instant,
  quarterOf,
  startOfQuarter,
  yearOfQuarter,
} from '../../src/kernel/instant.js';
import type { Policy, Settings } from '../../src/kernel/policy.js';

/** What a flag of an interaction says. */
export const VISIT = 1;
export const ROUTE = 2;
export const CITES = 4;

/**
 * An interaction in numbers, campaigns left out: instant, minutes, minutes × people of ours, flags, place of the pursuit it cites
 * in `pursuits` or −1.
 */
export type Dealt = readonly [at: Instant, minutes: number, effort: number, flags: number, pursuit: number];

/** What a pursuit was opened for; both null until it is told of. */
export interface Pursued {
  readonly pursuitId: string;
  readonly purpose: string | null;
  readonly fromCompetitor: boolean;
}

/** Person-minutes of a fiscal year: all; of interactions that cite neither order nor pursuit; of others with no order within 30 days. */
export type Year = [all: number, free: number, apart: number];

/** How we sell: interactions of the window, pursuits, the course of orders. */
export interface ApproachState {
  readonly dealt: Dealt[];
  /** Interactions before this place in `dealt` are in `years`. */
  settled: number;
  readonly pursuits: Pursued[];
  readonly numbers: Record<string, number>;
  /** Days of regular orders, of the time that figures look at. */
  readonly orderDays: number[];
  /** Days between regular orders of all times → how often. */
  readonly gaps: Record<string, number>;
  firstOrder: { readonly at: Instant; readonly eventId: string } | null;
  readonly years: Record<string, Year>;
  readonly assigned: { readonly approach: string; readonly from: Instant; readonly eventId: string }[];
  readonly routes: Record<string, Instant>;
  region: string | null;
  industry: string | null;
  designated: string | null;
  /** Fiscal year of the last interaction settled, and its end. */
  year: { readonly name: string; readonly from: Instant; readonly to: Instant };
}

export const initial = (): ApproachState => ({
  dealt: [],
  settled: 0,
  pursuits: [],
  numbers: {},
  orderDays: [],
  gaps: {},
  firstOrder: null,
  years: {},
  assigned: [],
  routes: {},
  region: null,
  industry: null,
  designated: null,
  year: { name: '', from: ALWAYS, to: ALWAYS },
});

/** Days on either side of an interaction in which an order ties it to business (§3.12.13). */
export const nearDays = 30;
const spareDays = 45;
const portion = 64;

/** Takes an interaction in, and the key of the pursuit that it cites; O(1), but for settling what is older than 30 days, each once. */
export function deal(
  state: ApproachState,
  data: InteractionLogged,
  cited: string | undefined,
  at: Instant,
  { settings }: Policy,
): void {
  settle(state, at, settings);
  if (data.kind === 'CAMPAIGN') return;
  const visit = data.kind === 'VISIT' ? VISIT : 0;
  const route = data.routeId === undefined ? 0 : ROUTE;
  const cites = data.orderId === undefined && cited === undefined ? 0 : CITES;
  if (visit && data.routeId !== undefined) state.routes[data.routeId] = at;
  const pursuit = cited === undefined ? -1 : pursuitNo(state, cited);
  state.dealt.push([at, data.durationMin, data.durationMin * data.ours.length, visit | route | cites, pursuit]);
  prune(state, at, settings);
}

/** A regular order came (§3.12.12). */
export function order(state: ApproachState, at: Instant, eventId: string, { settings }: Policy): void {
  settle(state, at, settings);
  state.firstOrder ??= { at, eventId };
  const day = dayOf(at, settings);
  const last = state.orderDays.at(-1);
  if (last === day) return;
  if (last !== undefined) state.gaps[day - last] = (state.gaps[day - last] ?? 0) + 1;
  state.orderDays.push(day);
  const oldest = day - Math.max(settings.windowDays, 365) - spareDays - 2 * nearDays;
  if (state.orderDays.length >= 2 * portion && state.orderDays[portion]! < oldest) state.orderDays.splice(0, portion);
}

/** A pursuit was opened, perhaps after interactions that cite it. */
export function pursue(state: ApproachState, { pursuitId, purpose, fromCompetitor }: PursuitOpened): void {
  const no = pursuitNo(state, pursuitId);
  state.pursuits[no] = { pursuitId, purpose, fromCompetitor: fromCompetitor !== undefined };
}

/** Whether a regular order lies within 30 days of a day. */
export function orderNear(state: ApproachState, day: number): boolean {
  for (let i = state.orderDays.length - 1; i >= 0; i--) {
    const apart = state.orderDays[i]! - day;
    if (apart < -nearDays) return false;
    if (apart <= nearDays) return true;
  }
  return false;
}

/** Adds an interaction to its fiscal year. */
export function addTo(years: Record<string, Year>, name: string, [, , effort, flags]: Dealt, near: boolean): void {
  years[name] ??= [0, 0, 0];
  const year = years[name];
  year[0] += effort;
  if (!(flags & CITES)) year[1] += effort;
  else if (!near) year[2] += effort;
}

/** Name of the fiscal year of an instant. */
export const yearName = (at: Instant, settings: Settings): string =>
  String(yearOfQuarter(quarterOf(at, settings), settings));

/** Interactions whose 30 days are over at an instant go into their years: their orders are told. */
function settle(state: ApproachState, now: Instant, settings: Settings): void {
  const today = dayOf(now, settings);
  for (; state.settled < state.dealt.length; state.settled++) {
    const one = state.dealt[state.settled]!;
    const day = dayOf(one[0], settings);
    if (today - day <= nearDays) return;
    if (one[0] >= state.year.to) state.year = yearOf(one[0], settings);
    addTo(state.years, state.year.name, one, (one[3] & CITES) === 0 || orderNear(state, day));
  }
}

function yearOf(at: Instant, settings: Settings): ApproachState['year'] {
  const quarter = quarterOf(at, settings);
  const first = Math.floor(quarter / 4) * 4;
  const [from, to] = [startOfQuarter(first, settings), startOfQuarter(first + 4, settings)];
  return { name: String(yearOfQuarter(quarter, settings)), from, to };
}

function pursuitNo(state: ApproachState, pursuitId: string): number {
  if (Object.hasOwn(state.numbers, pursuitId)) return state.numbers[pursuitId]!;
  state.numbers[pursuitId] = state.pursuits.length;
  return state.pursuits.push({ pursuitId, purpose: null, fromCompetitor: false }) - 1;
}

function prune(state: ApproachState, now: Instant, settings: Settings): void {
  const limit = now - (Math.max(settings.windowDays, 365) + spareDays) * DAY_MS;
  if (state.dealt.length < portion || state.dealt[portion - 1]![0] > limit) return;
  let gone = portion;
  while (gone < state.dealt.length && state.dealt[gone]![0] <= limit) gone++;
  state.dealt.splice(0, gone);
  state.settled = Math.max(0, state.settled - gone);
}
