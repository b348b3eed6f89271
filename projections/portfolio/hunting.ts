import type { Instant } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { ReportAccount } from '../../src/kernel/projection.js';
import type { ApproachState } from '../approach/state.js';
import { windowAt } from '../approach/window.js';
import { atLeast, sum } from '../statistics/figure.js';

/** Signs that the firm as a whole hunts (§3.7): all three must show [P]. */
export interface Hunting {
  /** Minutes with accounts that never ordered, or that go after business of competitors ÷ all minutes in W. */
  readonly effortShare: number | null;
  readonly effortReason?: 'no-minutes';
  readonly commissionPlans: readonly string[];
  readonly medianPursuitDays: number | null;
  readonly medianReason?: 'no-pursuit-decided';
  readonly verdict: boolean | null;
  readonly verdictReason?: 'no-minutes' | 'no-pursuit-decided';
  readonly thresholds: { readonly effortShare: 0.5; readonly pursuitDays: 90 };
}

/** What is kept of an account: minutes with it in W, and those of them that go after business. */
export interface Effort {
  readonly minutes: number;
  readonly hunting: number;
}

/** Minutes with an account; all of them go after business where it never ordered. */
export function effortOf({ states }: ReportAccount, asOf: Instant, policy: Policy): Effort {
  const state = states.approach as ApproachState;
  const { minutes, huntingMinutes } = windowAt(state, asOf, policy);
  return { minutes, hunting: state.firstOrder === null ? minutes : huntingMinutes };
}

/** `medianDays`: how long pursuits take until they are decided; null where that is not known. */
export function huntingOf(told: readonly Effort[], asOf: Instant, policy: Policy, medianDays: number | null): Hunting {
  const all = sum(told.map(({ minutes }) => minutes));
  const hunting = sum(told.map((one) => one.hunting));
  const plans = Object.keys(policy.commission)
    .filter((id) => {
      const { approach, from, until } = policy.commission[id]!;
      return approach === 'HUNTER' && from <= asOf && asOf < until;
    })
    .sort();
  const effortShare = all === 0 ? null : hunting / all;
  const known = effortShare !== null && medianDays !== null;
  return {
    effortShare,
    ...(effortShare === null ? { effortReason: 'no-minutes' as const } : {}),
    commissionPlans: plans,
    medianPursuitDays: medianDays,
    ...(medianDays === null ? { medianReason: 'no-pursuit-decided' as const } : {}),
    verdict: known ? atLeast(effortShare, 0.5) && plans.length > 0 && medianDays < 90 : null,
    ...(known
      ? {}
      : { verdictReason: effortShare === null ? ('no-minutes' as const) : ('no-pursuit-decided' as const) }),
    thresholds: { effortShare: 0.5, pursuitDays: 90 },
  };
}
