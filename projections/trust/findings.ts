import type { Debtor } from '../../src/domain/activity/interaction.events.js';
import { type Instant, iso, quarterOf, startOfQuarter } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Finding } from '../contacts/findings.js';
import { own } from '../keyed.js';
import { atLeast } from '../statistics/figure.js';
import { dueAt, lastQuarterRatesAt, type Rates, standingAt } from './commitments.js';
import type { Governance } from './governance.js';
import type { TrustState } from './state.js';
import type { BreachShown } from './view.js';

/** A quarter in which less than this share of at least so many promises is kept breaks trust (§3.12.10). */
export const brokenQuarter = { rate: 0.6, n: 5 } as const;

/** Sides that kept too little of what was due in the last quarter that is over. */
export function brokenSides(rates: Rates): Debtor[] {
  return (['US', 'THEM'] as const).filter((side) => {
    const { n, rate } = rates[side];
    return n >= brokenQuarter.n && rate !== null && !atLeast(rate, brokenQuarter.rate);
  });
}

/** Events of what was due in the last quarter that is over and was not kept, per side. */
export function brokenIn(state: TrustState, t: Instant, side: Debtor, { settings }: Policy): string[] {
  const last = quarterOf(t, settings) - 1;
  return Object.entries(state.commitments).flatMap(([id, one]) => {
    const due = dueAt(one, t);
    if (due === null || one.by !== side || quarterOf(due, settings) !== last) return [];
    if (standingAt(state, id, due, t, settings) !== 'broken') return [];
    return [own(state.outcomes, id)?.broken?.[1] ?? one.made[1]];
  });
}

/** All alarms about trust at a moment. */
export function findingsAt(
  state: TrustState,
  t: Instant,
  policy: Policy,
  breaches: readonly BreachShown[],
  governance: Governance,
): Finding[] {
  const rates = lastQuarterRatesAt(state, t, policy);
  const sides = { US: 'We', THEM: 'They' } as const;
  const since = iso(startOfQuarter(rates.number + 1, policy.settings));
  return [
    ...brokenSides(rates).map((side) => ({
      code: 'COMMITMENTS_BROKEN',
      since,
      eventIds: brokenIn(state, t, side, policy),
      detail: `${sides[side]} kept ${rates[side].kept} of ${rates[side].n} promises due in ${rates.quarter}; under ${brokenQuarter.rate} breaks trust`,
      policy: { rate: brokenQuarter.rate, n: brokenQuarter.n },
    })),
    ...breaches
      .filter(({ open }) => open)
      .map(({ breachId, by, severity, at, days, eventIds }) => ({
        code: 'BREACH_OPEN',
        since: at,
        eventIds,
        detail: `The ${severity} breach ${breachId} by ${by} has not been made good for ${days} days`,
      })),
    ...(governance.overdue
      ? [
          {
            code: 'GOVERNANCE_OVERDUE',
            since: governance.nextDue,
            eventIds: governance.lastReview ? [governance.lastReview.eventId] : [governance.charterEventId!],
            detail: `A review was due by ${governance.nextDue}: the charter asks for one ${governance.cadence!.toLowerCase().replace('_', '-')}`,
          },
        ]
      : []),
  ];
}
