import { daysBetween, type Instant } from '../../src/kernel/instant.js';
import type { Settings } from '../../src/kernel/policy.js';
import type { Report, ReportAccount } from '../../src/kernel/projection.js';
import { type InvestmentState, phasesOf } from '../investment/state.js';
import { regularOrderDays } from '../performance/days.js';
import type { PerformanceState } from '../performance/state.js';
import { linesOf, type PursuitLine, type PursuitStanding, standings } from '../pursuits/course.js';
import type { PursuitsState } from '../pursuits/state.js';
import { sum } from '../statistics/figure.js';
import { type Interval, proportionInterval } from '../statistics/intervals.js';
import { median } from '../statistics/rank.js';
import { kaplanMeier, medianOf, type Spell } from '../statistics/survival.js';
import { type Effort, effortOf, type Hunting, huntingOf } from './hunting.js';
import { type Reached, reachedOf, type ReachQuarter, reachOf } from './reach.js';
import { byId } from './window.js';

/** A pursuit in the funnel; its cost of acquisition where it began a phase of winning the account (§3.12.12). */
export interface FunnelLine extends PursuitLine {
  readonly accountId: string;
  readonly cac: number | null;
  readonly cacReason?: 'no-acquisition-phase' | 'missing-rate';
  /** False while no regular order has closed the phase: the cost may still grow. */
  readonly cacFinal: boolean;
}

/** Won ÷ (won + lost), with what it rests on. */
export interface WinRate {
  readonly value: number | null;
  readonly reason?: 'none-decided';
  readonly won: number;
  readonly lost: number;
  readonly n: number;
  readonly interval: Interval | null;
}

/** How long pursuits take (§3.12.30). */
export interface Duration {
  /** Median by Kaplan–Meier with those still open censored. */
  readonly medianDays: number | null;
  readonly medianReason?: 'no-pursuits' | 'not-reached';
  /** Plain median of those that ended. */
  readonly plainMedianDays: number | null;
  readonly plainReason?: 'none-ended';
  readonly n: number;
  readonly ended: number;
}

/** From going after a customer to its orders (D4, H3). */
export interface FunnelReport {
  readonly stages: readonly {
    readonly stage: PursuitStanding;
    readonly pursuits: number;
    readonly value: number | null;
    readonly valueReason?: 'no-reporting-currency';
    /** Of the pursuits, those whose value is not told. */
    readonly withoutValue: number;
  }[];
  readonly winRate: WinRate;
  readonly byApproach: readonly ({ readonly approach: string | null } & WinRate)[];
  readonly daysToClose: Duration;
  readonly daysToOrder: Duration;
  readonly cac: {
    readonly total: number | null;
    readonly reason?: string;
    readonly mean: number | null;
    readonly n: number;
  };
  readonly captures: {
    readonly claimed: number;
    /** Those that an order followed: only they count (H3). */
    readonly counted: number;
    readonly byCompetitor: Readonly<Record<string, { readonly claimed: number; readonly counted: number }>>;
  };
  readonly contactGrowth: readonly ReachQuarter[];
  readonly hunting: Hunting;
  readonly pursuits: readonly FunnelLine[];
}

/** What is kept of an account: its pursuits of the window, whom we spoke to first and when, and what goes after business. */
interface Pursued {
  readonly lines: readonly FunnelLine[];
  readonly reached: Reached;
  readonly effort: Effort;
}

/** Pursuits by stage and what came of them; one without an order is open until it is told won or lost, however long that takes. From and to choose pursuits by their opening; without them, all. */
export const funnel: Report<FunnelReport, Pursued> = {
  name: 'funnel',
  version: 2,
  question: { en: 'Whom are we winning, how fast and at what cost?', zh: '我们在赢得谁,多快,花多少?' },
  uses: ['pursuits', 'performance', 'investment', 'approach'],
  adds: true,
  extract: (account, { asOf, from, to }, policy) => {
    const inWindow = (at: Instant) => (from === null || at >= from) && (to === null || at < to);
    const lines = pursuedBy(account, asOf, policy.settings);
    return {
      lines: lines.filter(({ openedAt }) => inWindow(Date.parse(openedAt))),
      reached: reachedOf(account, policy.settings),
      effort: effortOf(account, asOf, policy),
    };
  },
  report: (told, { asOf, currency }, policy) => {
    const lines = told
      .flatMap((one) => one.lines)
      .sort((a, b) => (a.openedAt < b.openedAt ? -1 : a.openedAt > b.openedAt ? 1 : byId(a, b)));
    const daysToClose = durationOf(lines.map(({ days, closedAt }) => ({ time: days, ended: closedAt !== null })));
    const approaches = [...new Set(lines.map(({ approach }) => approach))].sort((a, b) =>
      (a ?? '~') < (b ?? '~') ? -1 : 1,
    );
    return {
      stages: standings.map((stage) => stageOf(stage, lines, currency)),
      winRate: winRateOf(lines),
      byApproach: approaches.map((approach) => {
        return { approach, ...winRateOf(lines.filter((line) => line.approach === approach)) };
      }),
      daysToClose,
      daysToOrder: durationOf(lines.map((line) => ordering(line))),
      cac: cacOf(lines, currency),
      captures: capturesOf(lines),
      contactGrowth: reachOf(
        told.map(({ reached }) => reached),
        asOf,
        policy.settings,
      ),
      hunting: huntingOf(
        told.map(({ effort }) => effort),
        asOf,
        policy,
        daysToClose.plainMedianDays,
      ),
      pursuits: lines,
    };
  },
};

function pursuedBy({ accountId, states }: ReportAccount, asOf: Instant, settings: Settings): FunnelLine[] {
  const days = regularOrderDays(states.performance as PerformanceState).map(({ day }) => day);
  const phases = phasesOf(states.investment as InvestmentState);
  return linesOf(states.pursuits as PursuitsState, days, asOf, settings).map((line): FunnelLine => {
    const phase = phases.find(
      ({ accountId: of, pursuitId: id }) => (of === accountId ? id : `${of}/${id}`) === line.pursuitId,
    );
    const cacFinal = phase !== undefined && phase.to !== null;
    if (!phase) return { accountId, ...line, cac: null, cacReason: 'no-acquisition-phase', cacFinal };
    if (phase.missing.length > 0) return { accountId, ...line, cac: null, cacReason: 'missing-rate', cacFinal };
    const cac = sum(Object.values(phase.types).map(([amount]) => amount));
    const reached = phase.to === null ? null : daysBetween(phase.from, phase.to, settings);
    return { accountId, ...line, daysToOrder: reached ?? line.daysToOrder, cac, cacFinal };
  });
}

/** From opening to the order; the lost and the open are censored. */
const ordering = ({ days, daysToOrder }: FunnelLine): Spell =>
  daysToOrder === null ? { time: days, ended: false } : { time: daysToOrder, ended: true };

function stageOf(
  stage: PursuitStanding,
  lines: readonly FunnelLine[],
  currency: string | null,
): FunnelReport['stages'][number] {
  const own = lines.filter(({ standing }) => standing === stage);
  const told = own.flatMap(({ value }) => (value === null ? [] : [value]));
  const addable = currency !== null || told.length === 0;
  return {
    stage,
    pursuits: own.length,
    value: addable ? sum(told) : null,
    ...(addable ? {} : { valueReason: 'no-reporting-currency' as const }),
    withoutValue: own.length - told.length,
  };
}

function winRateOf(lines: readonly FunnelLine[]): WinRate {
  const won = lines.filter(({ standing }) => standing === 'WON').length;
  const lost = lines.filter(({ standing }) => standing === 'LOST').length;
  const n = won + lost;
  const counted = { won, lost, n, interval: proportionInterval(won, n) };
  return n === 0 ? { value: null, reason: 'none-decided', ...counted } : { value: won / n, ...counted };
}

function durationOf(spells: readonly Spell[]): Duration {
  const curve = kaplanMeier(spells);
  const medianDays = curve && medianOf(curve);
  const done = spells.filter(({ ended }) => ended).map(({ time }) => time);
  const plainMedianDays = median(done);
  return {
    medianDays,
    ...(medianDays === null ? { medianReason: curve ? ('not-reached' as const) : ('no-pursuits' as const) } : {}),
    plainMedianDays,
    ...(plainMedianDays === null ? { plainReason: 'none-ended' as const } : {}),
    n: spells.length,
    ended: done.length,
  };
}

/** Of the phases that an order closed. */
function cacOf(lines: readonly FunnelLine[], currency: string | null): FunnelReport['cac'] {
  const final = lines.filter(({ cacFinal }) => cacFinal);
  const n = final.length;
  if (n === 0) return { total: null, reason: 'none-closed-by-an-order', mean: null, n };
  if (currency === null) return { total: null, reason: 'no-reporting-currency', mean: null, n };
  if (final.some(({ cac }) => cac === null)) return { total: null, reason: 'missing-rate', mean: null, n };
  const total = sum(final.map(({ cac }) => cac!));
  return { total, mean: total / n, n };
}

function capturesOf(lines: readonly FunnelLine[]): FunnelReport['captures'] {
  const all = lines.flatMap(({ capture }) => (capture === null ? [] : [capture]));
  const count = (of: typeof all) => ({ claimed: of.length, counted: of.filter(({ counted }) => counted).length });
  const competitors = [...new Set(all.map(({ from }) => from))].sort();
  const byCompetitor = Object.fromEntries(
    competitors.map((name) => [name, count(all.filter(({ from }) => from === name))]),
  );
  return { ...count(all), byCompetitor };
}
