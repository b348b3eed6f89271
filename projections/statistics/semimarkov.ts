import { allFinite, finite, sum } from './figure.js';
import { type Curve, kaplanMeier, type Spell, survivalAt } from './survival.js';

/** One stay in a stage: how many days, and what came next; null while it still lasts. */
export interface Stay {
  readonly stage: string;
  readonly days: number;
  readonly next: string | null;
}

/** How accounts move between stages (§3.5.7), learnt from their stays; lines and columns are in the order of `stages`. */
export interface StageModel {
  readonly stages: readonly string[];
  readonly absorbing: string;
  readonly kappa: number;
  /** n_ij: moves seen. */
  readonly counts: readonly (readonly number[])[];
  /** P_ij; a line is null where nothing was seen that could fill it. */
  readonly matrix: readonly (readonly number[] | null)[];
  /** How long a stay lasts, by Kaplan–Meier; null for a stage never entered. */
  readonly dwell: readonly (Curve | null)[];
  /** Moves a day over all that is known of a stage; what its curve is continued by. Null where never entered. */
  readonly rates: readonly (number | null)[];
}

/** The stages in order, the one that is never left, and how many moves the prior weighs. */
export interface StageTerms {
  readonly stages: readonly string[];
  readonly absorbing?: string;
  readonly kappa?: number;
}

/**
 * P_ij = (n_ij + κ π_j) ÷ (n_i + κ) [P], π_j the share of all moves that led to j, among the stages other than i; the
 * absorbing stage (EXITED) keeps its own. κ is 1 unless told. Dwell times by Kaplan–Meier with open stays censored.
 * Stays in or to stages not listed, and moves to the same stage, are left out. Null without a stay.
 */
export function stageModel(stays: readonly Stay[], terms: StageTerms): StageModel | null {
  const { stages, absorbing = 'EXITED', kappa = 1 } = terms;
  const usable = stays.filter(
    ({ stage, days, next }) =>
      stages.includes(stage) &&
      stage !== absorbing &&
      next !== stage &&
      (next === null || stages.includes(next)) &&
      Number.isFinite(days) &&
      days >= 0,
  );
  if (usable.length === 0 || !(kappa >= 0) || !Number.isFinite(kappa)) return null;
  const counts = stages.map((from) =>
    stages.map((to) => usable.filter(({ stage, next }) => stage === from && next === to).length),
  );
  const arrivals = stages.map((_, j) => sum(counts.map((row) => row[j]!)));
  const matrix = stages.map((stage, i) =>
    stage === absorbing ? stages.map((_, j) => (i === j ? 1 : 0)) : line(counts[i]!, arrivals, i, kappa),
  );
  const spells = stages.map((stage) => usable.filter((stay) => stay.stage === stage).map(spellOf));
  return { stages, absorbing, kappa, counts, matrix, dwell: spells.map(kaplanMeier), rates: spells.map(rateOf) };
}

function line(seen: readonly number[], arrivals: readonly number[], own: number, kappa: number): number[] | null {
  const elsewhere = arrivals.map((count, j) => (j === own ? 0 : count));
  const moves = sum(elsewhere);
  const weight = sum(seen) + kappa;
  if (moves === 0 || weight === 0) return null;
  return seen.map((count, j) => (count + kappa * (elsewhere[j]! / moves)) / weight);
}

function spellOf({ days, next }: Stay): Spell {
  return { time: days, ended: next !== null };
}

function rateOf(spells: readonly Spell[]): number | null {
  const days = sum(spells.map(({ time }) => time));
  return days > 0 ? finite(spells.filter(({ ended }) => ended).length / days) : null;
}

/** Days in a step of the reckoning: a twelfth of 365. */
const stepDays = 365 / 12;
const stepsMax = 600;

/**
 * Chance not to be in the absorbing stage after so many days, for an account that has been in `stage` for `days`: the
 * semi-Markov chain run in steps of a month from that day on. A stay ends by its stage's curve; beyond what that curve
 * has seen, or where the stage was never entered, at its (or everyone's) constant rate [P]. Null where no move was ever
 * seen, a needed line of the matrix is unknown, or beyond fifty years. One answer for each horizon, in its order.
 */
export function stageSurvival(
  model: StageModel,
  now: { readonly stage: string; readonly days: number },
  horizons: readonly number[],
): readonly (number | null)[] {
  const start = model.stages.indexOf(now.stage);
  const steps = horizons.map((days) => Math.round(days / stepDays));
  const moves = sum(model.counts.map(sum));
  if (start < 0 || moves === 0 || !(now.days >= 0) || !allFinite([now.days, ...steps])) return horizons.map(() => null);
  const most = steps.reduce((a, b) => Math.max(a, b), 0);
  const curve = most > stepsMax ? null : run(model, start, now.days, most);
  return steps.map((step) => (step < 0 ? null : (curve?.[step] ?? null)));
}

/** Chance to be there after 0, 1, 2 … steps; ends early where a move leads nobody knows where. */
function run(model: StageModel, start: number, days: number, steps: number): number[] {
  const exit = model.stages.indexOf(model.absorbing);
  const leaving = model.stages.map((_, i) => hazards(model, i, 0, steps));
  const leavingFirst = hazards(model, start, days, steps);
  /** Still in the stay of the beginning; and in later ones, by how many steps they have lasted. */
  let first = 1;
  let held = model.stages.map(() => new Array<number>(steps + 1).fill(0));
  const there = [start === exit ? 0 : 1];
  for (let step = 1; step <= steps; step++) {
    const next = model.stages.map(() => new Array<number>(steps + 1).fill(0));
    for (const [i, byAge] of held.entries()) {
      if (i === exit) continue;
      let moved = 0;
      if (i === start) {
        moved = first * leavingFirst[step - 1]!;
        first -= moved;
      }
      for (let k = 0; k < steps; k++) {
        const gone = byAge[k]! * leaving[i]![k]!;
        moved += gone;
        next[i]![k + 1]! += byAge[k]! - gone;
      }
      const line = model.matrix[i] ?? null;
      if (moved > 0 && line === null) return there;
      line?.forEach((chance, j) => {
        next[j]![0]! += moved * chance;
      });
    }
    held = next;
    const later = sum(held.map((byAge, i) => (i === exit ? 0 : sum(byAge))));
    there.push(Math.min(there[step - 1]!, Math.max(0, start === exit ? 0 : first + later)));
  }
  return there;
}

/** Chance that a stay which has lasted some days and k steps ends in the next one: by the curve as far as it was seen, then at the rate. */
function hazards(model: StageModel, stage: number, days: number, steps: number): number[] {
  const rates = model.rates.filter((rate) => rate !== null);
  const rate = model.rates[stage] ?? (rates.length > 0 ? sum(rates) / rates.length : 0);
  const curve = model.dwell[stage] ?? null;
  return Array.from({ length: steps }, (_, k) => {
    const from = days + k * stepDays;
    const to = from + stepDays;
    const seen = curve === null ? from : Math.min(to, Math.max(from, curve.longest));
    const before = curve && survivalAt(curve, from);
    const after = curve && survivalAt(curve, seen);
    const kept = before !== null && after !== null && before > 0 ? after / before : 1;
    return 1 - kept * Math.exp(-rate * (to - seen));
  });
}
