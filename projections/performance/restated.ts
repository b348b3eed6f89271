import { DAY_MS, type Instant, iso, quarterName, quarterOf, startOfQuarter } from '../../src/kernel/instant.js';
import { knownAtBoth } from '../../src/kernel/knowing.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Moment, Seen } from '../../src/kernel/projection.js';
import { sumOf } from './figures.js';
import type { PerformanceState, Quarter } from './state.js';

/** Net and contribution before cost of credit; null where an exchange rate is missing. */
export interface Said {
  readonly net: number | null;
  readonly contribution: number | null;
  /** Where either is null. */
  readonly reason?: 'missing-rate';
}

/** Why either of the two is null. */
export const whyUnsaid = ({ net, contribution }: Said): Pick<Said, 'reason'> =>
  net === null || contribution === null ? { reason: 'missing-rate' } : {};

const reasoned = (said: Said): Said => ({ ...said, ...whyUnsaid(said) });

/** What a closed quarter said when it was closed, and says now (§3.12.28). */
export interface Restatement {
  readonly quarter: string;
  readonly closedAt: string;
  readonly said: Said;
  readonly says: Said;
  readonly change: Said;
  /** Events known after the close; the first ten by their ids. */
  readonly lateEvents: number;
  readonly eventIds: readonly string[];
  /** Events of the quarter that corrections changed: what they said before is not in `said`, but in `restatements=exact`. */
  readonly correctedEvents: number;
}

/** The last instant at which what is told of a quarter is in time: that of the closeDays-th day after its last day. */
export const closeOf = (ends: Instant, closeDays: number): Instant => ends + closeDays * DAY_MS - 1;

/**
 * Closed quarters that say something else than when they were closed, because events of theirs were known later. Lateness is noted as
 * events are folded; what a retracted or corrected event had said is known to `restatements=exact` only.
 */
export function restatementsOf(state: PerformanceState, asOf: Instant, policy: Policy): Restatement[] {
  const { closeDays } = policy.settings;
  return state.quarters
    .filter((quarter) => (quarter.late || quarter.corrected > 0) && closeOf(quarter.ends, closeDays) < asOf)
    .map((quarter) => {
      const now = saidOf(quarter);
      const { net = 0, contribution = 0, events = 0, ids = [] } = quarter.late ?? {};
      return {
        quarter: quarterName(quarter.q, state.calendar),
        closedAt: iso(closeOf(quarter.ends, closeDays)),
        said: reasoned({
          net: now.net === null ? null : now.net - net,
          contribution: now.contribution === null ? null : now.contribution - contribution,
        }),
        says: reasoned(now),
        change: reasoned({
          net: now.net === null ? null : net,
          contribution: now.contribution === null ? null : contribution,
        }),
        lateEvents: events,
        eventIds: ids,
        correctedEvents: quarter.corrected,
      };
    });
}

function saidOf(quarter: Quarter): Said {
  const { net, contribution } = sumOf([quarter]);
  return { net, contribution };
}

/** Closed quarters that `restatements=exact` folds again. */
const exactQuarters = 8;

/** The moments at which the last eight closed quarters were closed, newest first: what was known then of what had happened. */
export function furtherMoments(seen: Seen, policy: Policy): Moment[] {
  const { settings } = policy;
  if (!(Math.abs(seen.asOf) < 4e15)) return [];
  const last = quarterOf(seen.asOf - settings.closeDays * DAY_MS, settings) - 1;
  return Array.from({ length: exactQuarters }, (_, i) => {
    const close = closeOf(startOfQuarter(last - i + 1, settings), settings.closeDays);
    return { asOf: close, knownAt: knownAtBoth(seen.knownAt, close) };
  });
}

/** What each of those quarters said at its close, folded anew: exact for corrections and retractions too. */
export interface SaidThen {
  readonly quarter: string;
  readonly closedAt: string;
  readonly said: Said;
  readonly says: Said;
}

interface Spoken {
  readonly quarters: Readonly<Record<string, { readonly net: number | null; readonly contribution: number | null }>>;
}

/** Pairs those views with what stands now; quarters that say the same are left out. Contribution is after cost of credit. */
export function exactly(seen: Seen, policy: Policy, views: readonly unknown[], now: Spoken): SaidThen[] {
  const moments = furtherMoments(seen, policy);
  return moments.flatMap(({ asOf: close }, i) => {
    const ends = close + 1 - policy.settings.closeDays * DAY_MS;
    const quarter = quarterName(quarterOf(ends - 1, policy.settings), policy.settings);
    const before = said((views[i] as Spoken | undefined)?.quarters[quarter]);
    const today = said(now.quarters[quarter]);
    const same = before.net === today.net && before.contribution === today.contribution;
    return same ? [] : [{ quarter, closedAt: iso(close), said: reasoned(before), says: reasoned(today) }];
  });
}

const said = (of: Said | undefined): Said => ({
  net: of === undefined ? 0 : of.net,
  contribution: of === undefined ? 0 : of.contribution,
});
