import { type Calendar, dateOf, daysBetween, type Instant, iso } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Finding } from '../contacts/findings.js';

/** Whether someone at the top stands behind the programme (F5). */
export interface Endorsement {
  readonly endorsed: boolean;
  readonly executives: readonly string[];
  /** End of the endorsement that lasts longest; null where none is in force. */
  readonly until: string | null;
  readonly daysLeft: number | null;
  /** Since when the programme has been without; null where it is endorsed, or never was. */
  readonly lapsedAt: string | null;
  readonly reason?: 'never-endorsed' | 'lapsed';
  readonly intervals: readonly {
    readonly executive: string;
    readonly from: string;
    readonly to: string;
    readonly days: number;
    readonly inForce: boolean;
    readonly eventId: string;
  }[];
}

/** Endorsements told by `t` as intervals `[from, to)`, and whether one holds at `t`. */
export function endorsementAt({ endorsements }: Policy, t: Instant, calendar: Calendar): Endorsement {
  const told = endorsements.filter(({ from }) => from <= t);
  const holding = told.filter(({ until }) => t < until);
  const end = (list: typeof told) =>
    list.reduce((latest, { until }) => Math.max(latest, until), Number.NEGATIVE_INFINITY);
  const endorsed = holding.length > 0;
  return {
    endorsed,
    executives: [...new Set(holding.map(({ executive }) => executive))].sort(),
    until: endorsed ? iso(end(holding)) : null,
    daysLeft: endorsed ? daysBetween(t, end(holding) - 1, calendar) : null,
    lapsedAt: endorsed || told.length === 0 ? null : iso(end(told)),
    ...(endorsed ? {} : { reason: told.length === 0 ? ('never-endorsed' as const) : ('lapsed' as const) }),
    intervals: told.map(({ executive, from, until, eventId }) => ({
      executive,
      from: iso(from),
      to: iso(until),
      days: Math.max(0, daysBetween(from, until - 1, calendar) + 1),
      inForce: t < until,
      eventId,
    })),
  };
}

/** UNENDORSED while nobody stands behind a programme that has accounts, or once had somebody. */
export function endorsementFindings(
  { endorsed, lapsedAt, intervals }: Endorsement,
  keyAccounts: number,
  calendar: Calendar,
): Finding[] {
  if (endorsed || (intervals.length === 0 && keyAccounts === 0)) return [];
  const last = intervals.filter(({ to }) => to === lapsedAt).map(({ eventId }) => eventId);
  const detail =
    lapsedAt === null
      ? 'Nobody at the top has ever endorsed the programme'
      : `The last endorsement of the programme ended on ${dateOf(Date.parse(lapsedAt), calendar)}`;
  return [{ code: 'UNENDORSED', since: lapsedAt, eventIds: last, detail }];
}
