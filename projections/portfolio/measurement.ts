import { quarterOf, startOfQuarter } from '../../src/kernel/instant.js';
import type { Report } from '../../src/kernel/projection.js';
import { type ReviewQuarter, quartersOf, type ReviewsState } from '../reviews.js';
import { byId } from './window.js';

/** Formal reviews of one account in one quarter. */
export interface MeasurementLine extends ReviewQuarter {
  readonly accountId: string;
}

/** Formal reviews against policy: every one beyond the allowed number is flagged, none was ever refused (F7). */
export interface MeasurementReport {
  readonly reviewsPerQuarter: number;
  /** Account × quarter with at least one review, newest quarter first. */
  readonly quarters: readonly MeasurementLine[];
  readonly byQuarter: readonly {
    readonly quarter: string;
    readonly accounts: number;
    readonly reviews: number;
    readonly flagged: number;
  }[];
  readonly reviews: number;
  readonly flagged: number;
  readonly flaggedShare: number | null;
  readonly flaggedReason?: 'no-reviews';
  readonly accountsOver: readonly string[];
}

/** Whether we pull up the crop to look at its roots. From and to choose the quarters they touch; without them, all. Of an account its lines are kept. */
export const measurement: Report<MeasurementReport, readonly MeasurementLine[]> = {
  name: 'measurement',
  version: 1,
  question: { en: 'Do we measure too often?', zh: '我们是否评估得过于频繁?' },
  uses: ['reviews'],
  extract: ({ accountId, states }, { asOf, from, to }, policy) => {
    const { settings } = policy;
    const inWindow = (at: number) =>
      (from === null || startOfQuarter(quarterOf(at, settings) + 1, settings) > from) &&
      (to === null || startOfQuarter(quarterOf(at, settings), settings) < to);
    const all = states.reviews as ReviewsState;
    const state = { reviews: all.reviews.filter(({ at }) => inWindow(at)) };
    return quartersOf(state, asOf, policy).map((quarter) => ({ accountId, ...quarter }));
  },
  report: (told, _query, policy) => {
    const lines = told.flat().sort((a, b) => (a.quarter < b.quarter ? 1 : a.quarter > b.quarter ? -1 : byId(a, b)));
    const total = (of: readonly MeasurementLine[]) => of.reduce((sum, { reviews }) => sum + reviews, 0);
    const flagged = (of: readonly MeasurementLine[]) => of.reduce((sum, line) => sum + line.flagged.length, 0);
    const reviews = total(lines);
    return {
      reviewsPerQuarter: policy.horizons.reviewsPerQuarter,
      quarters: lines,
      byQuarter: [...new Set(lines.map(({ quarter }) => quarter))].map((quarter) => {
        const own = lines.filter((line) => line.quarter === quarter);
        return { quarter, accounts: own.length, reviews: total(own), flagged: flagged(own) };
      }),
      reviews,
      flagged: flagged(lines),
      flaggedShare: reviews === 0 ? null : flagged(lines) / reviews,
      ...(reviews === 0 ? { flaggedReason: 'no-reviews' as const } : {}),
      accountsOver: [...new Set(lines.filter(({ over }) => over).map(({ accountId }) => accountId))].sort(),
    };
  },
};
