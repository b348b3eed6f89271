import { eachWhenSeen, whenSeen } from '../../src/kernel/figures.js';
import { type Instant, quarterName, quarterOf, startOfDay } from '../../src/kernel/instant.js';
import { keeping, kept } from '../../src/kernel/keeper.js';
import type { Policy, Settings } from '../../src/kernel/policy.js';
import { type InSeries, reckonedSeries, seriesBegins } from '../contacts/course.js';
import type { Closed, ContactsState } from '../contacts/state.js';
import { firstRegularOrderDay, missingRatesOf } from '../performance/days.js';
import { at, firstFrom, type PerformanceState } from '../performance/state.js';
import { boundsOf } from '../quarters.js';
import { type Point, type Trend, trend } from '../statistics/trend.js';
import { attitudeIn } from './attitude.js';
import type { LoyaltyState } from './state.js';
import { walletAt } from './wallet.js';

/** What is followed over the quarters. */
export const measures = ['shareOfWallet', 'recommend', 'nps', 'orders', 'net', 'diamondIndex', 'breadth'] as const;
export type Measure = (typeof measures)[number];

/** One quarter; a value that the quarter does not have is null, and `reasons` says why. The open one enters no trend. */
export type QuarterFigures = {
  readonly quarter: string;
  readonly open: boolean;
  readonly reasons: Partial<Readonly<Record<Measure, string>>>;
} & Readonly<Record<Measure, number | null>>;

/** Why a quarter has no value of a measure. */
const untold: Readonly<Record<Measure, string>> = {
  shareOfWallet: 'no-estimate',
  recommend: 'no-answers',
  nps: 'no-answers',
  orders: 'no-regular-order-yet',
  net: 'no-regular-order-yet',
  diamondIndex: 'silent',
  breadth: 'no-contact-present',
};

/** A trend with the quarters it is drawn from. */
export type Course = Trend & { readonly from: string | null; readonly to: string | null };

/** Quarters from the first with anything to the one of the moment, and the trend of each measure over the complete ones (§3.12.23). */
export interface Series {
  readonly quarters: () => readonly QuarterFigures[];
  readonly trends: Readonly<Record<Measure, Course>>;
}

/** Every measure is followed by itself, so that a figure of one does not wait for the others. */
export function seriesAt(
  loyalty: LoyaltyState,
  performance: PerformanceState,
  contacts: ContactsState,
  asOf: Instant,
  policy: Policy,
): Series {
  const { settings } = policy;
  const now = quarterOf(asOf, settings);
  const told = keeping(loyalty, 'loyalty/told', () => toldBy(loyalty, asOf, settings));
  const trades = keeping(performance, 'loyalty/trades', () => tradesFrom(performance, settings));
  const orders = keeping(performance, 'loyalty/traded/orders', () =>
    tradedBy(performance, trades(), 'orders', now, settings),
  );
  const net = keeping(performance, 'loyalty/traded/net', () => tradedBy(performance, trades(), 'net', now, settings));
  const begins = keeping(contacts, 'loyalty/begins', () => beginOf(contacts, settings));
  const met = (measure: 'diamondIndex' | 'breadth') =>
    keeping(contacts, `loyalty/met/${measure}`, () => metBy(contacts, measure, asOf, policy));
  const first = keeping(loyalty, 'loyalty/first', () => Math.min(told().first, begins(), trades(), now + 1));
  const followed: Readonly<Record<Measure, () => Followed>> = {
    shareOfWallet: told,
    recommend: told,
    nps: told,
    orders,
    net,
    diamondIndex: met('diamondIndex'),
    breadth: met('breadth'),
  };
  const measured = (measure: Measure, q: number): number | null => {
    const { first: from, values } = followed[measure]();
    return values[measure]?.[q - from] ?? null;
  };
  const isOpen = (q: number): boolean => boundsOf(q, settings).to > asOf + 1;
  const course = (measure: Measure): Course => {
    const points = keeping(loyalty, `loyalty/${measure}`, () =>
      numbers(first(), now).flatMap((q) => {
        const y = isOpen(q) ? null : measured(measure, q);
        return y === null ? [] : [{ x: q, y }];
      }),
    );
    return kept(loyalty, `loyalty/${measure}/trend`, () => courseOf(points(), settings));
  };
  const reasonsOf = (q: number): QuarterFigures['reasons'] => {
    const without = {
      ...untold,
      net: q >= trades() ? `missing-rate ${lackingIn(performance, q, settings).join(', ')}` : untold.net,
    };
    const lacking = measures.filter((measure) => measured(measure, q) === null);
    return Object.fromEntries(lacking.map((measure) => [measure, without[measure]]));
  };
  return {
    quarters: () =>
      eachWhenSeen<QuarterFigures, number>(numbers(first(), now), {
        quarter: (q) => quarterName(q, settings),
        open: isOpen,
        ...(Object.fromEntries(measures.map((measure) => [measure, (q: number) => measured(measure, q)])) as Record<
          Measure,
          (q: number) => number | null
        >),
        reasons: reasonsOf,
      }),
    trends: whenSeen(
      Object.fromEntries(measures.map((measure) => [measure, () => course(measure)])) as Record<Measure, () => Course>,
    ),
  };
}

/** Values of measures by quarter, from the first on; beyond any quarter where there is none. */
interface Followed {
  readonly first: number;
  readonly values: Partial<Readonly<Record<Measure, readonly (number | null)[]>>>;
}

const numbers = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);

/** What they said, and our share as estimated in the quarter itself. */
function toldBy({ estimates, answers }: LoyaltyState, asOf: Instant, settings: Settings): Followed {
  const begun = [estimates[0]?.time, answers[0]?.[0]].filter((time) => time !== undefined);
  const first = begun.reduce((a, time) => Math.min(a, quarterOf(time, settings)), Number.POSITIVE_INFINITY);
  const quarters = numbers(first, quarterOf(asOf, settings)).map((q) => {
    const { from, to } = boundsOf(q, settings);
    const last = to > asOf + 1 ? asOf : to - 1;
    const told = estimates.some(({ time }) => time >= from && time <= last);
    const { recommend, value: nps } = attitudeIn(answers, from - 1, last);
    return { shareOfWallet: told ? walletAt(estimates, last).value : null, recommend, nps };
  });
  return {
    first,
    values: {
      shareOfWallet: quarters.map(({ shareOfWallet }) => shareOfWallet),
      recommend: quarters.map(({ recommend }) => recommend),
      nps: quarters.map(({ nps }) => nps),
    },
  };
}

/** The quarter in which anybody was first known. */
function beginOf(contacts: ContactsState, settings: Settings): number {
  const begins = seriesBegins(contacts);
  return begins === null ? Number.POSITIVE_INFINITY : quarterOf(begins, settings);
}

/** Whom they met. Quarters follow on each other, unless the firm’s calendar changed meanwhile. */
function metBy(contacts: ContactsState, measure: 'diamondIndex' | 'breadth', asOf: Instant, policy: Policy): Followed {
  const { settings } = policy;
  const first = beginOf(contacts, settings);
  const values: (number | null)[] = [];
  const take = (one: InSeries | Closed, i: number): void => {
    const at = boundsOf(first + i, settings).from === one.from ? i : quarterOf(one.from, settings) - first;
    while (values.length < at) values.push(null);
    values[at] = one[measure];
  };
  const { closed } = contacts;
  for (const [i, one] of closed.entries()) take(one, i);
  for (const [i, one] of reckonedSeries(contacts, asOf, policy).entries()) take(one, closed.length + i);
  return { first, values: { [measure]: values } };
}

/** The quarter of the first regular order. */
function tradesFrom(performance: PerformanceState, settings: Settings): number {
  const day = firstRegularOrderDay(performance);
  return day === null ? Number.POSITIVE_INFINITY : quarterOf(startOfDay(day, settings), settings);
}

/** Pairs of currencies without a rate in a quarter. */
function lackingIn(performance: PerformanceState, q: number, settings: Settings): string[] {
  const { fromDay, toDay } = boundsOf(q, settings);
  return missingRatesOf(performance, fromDay, toDay);
}

/** What they bought, from the quarter of the first regular order on; net is null where an exchange rate is missing. */
function tradedBy(
  performance: PerformanceState,
  first: number,
  measure: 'orders' | 'net',
  last: number,
  settings: Settings,
): Followed {
  const values: (number | null)[] = [];
  if (first > last) return { first, values: { [measure]: values } };
  const lacking = measure === 'net' && performance.quarters.some(({ missing }) => missing !== undefined);
  const { days } = performance;
  const column = at[measure];
  let row = firstFrom(days, boundsOf(first, settings).fromDay);
  for (let q = first; q <= last; q++) {
    const { toDay } = boundsOf(q, settings);
    let sum = 0;
    for (; row < days.length && days[row]![at.day] < toDay; row++) sum += days[row]![column];
    values.push(lacking && lackingIn(performance, q, settings).length > 0 ? null : sum);
  }
  return { first, values: { [measure]: values } };
}

function courseOf(points: readonly Point[], settings: Settings): Course {
  const name = (point: Point | undefined) => (point === undefined ? null : quarterName(point.x, settings));
  return { ...trend(points), from: name(points[0]), to: name(points.at(-1)) };
}
