import type { Scoring } from '../../src/kernel/policy.js';
import { atLeast, finite, over, sum } from '../statistics/figure.js';
import { quantile } from '../statistics/intervals.js';
import { median } from '../statistics/rank.js';
import type { CriteriaState, Strength } from './state.js';

/** From this spread of the middle half of the raters on, a factor's score is disputed [P] (§3.2.2). */
const disputedFrom = 3;
/** Kinds of source, best first. */
const sources = ['customer_survey', 'customer_interview', 'supplier_estimate'] as const;

/** One factor of attractiveness: the median over raters, and how far they disagree. */
export interface FactorScore {
  readonly factor: string;
  readonly weight: number;
  /** 0 to 10; null where nobody scored it. */
  readonly score: number | null;
  readonly raters: number;
  /** Interquartile range of the raters' scores. */
  readonly scoreReason?: 'unscored';
  readonly spread: number | null;
  readonly spreadReason?: 'unscored';
  readonly disputed: boolean;
  readonly ratings: readonly { readonly rater: string; readonly score: number; readonly eventId: string }[];
}

/** How attractive the customer is, A = Σ w s ÷ 100 (§3.2.2, §3.12.21): a weighted factor without a score makes it null. */
export interface Attractiveness {
  readonly value: number | null;
  readonly reason: string | null;
  readonly high: boolean | null;
  readonly threshold: number;
  readonly version: string;
  readonly unscored: readonly string[];
  readonly factors: readonly FactorScore[];
}

/** The median of a factor's latest scores, one of each rater; null where there is none. */
export function medianScore(state: CriteriaState, factor: string): number | null {
  return median(state.scores.filter((one) => one.factor === factor).map(({ score }) => score));
}

/** A under the weights in force. */
export function attractivenessAt(state: CriteriaState, scoring: Scoring): Attractiveness {
  const factors = scoring.attractiveness.map(({ factor, weight }): FactorScore => {
    const ratings = state.scores
      .filter((one) => one.factor === factor)
      .map(({ rater, score, eventId }) => ({ rater, score, eventId }));
    const sorted = ratings.map(({ score }) => score).sort((a, b) => a - b);
    const [low, high] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
    const spread = low === null || high === null ? null : high - low;
    const disputed = spread !== null && atLeast(spread, disputedFrom);
    const score = median(sorted);
    return {
      factor,
      weight,
      score,
      ...(score === null ? { scoreReason: 'unscored', spreadReason: 'unscored' } : {}),
      raters: ratings.length,
      spread,
      disputed,
      ratings,
    };
  });
  const unscored = factors.filter(({ weight, score }) => weight > 0 && score === null).map(({ factor }) => factor);
  const reason = factors.length === 0 ? 'no-factors' : unscored.length > 0 ? `unscored: ${unscored.join(', ')}` : null;
  const value = reason === null ? finite(sum(factors.map(({ weight, score }) => weight * (score ?? 0))) / 100) : null;
  const threshold = scoring.attractivenessHigh;
  const high = value === null ? null : atLeast(value, threshold);
  return { value, reason, high, threshold, version: scoring.version, unscored, factors };
}

/** One success factor of the customer: ours and every competitor's score from the best source there is. */
export interface FactorStrength {
  readonly factor: string;
  readonly weight: number;
  readonly source: string | null;
  readonly ours: number | null;
  readonly competitors: Readonly<Record<string, number>>;
  readonly raters: number;
  readonly eventIds: readonly string[];
}

/** How strong we are in the customer's eyes, R = B_us ÷ the best B of a competitor scored on every factor (§3.2.2, §3.12.21). */
export interface RelativeStrength {
  readonly value: number | null;
  readonly reason: string | null;
  readonly high: boolean | null;
  readonly threshold: number;
  readonly ours: number | null;
  /** The strongest of the competitors that count. */
  readonly best: { readonly competitor: string; readonly strength: number } | null;
  /** Ours minus the best. */
  readonly difference: number | null;
  readonly competitors: readonly { readonly competitor: string; readonly strength: number | null }[];
  /** Share of the weight that comes from each kind of source; null without success factors. */
  readonly sources: Readonly<Record<string, number>>;
  /** False where more than half of the weight is our own estimate; null where R is. */
  readonly confirmed: boolean | null;
  readonly unscored: readonly string[];
  readonly factors: readonly FactorStrength[];
  /** When and by whom the success factors were stated. */
  readonly stated: { readonly source: string; readonly eventId: string } | null;
}

/** R by the customer's success factors in force. */
export function strengthAt(state: CriteriaState, scoring: Scoring): RelativeStrength {
  const factors = (state.factors?.list ?? []).map(({ factor, weight }) => factorStrength(state, factor, weight));
  const unscored = factors.filter(({ weight, ours }) => weight > 0 && ours === null).map(({ factor }) => factor);
  const whole = factors.length > 0 && unscored.length === 0;
  const ours = whole ? finite(sum(factors.map((one) => one.weight * (one.ours ?? 0))) / 100) : null;
  const names = [...new Set(factors.flatMap((one) => Object.keys(one.competitors)))].sort();
  const competitors = names.map((competitor) => ({ competitor, strength: strengthOf(competitor, factors) }));
  const best = competitors.reduce<{ competitor: string; strength: number } | null>(
    (top, { competitor, strength }) =>
      strength !== null && (top === null || strength > top.strength) ? { competitor, strength } : top,
    null,
  );
  const reason = reasonOf(factors.length, unscored, best);
  const value = reason === null && ours !== null ? finite(ours / best!.strength) : null;
  const mix = mixOf(factors);
  return {
    value,
    reason,
    high: value === null ? null : atLeast(value, scoring.strengthHigh),
    threshold: scoring.strengthHigh,
    ours,
    best,
    difference: ours === null || best === null ? null : ours - best.strength,
    competitors,
    sources: mix,
    confirmed: value === null ? null : !over(mix.supplier_estimate ?? 0, 0.5),
    unscored,
    factors,
    stated: state.factors && { source: state.factors.source, eventId: state.factors.eventId },
  };
}

function factorStrength(state: CriteriaState, factor: string, weight: number): FactorStrength {
  const all = state.strengths.filter((one) => one.factor === factor);
  const source = sources.find((kind) => all.some((one) => one.source === kind)) ?? null;
  const used = all.filter((one) => one.source === source);
  const names = [...new Set(used.flatMap((one) => Object.keys(one.competitors)))].sort();
  const competitors = Object.fromEntries(names.map((name) => [name, median(scoresOf(used, name))!]));
  return {
    factor,
    weight,
    source,
    ours: median(used.map(({ ours }) => ours)),
    competitors,
    raters: used.length,
    eventIds: used.map(({ eventId }) => eventId),
  };
}

const scoresOf = (used: readonly Strength[], name: string): number[] =>
  used.flatMap(({ competitors }) => (Object.hasOwn(competitors, name) ? [competitors[name]!] : []));

/** B of a competitor; null where a weighted factor has no score of it. */
function strengthOf(name: string, factors: readonly FactorStrength[]): number | null {
  const scored = factors.every(({ weight, competitors }) => weight === 0 || Object.hasOwn(competitors, name));
  if (!scored) return null;
  return finite(sum(factors.map(({ weight, competitors }) => weight * (competitors[name] ?? 0))) / 100);
}

function reasonOf(count: number, unscored: readonly string[], best: { readonly strength: number } | null) {
  if (count === 0) return 'no-success-factors';
  if (unscored.length > 0) return `unscored: ${unscored.join(', ')}`;
  if (best === null) return 'no-competitor-scored-on-every-factor';
  return best.strength > 0 ? null : 'best-competitor-at-zero';
}

function mixOf(factors: readonly FactorStrength[]): Record<string, number> {
  const total = sum(factors.map(({ weight }) => weight));
  const mix: Record<string, number> = {};
  for (const { source, weight } of factors) if (source !== null && total > 0) mix[source] = (mix[source] ?? 0) + weight;
  return Object.fromEntries(Object.entries(mix).map(([source, weight]) => [source, weight / total]));
}

/** The four quadrants (§3.2.2); null while A or R is. */
export type Quadrant = 'STRATEGIC' | 'STAR' | 'STATUS' | 'STREAMLINE';

export function quadrantOf(attractive: boolean | null, strong: boolean | null): Quadrant | null {
  if (attractive === null || strong === null) return null;
  if (attractive) return strong ? 'STRATEGIC' : 'STAR';
  return strong ? 'STATUS' : 'STREAMLINE';
}
