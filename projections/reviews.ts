import type { ProgrammeEvent } from '../src/domain/programme/programme.events.js';
import {
  DAY_MS,
  daysBetween,
  type Instant,
  iso,
  quarterName,
  quarterOf,
  startOfQuarter,
} from '../src/kernel/instant.js';
import type { Policy } from '../src/kernel/policy.js';
import type { Projection } from '../src/kernel/projection.js';
import type { Finding } from './contacts/findings.js';

/** A formal look at the account's results; `quarter` is the firm's, of that day. */
export interface Review {
  readonly at: Instant;
  readonly quarter: string;
  readonly horizonMonths: number;
  readonly eventId: string;
}

/** Formal reviews of an account, oldest first. */
export interface ReviewsState {
  readonly reviews: Review[];
}

/** The formal reviews of one quarter against what the programme wants at most (F7). */
export interface ReviewQuarter {
  readonly quarter: string;
  readonly open: boolean;
  readonly reviews: number;
  readonly allowed: number;
  readonly over: boolean;
  /** Events of those beyond the allowed number, in order. */
  readonly flagged: readonly string[];
  readonly eventIds: readonly string[];
}

/** The answer of `reviews`. */
export interface ReviewsView {
  readonly reviewsPerQuarter: number;
  readonly total: number;
  readonly quarters: readonly ReviewQuarter[];
  readonly last: {
    readonly at: string;
    readonly daysAgo: number;
    readonly horizonMonths: number;
    readonly eventId: string;
  } | null;
  readonly lastReason?: 'never-reviewed';
  /** Reviews over fewer months than a verdict needs. */
  readonly tooShort: readonly {
    readonly eventId: string;
    readonly horizonMonths: number;
    readonly minMonths: number;
  }[];
  readonly findings: readonly Finding[];
}

/** Whether the crop is pulled up to look at its roots: formal reviews by quarter. */
export const reviews: Projection<ReviewsState, ReviewsView, ProgrammeEvent> = {
  name: 'reviews',
  version: 1,
  of: 'account',
  question: { en: 'Do we measure it too often?', zh: '我们是否评估得过于频繁?' },
  policy: ['settings'],
  initial: () => ({ reviews: [] }),
  on: {
    PerformanceReviewed: (state, { id, time, data }, { settings }) => {
      const quarter = quarterName(quarterOf(time, settings), settings);
      state.reviews.push({ at: time, quarter, horizonMonths: data.horizon, eventId: id });
    },
  },
  view: (state, { asOf }, policy) => {
    const { horizons, settings } = policy;
    const last = state.reviews.at(-1);
    return {
      reviewsPerQuarter: horizons.reviewsPerQuarter,
      total: state.reviews.length,
      quarters: quartersOf(state, asOf, policy),
      last: last
        ? {
            at: iso(last.at),
            daysAgo: daysBetween(last.at, asOf, settings),
            horizonMonths: last.horizonMonths,
            eventId: last.eventId,
          }
        : null,
      ...(last ? {} : { lastReason: 'never-reviewed' as const }),
      tooShort: state.reviews
        .filter(({ horizonMonths }) => horizonMonths < horizons.minMonths)
        .map(({ eventId, horizonMonths }) => ({ eventId, horizonMonths, minMonths: horizons.minMonths })),
      findings: findingsAt(state, asOf, policy),
    };
  },
  rows: {
    columns: {
      quarter: { kind: 'text', says: 'The quarter, of the firm’s calendar' },
      reviews: { kind: 'integer', says: 'Formal reviews in it' },
    },
    of: (state) =>
      byQuarter(state).map(([quarter, list]) => {
        return { quarter, reviews: list.length };
      }),
  },
};

function byQuarter(state: ReviewsState): [string, readonly Review[]][] {
  const quarters = new Map<string, Review[]>();
  for (const one of state.reviews) {
    const list = quarters.get(one.quarter);
    if (list) list.push(one);
    else quarters.set(one.quarter, [one]);
  }
  return [...quarters];
}

/** Quarters with a formal review, oldest first, under the rules of the moment. */
export function quartersOf(state: ReviewsState, asOf: Instant, { horizons, settings }: Policy): ReviewQuarter[] {
  const now = quarterName(quarterOf(asOf, settings), settings);
  const allowed = horizons.reviewsPerQuarter;
  return byQuarter(state).map(([quarter, list]) => ({
    quarter,
    open: quarter === now,
    reviews: list.length,
    allowed,
    over: list.length > allowed,
    flagged: list.slice(allowed).map(({ eventId }) => eventId),
    eventIds: list.map(({ eventId }) => eventId),
  }));
}

/** Quarters of the window with more reviews than allowed: the alarm begins with the first one too many. */
function findingsAt(state: ReviewsState, asOf: Instant, policy: Policy): Finding[] {
  const from = asOf - policy.settings.windowDays * DAY_MS;
  const at = new Map(state.reviews.map((one) => [one.eventId, one.at]));
  return quartersOf(state, asOf, policy).flatMap(({ quarter, reviews: n, allowed, flagged, eventIds }) => {
    const since = flagged.length > 0 ? at.get(flagged[0]!)! : null;
    if (since === null || startOfQuarter(quarterOf(since, policy.settings) + 1, policy.settings) <= from) return [];
    const detail = `${n} formal reviews in ${quarter}, ${allowed} allowed: looking at the roots does not help it grow`;
    const rule = { reviewsPerQuarter: allowed };
    return [{ code: 'OVER_MEASUREMENT', since: iso(since), eventIds, detail, policy: rule }];
  });
}
