import { dayOf, DAY_MS } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Report, ReportQuery } from '../../src/kernel/projection.js';
import type { ApproachState } from '../approach/state.js';
import { windowAt } from '../approach/window.js';
import { own } from '../keyed.js';
import type { ProgrammeState } from '../programme/state.js';
import { gini } from '../statistics/concentration.js';
import { atLeast, sum } from '../statistics/figure.js';
import type { VisitsState } from '../visits.js';
import { byId } from './window.js';

/** Visits of one account against the plan of a route. */
export interface StopLine {
  readonly accountId: string;
  readonly visits: number;
  /** Days in the window on which the plan wanted a visit and that are over. */
  readonly planned: number;
  /** Of them, those with a visit on that day; and those with one in that week (Monday to Sunday). */
  readonly onDay: number;
  readonly inWeek: number;
  readonly adherence: number | null;
  readonly reason?: 'nothing-planned';
  readonly keyAccount: boolean;
}

/** One route: whether it is kept, and whether everyone on it is treated alike (H2). */
export interface RouteView {
  readonly routeId: string;
  readonly weekday: number;
  readonly planned: number;
  readonly onDay: number;
  readonly inWeek: number;
  /** Visits on the planned day ÷ planned visits [P]; beside it the same by week. */
  readonly adherence: number | null;
  readonly weekAdherence: number | null;
  readonly adherenceReason?: 'nothing-planned';
  /** Planned days, and those of them on which anybody on the route was visited. */
  readonly runs: {
    readonly planned: number;
    readonly made: number;
    readonly share: number | null;
    readonly reason?: 'nothing-planned';
  };
  /** Of the visits of its accounts, population form: 0 = all alike. */
  readonly gini: number | null;
  readonly giniReason?: 'no-accounts' | 'no-visits';
  readonly accounts: readonly StopLine[];
  readonly keyAccounts: readonly string[];
  /** Accounts of the plan that the report does not see. */
  readonly unseen: readonly string[];
}

/** Planned rounds against what was driven, and what they do to key accounts. */
export interface RoutesReport {
  readonly routes: readonly RouteView[];
  /** Signs that the firm as a whole goes its milk round (§3.7), in W. */
  readonly milkRound: {
    readonly visits: number;
    readonly onRoute: number;
    readonly share: number | null;
    readonly gini: number | null;
    readonly verdict: boolean | null;
    readonly reason?: 'no-visits';
  };
  readonly findings: readonly {
    readonly code: 'KEY_ACCOUNT_ON_ROUTE';
    readonly accountId: string;
    readonly since: null;
    readonly eventIds: readonly string[];
    readonly detail: string;
  }[];
}

/** What is kept of an account: by route the days of the window on which it was visited, its minutes' signs in W, and its designation. */
interface Stop {
  readonly accountId: string;
  readonly designated: ApproachState['designated'];
  readonly visited: Readonly<Record<string, readonly number[]>>;
  readonly visits: number;
  readonly routeVisits: number;
}

/** Adherence and equality by route; window [from, to), by default W. */
export const routes: Report<RoutesReport, Stop> = {
  name: 'routes',
  version: 1,
  question: { en: 'Are the rounds kept, and whom do they serve?', zh: '例行路线是否执行,服务了谁?' },
  uses: ['visits', 'approach'],
  others: ['programme'],
  extract: ({ accountId, states }, query, policy) => {
    const { from, to } = daysOf(query, policy);
    const { routes: driven } = states.visits as VisitsState;
    const state = states.approach as ApproachState;
    const { visits, routeVisits } = windowAt(state, query.asOf, policy);
    const visited = Object.keys(policy.routes).flatMap((id) => {
      const days = (own(driven, id) ?? []).filter((day) => day >= from && day < to);
      return days.length > 0 ? [[id, days] as const] : [];
    });
    return { accountId, designated: state.designated, visited: Object.fromEntries(visited), visits, routeVisits };
  },
  report: (accounts, query, policy, { others }) => {
    const days = daysOf(query, policy);
    const history = others.programme?.programme as ProgrammeState | undefined;
    const list = Object.keys(policy.routes)
      .sort()
      .map((routeId) => routeOf(routeId, accounts, days, policy, history));
    const designations = new Map(accounts.map(({ accountId, designated }) => [accountId, designated]));
    return {
      routes: list,
      milkRound: milkRoundOf(accounts, list),
      findings: list.flatMap(({ routeId, keyAccounts }) =>
        keyAccounts.map((accountId) => ({
          code: 'KEY_ACCOUNT_ON_ROUTE' as const,
          accountId,
          since: null,
          eventIds: [designations.get(accountId)!],
          detail: `Key account ${accountId} is served on route ${routeId} as often as every other stop`,
        })),
      ),
    };
  },
};

/** `[from, to)` in numbers of days; a day counts as over once its last instant has passed. */
function daysOf({ from, to, asOf }: ReportQuery, { settings }: Policy): { readonly from: number; readonly to: number } {
  const over = dayOf(asOf + 1, settings);
  return {
    from: from === null ? dayOf(asOf - settings.windowDays * DAY_MS, settings) + 1 : dayOf(from, settings),
    to: to === null ? over : Math.min(over, dayOf(to - 1, settings) + 1),
  };
}

type Days = ReturnType<typeof daysOf>;

/** 1 Monday … 7 Sunday; day 0 was a Thursday. */
const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** A plan of the route as far as it held in the window, in numbers of days. */
interface Span {
  readonly weekday: number;
  readonly accountIds: readonly string[];
  readonly from: number;
  readonly until: number;
}

/** The route's plans over time; where no history is told, the one in force for the whole window. */
function spansOf(routeId: string, days: Days, policy: Policy, history: ProgrammeState | undefined): Span[] {
  const told = history?.routes.filter((plan) => plan.routeId === routeId) ?? [];
  if (told.length === 0) return [{ ...policy.routes[routeId]!, from: days.from, until: days.to }];
  const { settings } = policy;
  return told.map(({ weekday, accountIds, from, until }) => ({
    weekday,
    accountIds,
    from: Math.max(days.from, dayOf(from, settings)),
    until: until === null ? days.to : Math.min(days.to, dayOf(until, settings)),
  }));
}

function stopOf({ accountId, designated, visited }: Stop, routeId: string, spans: readonly Span[]): StopLine {
  const made = own(visited, routeId) ?? [];
  const wanted = spans.filter((span) => span.accountIds.includes(accountId)).flatMap(plannedDays);
  const on = new Set(made);
  const weeks = new Set(made.map((day) => day - weekdayOf(day)));
  const onDay = wanted.filter((day) => on.has(day)).length;
  const planned = wanted.length;
  return {
    accountId,
    visits: made.length,
    planned,
    onDay,
    inWeek: wanted.filter((day) => weeks.has(day - weekdayOf(day))).length,
    adherence: planned === 0 ? null : onDay / planned,
    ...(planned === 0 ? { reason: 'nothing-planned' as const } : {}),
    keyAccount: designated !== null,
  };
}

function routeOf(
  routeId: string,
  accounts: readonly Stop[],
  days: Days,
  policy: Policy,
  history: ProgrammeState | undefined,
): RouteView {
  const { weekday, accountIds } = policy.routes[routeId]!;
  const spans = spansOf(routeId, days, policy, history);
  const seen = accounts.filter(({ accountId }) => accountIds.includes(accountId));
  const stops = seen.map((one) => stopOf(one, routeId, spans)).sort(byId);
  const total = (of: (stop: StopLine) => number) => sum(stops.map(of));
  const planned = total((stop) => stop.planned);
  const spread = gini(stops.map(({ visits }) => visits));
  const driven = new Set(accounts.flatMap(({ visited }) => own(visited, routeId) ?? []));
  return {
    routeId,
    weekday,
    planned,
    onDay: total((stop) => stop.onDay),
    inWeek: total((stop) => stop.inWeek),
    adherence: planned === 0 ? null : total((stop) => stop.onDay) / planned,
    weekAdherence: planned === 0 ? null : total((stop) => stop.inWeek) / planned,
    ...(planned === 0 ? { adherenceReason: 'nothing-planned' as const } : {}),
    runs: runsOf(spans.flatMap(plannedDays), driven),
    gini: spread,
    ...(spread === null ? { giniReason: stops.length === 0 ? ('no-accounts' as const) : ('no-visits' as const) } : {}),
    accounts: stops,
    keyAccounts: stops.filter(({ keyAccount }) => keyAccount).map(({ accountId }) => accountId),
    unseen: accountIds.filter((id) => !seen.some(({ accountId }) => accountId === id)).sort(),
  };
}

function runsOf(wanted: readonly number[], driven: ReadonlySet<number>): RouteView['runs'] {
  const made = wanted.filter((day) => driven.has(day)).length;
  if (wanted.length === 0) return { planned: 0, made, share: null, reason: 'nothing-planned' };
  return { planned: wanted.length, made, share: made / wanted.length };
}

function plannedDays({ weekday, from, until }: Span): number[] {
  const first = from + ((weekday - weekdayOf(from) + 7) % 7);
  return first >= until ? [] : Array.from({ length: Math.ceil((until - first) / 7) }, (_, i) => first + 7 * i);
}

function milkRoundOf(accounts: readonly Stop[], list: readonly RouteView[]): RoutesReport['milkRound'] {
  const visits = sum(accounts.map((one) => one.visits));
  const onRoute = sum(accounts.map(({ routeVisits }) => routeVisits));
  const even = gini(list.flatMap((route) => route.accounts.map((stop) => stop.visits)));
  if (visits === 0) return { visits, onRoute, share: null, gini: even, verdict: null, reason: 'no-visits' };
  const share = onRoute / visits;
  return { visits, onRoute, share, gini: even, verdict: atLeast(share, 0.7) && even !== null && even < 0.15 };
}
