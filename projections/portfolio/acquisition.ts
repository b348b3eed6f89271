import { type Calendar, dayOf } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Report, ReportAccount } from '../../src/kernel/projection.js';
import type { Acquisition, InvestmentView } from '../investment/view.js';
import { firstRegularOrderDay, missingRatesOf, type Sums, sumsBetween } from '../performance/days.js';
import type { PerformanceState } from '../performance/state.js';
import { type Retention, retention } from '../statistics/costing.js';
import { retentionLift } from '../statistics/economics.js';
import { byId } from './window.js';

/** One phase of winning a customer. */
export interface WonLine {
  readonly accountId: string;
  readonly purpose: Acquisition['purpose'];
  readonly pursuitId: string | null;
  readonly days: number | null;
  readonly daysReason: 'open' | null;
  readonly cac: number | null;
  readonly cacReason: 'missing-rate' | null;
  readonly planned: number | null;
  readonly plannedReason: Acquisition['plannedReason'] | null;
  readonly overrun: number | null;
  readonly overrunReason: string | null;
  /**
   * Contribution of the 3 years from the order that ended the phase, before cost of credit; so far, where they are not over. The pursuit
   * that won the account back ends them.
   */
  readonly contribution3y: number | null;
  readonly contribution3yReason: 'no-regular-order' | 'missing-rate' | 'not-over' | null;
  readonly types: Acquisition['types'];
}

/** A ratio of two amounts, null with the reason where there is nothing to divide by. */
export interface Ratio {
  readonly value: number | null;
  readonly reason: string | null;
  readonly over: number | null;
  readonly under: number | null;
  readonly n: number;
}

/** What winning customers costs against keeping them (E4, E7). */
export interface AcquisitionReport {
  readonly accounts: readonly WonLine[];
  readonly cac: number | null;
  readonly cacReason: string | null;
  /** Σ CAC ÷ Σ planned of the phases that have both. */
  readonly overrun: Ratio;
  /** Σ CAC ÷ Σ contribution of the first 3 years, of the phases that an order ended. */
  readonly win: Ratio;
  /** Σ costToServe not tagged as acquisition ÷ Σ contribution, over W, of accounts with a regular order at least 12 months ago. */
  readonly keep: Ratio;
  readonly windowDays: number;
  /** What five more points of retention add to a customer's value, at our own logo retention and discount rate. */
  readonly lift: {
    readonly value: number | null;
    readonly reason: string | null;
    readonly points: number;
    readonly retention: number | null;
    readonly n: number;
    readonly discountRate: number;
  };
}

/** What is kept of an account: its phases, what keeping an old one cost, and its net revenue of the last year and the one before. */
interface Kept {
  readonly lines: readonly WonLine[];
  readonly old: (Pick<Sums, 'cost' | 'acquisition' | 'contribution'> & { readonly missing: readonly string[] }) | null;
  readonly before: number;
  readonly now: number;
  readonly missing: readonly string[];
}

const yearDays = 365;
const threeYears = 1_095;

/** What it costs to win a customer, whether more than planned, and what it costs to keep one. */
export const acquisition: Report<AcquisitionReport, Kept> = {
  name: 'acquisition',
  version: 2,
  question: {
    en: 'What does winning a customer cost, and what does keeping one?',
    zh: '赢得新客户要花多少,留住客户要花多少?',
  },
  uses: ['investment', 'performance'],
  views: ['investment'],
  adds: true,
  extract: (account, { asOf }, { settings }) => {
    const day = dayOf(asOf, settings);
    const [before, from, to] = [day + 1 - 2 * yearDays, day + 1 - yearDays, day + 1];
    const state = account.states.performance as PerformanceState;
    return {
      lines: linesOf(account, day, settings),
      old: oldOf(state, day, settings.windowDays),
      before: sumsBetween(state, before, from).net,
      now: sumsBetween(state, from, to).net,
      missing: missingRatesOf(state, before, to),
    };
  },
  report: (told, { currency }, policy) => {
    const lines = told.flatMap((one) => one.lines).sort(byId);
    const won = lines.filter(({ cac, contribution3y }) => cac !== null && contribution3y !== null);
    const planned = lines.filter((line) => line.cac !== null && line.planned !== null);
    const addable = currency !== null;
    const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
    const ratio: Divided = (over, under, n, lacking = []) => ratioOf(over, under, n, addable, lacking);
    const cacKnown = addable && lines.every(({ cac }) => cac !== null);
    return {
      accounts: lines,
      cac: cacKnown || lines.length === 0 ? sum(lines.map(({ cac }) => cac ?? 0)) : null,
      cacReason: cacKnown || lines.length === 0 ? null : addable ? 'missing-rate' : 'no-reporting-currency',
      overrun: ratio(sum(planned.map(({ cac }) => cac!)), sum(planned.map((line) => line.planned!)), planned.length),
      win: ratio(sum(won.map(({ cac }) => cac!)), sum(won.map((line) => line.contribution3y!)), won.length),
      keep: keepOf(told, ratio),
      windowDays: policy.settings.windowDays,
      lift: liftOf(told, policy),
    };
  },
};

function linesOf({ accountId, views, states }: ReportAccount, day: number, calendar: Calendar): WonLine[] {
  const state = states.performance as PerformanceState;
  const { phases } = views.investment as InvestmentView;
  return phases.map((phase, i) => {
    const won = phase.to === null ? null : dayOf(Date.parse(phase.to), calendar);
    const again = phases[i + 1];
    const end = again === undefined ? Number.POSITIVE_INFINITY : dayOf(Date.parse(again.from), calendar);
    const until = won === null ? 0 : Math.min(won + threeYears, end);
    const lacking = won !== null && missingRatesOf(state, won, until).length > 0;
    return {
      accountId,
      purpose: phase.purpose,
      pursuitId: phase.pursuitId,
      days: phase.days,
      daysReason: phase.daysReason ?? null,
      cac: phase.cac,
      cacReason: phase.cac === null ? 'missing-rate' : null,
      planned: phase.planned,
      plannedReason: phase.plannedReason ?? null,
      overrun: phase.overrun,
      overrunReason: phase.overrunReason ?? null,
      contribution3y: won === null || lacking ? null : sumsBetween(state, won, until).contribution,
      contribution3yReason:
        won === null ? 'no-regular-order' : lacking ? 'missing-rate' : day < until ? 'not-over' : null,
      types: phase.types,
    };
  });
}

/** What an account of at least a year took and brought over W. */
function oldOf(state: PerformanceState, day: number, windowDays: number): Kept['old'] {
  if ((firstRegularOrderDay(state) ?? day) > day - yearDays) return null;
  const [from, to] = [day + 1 - windowDays, day + 1];
  const { cost, acquisition: winning, contribution } = sumsBetween(state, from, to);
  return { cost, acquisition: winning, contribution, missing: missingRatesOf(state, from, to) };
}

function keepOf(told: readonly Kept[], ratio: Divided): Ratio {
  const kept = told.flatMap(({ old }) => old ?? []);
  const cost = kept.reduce((sum, one) => sum + one.cost - one.acquisition, 0);
  return ratio(
    cost,
    kept.reduce((sum, one) => sum + one.contribution, 0),
    kept.length,
    pairsOf(kept),
  );
}

/** Pairs without a rate in what accounts told. */
const pairsOf = (of: readonly { readonly missing: readonly string[] }[]): string[] =>
  [...new Set(of.flatMap(({ missing }) => missing))].sort();

type Divided = (over: number, under: number, n: number, lacking?: readonly string[]) => Ratio;

function ratioOf(over: number, under: number, n: number, addable: boolean, lacking: readonly string[]): Ratio {
  const none = { value: null, over: null, under: null, n };
  if (n === 0) return { ...none, reason: 'no-accounts' };
  if (lacking.length > 0) return { ...none, reason: `no-rate ${lacking.join(', ')}` };
  if (!addable) return { ...none, reason: 'no-reporting-currency' };
  if (under <= 0) return { value: null, reason: 'not-positive', over, under, n };
  return { value: over / under, reason: null, over, under, n };
}

/** Our own yearly logo retention: accounts with net revenue in the 12 months before the last 12, and again in the last 12. */
function liftOf(told: readonly Kept[], { settings }: Policy): AcquisitionReport['lift'] {
  const points = 0.05;
  const lacking = pairsOf(told);
  if (lacking.length > 0) {
    const reason = `no-rate ${lacking.join(', ')}`;
    return { value: null, reason, points, retention: null, n: 0, discountRate: settings.discountRate };
  }
  const own: Retention | null = retention(told.map(({ before, now }) => ({ before, now })));
  const known = { points, retention: own?.logo ?? null, n: own?.n ?? 0, discountRate: settings.discountRate };
  if (own === null) return { value: null, reason: 'no-customers-a-year-ago', ...known };
  const lift = retentionLift(own.logo, settings.discountRate, points);
  return { value: lift.value, reason: lift.value === null ? lift.reason : null, ...known };
}
