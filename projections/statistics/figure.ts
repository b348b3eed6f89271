/** A figure that exists, or the reason why it does not. Never NaN, never an infinity, never 0 for "unknown". */
export type Figure<R extends string = string> =
  | { readonly value: number }
  | { readonly value: null; readonly reason: R };

const isReal = Number.isFinite;

/** Two computed numbers closer than this are equal (§3.0d). */
export const tolerance = 1e-9;

/** The figure of a number; one that overflowed or has no meaning becomes null with `not-finite`. */
export function known(value: number): Figure<'not-finite'> {
  return Number.isFinite(value) ? { value } : { value: null, reason: 'not-finite' };
}

/** A figure that does not exist, and why. */
export function unknown<R extends string>(reason: R): { readonly value: null; readonly reason: R } {
  return { value: null, reason };
}

/** The number, or null where it is not finite. */
export function finite(value: number): number | null {
  return isReal(value) ? value : null;
}

/** Whether every number is one that can be computed with. */
export function allFinite(values: readonly number[]): boolean {
  return values.every((value) => Number.isFinite(value));
}

/** value ≥ bound, with the house's tolerance: .6 − .4 is at least .2. */
export function atLeast(value: number, bound: number): boolean {
  return value >= bound - tolerance;
}

/** value > bound, with the house's tolerance: .1 + .2 is not over .3. */
export function over(value: number, bound: number): boolean {
  return value > bound + tolerance;
}

/** Sum from the first to the last. */
export function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
