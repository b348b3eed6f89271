import type { Scoring } from '../../src/kernel/policy.js';
import { sum } from '../statistics/figure.js';

/** The parts of the health figure, each in [0, 1]. */
export const healthParts = ['trust', 'contact', 'wallet', 'recommend'] as const;
export type HealthPart = (typeof healthParts)[number];

/** What a part came to, and why it is not known. */
export interface PartFigure {
  readonly value: number | null;
  readonly reason: string | null;
}

/**
 * Health H = Σ weight × part ÷ Σ weight, 0 to 100, over the parts that are known, with the share of the weight they carry (§3.6) [P].
 * The version of the weights stands beside it, so that a change of rules is never read as a change of the customer.
 */
export interface Health {
  readonly value: number | null;
  readonly reason: string | null;
  readonly version: string;
  /** Share of the weight whose parts are known, in [0, 1]. */
  readonly known: number;
  readonly missing: readonly HealthPart[];
  readonly parts: readonly (PartFigure & { readonly part: HealthPart; readonly weight: number })[];
}

export function healthOf(found: Readonly<Record<HealthPart, PartFigure>>, { health, version }: Scoring): Health {
  const parts = healthParts.map((part) => {
    return { part, weight: Object.hasOwn(health, part) ? health[part]! : 0, ...found[part] };
  });
  const weighed = parts.filter(({ weight }) => weight > 0);
  const known = weighed.filter(({ value }) => value !== null);
  const all = sum(weighed.map(({ weight }) => weight));
  const weight = sum(known.map((one) => one.weight));
  return {
    value: weight > 0 ? (100 * sum(known.map((one) => one.weight * one.value!))) / weight : null,
    reason: weight > 0 ? null : all > 0 ? 'no-part-known' : 'no-weights',
    version,
    known: all > 0 ? weight / all : 0,
    missing: weighed.filter(({ value }) => value === null).map(({ part }) => part),
    parts,
  };
}
