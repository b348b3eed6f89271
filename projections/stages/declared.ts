import type { Stage } from '../../src/domain/vocabulary.js';
import { type Calendar, daysBetween, type Instant, iso } from '../../src/kernel/instant.js';
import { kaplanMeier, medianOf } from '../statistics/survival.js';
import { rankOf } from './derive.js';
import type { Declared, StagesState } from './state.js';

/** A stay in a declared stage, `[from, to)`; `to` null while it lasts. */
export interface Interval {
  readonly stage: Stage;
  readonly from: string;
  readonly to: string | null;
  readonly days: number;
  readonly eventId: string;
}

/** Declarations that changed the stage, in order of time: the same stage declared again goes on. */
export const changesOf = ({ declared }: StagesState): Declared[] =>
  declared.filter((one, i) => one.stage !== declared[i - 1]?.stage);

/** Stays in declared stages, re-entries apart; the open one is counted to `t`. */
export function intervalsAt(state: StagesState, t: Instant, calendar: Calendar): Interval[] {
  const changes = changesOf(state);
  return changes.map(({ stage, at, eventId }, i) => {
    const next = changes[i + 1]?.at;
    const days = daysBetween(at, next ?? t, calendar);
    return { stage, from: iso(at), to: next === undefined ? null : iso(next), days, eventId };
  });
}

/** How long the relationship stays in a stage. */
export interface Dwell {
  readonly stage: Stage;
  readonly visits: number;
  readonly reentries: number;
  readonly days: number;
  /** Median stay by Kaplan–Meier, the open one censored. */
  readonly medianDays: number | null;
  readonly medianReason?: 'not-reached';
}

/** Dwell by stage, in order of first visit. */
export function dwellOf(intervals: readonly Interval[]): Dwell[] {
  return [...new Set(intervals.map(({ stage }) => stage))].map((stage) => {
    const visits = intervals.filter((one) => one.stage === stage);
    const curve = kaplanMeier(visits.map(({ days, to }) => ({ time: days, ended: to !== null })));
    const median = curve && medianOf(curve);
    return {
      stage,
      visits: visits.length,
      reentries: visits.length - 1,
      days: visits.reduce((sum, { days }) => sum + days, 0),
      ...(median === null ? { medianDays: null, medianReason: 'not-reached' as const } : { medianDays: median }),
    };
  });
}

/** A declaration that does not follow from the one before, though no rule was set aside: corrections can make it so. */
export interface Odd {
  readonly from: Stage | null;
  readonly declared: Declared;
}

/** All such declarations (§3.1.4, §3.12.11). */
export function oddOf(state: StagesState): Odd[] {
  let left = 0;
  return changesOf(state).flatMap((declared, i, changes) => {
    const from = changes[i - 1]?.stage ?? null;
    if (from !== null && rankOf(from) > 0) left = rankOf(from);
    return declared.approver !== null || isMove(from, declared.stage, left) ? [] : [{ from, declared }];
  });
}

function isMove(from: Stage | null, to: Stage, left: number): boolean {
  if (from === null) return to === 'EXPLORATORY' || to === 'BASIC';
  if (to === 'EXITED') return true;
  if (from === 'EXITED') return to === 'EXPLORATORY';
  if (to === 'DISINTEGRATING') return true;
  if (from === 'DISINTEGRATING') return rankOf(to) <= (left === 0 ? rankOf('BASIC') : left);
  return rankOf(to) <= rankOf(from) + 1;
}
