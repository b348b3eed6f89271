import { minimise } from './optimise.js';

const { abs, exp, log, log1p, max, min } = Math;

/** A customer as the buying models see one; all times in one unit (weeks, say). */
export interface Customer {
  /** Repeat purchases after the first. */
  readonly x: number;
  /** From the first purchase to the last; 0 with no repeat. */
  readonly tx: number;
  /** From the first purchase to the end of watching, ≥ tx. */
  readonly T: number;
}

/** Customers alike in all three, counted once: a likelihood is then a weighted sum. */
export interface Weighted extends Customer {
  readonly weight: number;
}

/** The fewest customers with a repeat purchase that a population model is fitted on [P] (§3.5.7). */
export const repeatersMin = 200;

/** What to use where a population model is refused. */
export const instead = 'plan-clv' as const;

/**
 * Fitted parameters with what they stand on, or why there are none and what to use instead. Customers who hardly differ give
 * no peak, nor do those of whom none seems to leave: not-converged.
 */
export type Fit<P> =
  | { readonly parameters: P; readonly logLikelihood: number; readonly customers: number; readonly repeaters: number }
  | {
      readonly parameters: null;
      readonly reason: 'too-few-repeat-customers' | 'not-converged';
      readonly instead: typeof instead;
      readonly customers: number;
      readonly repeaters: number;
    };

/** Whether the three figures can belong to a customer. */
export function isCustomer({ x, tx, T }: Customer): boolean {
  return x >= 0 && tx >= 0 && tx <= T && T > 0 && Number.isFinite(x) && Number.isFinite(T);
}

/** Equal customers counted together, in the order first met; those that cannot be are left out. */
export function weigh(customers: readonly Customer[]): Weighted[] {
  const groups = new Map<string, Customer & { weight: number }>();
  for (const customer of customers) {
    if (!isCustomer(customer)) continue;
    const { x, tx, T } = customer;
    const key = `${x} ${tx} ${T}`;
    const group = groups.get(key);
    if (group) group.weight++;
    else groups.set(key, { x, tx, T, weight: 1 });
  }
  return [...groups.values()];
}

/** A parameter whose logarithm came so far has run towards the border of the search: what it stands on is no peak. */
const border = 14.5;

/**
 * Greatest likelihood over positive parameters, searched on their logarithms between e⁻¹⁵ and e¹⁵. `repeaters` under
 * `least` refuses; so does a search that does not settle, or settles at the border.
 */
export function fitPositive(
  likelihood: (parameters: readonly number[]) => number,
  start: readonly number[],
  population: { readonly customers: number; readonly repeaters: number },
  least = repeatersMin,
): Fit<readonly number[]> {
  if (population.repeaters < least) {
    return { parameters: null, reason: 'too-few-repeat-customers', instead, ...population };
  }
  const cost = (logs: readonly number[]): number =>
    logs.some((log) => abs(log) > 15) ? Number.POSITIVE_INFINITY : -likelihood(logs.map(exp));
  const found = minimise(cost, start.map(log), { tolerance: 1e-8 });
  if (!found.converged || found.at.some((log) => abs(log) > border))
    return { parameters: null, reason: 'not-converged', instead, ...population };
  return { parameters: found.at.map(exp), logLikelihood: -found.value, ...population };
}

/**
 * Fit of a buying model to weighted customers. The search runs in units of their mean age, so that days and weeks look
 * the same to it; `named` gives its values their names, those that are times multiplied by the unit.
 */
export function fitBuyers<P>(
  customers: readonly Customer[],
  named: (values: readonly number[], unit: number) => P,
  likelihood: (parameters: P, customers: readonly Weighted[]) => number,
  start: (alpha: number) => readonly number[],
  least = repeatersMin,
): Fit<P> {
  const groups = weigh(customers);
  const total = (of: (group: Weighted) => number): number =>
    groups.reduce((sum, group) => sum + group.weight * of(group), 0);
  const population = { customers: total(() => 1), repeaters: total(({ x }) => (x > 0 ? 1 : 0)) };
  const unit = total(({ T }) => T) / max(1, population.customers);
  const scaled = groups.map(({ x, tx, T, weight }) => ({ x, tx: tx / unit, T: T / unit, weight }));
  const alpha =
    (0.5 * population.customers) /
    max(
      1,
      total(({ x }) => x),
    );
  const fit = fitPositive((values) => likelihood(named(values, 1), scaled), start(alpha), population, least);
  if (fit.parameters === null) return fit;
  const parameters = named(fit.parameters, unit);
  return { ...fit, parameters, logLikelihood: likelihood(parameters, groups) };
}

/** ln(eᵃ + eᵇ) without overflow. */
export function addLogs(a: number, b: number): number {
  const most = max(a, b);
  return most === Number.NEGATIVE_INFINITY ? most : most + log1p(exp(min(a, b) - most));
}

/** Whether every parameter is a positive number. */
export function positive(parameters: object): boolean {
  return Object.values(parameters).every((value) => typeof value === 'number' && value > 0 && Number.isFinite(value));
}
