import { type UnitFunction, unitFunctions } from '../../src/domain/vocabulary.js';
import { DAY_MS, daysBetween, type Instant, iso } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Support, TrustState } from './state.js';

/** Promises of help due in W and what came of them; rates null where none was due. */
export interface Delivered {
  /** Pledges whose due day lies in W. */
  readonly due: number;
  readonly delivered: number;
  /** Delivered before the due bound. */
  readonly onTime: number;
  readonly failed: number;
  /** Delivered ÷ due (C3). */
  readonly rate: number | null;
  /** Delivered in time ÷ due (D12). */
  readonly onTimeRate: number | null;
  readonly reason?: 'nothing-due';
}

/** Help asked for, promised and given, by unit. */
export interface SupportView {
  readonly windowDays: number;
  readonly total: Delivered;
  readonly units: Readonly<
    Partial<Record<UnitFunction, Delivered & { readonly requested: number; readonly declined: number }>>
  >;
  readonly open: readonly {
    readonly requestId: string;
    readonly unit: UnitFunction;
    readonly state: 'requested' | 'pledged';
    readonly due: string | null;
    /** Days to the due day; negative: past it. */
    readonly daysLeft: number | null;
    readonly eventId: string;
  }[];
}

/** Help that was asked for or promised: what came of anything else is odd, and counts for nothing. */
export const askedFor = ({ support }: TrustState): Support[] =>
  Object.values(support).filter(({ requested, pledged }) => requested ?? pledged);

/** Support in W = (t − windowDays, t] by due day (§3.12.20). */
export function supportAt(state: TrustState, t: Instant, { settings }: Policy): SupportView {
  const after = t - settings.windowDays * DAY_MS;
  const within = (at: Instant | null | undefined): boolean => at !== null && at !== undefined && at > after && at <= t;
  const all = askedFor(state);
  const pledges = all.filter(({ due }) => due !== null && within(due - 1));
  const seen = unitFunctions.filter((unit) => all.some((one) => one.unit === unit));
  return {
    windowDays: settings.windowDays,
    total: deliveredOf(pledges),
    units: Object.fromEntries(
      seen.map((unit) => {
        const ours = all.filter((one) => one.unit === unit);
        const requested = ours.filter((one) => within(one.requested?.[0])).length;
        const declined = ours.filter((one) => within(one.declined?.[0])).length;
        return [unit, { ...deliveredOf(pledges.filter((one) => one.unit === unit)), requested, declined }];
      }),
    ),
    open: Object.entries(state.support)
      .filter(([, one]) => !one.delivered && !one.failed && !one.declined)
      .map(([requestId, { unit, pledged, requested, due, neededBy }]) => {
        const by = due ?? neededBy;
        return {
          requestId,
          unit,
          state: pledged ? ('pledged' as const) : ('requested' as const),
          due: by === null ? null : iso(by),
          daysLeft: by === null ? null : daysBetween(t, by - 1, settings),
          eventId: (pledged ?? requested)?.[1] ?? '',
        };
      })
      .sort((a, b) =>
        (a.due ?? '') < (b.due ?? '') ? -1 : (a.due ?? '') > (b.due ?? '') ? 1 : a.requestId < b.requestId ? -1 : 1,
      ),
  };
}

function deliveredOf(pledges: readonly Support[]): Delivered {
  const due = pledges.length;
  const delivered = pledges.filter((one) => one.delivered).length;
  const onTime = pledges.filter((one) => one.delivered && one.delivered[0] < one.due!).length;
  const failed = pledges.filter((one) => one.failed).length;
  const counted = { due, delivered, onTime, failed };
  if (due === 0) return { ...counted, rate: null, onTimeRate: null, reason: 'nothing-due' };
  return { ...counted, rate: delivered / due, onTimeRate: onTime / due };
}

/** Units that a process needs to be cross-functional (F5). */
export const processUnitsMin = 3;

/** A process and the units that delivered under it. */
export interface Process {
  readonly processId: string;
  readonly units: readonly UnitFunction[];
  readonly crossFunctional: boolean;
  /** When the third unit had delivered. */
  readonly since: string | null;
  readonly eventIds: readonly string[];
}

/** All processes under which units of ours delivered, in order of id. */
export function processesOf(state: TrustState): Process[] {
  return Object.entries(state.processes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([processId, units]) => {
      const marks = Object.values(units).sort((a, b) => a[0] - b[0]);
      const third = marks[processUnitsMin - 1];
      return {
        processId,
        units: unitFunctions.filter((unit) => units[unit]),
        crossFunctional: third !== undefined,
        since: third ? iso(third[0]) : null,
        eventIds: marks.map(([, id]) => id),
      };
    });
}
