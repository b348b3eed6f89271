import { monthName, quarterName, yearOfQuarter } from '../../src/kernel/instant.js';
import type { ActivityType, Policy } from '../../src/kernel/policy.js';
import type { Report } from '../../src/kernel/projection.js';
import { inCurrency } from '../performance/pricing.js';
import { lacks, type PerformanceState } from '../performance/state.js';
import { byId } from './window.js';

/** What one account spent on a kind of activity in a period that its cap counts together. */
export interface SpentLine {
  readonly accountId: string;
  readonly period: string;
  /** Null where an exchange rate is missing in what the account cost. */
  readonly spent: number | null;
  readonly spentReason?: string;
  readonly cap: number | null;
  readonly capReason?: 'uncapped' | 'missing-rate';
  readonly over: boolean;
}

/** A kind of customer-centred activity: how it is controlled and what it took. */
export interface ActivityLine {
  readonly activityTypeId: string;
  readonly state: ActivityType['state'] | 'UNKNOWN';
  readonly caps: ActivityType['caps'];
  readonly capped: boolean;
  readonly spent: number | null;
  readonly spentReason: string | null;
  readonly lines: readonly SpentLine[];
}

/** Spending that nobody allowed, or more than was allowed. The events stay recorded all the same. */
export interface ActivityFinding {
  readonly code: 'OVER_CAP' | 'UNCAPPED' | 'NOT_APPROVED';
  readonly activityTypeId: string;
  /** Whose spending it is; null where it is that of all. */
  readonly accountId: string | null;
  readonly since: string | null;
  readonly eventIds: readonly string[];
  readonly detail: string;
}

/** All kinds of activities and what is wrong with them. */
export interface ActivitiesReport {
  readonly activities: readonly ActivityLine[];
  readonly uncapped: readonly string[];
  readonly findings: readonly ActivityFinding[];
}

/** What is kept of an account: what it spent, by kind of activity and month, and the pairs without a rate in what it cost. */
export interface Spending {
  readonly accountId: string;
  readonly currency: string | null;
  readonly activities: PerformanceState['activities'];
  readonly missing: readonly string[];
}

/** The catalogue of activities with cap and spending (D11). A cap counts for each account, or for the one it names. */
export const activities: Report<ActivitiesReport, Spending> = {
  name: 'activities',
  version: 1,
  question: {
    en: 'Which activities do we do for customers, and are they under control?',
    zh: '我们为客户做哪些活动,是否受控?',
  },
  uses: ['performance'],
  adds: true,
  extract: ({ accountId, currency, states }) => {
    const state = states.performance as PerformanceState;
    return {
      accountId,
      currency: state.currency ?? currency,
      activities: state.activities,
      missing: lackingIn(state),
    };
  },
  report: (told, { currency }, policy) => {
    const ids = new Set(Object.keys(policy.activities));
    for (const one of told) for (const id of Object.keys(one.activities)) ids.add(id);
    const list = [...ids].sort().map((id) => lineOf(id, told, policy, currency));
    return {
      activities: list,
      uncapped: list.filter(({ capped, lines }) => !capped && lines.length > 0).map((line) => line.activityTypeId),
      findings: list.flatMap(findingsOf),
    };
  },
};

function lineOf(
  activityTypeId: string,
  told: readonly Spending[],
  policy: Policy,
  currency: string | null,
): ActivityLine {
  const type = Object.hasOwn(policy.activities, activityTypeId) ? policy.activities[activityTypeId] : undefined;
  const caps = type?.caps ?? [];
  const lines = told
    .flatMap((one) => linesOf(activityTypeId, one, caps, policy))
    .sort((a, b) => byId(a, b) || (a.period < b.period ? -1 : a.period > b.period ? 1 : 0));
  const spent = told.reduce((sum, one) => sum + total(spentOn(one, activityTypeId)), 0);
  const spending = told.filter((one) => Object.keys(spentOn(one, activityTypeId)).length > 0);
  const pairs = [...new Set(spending.flatMap(({ missing }) => missing))].sort();
  const reason = noRate(pairs) ?? (currency === null && spent !== 0 ? 'no-reporting-currency' : null);
  return {
    activityTypeId,
    state: type?.state ?? 'UNKNOWN',
    caps,
    capped: caps.length > 0,
    spent: reason === null ? spent : null,
    spentReason: reason,
    lines,
  };
}

/** One line for each period of each cap that counts for the account; by year where there is none. */
function linesOf(
  activityTypeId: string,
  one: Spending,
  caps: ActivityType['caps'],
  { fx, settings }: Policy,
): SpentLine[] {
  const { accountId, currency: into } = one;
  const spent = spentOn(one, activityTypeId);
  const unsaid = noRate(one.missing);
  const own = caps.filter((cap) => cap.accountId === accountId);
  const all = caps.filter((cap) => cap.accountId === null && !own.some(({ per }) => per === cap.per));
  const counting = [...own, ...all];
  const lines = (per: string, cap: ActivityType['caps'][number] | null): SpentLine[] => {
    const periods = new Map<string, number>();
    for (const [month, amount] of Object.entries(spent)) {
      const name = periodName(Number(month), per, settings.fiscalYearStartMonth);
      periods.set(name, (periods.get(name) ?? 0) + amount);
    }
    const limit = cap === null || into === null ? null : inCurrency(cap.amount, into, fx);
    return [...periods].map(([period, sum]) => ({
      accountId,
      period,
      spent: unsaid === null ? sum : null,
      ...(unsaid === null ? {} : { spentReason: unsaid }),
      cap: limit,
      ...(limit === null ? { capReason: cap === null ? 'uncapped' : 'missing-rate' } : {}),
      // what has no rate can only be added
      over: limit !== null && sum > limit,
    }));
  };
  return counting.length === 0 ? lines('YEAR', null) : counting.flatMap((cap) => lines(cap.per, cap));
}

function spentOn({ activities: all }: Spending, activityTypeId: string): Readonly<Record<string, number>> {
  return Object.hasOwn(all, activityTypeId) ? all[activityTypeId]! : {};
}

/** Pairs without a rate in what the account cost. */
const lackingIn = ({ quarters }: PerformanceState): string[] =>
  quarters.flatMap(({ missing = {} }) => Object.keys(missing).filter((pair) => (missing[pair]! & lacks.cost) !== 0));

const noRate = (pairs: readonly string[]): string | null =>
  pairs.length === 0 ? null : `no-rate ${[...new Set(pairs)].sort().join(', ')}`;

const total = (spent: Readonly<Record<string, number>>): number =>
  Object.values(spent).reduce((sum, amount) => sum + amount, 0);

function periodName(month: number, per: string, fiscalYearStartMonth: number): string {
  if (per === 'MONTH') return monthName(month);
  const calendar = { utcOffsetMin: 0, fiscalYearStartMonth };
  const quarter = Math.floor((month - (fiscalYearStartMonth - 1)) / 3);
  return per === 'QUARTER' ? quarterName(quarter, calendar) : String(yearOfQuarter(quarter, calendar));
}

function findingsOf({ activityTypeId, state, capped, lines }: ActivityLine): ActivityFinding[] {
  const found = (code: ActivityFinding['code'], detail: string, accountId: string | null = null): ActivityFinding => ({
    code,
    activityTypeId,
    accountId,
    since: null,
    eventIds: [],
    detail,
  });
  const over = lines
    .filter((line) => line.over)
    .map(({ accountId, period, spent, cap }) =>
      found(
        'OVER_CAP',
        `${accountId} spent ${spent ?? 'more than allowed'} on ${activityTypeId} in ${period}, the cap is ${cap}`,
        accountId,
      ),
    );
  if (lines.length === 0) return over;
  if (state !== 'APPROVED')
    over.push(found('NOT_APPROVED', `Activity ${activityTypeId} is ${state.toLowerCase()} and money was spent on it`));
  if (!capped) over.push(found('UNCAPPED', `Money was spent on activity ${activityTypeId}, which has no cap`));
  return over;
}
