import { bandAt, kaplanMeier, medianOf, type Spell } from '../statistics/survival.js';

/** Days that are always told: 12, 24 and 36 months (§3.12.15). */
const milestones = [365, 730, 1_095];

/** A Kaplan–Meier curve as an answer: S(t) with its 95 % band at each end and at 365, 730 and 1,095 days; null beyond the longest observed. */
export interface CurveView {
  readonly times: readonly number[];
  readonly survival: readonly (number | null)[];
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
  /** First day with S ≤ ½; null while the curve has not come down to it. */
  readonly median: number | null;
  readonly medianReason: string | null;
  readonly n: number;
  readonly events: number;
  readonly level: 0.95;
  readonly meaning: string;
}

export function curveOf(spells: readonly Spell[], churnDays: number): CurveView {
  const curve = kaplanMeier(spells);
  const ends = curve?.steps.map(({ time }) => time) ?? [];
  const times = [...new Set([...ends, ...milestones])].sort((a, b) => a - b);
  const found = times.map((time) => (curve ? bandAt(curve, time) : null));
  const median = curve ? medianOf(curve) : null;
  return {
    times,
    survival: found.map((one) => one?.survival ?? null),
    lower: found.map((one) => one?.lower ?? null),
    upper: found.map((one) => one?.upper ?? null),
    median,
    medianReason: median !== null ? null : curve ? 'more-than-half-still-there' : 'nobody-ordered',
    n: curve?.n ?? 0,
    events: curve?.ended ?? 0,
    level: 0.95,
    meaning: `First spells in days from the first regular order; without a contract an account has ended ${churnDays} days after its last one, so survival of ${churnDays} days means that it ordered again within them`,
  };
}
