import { type Calendar, DAY_MS, daysBetween, type Instant, iso } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { ReportQuery } from '../../src/kernel/projection.js';
import type { Office } from '../programme/state.js';
import { sum } from '../statistics/figure.js';
import { median } from '../statistics/rank.js';
import { kaplanMeier, medianOf } from '../statistics/survival.js';

/** How long key accounts stay in one manager's hands (F3). */
export interface Tenure {
  /** Managers in office. */
  readonly inOffice: number;
  /** Median days of those in office so far; of those over; and of all by Kaplan–Meier, a release and the present censored. */
  readonly currentMedianDays: number | null;
  readonly currentReason?: 'none-in-office';
  readonly pastMedianDays: number | null;
  readonly pastReason?: 'none-over';
  readonly medianDays: number | null;
  readonly medianReason?: 'no-offices' | 'not-reached';
  readonly n: number;
  readonly handovers: number;
}

/** Handovers in the window ÷ mean number of key accounts at its two ends [P]. */
export interface Turnover {
  readonly from: string;
  readonly to: string;
  readonly handovers: number;
  readonly meanAccounts: number;
  readonly rate: number | null;
  readonly reason?: 'no-key-accounts';
  readonly eventIds: readonly string[];
}

/** Tenure over all offices ever held. */
export function tenureOf(offices: readonly Office[], asOf: Instant, calendar: Calendar): Tenure {
  const days = ({ from, until }: Office) => daysBetween(from, until ?? asOf, calendar);
  const now = offices.filter(({ until }) => until === null);
  const past = offices.filter(({ until }) => until !== null);
  const handovers = offices.filter(({ ended }) => ended === 'handover').length;
  const curve = kaplanMeier(offices.map((one) => ({ time: days(one), ended: one.ended === 'handover' })));
  const medianDays = curve && medianOf(curve);
  return {
    inOffice: now.length,
    currentMedianDays: median(now.map(days)),
    ...(now.length === 0 ? { currentReason: 'none-in-office' as const } : {}),
    pastMedianDays: median(past.map(days)),
    ...(past.length === 0 ? { pastReason: 'none-over' as const } : {}),
    medianDays,
    ...(medianDays === null ? { medianReason: curve ? ('not-reached' as const) : ('no-offices' as const) } : {}),
    n: offices.length,
    handovers,
  };
}

/** Turnover in [from, to), by default W. */
export function turnoverOf(offices: readonly Office[], query: ReportQuery, { settings }: Policy): Turnover {
  const to = query.to === null ? query.asOf : Math.min(query.asOf, query.to - 1);
  const from = query.from ?? to - settings.windowDays * DAY_MS + 1;
  const held = (t: Instant) => offices.filter((one) => one.from <= t && (one.until === null || t < one.until)).length;
  const left = offices.filter(
    ({ ended, until }) => ended === 'handover' && until !== null && until >= from && until <= to,
  );
  const meanAccounts = sum([held(from), held(to)]) / 2;
  return {
    from: iso(from),
    to: iso(to),
    handovers: left.length,
    meanAccounts,
    rate: meanAccounts === 0 ? null : left.length / meanAccounts,
    ...(meanAccounts === 0 ? { reason: 'no-key-accounts' as const } : {}),
    eventIds: left.map(({ eventIds }) => eventIds.at(-1)!),
  };
}
