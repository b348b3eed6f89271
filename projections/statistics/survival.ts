import { chiSquareUpper } from './distributions.js';
import { atLeast, sum } from './figure.js';

/** How long one was watched, and whether it ended then (true) or was still there (censored). */
export interface Spell {
  readonly time: number;
  readonly ended: boolean;
}

/** One time at which someone ended; the bounds are null where survival is 0 (or they cannot be computed). */
export interface Step {
  readonly time: number;
  readonly atRisk: number;
  readonly ended: number;
  readonly survival: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** A Kaplan–Meier curve: 1 before the first step, flat between steps, unknown beyond `longest`. */
export interface Curve {
  readonly n: number;
  readonly ended: number;
  readonly longest: number;
  readonly steps: readonly Step[];
}

/**
 * Kaplan–Meier: S(t) = Π_{t_i ≤ t} (1 − d_i/n_i); one who is censored at t was at risk at t. The 95 % band is
 * S^exp(±1.96 σ) with σ² = Σ d/(n(n−d)) ÷ (ln S)², Greenwood's error on the log(−log S) scale (§3.12.15).
 * Null for no spells; negative or unreal times are left out.
 */
export function kaplanMeier(spells: readonly Spell[]): Curve | null {
  const usable = spells.filter(({ time }) => Number.isFinite(time) && time >= 0);
  if (usable.length === 0) return null;
  let survival = 1;
  let greenwood = 0;
  let atRisk = usable.length;
  const steps: Step[] = [];
  for (const { time, ended, gone } of tally(usable)) {
    if (ended > 0) {
      survival = ended === atRisk ? 0 : survival * (1 - ended / atRisk);
      greenwood += ended === atRisk ? 0 : ended / (atRisk * (atRisk - ended));
      steps.push({ time, atRisk, ended, survival, ...band(survival, greenwood) });
    }
    atRisk -= gone;
  }
  const longest = usable.reduce((most, { time }) => Math.max(most, time), 0);
  return { n: usable.length, ended: sum(steps.map(({ ended }) => ended)), longest, steps };
}

function band(survival: number, greenwood: number): { lower: number | null; upper: number | null } {
  if (survival <= 0 || survival >= 1) return { lower: null, upper: null };
  const reach = (1.959963984540054 * Math.sqrt(greenwood)) / -Math.log(survival);
  return { lower: survival ** Math.exp(reach), upper: survival ** Math.exp(-reach) };
}

function tally(spells: readonly Spell[]): { time: number; ended: number; gone: number }[] {
  const byTime = new Map<number, { time: number; ended: number; gone: number }>();
  for (const { time, ended } of spells) {
    const at = byTime.get(time) ?? { time, ended: 0, gone: 0 };
    byTime.set(time, at);
    at.gone++;
    if (ended) at.ended++;
  }
  return [...byTime.values()].sort((a, b) => a.time - b.time);
}

/** S(t), ends at t itself included; 1 before the first end; null beyond the longest time observed or for t < 0. */
export function survivalAt(curve: Curve, t: number): number | null {
  if (!(t >= 0 && t <= curve.longest)) return null;
  return lastStep(curve, t)?.survival ?? 1;
}

/** S(t) with its band as of the last step; the band is null before the first end. Null where S(t) is. */
export function bandAt(
  curve: Curve,
  t: number,
): { readonly survival: number; readonly lower: number | null; readonly upper: number | null } | null {
  const survival = survivalAt(curve, t);
  if (survival === null) return null;
  const step = lastStep(curve, t);
  return { survival, lower: step?.lower ?? null, upper: step?.upper ?? null };
}

/** The earliest time with S(t) ≤ ½; null while the curve has not come down to it. */
export function medianOf(curve: Curve): number | null {
  return curve.steps.find(({ survival }) => atLeast(0.5, survival))?.time ?? null;
}

/** S(reached + further) ÷ S(reached): the chance to last so much longer, given what is behind (§3.12.16); null where either is unknown or S(reached) is 0. */
export function conditionalSurvival(curve: Curve, reached: number, further: number): number | null {
  const now = survivalAt(curve, reached);
  const then = survivalAt(curve, reached + further);
  return now === null || then === null || now === 0 || further < 0 ? null : then / now;
}

function lastStep(curve: Curve, t: number): Step | undefined {
  return curve.steps.findLast(({ time }) => time <= t);
}

/** Whether groups survive alike; observed and expected ends are in the order of the groups. */
export type LogRank =
  | {
      readonly p: number;
      readonly chiSquare: number;
      readonly df: number;
      readonly observed: readonly number[];
      readonly expected: readonly number[];
    }
  | { readonly p: null; readonly reason: 'fewer-than-two-groups' | 'no-ends' | 'not-comparable' };

/**
 * Log-rank test of two or more groups (Mantel): at every end, expected ends by shares at risk, hypergeometric covariance;
 * χ² with groups − 1 degrees of freedom. Empty groups are left out. `not-comparable` where groups were never at risk
 * together.
 */
export function logRank(groups: readonly (readonly Spell[])[]): LogRank {
  const filled = groups.map((group) => group.filter(({ time }) => Number.isFinite(time) && time >= 0));
  const used = filled.filter((group) => group.length > 0);
  if (used.length < 2) return { p: null, reason: 'fewer-than-two-groups' };
  const k = used.length;
  const observed = used.map((group) => group.filter(({ ended }) => ended).length);
  const expected = new Array<number>(k).fill(0);
  const covariance = observed.map(() => new Array<number>(k).fill(0));
  const times = new Set(used.flatMap((group) => group.filter(({ ended }) => ended).map(({ time }) => time)));
  if (times.size === 0) return { p: null, reason: 'no-ends' };
  for (const at of times) {
    const risk = used.map((group) => group.filter(({ time }) => time >= at).length);
    const all = sum(risk);
    const ended = sum(used.map((group) => group.filter((spell) => spell.ended && spell.time === at).length));
    const spread = all > 1 ? (ended * (all - ended)) / (all - 1) : 0;
    for (let i = 0; i < k; i++) {
      expected[i]! += (ended * risk[i]!) / all;
      for (let j = 0; j < k; j++) {
        covariance[i]![j]! += spread * ((risk[i]! / all) * ((i === j ? 1 : 0) - risk[j]! / all));
      }
    }
  }
  const excess = observed.slice(1).map((seen, i) => seen - expected[i + 1]!);
  const chiSquare = quadratic(
    covariance.slice(1).map((row) => row.slice(1)),
    excess,
  );
  const p = chiSquare === null ? null : chiSquareUpper(Math.max(0, chiSquare), k - 1);
  if (chiSquare === null || p === null) return { p: null, reason: 'not-comparable' };
  return { p, chiSquare: Math.max(0, chiSquare), df: k - 1, observed, expected };
}

/** v′ M⁻¹ v by elimination with pivots; null where M has no inverse. */
function quadratic(matrix: readonly (readonly number[])[], v: readonly number[]): number | null {
  const rows = matrix.map((row, i) => [...row, v[i]!]);
  const n = rows.length;
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c + 1; r < n; r++) if (Math.abs(rows[r]![c]!) > Math.abs(rows[pivot]![c]!)) pivot = r;
    [rows[c], rows[pivot]] = [rows[pivot]!, rows[c]!];
    const top = rows[c]!;
    if (Math.abs(top[c]!) < 1e-12) return null;
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const factor = rows[r]![c]! / top[c]!;
      for (let j = c; j <= n; j++) rows[r]![j]! -= factor * top[j]!;
    }
  }
  return sum(rows.map((row, i) => (v[i]! * row[n]!) / row[i]!));
}
