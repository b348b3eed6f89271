import {
  type Calendar,
  dateOfDay,
  dayOf,
  type Instant,
  quarterName,
  quarterOf,
  startOfDay,
  startOfQuarter,
} from '../../src/kernel/instant.js';
import type { Settings } from '../../src/kernel/policy.js';
import type { Report, ReportAccount, ReportQuery } from '../../src/kernel/projection.js';
import type { LoyaltyState } from '../loyalty/state.js';
import { firstSpell, keptAt, type Spell, spellsOf, tenureOf } from '../loyalty/tenure.js';
import { monthsLater } from '../months.js';
import { creditIn, missingRatesOf, sumsBetween } from '../performance/days.js';
import type { PerformanceState } from '../performance/state.js';
import { retention as retained } from '../statistics/costing.js';
import { sum } from '../statistics/figure.js';
import { type CurveView, curveOf } from './curve.js';

/** Accounts that began in one quarter, and how many of them were ours at the end of the k-th quarter after; null while that is to come. */
export interface Cohort {
  readonly cohort: string;
  readonly size: number;
  readonly kept: readonly (number | null)[];
}

/** Retention over two windows of equal length (§3.12.15). */
export interface RetentionReport {
  /** Kept ÷ opening accounts. */
  readonly logo: number | null;
  /** (start − contraction − churn) ÷ start, never over 1. */
  readonly gross: number | null;
  /** (start + expansion − contraction − churn) ÷ start. */
  readonly net: number | null;
  readonly reason: string | null;
  readonly n: number;
  readonly start: number | null;
  readonly churn: number | null;
  readonly contraction: number | null;
  readonly expansion: number | null;
  readonly window: { readonly from: string; readonly to: string; readonly days: number };
  readonly before: { readonly from: string; readonly to: string };
  readonly cohortsBy: 'order' | 'designation';
  readonly cohorts: readonly Cohort[];
  readonly survival: CurveView;
  /** Share of the window's contribution from accounts whose first regular order is at least three years old. */
  readonly olderThan3Years: {
    readonly share: number | null;
    readonly reason: string | null;
    readonly accounts: number;
  };
  readonly missingRates: readonly string[];
}

/** What is kept of an account: net revenue of both windows, how long it was ours, and its contribution after cost of credit. */
interface Kept extends Life {
  readonly before: number;
  readonly now: number;
  readonly missing: readonly string[];
  readonly contribution: number;
}

/** Days after which an account is an old one: three years. */
const oldDays = 1_095;

/** Whom we keep and how much of them: logo, gross and net retention, cohorts, survival. */
export const retention: Report<RetentionReport, Kept> = {
  name: 'retention',
  version: 1,
  question: { en: 'Whom do we keep, and how much of their business?', zh: '我们留住了谁,留住了多少业务?' },
  uses: ['performance', 'loyalty'],
  adds: true,
  parameters: { by: 'what a cohort begins with: order (the first regular one, default) or designation' },
  choices: { by: ['order', 'designation'] },
  extract: (account, query, { settings }) => {
    const { earlier, fromDay, toDay } = windowDays(query, settings);
    const state = account.states.performance as PerformanceState;
    const { net, contribution } = sumsBetween(state, fromDay, toDay);
    return {
      ...lifeOf(account, query.asOf, settings),
      before: sumsBetween(state, earlier, fromDay).net,
      now: net,
      missing: missingRatesOf(state, earlier, toDay),
      contribution: contribution - (creditIn(state, fromDay, toDay, settings.wacc) ?? 0),
    };
  },
  report: (told, query, { settings }) => {
    const { earlier, fromDay, toDay } = windowDays(query, settings);
    const missing = [...new Set(told.flatMap((one) => one.missing))].sort();
    const found = retained(told.map(({ before, now }) => ({ before, now })));
    const money = query.currency !== null && missing.length === 0 ? found : null;
    const by = query.parameters.by === 'designation' ? 'designation' : 'order';
    return {
      logo: missing.length > 0 ? null : (found?.logo ?? null),
      gross: money?.gross ?? null,
      net: money?.net ?? null,
      reason: found === null && missing.length === 0 ? 'no-opening-accounts' : lacking(query.currency, missing),
      n: found?.n ?? 0,
      start: money?.start ?? null,
      churn: money?.churn ?? null,
      contraction: money?.contraction ?? null,
      expansion: money?.expansion ?? null,
      window: { from: dateOfDay(fromDay), to: dateOfDay(toDay), days: toDay - fromDay },
      before: { from: dateOfDay(earlier), to: dateOfDay(fromDay) },
      cohortsBy: by,
      cohorts: cohortsOf(told, by, query.asOf, settings),
      survival: curveOf(
        told.flatMap(({ spells }) => firstSpell(spells, query.asOf, settings) ?? []),
        settings.churnDays,
      ),
      olderThan3Years: oldShare(told, toDay, lacking(query.currency, missing)),
      missingRates: missing,
    };
  },
};

const lacking = (currency: string | null, missing: readonly string[]): string | null =>
  missing.length > 0 ? `no-rate ${missing.join(', ')}` : currency === null ? 'no-reporting-currency' : null;

/** Days [fromDay, toDay) asked for, not beyond the moment; by default the last twelve months. As many from `earlier` on come before. */
function windowDays({ from, to, asOf }: ReportQuery, calendar: Calendar) {
  const toDay = dayOf(Math.min(asOf, to === null ? asOf : to - 1), calendar) + 1;
  const year = dayOf(monthsLater(startOfDay(toDay, calendar), -12, calendar), calendar);
  const fromDay = from === null ? year : Math.min(dayOf(from, calendar), toDay - 1);
  return { fromDay, toDay, earlier: fromDay - (toDay - fromDay) };
}

interface Life {
  readonly spells: readonly Spell[];
  readonly designated: Instant | null;
}

function lifeOf({ states }: ReportAccount, asOf: Instant, settings: Settings): Life {
  const loyalty = states.loyalty as LoyaltyState;
  const spells = spellsOf(
    tenureOf(states.performance as PerformanceState, loyalty),
    asOf,
    settings.churnDays,
    settings,
  );
  return { spells, designated: loyalty.designations.find(([, on]) => on === 1)?.[0] ?? null };
}

function cohortsOf(lives: readonly Life[], by: 'order' | 'designation', asOf: Instant, calendar: Calendar): Cohort[] {
  const begun = lives.flatMap((life) => {
    const first = life.spells[0] ? startOfDay(life.spells[0].fromDay, calendar) : null;
    const at = by === 'order' ? first : life.designated;
    return at === null ? [] : [{ quarter: quarterOf(at, calendar), spells: life.spells }];
  });
  const quarters = [...new Set(begun.map(({ quarter }) => quarter))].sort((a, b) => a - b);
  const now = quarterOf(asOf, calendar);
  return quarters.map((quarter) => {
    const members = begun.filter((one) => one.quarter === quarter);
    const kept = Array.from({ length: now - quarters[0]! + 1 }, (_, k) => {
      const last = startOfQuarter(quarter + k + 1, calendar) - 1;
      return last > asOf ? null : members.filter(({ spells }) => keptAt(spells, last, calendar) !== false).length;
    });
    return { cohort: quarterName(quarter, calendar), size: members.length, kept };
  });
}

function oldShare(told: readonly Kept[], toDay: number, without: string | null): RetentionReport['olderThan3Years'] {
  const olds = told.filter(({ spells: [first] }) => first !== undefined && toDay - 1 - first.fromDay >= oldDays);
  const total = sum(told.map(({ contribution }) => contribution));
  const share = without === null && total > 0 ? sum(olds.map(({ contribution }) => contribution)) / total : null;
  return { share, reason: share === null ? (without ?? 'total-not-positive') : null, accounts: olds.length };
}
