import { type UnitFunction, unitFunctions } from '../../src/domain/vocabulary.js';
import { DAY_MS, daysBetween, type Instant, iso } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Report, ReportQuery } from '../../src/kernel/projection.js';
import type { Support, TrustState } from '../trust/state.js';
import { type ProcessLine, processesOver } from './processes.js';
import { byId } from './window.js';

/** Promises of help due in the window, and what came of them; rates null where none was due. */
export interface Help {
  readonly due: number;
  readonly delivered: number;
  readonly onTime: number;
  readonly failed: number;
  /** Delivered ÷ pledges due (C3). */
  readonly rate: number | null;
  /** Delivered in time ÷ pledges due (D12). */
  readonly onTimeRate: number | null;
  readonly reason?: 'nothing-due';
}

/** One unit of ours. */
export interface UnitHelp extends Help {
  readonly unit: UnitFunction;
  readonly requested: number;
  readonly declined: number;
  readonly accounts: readonly string[];
}

/** A promise past its day that was neither kept nor given up. */
export interface OverdueHelp {
  readonly accountId: string;
  readonly requestId: string;
  readonly unit: UnitFunction;
  readonly due: string;
  readonly daysOver: number;
  readonly eventId: string;
}

/** Support of the whole firm for key accounts, by unit (C3, D12, F5). */
export interface SupportReport {
  readonly window: { readonly from: string | null; readonly to: string };
  readonly total: Help;
  readonly units: readonly UnitHelp[];
  readonly overdue: readonly OverdueHelp[];
  readonly processes: readonly ProcessLine[];
  readonly crossFunctional: number;
}

/** Which units keep what they promise. Window: pledges by due day in [from, to), by default W. */
export const support: Report<SupportReport> = {
  name: 'support',
  version: 1,
  question: { en: 'Does the whole firm stand behind the account?', zh: '全公司是否都在支持客户?' },
  uses: ['trust'],
  report: (accounts, query, policy) => {
    const { from, to } = boundsOf(query, policy);
    const all = accounts.flatMap(({ accountId, states }) =>
      Object.entries((states.trust as TrustState).support).map(([requestId, one]) => ({ accountId, requestId, one })),
    );
    const within = (at: Instant | undefined): boolean => at !== undefined && at > from && at <= to;
    const due = all.filter(({ one }) => one.due !== null && within(one.due - 1));
    const processes = processesOver(accounts);
    return {
      window: { from: Number.isFinite(from) ? iso(from + 1) : null, to: iso(to) },
      total: helpOf(due.map(({ one }) => one)),
      units: unitFunctions
        .filter((unit) => all.some(({ one }) => one.unit === unit))
        .map((unit) => {
          const own = all.filter(({ one }) => one.unit === unit);
          const pledged = due.filter(({ one }) => one.unit === unit);
          return {
            unit,
            ...helpOf(pledged.map(({ one }) => one)),
            requested: own.filter(({ one }) => within(one.requested?.[0])).length,
            declined: own.filter(({ one }) => within(one.declined?.[0])).length,
            accounts: [...new Set(pledged.map(({ accountId }) => accountId))].sort(),
          };
        }),
      overdue: overdueAt(all, query.asOf, policy),
      processes,
      crossFunctional: processes.filter(({ crossFunctional }) => crossFunctional).length,
    };
  },
};

interface Told {
  readonly accountId: string;
  readonly requestId: string;
  readonly one: Support;
}

/** Promises past their day that are still open, the longest first. */
function overdueAt(all: readonly Told[], asOf: Instant, { settings }: Policy): OverdueHelp[] {
  return all
    .filter(({ one }) => one.due !== null && one.due <= asOf && !one.delivered && !one.failed && !one.declined)
    .map(({ accountId, requestId, one }) => ({
      accountId,
      requestId,
      unit: one.unit,
      due: iso(one.due!),
      daysOver: daysBetween(one.due! - 1, asOf, settings),
      eventId: one.pledged?.[1] ?? one.requested?.[1] ?? '',
    }))
    .sort((a, b) => b.daysOver - a.daysOver || byId(a, b));
}

/** After which instant and up to which a day counts: what is due after the moment does not count yet. */
function boundsOf({ from, to, asOf }: ReportQuery, { settings }: Policy): { from: Instant; to: Instant } {
  const none = to === null ? asOf - settings.windowDays * DAY_MS : Number.NEGATIVE_INFINITY;
  return { from: from === null ? none : from - 1, to: to === null ? asOf : Math.min(asOf, to - 1) };
}

function helpOf(pledges: readonly Support[]): Help {
  const due = pledges.length;
  const delivered = pledges.filter((one) => one.delivered).length;
  const onTime = pledges.filter((one) => one.delivered && one.delivered[0] < one.due!).length;
  const counted = { due, delivered, onTime, failed: pledges.filter((one) => one.failed).length };
  if (due === 0) return { ...counted, rate: null, onTimeRate: null, reason: 'nothing-due' };
  return { ...counted, rate: delivered / due, onTimeRate: onTime / due };
}
