import type { Cadence } from '../../src/domain/account/standing.events.js';
import { DAY_MS, type Instant, iso } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import { monthsLater } from '../months.js';
import type { TrustState } from './state.js';

const monthsOfCadence: Readonly<Record<Cadence, number>> = { MONTHLY: 1, QUARTERLY: 3, HALF_YEARLY: 6, YEARLY: 12 };

/** Whether both sides meet as often as they agreed (C6). */
export interface Governance {
  readonly cadence: Cadence | null;
  readonly charterEventId: string | null;
  /** Whole cadence periods since the charter inside W, and those with a two-way review (§3.12.19). */
  readonly due: number;
  readonly held: number;
  readonly adherence: number | null;
  readonly adherenceReason?: 'no-charter' | 'no-whole-period';
  readonly periods: readonly {
    readonly from: string;
    readonly to: string;
    readonly held: boolean;
    readonly eventIds: readonly string[];
  }[];
  readonly lastReview: { readonly at: string; readonly eventId: string } | null;
  /** When the next review is due, a cadence after the last one or after the charter. */
  readonly nextDue: string | null;
  readonly overdue: boolean;
}

/** Adherence to the cadence of the charter in force at `t`: held ÷ due periods. */
export function governanceAt(state: TrustState, t: Instant, { settings }: Policy): Governance {
  const charter = state.charters.at(-1);
  const last = state.reviews.at(-1);
  const lastReview = last ? { at: iso(last[0]), eventId: last[1] } : null;
  if (!charter) {
    const none = { cadence: null, charterEventId: null, due: 0, held: 0, adherence: null, nextDue: null } as const;
    return { ...none, adherenceReason: 'no-charter', periods: [], lastReview, overdue: false };
  }
  const step = monthsOfCadence[charter.cadence];
  const after = t - settings.windowDays * DAY_MS;
  const periods: Governance['periods'][number][] = [];
  let end = charter.at;
  for (let k = 1; end - 1 <= t; k++) {
    const from = end;
    end = monthsLater(charter.at, k * step, settings);
    if (from <= after || end - 1 > t) continue;
    const eventIds = state.reviews.filter(([at]) => at >= from && at < end).map(([, id]) => id);
    periods.push({ from: iso(from), to: iso(end), held: eventIds.length > 0, eventIds });
  }
  const held = periods.filter((one) => one.held).length;
  const nextDue = monthsLater(Math.max(charter.at, last?.[0] ?? charter.at), step, settings);
  return {
    cadence: charter.cadence,
    charterEventId: charter.eventId,
    due: periods.length,
    held,
    ...(periods.length === 0
      ? { adherence: null, adherenceReason: 'no-whole-period' as const }
      : { adherence: held / periods.length }),
    periods,
    lastReview,
    nextDue: iso(nextDue),
    overdue: nextDue <= t,
  };
}
