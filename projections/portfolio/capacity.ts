import { type Calendar, dayOf, monthOf, startOfMonth } from '../../src/kernel/instant.js';
import type { Policy, RateCard } from '../../src/kernel/policy.js';
import type { Report, ReportQuery } from '../../src/kernel/projection.js';
import { type Assigned, assignedAt, availableHours, type CapacityState, hoursOf } from '../capacity.js';
import { sum } from '../statistics/figure.js';

/** Key accounts against caps and hours, of the whole programme. */
export interface ProgrammeLoad {
  readonly accounts: number;
  readonly cap: number;
  readonly overCap: boolean;
  /** Hours a year; null until hours are set. */
  readonly required: number;
  readonly available: number | null;
  readonly load: number | null;
  readonly reason: string | null;
  readonly withoutHours: readonly string[];
}

/** One manager's key accounts. */
export interface ManagerLoad {
  readonly memberId: string;
  readonly accounts: readonly string[];
  readonly cap: number;
  readonly hardCap: number;
  readonly overCap: boolean;
  readonly required: number;
  /** Hours of this manager's own shares; null until hours are set. */
  readonly available: number | null;
  readonly availableReason: 'hours-not-set' | null;
}

/** One person's time over all accounts. */
export interface PersonLoad {
  readonly memberId: string;
  readonly ftePct: number;
  readonly overAllocated: boolean;
  readonly hours: number | null;
  readonly hoursReason: 'hours-not-set' | null;
  readonly accounts: readonly {
    readonly accountId: string;
    readonly role: string;
    readonly function: string;
    readonly ftePct: number;
  }[];
}

/** A cost pool: minutes used against minutes there were, in whole months. */
export interface PoolLoad {
  readonly pool: string;
  readonly usedMinutes: number;
  readonly practicalMinutes: number;
  readonly utilisation: number | null;
  readonly months: number;
}

/** How much of our capacity key accounts take (F9, §3.12.24). */
export interface CapacityReport {
  readonly programme: ProgrammeLoad;
  readonly managers: readonly ManagerLoad[];
  readonly persons: readonly PersonLoad[];
  readonly pools: readonly PoolLoad[];
}

/** What is kept of an account: whose it is, who works for it, and minutes by cost pool in the months counted. */
export interface Taken {
  readonly accountId: string;
  readonly managerId: string | null;
  readonly stage: CapacityState['stage'];
  readonly shares: readonly Assigned[];
  readonly minutes: Readonly<Record<string, number>>;
}

/** Caps, hours and utilisation by programme, manager, person and cost pool. */
export const capacity: Report<CapacityReport, Taken> = {
  name: 'capacity',
  version: 1,
  question: { en: 'How many key accounts can we really manage?', zh: '我们真正能管理多少大客户?' },
  uses: ['capacity'],
  extract: ({ accountId, states }, query, { rates, settings }) => {
    const state = states.capacity as CapacityState;
    const { first, months } = countedIn(query, settings);
    const minutesOf = (pool: string) => {
      const own = Object.hasOwn(state.minutes, pool) ? state.minutes[pool]! : {};
      return sum(Array.from({ length: months }, (_, i) => own[String(first + i)] ?? 0));
    };
    return {
      accountId,
      managerId: state.managerId,
      stage: state.stage,
      shares: assignedAt(state, query.asOf),
      minutes: Object.fromEntries(Object.keys(rates).map((pool) => [pool, minutesOf(pool)])),
    };
  },
  report: (told, query, policy) => {
    const { caps } = policy;
    const keys = told.filter(({ managerId }) => managerId !== null);
    const shares = told.flatMap(({ accountId, shares: own }) => own.map((one) => ({ accountId, ...one })));
    const kam = shares.filter((one) => one.function === 'KEY_ACCOUNT');
    const set = caps.hoursPerFteYear !== null;
    const hours = (of: readonly { readonly ftePct: number }[]) =>
      set ? availableHours(sum(of.map(({ ftePct }) => ftePct)), caps) : null;
    const required = sum(keys.map(({ stage }) => hoursOf(stage, caps)));
    const available = hours(kam);
    const managers = [...new Set(keys.map(({ managerId }) => managerId!))].sort();
    return {
      programme: {
        accounts: keys.length,
        cap: caps.programmeCap,
        overCap: keys.length > caps.programmeCap,
        required,
        available,
        load: available === null || available === 0 ? null : required / available,
        reason: set ? (available === 0 ? 'no-key-account-people' : null) : 'hours-not-set',
        withoutHours: keys.filter(({ stage }) => !Object.hasOwn(caps.hours, stage)).map(({ accountId }) => accountId),
      },
      managers: managers.map((memberId) => {
        const own = keys.filter(({ managerId }) => managerId === memberId);
        return {
          memberId,
          accounts: own.map(({ accountId }) => accountId),
          cap: caps.managerCap,
          hardCap: caps.managerHardCap,
          overCap: own.length > caps.managerCap,
          required: sum(own.map(({ stage }) => hoursOf(stage, caps))),
          available: hours(kam.filter((one) => one.memberId === memberId)),
          availableReason: set ? null : 'hours-not-set',
        };
      }),
      persons: [...new Set(shares.map(({ memberId }) => memberId))].sort().map((memberId) => {
        const own = shares.filter((one) => one.memberId === memberId);
        const ftePct = sum(own.map((one) => one.ftePct));
        const listed = own.map((one) => ({
          accountId: one.accountId,
          role: one.role,
          function: one.function,
          ftePct: one.ftePct,
        }));
        const hoursReason = set ? null : ('hours-not-set' as const);
        return { memberId, ftePct, overAllocated: ftePct > 100, hours: hours(own), hoursReason, accounts: listed };
      }),
      pools: poolsOf(told, query, policy),
    };
  },
};

const monthsPer: Readonly<Record<RateCard['per'], number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 };

/** Months counted: those that end in the window, by default the last twelve that are over. */
function countedIn({ from, to, asOf }: ReportQuery, calendar: Calendar): { first: number; months: number } {
  const end = Math.min(asOf, to === null ? asOf : to - 1);
  const open = monthOf(end, calendar);
  const over = dayOf(end + 1, calendar) === dayOf(startOfMonth(open + 1, calendar), calendar) ? open + 1 : open;
  const first = from === null ? over - 12 : Math.min(over, monthOf(from, calendar));
  return { first, months: over - first };
}

function poolsOf(told: readonly Taken[], query: ReportQuery, { rates, settings }: Policy): PoolLoad[] {
  const { months } = countedIn(query, settings);
  return Object.keys(rates)
    .sort()
    .map((pool) => {
      const card = rates[pool]!;
      const usedMinutes = sum(told.map(({ minutes }) => minutes[pool]!));
      const practicalMinutes = (card.practicalMinutes * months) / monthsPer[card.per];
      const utilisation = practicalMinutes > 0 ? usedMinutes / practicalMinutes : null;
      return { pool, usedMinutes, practicalMinutes, utilisation, months };
    });
}
