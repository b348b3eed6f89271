import { dayOf } from '../../src/kernel/instant.js';
import { lastRegularOrderDay, missingRatesOf, sumsBetween } from '../performance/days.js';
import type { PerformanceState } from '../performance/state.js';
import { quintiles } from '../statistics/rank.js';
import type { PopulationFigure, PopulationMoment } from './figure.js';

/** Fewest accounts that are ranked against each other (§3.12.29). */
export const rankedMin = 20;

/** An account's raw figures: days since its last regular order, regular orders and net revenue in the window (null without a rate). */
export interface Rfm {
  readonly recencyDays: number;
  readonly frequency: number;
  readonly monetary: number | null;
  readonly monetaryReason?: string;
}

/** Scores 1 (worst) to 5 (best). `monetary` null where amounts could not be compared. */
export interface RfmScores {
  readonly recency: number;
  readonly frequency: number;
  readonly monetary: number | null;
}

/** Which values a score covered when it was given. */
export type Cuts = readonly { readonly score: number; readonly from: number; readonly to: number }[];

/** Scores of every account with a regular order in the window, by its id. */
export interface Quintiles {
  readonly n: number;
  readonly reason: 'fewer-than-20-accounts' | null;
  readonly scores: Readonly<Record<string, RfmScores>>;
  readonly cuts: { readonly recency: Cuts; readonly frequency: Cuts; readonly monetary: Cuts | null } | null;
  /** Why money is not scored: accounts without a rate, or no common currency. */
  readonly monetaryReason: string | null;
  readonly currency: string | null;
}

/** Raw figures of the window that ends at the moment; null without a regular order in it. */
export function rfmOf(
  performance: PerformanceState,
  { asOf, policy }: Pick<PopulationMoment, 'asOf' | 'policy'>,
): Rfm | null {
  const { settings } = policy;
  const today = dayOf(asOf, settings);
  const last = lastRegularOrderDay(performance);
  const from = today - settings.windowDays + 1;
  const { net, orders } = sumsBetween(performance, from, today + 1);
  if (last === null || orders === 0) return null;
  const lacking = missingRatesOf(performance, from, today + 1);
  const known = { recencyDays: today - last, frequency: orders };
  if (lacking.length > 0) return { ...known, monetary: null, monetaryReason: `no-rate ${lacking.join(', ')}` };
  return { ...known, monetary: net };
}

/** Scores ⌈5 · midrank ÷ n⌉ among all members (§3.12.29). */
export function scoreAll(members: ReadonlyMap<string, Rfm>, currency: string | null): Quintiles {
  const ids = [...members.keys()];
  const all = ids.map((id) => members.get(id)!);
  const n = all.length;
  const recency = quintiles(
    all.map(({ recencyDays }) => recencyDays),
    'low',
    rankedMin,
  );
  const frequency = quintiles(
    all.map((one) => one.frequency),
    'high',
    rankedMin,
  );
  const unpriced = ids.filter((id) => members.get(id)!.monetary === null);
  const comparable = currency !== null && unpriced.length === 0;
  const monetary = comparable
    ? quintiles(
        all.map((one) => one.monetary!),
        'high',
        rankedMin,
      )
    : null;
  if (recency === null || frequency === null)
    return { n, reason: 'fewer-than-20-accounts', scores: {}, cuts: null, monetaryReason: null, currency };
  const scores = Object.fromEntries(
    ids.map((id, i) => {
      const own = {
        recency: recency.scores[i]!,
        frequency: frequency.scores[i]!,
        monetary: monetary?.scores[i] ?? null,
      };
      return [id, own] as const;
    }),
  );
  const cuts = { recency: recency.cuts, frequency: frequency.cuts, monetary: monetary?.cuts ?? null };
  const monetaryReason = comparable
    ? null
    : currency === null
      ? 'no-reporting-currency'
      : `no-rate: ${unpriced.join(', ')}`;
  return { n, reason: null, scores, cuts, monetaryReason, currency };
}

/** Where each account stands among all others in recency, frequency and money. */
export const quintileScores: PopulationFigure<Rfm, Quintiles> = {
  name: 'population/quintiles',
  states: ['performance'],
  adds: true,
  extract: (states, moment) => rfmOf(states.performance as PerformanceState, moment),
  figure: (members, { currency }) => scoreAll(members, currency),
};
