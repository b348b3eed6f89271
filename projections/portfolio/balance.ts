import { quarterOf, yearOfQuarter } from '../../src/kernel/instant.js';
import type { Budget, Policy } from '../../src/kernel/policy.js';
import type { Report } from '../../src/kernel/projection.js';
import type { Quadrant } from '../criteria/axes.js';
import { inCurrency, pairOf } from '../performance/pricing.js';
import { imbalance } from '../statistics/concentration.js';
import { byId, periodAsked } from './window.js';

/** The four quadrants, and the accounts that have none. */
const classes = ['STRATEGIC', 'STAR', 'STATUS', 'STREAMLINE', 'NONE'] as const;
type Class = (typeof classes)[number];

/** Budget against value of one class of accounts. Shares are null where their total is not positive. */
export interface BalanceClass {
  readonly quadrant: Class;
  readonly accounts: number;
  readonly budgetBefore: number;
  readonly budget: number;
  readonly budgetShare: number | null;
  readonly budgetShareReason: string | null;
  readonly value: number;
  readonly valueShare: number | null;
  readonly valueShareReason: string | null;
}

/** One account in the balance. */
export interface BalanceLine {
  readonly accountId: string;
  readonly quadrant: Class;
  /** Allocated, before any move of the period. */
  readonly budgetBefore: number;
  readonly budget: number;
  readonly value: number | null;
  readonly valueBy: 'plan-clv' | 'constant-clv' | null;
  readonly reason: string | null;
}

/** Whether money goes where value is expected (D9), and whether moves of budgets made that better (F10). */
export interface BalanceReport {
  readonly period: string;
  /** ½ Σ |budget share − value share| over the classes, 0 (alike) to 1. */
  readonly imbalance: number | null;
  readonly imbalanceBefore: number | null;
  readonly reason: string | null;
  readonly classes: readonly BalanceClass[];
  readonly accounts: readonly BalanceLine[];
  /** Accounts whose value is constantClv, as they have no plan value; and those without either, which are left out of both sides' judgement. */
  readonly byConstantClv: readonly string[];
  readonly withoutValue: readonly string[];
  readonly missingRates: readonly string[];
  readonly moves: readonly { readonly accountId: string; readonly amount: number | null; readonly eventId: string }[];
  readonly findings: readonly {
    readonly code: 'IMBALANCE_ROSE';
    readonly since: null;
    readonly eventIds: readonly string[];
    readonly detail: string;
  }[];
}

interface Worth {
  readonly value: number | null;
  readonly reason: string | null;
}

/** What is kept of an account: its quadrant and what it is worth. */
export type Valued = Omit<BalanceLine, 'budgetBefore' | 'budget'>;

/** Budget share against value share by quadrant: the share of money that is not where value is expected. */
export const balance: Report<BalanceReport, Valued> = {
  name: 'balance',
  version: 1,
  question: { en: 'Do our resources go where the value is?', zh: '资源是否投向价值所在?' },
  uses: ['value', 'criteria'],
  views: ['value', 'criteria'],
  adds: true,
  parameters: {
    period:
      'fiscal year or quarter of the budgets (2027, 2027-Q1); by default the fiscal year of asOf. A year holds its quarters',
  },
  extract: ({ accountId, views }) => {
    const { plan, constantClv } = views.value as { readonly plan: Worth; readonly constantClv: Worth };
    const { quadrant } = views.criteria as { readonly quadrant: Quadrant | null };
    const value = plan.value ?? constantClv.value;
    return {
      accountId,
      quadrant: quadrant ?? 'NONE',
      value,
      valueBy: plan.value !== null ? 'plan-clv' : value === null ? null : 'constant-clv',
      reason: value === null ? (constantClv.reason ?? plan.reason) : null,
    };
  },
  report: (told, { asOf, currency, parameters }, policy) => {
    const { settings } = policy;
    const period = periodAsked(parameters, settings) ?? String(yearOfQuarter(quarterOf(asOf, settings), settings));
    const budgets = policy.budgets.filter((one) => one.period === period || one.period.startsWith(`${period}-Q`));
    const money = moneyOf(budgets, currency, policy.fx);
    const lines = told.map((one) => lineOf(one, money)).sort(byId);
    const table = classes.map((quadrant) => classOf(quadrant, lines));
    const reason = reasonOf(lines, currency, money.missing);
    const shares = (of: 'budget' | 'budgetBefore') =>
      reason === null
        ? imbalance(
            table.map((one) => one[of]),
            table.map(({ value }) => value),
          )
        : null;
    const [now, before] = [shares('budget'), shares('budgetBefore')];
    return {
      period,
      imbalance: now,
      imbalanceBefore: before,
      reason: now === null ? (reason ?? 'nothing-to-divide-by') : null,
      classes: table.map((one) => ({
        ...one,
        ...shared(
          'budgetShare',
          one.budget,
          table.map(({ budget }) => budget),
        ),
        ...shared(
          'valueShare',
          one.value,
          table.map(({ value }) => value),
        ),
      })),
      accounts: lines,
      byConstantClv: lines.filter(({ valueBy }) => valueBy === 'constant-clv').map(({ accountId }) => accountId),
      withoutValue: lines.filter(({ value }) => value === null).map(({ accountId }) => accountId),
      missingRates: money.missing,
      moves: money.moves,
      findings: rose(before, now, period, money.moves),
    };
  },
};

interface Moneys {
  readonly allocated: ReadonlyMap<string, number>;
  readonly moved: ReadonlyMap<string, number>;
  readonly moves: BalanceReport['moves'];
  readonly missing: readonly string[];
}

/** Budgets and their moves by account, in the report's currency at the rate of the moment. */
function moneyOf(budgets: readonly Budget[], currency: string | null, fx: Policy['fx']): Moneys {
  const allocated = new Map<string, number>();
  const moved = new Map<string, number>();
  const missing = new Set<string>();
  const moves: { accountId: string; amount: number | null; eventId: string }[] = [];
  for (const { accountId, amount, moved: isMove, eventId } of budgets) {
    const minor = currency === null ? null : inCurrency(amount, currency, fx);
    if (minor === null && currency !== null) missing.add(pairOf(amount.currency, currency));
    const into = isMove ? moved : allocated;
    into.set(accountId, (into.get(accountId) ?? 0) + (minor ?? 0));
    if (isMove) moves.push({ accountId, amount: minor, eventId });
  }
  return { allocated, moved, moves, missing: [...missing].sort() };
}

function lineOf({ accountId, quadrant, ...worth }: Valued, { allocated, moved }: Moneys): BalanceLine {
  const before = allocated.get(accountId) ?? 0;
  return { accountId, quadrant, budgetBefore: before, budget: before + (moved.get(accountId) ?? 0), ...worth };
}

/** Negative values and budgets count as nothing: a share cannot be less. */
function classOf(quadrant: Class, lines: readonly BalanceLine[]) {
  const own = lines.filter((line) => line.quadrant === quadrant);
  const sum = (of: (line: BalanceLine) => number) =>
    Math.max(
      0,
      own.reduce((all, line) => all + of(line), 0),
    );
  return {
    quadrant,
    accounts: own.length,
    budgetBefore: sum((line) => line.budgetBefore),
    budget: sum((line) => line.budget),
    value: sum((line) => line.value ?? 0),
  };
}

function reasonOf(lines: readonly BalanceLine[], currency: string | null, missing: readonly string[]): string | null {
  if (lines.length === 0) return 'no-accounts';
  if (currency === null) return 'no-reporting-currency';
  if (missing.length > 0) return 'missing-rate';
  if (!lines.some(({ budget }) => budget > 0)) return 'no-budget';
  return lines.some(({ value }) => value !== null && value > 0) ? null : 'no-value';
}

function shareOf(part: number, all: readonly number[]): number | null {
  const total = all.reduce((sum, one) => sum + one, 0);
  return total > 0 ? part / total : null;
}

/** A share under its name, with the reason where there is nothing to have a share of. */
function shared<K extends 'budgetShare' | 'valueShare'>(name: K, part: number, all: readonly number[]) {
  const share = shareOf(part, all);
  return { [name]: share, [`${name}Reason`]: share === null ? 'nothing-to-divide-by' : null } as {
    readonly [N in K]: number | null;
  } & { readonly [N in `${K}Reason`]: string | null };
}

function rose(
  before: number | null,
  now: number | null,
  period: string,
  moves: BalanceReport['moves'],
): BalanceReport['findings'] {
  if (before === null || now === null || !(now > before + 1e-9)) return [];
  const eventIds = [...new Set(moves.map(({ eventId }) => eventId))];
  const detail = `Moves of budgets in ${period} raised the imbalance from ${before} to ${now}`;
  return [{ code: 'IMBALANCE_ROSE', since: null, eventIds, detail }];
}
