import { type Calendar, dateOfDay, dayOf, type Instant, periodOf, startOfDay } from '../../src/kernel/instant.js';
import { monthsLater } from '../months.js';
import type { Plan } from './state.js';

/** One year from the moment on: `[fromDay, toDay)`, by anniversaries of the day after it. */
export interface Year {
  readonly year: number;
  readonly fromDay: number;
  readonly toDay: number;
}

/** The years 1 … n after a moment, which begin with the firm's next day. */
export function yearsAfter(asOf: Instant, count: number, calendar: Calendar): Year[] {
  const first = startOfDay(dayOf(asOf, calendar) + 1, calendar);
  const start = (year: number) => dayOf(monthsLater(first, 12 * (year - 1), calendar), calendar);
  return Array.from({ length: count }, (_, i) => ({ year: i + 1, fromDay: start(i + 1), toDay: start(i + 2) }));
}

/** What plans give for some days; null with the reason where a day has none. */
export interface Planned {
  readonly contribution: number | null;
  readonly reason: string | null;
  readonly eventIds: readonly string[];
}

interface Laid extends Plan {
  readonly fromDay: number;
  readonly toDay: number;
  readonly quarter: boolean;
}

/** Plans spread evenly over their days, cut to [fromDay, toDay) (§3.12.16); where a quarter and its year are planned, the quarter holds for its days. */
export function plannedIn(
  plans: Readonly<Record<string, Plan>>,
  { fromDay, toDay }: Pick<Year, 'fromDay' | 'toDay'>,
  calendar: Calendar,
): Planned {
  const laid = Object.keys(plans)
    .sort()
    .flatMap((period): Laid[] => {
      const span = periodOf(period, calendar);
      if (!span) return [];
      const days = { fromDay: dayOf(span.from, calendar), toDay: dayOf(span.to, calendar) };
      const meets = days.fromDay < toDay && days.toDay > fromDay;
      return meets ? [{ ...plans[period]!, ...days, quarter: period.includes('Q') }] : [];
    });
  const quarters = laid.filter(({ quarter }) => quarter);
  let covered = 0;
  let contribution = 0;
  const missing: string[] = [];
  const eventIds: string[] = [];
  for (const plan of laid) {
    const own = overlap(plan, { fromDay, toDay });
    const finer = plan.quarter
      ? 0
      : quarters.reduce(
          (sum, one) =>
            sum + overlap(one, { fromDay: Math.max(fromDay, plan.fromDay), toDay: Math.min(toDay, plan.toDay) }),
          0,
        );
    const days = own - finer;
    if (days <= 0) continue;
    covered += days;
    eventIds.push(plan.eventId);
    if (plan.contribution === null) missing.push(plan.missing ?? '');
    else contribution += (plan.contribution * days) / (plan.toDay - plan.fromDay);
  }
  if (covered < toDay - fromDay) {
    const [from, until] = [dateOfDay(fromDay), dateOfDay(toDay - 1)];
    return {
      contribution: null,
      reason: `no-forecast for ${toDay - fromDay - covered} days from ${from} to ${until}`,
      eventIds,
    };
  }
  if (missing.length > 0)
    return { contribution: null, reason: `no-rate ${[...new Set(missing)].join(', ')}`, eventIds };
  return { contribution, reason: null, eventIds };
}

const overlap = (a: Pick<Year, 'fromDay' | 'toDay'>, b: Pick<Year, 'fromDay' | 'toDay'>): number =>
  Math.max(0, Math.min(a.toDay, b.toDay) - Math.max(a.fromDay, b.fromDay));
