import type { Instant } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Subject } from '../../src/kernel/projection.js';

/** The moment of a figure over the population, with the currency that amounts were kept in; null where accounts share none. */
export interface PopulationMoment {
  readonly asOf: Instant;
  readonly policy: Policy;
  readonly currency: string | null;
}

/**
 * A figure over all accounts at one moment, made of their folded states alone and never of views, so that it cannot go in circles.
 * `extract` keeps the little that it needs of an account and depends on nothing finer than the firm's day that holds `asOf`.
 */
export interface PopulationFigure<X extends object = object, R extends object = object> {
  /** `population/survival`: the name under which views ask for it. */
  readonly name: `population/${string}`;
  /** Account projections whose states it reads. */
  readonly states: readonly string[];
  /** True where it compares amounts of accounts and so needs one currency. */
  readonly adds?: boolean;
  /** Null: the account does not count. */
  readonly extract: (states: Readonly<Record<string, unknown>>, moment: PopulationMoment, subject: Subject) => X | null;
  readonly figure: (members: ReadonlyMap<string, X>, moment: PopulationMoment) => R;
}

/** Any of them, as their list holds them. */
// biome-ignore lint/suspicious/noExplicitAny: a list holds figures over extracts it knows nothing of
export type AnyPopulationFigure = PopulationFigure<any, any>;
