import { type Instant, iso } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import { own } from '../keyed.js';
import { monthsLater } from '../months.js';
import type { TrustState } from './state.js';

/** Months over which good faith is judged (A4). */
export const integrityMonths = 24;

/** Whether they act in good faith: (good + 1) ÷ (all + 2), .5 and `unproven` where there is no sign (§3.12.8). */
export interface Integrity {
  readonly index: number;
  readonly n: number;
  readonly good: number;
  readonly bad: number;
  readonly status: 'measured' | 'unproven';
  readonly unproven: boolean;
  readonly months: number;
  readonly since: string;
  readonly evidenceIds: readonly string[];
  readonly signals: readonly {
    readonly kind: string;
    readonly positive: boolean;
    readonly at: string;
    readonly eventId: string;
  }[];
}

/** The integrity index at `t`, of signs and of THEIR promises kept and broken in the 24 months before. */
export function integrityAt(state: TrustState, t: Instant, { settings }: Policy): Integrity {
  const after = monthsLater(t, -integrityMonths, settings);
  const within = (at: Instant): boolean => at > after && at <= t;
  const signs: { readonly at: Instant; readonly kind: string; readonly positive: boolean; readonly eventId: string }[] =
    state.signals.filter(({ at }) => within(at));
  const told = [...signs];
  for (const [id, { kept, broken }] of Object.entries(state.outcomes)) {
    if (own(state.commitments, id)?.by !== 'THEM') continue;
    if (kept && within(kept[0])) told.push({ at: kept[0], kind: 'COMMITMENT_KEPT', positive: true, eventId: kept[1] });
    if (broken && within(broken[0]))
      told.push({ at: broken[0], kind: 'COMMITMENT_BROKEN', positive: false, eventId: broken[1] });
  }
  told.sort((a, b) => a.at - b.at || (a.eventId < b.eventId ? -1 : 1));
  const n = told.length;
  const good = told.filter(({ positive }) => positive).length;
  return {
    index: (good + 1) / (n + 2),
    n,
    good,
    bad: n - good,
    status: n === 0 ? 'unproven' : 'measured',
    unproven: n === 0,
    months: integrityMonths,
    since: iso(after),
    evidenceIds: told.map(({ eventId }) => eventId),
    signals: told.map(({ at, ...one }) => ({ ...one, at: iso(at) })),
  };
}
