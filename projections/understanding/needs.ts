import { type NeedOrder, needOrders } from '../../src/domain/activity/learning.events.js';
import { daysBetween, type Instant, iso } from '../../src/kernel/instant.js';
import type { Settings } from '../../src/kernel/policy.js';
import type { Need, UnderstandingState } from './state.js';

/** How many needs of each order are active, and their shares; shares are null with none. */
export interface Mix {
  readonly from: string;
  /** Null: still so. */
  readonly to: string | null;
  readonly days: number;
  readonly active: number;
  readonly counts: Readonly<Record<NeedOrder, number>>;
  readonly shares: Readonly<Record<NeedOrder, number>> | null;
}

/** The mix of active needs by order (PPF), one interval for each time it changed (D5). */
export function mixOver(state: UnderstandingState, asOf: Instant, settings: Settings): Mix[] {
  const changes = Object.values(state.needs).flatMap(({ order, from, until }) => [
    { at: from, order, by: 1 },
    ...(until === null ? [] : [{ at: until, order, by: -1 }]),
  ]);
  changes.sort((a, b) => a.at - b.at);
  const counts: Record<NeedOrder, number> = { PRODUCT: 0, PROCESS: 0, FACILITATION: 0 };
  const mixes: Mix[] = [];
  changes.forEach(({ at, order, by }, i) => {
    counts[order] += by;
    const next = changes[i + 1]?.at;
    if (next === at) return;
    const active = counts.PRODUCT + counts.PROCESS + counts.FACILITATION;
    mixes.push({
      from: iso(at),
      to: next === undefined ? null : iso(next),
      days: daysBetween(at, next ?? asOf, settings),
      active,
      counts: { ...counts },
      shares: active === 0 ? null : byOrder((name) => counts[name] / active),
    });
  });
  return mixes;
}

/** Needs of each order: active, met and lapsed so far, and each one as an interval, the most urgent first. */
export function needsOf(state: UnderstandingState) {
  const all = Object.entries(state.needs);
  const of = (order: NeedOrder, takes: (need: Need) => boolean): number =>
    all.filter(([, need]) => need.order === order && takes(need)).length;
  const items = all
    .map(([needId, { from, until, ...need }]) => ({
      needId,
      ...need,
      from: iso(from),
      to: until === null ? null : iso(until),
    }))
    .sort((a, b) => a.priority - b.priority || (a.needId < b.needId ? -1 : 1));
  return {
    byOrder: byOrder((order) => ({
      active: of(order, ({ until }) => until === null),
      met: of(order, ({ end }) => end === 'MET'),
      lapsed: of(order, ({ end }) => end === 'LAPSED'),
    })),
    items,
  };
}

/** What they value, the weightiest first, with the needs that hang on it. */
export function driversOf(state: UnderstandingState) {
  return Object.entries(state.drivers)
    .map(([driverId, { from, until, ...driver }]) => ({
      driverId,
      ...driver,
      from: iso(from),
      to: until === null ? null : iso(until),
      needIds: Object.keys(state.needs)
        .filter((id) => state.needs[id]!.driverId === driverId)
        .sort(),
    }))
    .sort((a, b) => (b.weight ?? -1) - (a.weight ?? -1) || (a.driverId < b.driverId ? -1 : 1));
}

function byOrder<T>(of: (order: NeedOrder) => T): Record<NeedOrder, T> {
  return Object.fromEntries(needOrders.map((order) => [order, of(order)])) as Record<NeedOrder, T>;
}
