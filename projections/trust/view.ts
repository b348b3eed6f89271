import type { Debtor } from '../../src/domain/activity/interaction.events.js';
import { once, whenSeen } from '../../src/kernel/figures.js';
import { DAY_MS, daysBetween, type Instant, iso, quarterName, quarterOf } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Seen } from '../../src/kernel/projection.js';
import type { Finding } from '../contacts/findings.js';
import { own } from '../keyed.js';
import { commitmentRatesAt, dueAt, lastQuarterRatesAt, type Rate, ratesByQuarter, standingAt } from './commitments.js';
import { findingsAt } from './findings.js';
import { type Governance, governanceAt } from './governance.js';
import { type Integrity, integrityAt } from './integrity.js';
import { paymentsAt } from './payments.js';
import type { TrustState } from './state.js';
import { type Process, processesOf, type SupportView, supportAt } from './support.js';

/** A promise that is due in W or still open; what was promised is sealed in the event. */
export interface WordGiven {
  readonly commitmentId: string;
  readonly by: Debtor;
  readonly ownerId: string;
  readonly due: string;
  readonly moves: number;
  readonly state: 'kept' | 'broken' | 'open';
  /** Days it was kept after its due day, or has been open beyond it; negative: before it. */
  readonly days: number;
  readonly late: boolean;
  readonly eventIds: readonly string[];
}

/** A breach of trust, and whether it was made good. */
export interface BreachShown {
  readonly breachId: string;
  readonly by: Debtor;
  readonly severity: string;
  readonly at: string;
  readonly repairedAt: string | null;
  readonly days: number;
  readonly open: boolean;
  readonly eventIds: readonly string[];
}

/** The answer of `trust`. */
export interface TrustView {
  readonly commitments: Readonly<Record<Debtor, Rate & { readonly late: number; readonly open: number }>> & {
    readonly windowDays: number;
    readonly lastQuarter: { readonly quarter: string; readonly US: Rate; readonly THEM: Rate };
    readonly quarters: readonly {
      readonly quarter: string;
      readonly open: boolean;
      readonly US: Rate;
      readonly THEM: Rate;
    }[];
    readonly list: readonly WordGiven[];
  };
  readonly integrity: Integrity;
  readonly breaches: readonly BreachShown[];
  readonly governance: Governance;
  readonly support: SupportView;
  readonly processes: readonly Process[];
  readonly payments: ReturnType<typeof paymentsAt>;
  readonly findings: readonly Finding[];
}

/** Whether each side keeps its word, at a moment. */
export function trustView(state: TrustState, { asOf }: Seen, policy: Policy): TrustView {
  const breaches = once(() => breachesAt(state, asOf, policy));
  const governance = once(() => governanceAt(state, asOf, policy));
  return whenSeen<TrustView>({
    commitments: () => commitmentsAt(state, asOf, policy),
    integrity: () => integrityAt(state, asOf, policy),
    breaches,
    governance,
    support: () => supportAt(state, asOf, policy),
    processes: () => processesOf(state),
    payments: () => paymentsAt(state, asOf, policy.settings),
    findings: () => findingsAt(state, asOf, policy, breaches(), governance()),
  });
}

function commitmentsAt(state: TrustState, t: Instant, policy: Policy): TrustView['commitments'] {
  const { settings } = policy;
  const list = once(() => promisesAt(state, t, policy));
  const rates = once(() => commitmentRatesAt(state, t, policy));
  const side = (by: Debtor) => ({
    ...rates()[by],
    late: list().filter((one) => one.by === by && one.state === 'kept' && one.late).length,
    open: list().filter((one) => one.by === by && one.state === 'open').length,
  });
  const now = quarterOf(t, settings);
  return whenSeen<TrustView['commitments']>({
    windowDays: () => settings.windowDays,
    US: () => side('US'),
    THEM: () => side('THEM'),
    lastQuarter: () => {
      const { number: _number, ...lastQuarter } = lastQuarterRatesAt(state, t, policy);
      return lastQuarter;
    },
    quarters: () =>
      [...ratesByQuarter(state, t, settings)].map(([quarter, both]) => ({
        quarter: quarterName(quarter, settings),
        open: quarter >= now,
        ...both,
      })),
    list,
  });
}

/** Promises due in W and all that are open, by due day. */
function promisesAt(state: TrustState, t: Instant, { settings }: Policy): WordGiven[] {
  const list: (WordGiven & { readonly at: Instant })[] = [];
  for (const [commitmentId, one] of Object.entries(state.commitments)) {
    const due = dueAt(one, t);
    if (due === null) continue;
    const standing = standingAt(state, commitmentId, due, t, settings);
    const inWindow = due > t - settings.windowDays * DAY_MS && due <= t;
    if (!inWindow && standing !== 'open') continue;
    const { kept, broken } = own(state.outcomes, commitmentId) ?? { kept: null, broken: null };
    const until = standing === 'kept' ? kept![0] : t;
    const days = daysBetween(due, until, settings);
    list.push({
      commitmentId,
      by: one.by,
      ownerId: one.ownerId,
      due: iso(due + 1),
      moves: one.dues.length - 1,
      state: standing,
      days,
      late: days > 0,
      eventIds: [
        one.made[1],
        ...one.dues.slice(1).map(([, , id]) => id),
        ...(kept ? [kept[1]] : []),
        ...(broken ? [broken[1]] : []),
      ],
      at: due,
    });
  }
  list.sort((a, b) => a.at - b.at || (a.commitmentId < b.commitmentId ? -1 : 1));
  return list.map(({ at: _at, ...one }) => one);
}

function breachesAt(state: TrustState, t: Instant, { settings }: Policy): BreachShown[] {
  return Object.entries(state.breaches)
    .sort(([, a], [, b]) => a.at - b.at)
    .map(([breachId, { by, severity, at, eventId }]) => {
      const repair = own(state.repairs, breachId);
      return {
        breachId,
        by,
        severity,
        at: iso(at),
        repairedAt: repair ? iso(repair[0]) : null,
        days: daysBetween(at, repair?.[0] ?? t, settings),
        open: repair === undefined,
        eventIds: repair ? [eventId, repair[1]] : [eventId],
      };
    });
}
