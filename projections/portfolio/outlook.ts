import { dateOfDay, dayOf, iso, periodOf, quarterOf, yearOfQuarter } from '../../src/kernel/instant.js';
import type { Policy, Settings } from '../../src/kernel/policy.js';
import type { Report, ReportAccount, ReportQuery } from '../../src/kernel/projection.js';
import { Refusal } from '../../src/kernel/refusal.js';
import { inCurrency, pairOf } from '../performance/pricing.js';
import { sum } from '../statistics/figure.js';
import { type Bootstrap, bootstrap, coverInterval } from '../statistics/intervals.js';
import type { ValueView } from '../value.js';
import type { ValueState } from '../value/state.js';
import { plannedIn } from '../value/years.js';
import { byId } from './window.js';

/** What one account is worth, by its plan, else by the constant form of its potential, and how much of that comes after 12 months. */
export interface OutlookLine {
  readonly accountId: string;
  readonly basis: 'plan' | 'constant' | null;
  readonly reason: string | null;
  readonly value: number | null;
  readonly beyondYear: number | null;
}

/** Future profit of a fiscal year against what is wanted (D13). */
export interface Cover {
  readonly year: number;
  /** Σ chance × forecast. */
  readonly expected: number | null;
  readonly target: number | null;
  readonly targetFrom: 'objectives' | 'account-targets' | null;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly level: number;
  readonly n: number;
  readonly reason: string | null;
  readonly accounts: readonly {
    readonly accountId: string;
    readonly chance: number | null;
    readonly forecast: number | null;
    readonly reason: string | null;
  }[];
}

/** How much of the value lies in the future, and whether future profit is covered. */
export interface OutlookReport {
  readonly total: number | null;
  readonly beyondYear: number | null;
  /** D1: share of the value beyond 12 months. */
  readonly shareBeyondYear: number | null;
  readonly reason: string | null;
  readonly interval: Pick<Bootstrap, 'low' | 'high' | 'level' | 'n' | 'seed' | 'replicates'> | null;
  readonly intervalReason: string | null;
  readonly byPlan: number;
  readonly byConstant: number;
  readonly without: number;
  readonly accounts: readonly OutlookLine[];
  readonly cover: Cover;
}

/** What is kept of an account: what it is worth, its forecast of the fiscal year, and the contribution wanted of it. */
interface Foreseen {
  readonly line: OutlookLine;
  readonly forecast: Cover['accounts'][number] | null;
  readonly target: number | null;
}

/** Seed of the bootstrap over accounts: the same answer every time. */
const seed = 20_260_101;

/** The share of value beyond 12 months (D1) and the cover of future profit (D13). */
export const outlook: Report<OutlookReport, Foreseen> = {
  name: 'outlook',
  version: 1,
  question: {
    en: 'How much of our value lies in the future, and is it covered?',
    zh: '我们的价值有多少在未来,是否有保障?',
  },
  uses: ['value'],
  views: ['value'],
  adds: true,
  parameters: { year: 'fiscal year whose profit is to be covered; by default the next one' },
  extract: (account, query, { settings }) => {
    const covered = coveredIn(query, settings);
    const { targets } = account.states.value as ValueState;
    return {
      line: lineOf(account),
      forecast: forecastOf(account, covered, settings),
      target: plannedIn(targets, covered, settings).contribution,
    };
  },
  report: (told, query, policy) => {
    const sorted = [...told].sort((a, b) => byId(a.line, b.line));
    const lines = sorted.map(({ line }) => line);
    const valued = lines.filter((line) => line.value !== null && line.beyondYear !== null);
    const addable = query.currency !== null;
    const total = addable ? sum(valued.map(({ value }) => value!)) : null;
    const beyond = addable ? sum(valued.map(({ beyondYear }) => beyondYear!)) : null;
    const defined = total !== null && beyond !== null && valued.length > 0 && total > 0;
    const drawn = defined ? bootstrap(valued, shareOf, { seed }) : null;
    const why = !addable ? 'no-reporting-currency' : valued.length === 0 ? 'no-value-known' : 'total-not-positive';
    return {
      total: valued.length === 0 ? null : total,
      beyondYear: valued.length === 0 ? null : beyond,
      shareBeyondYear: defined ? beyond / total : null,
      reason: defined ? null : why,
      interval: drawn && valued.length > 1 ? intervalOf(drawn) : null,
      intervalReason: drawn && valued.length > 1 ? null : valued.length === 1 ? 'one-account' : why,
      byPlan: lines.filter(({ basis }) => basis === 'plan').length,
      byConstant: lines.filter(({ basis }) => basis === 'constant').length,
      without: lines.filter(({ basis }) => basis === null).length,
      accounts: lines,
      cover: coverOf(sorted, query, policy),
    };
  },
};

const intervalOf = ({ low, high, level, n, seed: drawn, replicates }: Bootstrap) => ({
  low,
  high,
  level,
  n,
  seed: drawn,
  replicates,
});

function shareOf(lines: readonly OutlookLine[]): number | null {
  const total = sum(lines.map(({ value }) => value!));
  return total > 0 ? sum(lines.map(({ beyondYear }) => beyondYear!)) / total : null;
}

function lineOf({ accountId, views }: ReportAccount): OutlookLine {
  const { plan, constantClv, shareBeyondYear } = views.value as ValueView;
  if (plan.value !== null) {
    const first = plan.years[0]?.value ?? 0;
    return { accountId, basis: 'plan', reason: null, value: plan.value, beyondYear: plan.value - first };
  }
  if (constantClv.value !== null && shareBeyondYear.value !== null) {
    const beyondYear = constantClv.value * shareBeyondYear.value;
    return { accountId, basis: 'constant', reason: plan.reason, value: constantClv.value, beyondYear };
  }
  return { accountId, basis: null, reason: plan.reason, value: null, beyondYear: null };
}

/** Of each account, the forecast of the fiscal year and the chance to last until its end; target: open objectives of that year, else the accounts' own. */
function coverOf(sorted: readonly Foreseen[], query: ReportQuery, policy: Policy): Cover {
  const level = 0.8;
  const { year } = coveredIn(query, policy.settings);
  const told = sorted.flatMap(({ forecast }) => forecast ?? []);
  const sure = told.filter(({ reason }) => reason === null);
  const found =
    query.currency === null
      ? null
      : coverInterval(
          sure.map(({ chance, forecast }) => ({ chance: chance!, amount: forecast! })),
          level,
        );
  const { target, targetFrom, reason } = targetOf(sorted, year, query.currency, policy);
  const usable = found !== null && target !== null && target > 0;
  const why =
    query.currency === null
      ? 'no-reporting-currency'
      : found === null
        ? 'no-forecast'
        : (reason ?? 'target-not-positive');
  return {
    year,
    expected: found?.value ?? null,
    target,
    targetFrom,
    value: usable ? found.value / target : null,
    low: usable ? found.low / target : null,
    high: usable ? found.high / target : null,
    level,
    n: sure.length,
    reason: usable ? null : why,
    accounts: told,
  };
}

/** The fiscal year to be covered in days [fromDay, toDay), and how many years of a plan it takes to reach its end. */
function coveredIn(query: ReportQuery, settings: Settings) {
  const year = yearAsked(query, settings);
  const span = periodOf(String(year), settings)!;
  const days = { fromDay: dayOf(span.from, settings), toDay: dayOf(span.to, settings) };
  return { ...days, year, last: dateOfDay(days.toDay - 1) };
}

/** What an account is to bring in the fiscal year, with the chance that it lasts; null without a forecast. */
function forecastOf(
  { accountId, states, views }: ReportAccount,
  covered: ReturnType<typeof coveredIn>,
  settings: Settings,
): Foreseen['forecast'] {
  const { forecasts } = states.value as ValueState;
  const planned = plannedIn(forecasts, covered, settings);
  if (planned.eventIds.length === 0) return null;
  const { plan } = views.value as ValueView;
  const chance = plan.years.find(({ to }) => covered.last < to)?.survival ?? null;
  const reason = planned.reason ?? (chance === null ? 'survival-missing' : null);
  return { accountId, chance, forecast: planned.contribution, reason };
}

function yearAsked({ asOf, parameters }: ReportQuery, settings: Settings): number {
  const told = parameters.year;
  if (told === undefined) return yearOfQuarter(quarterOf(asOf, settings), settings) + 1;
  if (/^\d{4}$/.test(told)) return Number(told);
  throw new Refusal('view/parameter-invalid', `year must be a fiscal year such as 2027, not ${told}`, {
    errors: [{ pointer: '?year', code: 'year', detail: `such as ${iso(asOf).slice(0, 4)}` }],
  });
}

function targetOf(
  told: readonly Foreseen[],
  year: number,
  currency: string | null,
  { objectives, fx }: Policy,
): { target: number | null; targetFrom: Cover['targetFrom']; reason: string | null } {
  if (currency === null) return { target: null, targetFrom: null, reason: 'no-reporting-currency' };
  const wanted = Object.values(objectives).flatMap((one) =>
    one.open && one.year === year && one.contributionTarget ? [one.contributionTarget] : [],
  );
  if (wanted.length > 0) {
    const amounts = wanted.map((amount) => inCurrency(amount, currency, fx));
    const lacking = wanted.filter((_, i) => amounts[i] === null).map((one) => pairOf(one.currency, currency));
    if (lacking.length > 0) return { target: null, targetFrom: 'objectives', reason: `no-rate ${lacking.join(', ')}` };
    return { target: sum(amounts.map((amount) => amount!)), targetFrom: 'objectives', reason: null };
  }
  const own = told.flatMap(({ target }) => target ?? []);
  if (own.length === 0) return { target: null, targetFrom: null, reason: 'no-target' };
  return { target: sum(own), targetFrom: 'account-targets', reason: null };
}
