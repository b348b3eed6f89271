import { type UnitFunction, unitFunctions } from '../../src/domain/vocabulary.js';
import { DAY_MS, daysBetween, type Instant, iso } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Report, ReportQuery } from '../../src/kernel/projection.js';
import { sum } from '../statistics/figure.js';
import { askedFor } from '../trust/support.js';
import type { Support, TrustState } from '../trust/state.js';
import { type Delivered, type ProcessLine, processesOver } from './processes.js';
import { byId } from './window.js';

/** Promises of help due in the window, and what came of them. */
interface Counted {
  readonly due: number;
  readonly delivered: number;
  readonly onTime: number;
  readonly failed: number;
}

/** The same with rates, null where none was due. */
export interface Help extends Counted {
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

/** What a unit of ours was asked for by an account in the window, and what came of its pledges due in it. */
interface Asked extends Counted {
  readonly unit: UnitFunction;
  readonly requested: number;
  readonly declined: number;
}

/** What is kept of an account: units ever asked, open promises past their day, and by process who delivered. */
interface Supported extends Delivered {
  readonly units: readonly Asked[];
  readonly overdue: readonly OverdueHelp[];
}

/** Which units keep what they promise. Window: pledges by due day in [from, to), by default W. */
export const support: Report<SupportReport, Supported> = {
  name: 'support',
  version: 2,
  question: { en: 'Does the whole firm stand behind the account?', zh: '全公司是否都在支持客户?' },
  uses: ['trust'],
  extract: ({ accountId, states }, query, policy) => {
    const { support: all, processes } = states.trust as TrustState;
    const { from, to } = boundsOf(query, policy);
    const within = (at: Instant | undefined): boolean => at !== undefined && at > from && at <= to;
    const asked = askedFor(states.trust as TrustState);
    const units = unitFunctions.flatMap((unit): Asked[] => {
      const own = asked.filter((one) => one.unit === unit);
      if (own.length === 0) return [];
      return [
        {
          unit,
          ...countedOf(own.filter(({ due }) => due !== null && within(due - 1))),
          requested: own.filter(({ requested }) => within(requested?.[0])).length,
          declined: own.filter(({ declined }) => within(declined?.[0])).length,
        },
      ];
    });
    return { accountId, units, overdue: overdueAt(accountId, all, query.asOf, policy), processes };
  },
  report: (told, query, policy) => {
    const { from, to } = boundsOf(query, policy);
    const all = told.flatMap(({ accountId, units }) => units.map((one) => ({ accountId, ...one })));
    const processes = processesOver(told);
    return {
      window: { from: Number.isFinite(from) ? iso(from + 1) : null, to: iso(to) },
      total: helpOf(all),
      units: unitFunctions
        .filter((unit) => all.some((one) => one.unit === unit))
        .map((unit) => {
          const own = all.filter((one) => one.unit === unit);
          return {
            unit,
            ...helpOf(own),
            requested: sum(own.map(({ requested }) => requested)),
            declined: sum(own.map(({ declined }) => declined)),
            accounts: [...new Set(own.filter(({ due }) => due > 0).map(({ accountId }) => accountId))].sort(),
          };
        }),
      overdue: told.flatMap(({ overdue }) => overdue).sort((a, b) => b.daysOver - a.daysOver || byId(a, b)),
      processes,
      crossFunctional: processes.filter(({ crossFunctional }) => crossFunctional).length,
    };
  },
};

/** Promises of an account past their day that are still open. */
function overdueAt(accountId: string, all: TrustState['support'], asOf: Instant, { settings }: Policy): OverdueHelp[] {
  return Object.entries(all)
    .filter(([, one]) => one.due !== null && one.due <= asOf && !one.delivered && !one.failed && !one.declined)
    .map(([requestId, one]) => ({
      accountId,
      requestId,
      unit: one.unit,
      due: iso(one.due!),
      daysOver: daysBetween(one.due! - 1, asOf, settings),
      eventId: one.pledged?.[1] ?? one.requested?.[1] ?? '',
    }));
}

/** After which instant and up to which a day counts: what is due after the moment does not count yet. */
function boundsOf({ from, to, asOf }: ReportQuery, { settings }: Policy): { from: Instant; to: Instant } {
  const none = to === null ? asOf - settings.windowDays * DAY_MS : Number.NEGATIVE_INFINITY;
  return { from: from === null ? none : from - 1, to: to === null ? asOf : Math.min(asOf, to - 1) };
}

function countedOf(pledges: readonly Support[]): Counted {
  return {
    due: pledges.length,
    delivered: pledges.filter((one) => one.delivered).length,
    onTime: pledges.filter((one) => one.delivered && one.delivered[0] < one.due!).length,
    failed: pledges.filter((one) => one.failed).length,
  };
}

function helpOf(of: readonly Counted[]): Help {
  const total = (name: keyof Counted) => sum(of.map((one) => one[name]));
  const [due, delivered, onTime] = [total('due'), total('delivered'), total('onTime')];
  const counted = { due, delivered, onTime, failed: total('failed') };
  if (due === 0) return { ...counted, rate: null, onTimeRate: null, reason: 'nothing-due' };
  return { ...counted, rate: delivered / due, onTimeRate: onTime / due };
}
