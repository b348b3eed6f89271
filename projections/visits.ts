import type { ActivityEvent } from '../src/domain/activity/activity.events.js';
import { DAY_MS, dayOf, iso, startOfDay } from '../src/kernel/instant.js';
import type { Projection } from '../src/kernel/projection.js';
import { own, ownOr } from './keyed.js';

/** Visits made on planned routes. */
export interface VisitsState {
  /** Route → numbers of the firm's days with a visit on it, ascending; two on one day are there twice. */
  readonly routes: Record<string, number[]>;
}

/** One route as this account sees it. */
export interface RouteLine {
  readonly routeId: string;
  /** Whether the plan of the moment names the account, and on which day of the week (1 Monday … 7 Sunday). */
  readonly planned: boolean;
  readonly weekday: number | null;
  /** Visits in the window. */
  readonly visits: number;
  readonly lastOn: string | null;
  readonly days: number | null;
  readonly reason?: 'never-visited';
}

/** Visits of one account on planned routes (H2). */
export const visits: Projection<
  VisitsState,
  { readonly windowDays: number; readonly routes: readonly RouteLine[] },
  ActivityEvent
> = {
  name: 'visits',
  version: 1,
  of: 'account',
  question: { en: 'How often is it visited, and on which route?', zh: '多久拜访一次,走哪条路线?' },
  policy: ['settings'],
  initial: () => ({ routes: {} }),
  on: {
    InteractionLogged: (state, { time, data: { kind, routeId } }, { settings }) => {
      if (kind === 'VISIT' && routeId !== undefined) ownOr(state.routes, routeId, () => []).push(dayOf(time, settings));
    },
  },
  view: (state, { asOf, subject }, { settings, routes }) => {
    const today = dayOf(asOf, settings);
    const from = dayOf(asOf - settings.windowDays * DAY_MS, settings);
    const planned = Object.keys(routes).filter((id) => routes[id]!.accountIds.includes(subject.id));
    const ids = [...new Set([...planned, ...Object.keys(state.routes)])].sort();
    return {
      windowDays: settings.windowDays,
      routes: ids.map((routeId): RouteLine => {
        const days = own(state.routes, routeId) ?? [];
        const last = days.at(-1) ?? null;
        return {
          routeId,
          planned: planned.includes(routeId),
          weekday: own(routes, routeId)?.weekday ?? null,
          visits: days.filter((day) => day > from && day <= today).length,
          lastOn: last === null ? null : iso(startOfDay(last, settings)),
          days: last === null ? null : today - last,
          ...(last === null ? { reason: 'never-visited' as const } : {}),
        };
      }),
    };
  },
  rows: {
    columns: {
      routeId: { kind: 'text', says: 'The route' },
      month: { kind: 'text', says: 'The month, of the firm’s calendar' },
      visits: { kind: 'integer', says: 'Visits on the route in it' },
    },
    of: (state) =>
      Object.entries(state.routes).flatMap(([routeId, days]) => {
        const months = new Map<string, number>();
        for (const day of days) {
          const month = iso(day * DAY_MS).slice(0, 7);
          months.set(month, (months.get(month) ?? 0) + 1);
        }
        return [...months].map(([month, count]) => ({ routeId, month, visits: count }));
      }),
  },
};
