import type { Debtor } from '../../src/domain/activity/interaction.events.js';
import { type Calendar, DAY_MS, dayOf, type Instant, quarterOf, startOfDay } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import { own } from '../keyed.js';
import { boundsOf, type QuarterBounds } from '../quarters.js';
import { atLeast } from '../statistics/figure.js';
import type { Commitment, Outcome, TrustState } from './state.js';

/** An open promise counts as broken this many days past its due day (§3.12.17). */
export const patienceDays = 30;

/** Kept ÷ (kept + broken) of one side; null where nothing was due. */
export interface Rate {
  readonly kept: number;
  readonly broken: number;
  readonly n: number;
  readonly rate: number | null;
  readonly reason?: 'nothing-due';
}

/** Rates of both sides. */
export type Rates = Readonly<Record<Debtor, Rate>>;

const nothing: Outcome = { kept: null, broken: null };

/** The last instant of the day on which a promise was due, as agreed by `t`; null where it was not yet made. */
export function dueAt({ made, dues }: Commitment, t: Instant): Instant | null {
  if (made[0] > t) return null;
  for (let i = dues.length - 1; i >= 0; i--) if (dues[i]![0] <= t) return dues[i]![1] - 1;
  return null;
}

/** First instant at which an open promise counts as broken. */
export const overdueFrom = (due: Instant, calendar: Calendar): Instant =>
  startOfDay(dayOf(due, calendar) + patienceDays, calendar);

/** What a promise counts as at an instant at which it is due. */
export function standingAt(
  state: TrustState,
  id: string,
  due: Instant,
  t: Instant,
  calendar: Calendar,
): 'kept' | 'broken' | 'open' {
  const { kept, broken } = own(state.outcomes, id) ?? nothing;
  if (kept && kept[0] <= t) return 'kept';
  if (broken && broken[0] <= t) return 'broken';
  return t >= overdueFrom(due, calendar) ? 'broken' : 'open';
}

/** Commitments kept in W = (t − windowDays, t] by due day, per side (C8). */
export function commitmentRatesAt(state: TrustState, t: Instant, policy: Policy): Rates {
  return commitmentRatesAtEach(state, [t], policy)[0]!;
}

/**
 * The same at each of several instants, in order. Most promises count alike at all of them and are added up once; the others are
 * judged at each instant by itself.
 */
export function commitmentRatesAtEach(state: TrustState, ends: readonly Instant[], { settings }: Policy): Rates[] {
  const windowMs = settings.windowDays * DAY_MS;
  const [first, last] = [ends[0]!, ends.at(-1)!];
  const always: Sums = { US: [0, 0], THEM: [0, 0] };
  const sums = ends.map((): Sums => ({ US: [0, 0], THEM: [0, 0] }));
  for (const id in state.commitments) {
    const one = state.commitments[id]!;
    const bound = one.dues.length === 1 ? one.dues[0]![1] : null;
    if (bound !== null && (bound - 1 > last || bound - 1 <= first - windowMs)) continue;
    const due = bound === null ? null : bound - 1;
    if (due !== null && one.made[0] <= first && due <= first && due > last - windowMs) {
      const standing = standingThroughout(state, id, due, first, last, settings);
      if (standing !== null) {
        count(always[one.by], standing);
        continue;
      }
    }
    ends.forEach((t, i) => {
      const at = dueAt(one, t);
      if (at !== null && at > t - windowMs && at <= t) count(sums[i]![one.by], standingAt(state, id, at, t, settings));
    });
  }
  const rate = (sum: Sums, by: Debtor) => rateOf(sum[by][0] + always[by][0], sum[by][1] + always[by][1]);
  return sums.map((sum) => ({ US: rate(sum, 'US'), THEM: rate(sum, 'THEM') }));
}

type Sums = Record<Debtor, [kept: number, broken: number]>;

/** What a promise counts as from one instant to another; null where that changes in between. */
function standingThroughout(
  state: TrustState,
  id: string,
  due: Instant,
  first: Instant,
  last: Instant,
  calendar: Calendar,
): ReturnType<typeof standingAt> | null {
  const standing = standingAt(state, id, due, first, calendar);
  return standing === standingAt(state, id, due, last, calendar) && standing !== 'open' ? standing : null;
}

/** Rates of a quarter. */
export type QuarterRates = Rates & { readonly quarter: string; readonly number: number };

/** The same of what was due in the last quarter that is over at `t`. */
export function lastQuarterRatesAt(state: TrustState, t: Instant, policy: Policy): QuarterRates {
  return lastQuarterRatesAtEach(state, [t], policy)[0]!;
}

/** The same at each of several instants. */
export function lastQuarterRatesAtEach(
  state: TrustState,
  ends: readonly Instant[],
  { settings }: Policy,
): QuarterRates[] {
  const numbers = ends.map((t) => quarterOf(t, settings) - 1);
  const few = [...new Set(numbers)];
  const due = dueIn(
    state,
    few.map((number) => boundsOf(number, settings)),
  );
  return ends.map((t, i) => {
    const number = numbers[i]!;
    const { name: quarter, from, to } = boundsOf(number, settings);
    const sum: Sums = { US: [0, 0], THEM: [0, 0] };
    for (const id of due[few.indexOf(number)]!) {
      const one = state.commitments[id]!;
      const at = dueAt(one, t);
      if (at !== null && at >= from && at < to) count(sum[one.by], standingAt(state, id, at, t, settings));
    }
    return { US: rateOf(...sum.US), THEM: rateOf(...sum.THEM), quarter, number };
  });
}

/** Promises that were to be kept in each of a few quarters, by any of their due days: all are looked through once. */
function dueIn({ commitments }: TrustState, quarters: readonly QuarterBounds[]): string[][] {
  const found = quarters.map((): string[] => []);
  const first = Math.min(...quarters.map(({ from }) => from));
  const last = Math.max(...quarters.map(({ to }) => to));
  for (const id in commitments) {
    const { dues } = commitments[id]!;
    if (dues.length === 1 && (dues[0]![1] <= first || dues[0]![1] > last)) continue;
    quarters.forEach(({ from, to }, i) => {
      if (dues.some((moved) => moved[1] > from && moved[1] <= to)) found[i]!.push(id);
    });
  }
  return found;
}

/** Rates by number of the quarter of the due day, with what is known at `t`. */
export function ratesByQuarter(state: TrustState, t: Instant, calendar: Calendar): Map<number, Rates> {
  const sums = new Map<number, Record<Debtor, [kept: number, broken: number]>>();
  for (const [id, one] of Object.entries(state.commitments)) {
    const due = dueAt(one, t);
    if (due === null || due > t) continue;
    const quarter = quarterOf(due, calendar);
    const sum = sums.get(quarter) ?? { US: [0, 0], THEM: [0, 0] };
    sums.set(quarter, sum);
    count(sum[one.by], standingAt(state, id, due, t, calendar));
  }
  const ordered = [...sums].sort(([a], [b]) => a - b);
  return new Map(ordered.map(([quarter, { US, THEM }]) => [quarter, { US: rateOf(...US), THEM: rateOf(...THEM) }]));
}

function count(sum: [kept: number, broken: number], standing: 'kept' | 'broken' | 'open'): void {
  if (standing === 'kept') sum[0]++;
  else if (standing === 'broken') sum[1]++;
}

const rateOf = (kept: number, broken: number): Rate => {
  const n = kept + broken;
  return n === 0 ? { kept, broken, n, rate: null, reason: 'nothing-due' } : { kept, broken, n, rate: kept / n };
};

/** Mutual trust (§3.12.9, level 3): both sides keep at least .9 of at least 5. */
export const isMutual = ({ US, THEM }: Rates): boolean => [US, THEM].every((side) => isSteady(side.kept, side.n));

const isSteady = (kept: number, n: number): boolean => n >= 5 && atLeast(kept / n, 0.9);

interface Delta {
  readonly at: Instant;
  readonly by: Debtor;
  readonly kept: number;
  readonly n: number;
}

/** Since when mutual trust has held without a break up to `t`; null where it does not hold at `t`. */
export function mutualSince(state: TrustState, t: Instant, { settings }: Policy): Instant | null {
  const deltas = Object.entries(state.commitments)
    .flatMap(([id, one]) => deltasOf(state, id, one, settings, settings.windowDays))
    .sort((a, b) => a.at - b.at);
  const sums: Record<Debtor, { kept: number; n: number }> = { US: { kept: 0, n: 0 }, THEM: { kept: 0, n: 0 } };
  let since: Instant | null = null;
  for (let i = 0; i < deltas.length && deltas[i]!.at <= t; i++) {
    const { at, by, kept, n } = deltas[i]!;
    sums[by].kept += kept;
    sums[by].n += n;
    if (deltas[i + 1]?.at === at) continue;
    if (!isSteady(sums.US.kept, sums.US.n) || !isSteady(sums.THEM.kept, sums.THEM.n)) since = null;
    else since ??= at;
  }
  return since;
}

/** When a promise enters the count, changes from broken to kept, and leaves it. */
function deltasOf(state: TrustState, id: string, one: Commitment, calendar: Calendar, windowDays: number): Delta[] {
  const { kept, broken } = own(state.outcomes, id) ?? nothing;
  return one.dues.flatMap(([from, bound], i) => {
    const due = bound - 1;
    const start = Math.max(due, one.made[0], from);
    const end = Math.min(due + windowDays * DAY_MS, one.dues[i + 1]?.[0] ?? Number.POSITIVE_INFINITY);
    const keptFrom = Math.max(start, kept?.[0] ?? end);
    const brokenFrom = Math.max(start, Math.min(broken?.[0] ?? end, overdueFrom(due, calendar)));
    const spans: Delta[] = [];
    if (brokenFrom < Math.min(keptFrom, end)) spans.push(...span(one.by, brokenFrom, Math.min(keptFrom, end), 0));
    if (keptFrom < end) spans.push(...span(one.by, keptFrom, end, 1));
    return spans;
  });
}

const span = (by: Debtor, from: Instant, to: Instant, kept: number): Delta[] => [
  { at: from, by, kept, n: 1 },
  { at: to, by, kept: -kept, n: -1 },
];
