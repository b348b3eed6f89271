import { dayOf, type Instant, quarterName, quarterOf, startOfQuarter } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import { contactSeries } from '../contacts/course.js';
import type { ContactsState } from '../contacts/state.js';
import { firstRegularOrderDay, missingRatesOf, sumsBetween } from '../performance/days.js';
import type { PerformanceState } from '../performance/state.js';
import { type Trend, trend } from '../statistics/trend.js';
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
  readonly quarters: readonly QuarterFigures[];
  readonly trends: Readonly<Record<Measure, Course>>;
}

export function seriesAt(
  loyalty: LoyaltyState,
  performance: PerformanceState,
  contacts: ContactsState,
  asOf: Instant,
  policy: Policy,
): Series {
  const { settings } = policy;
  const numbered = (at: Instant): number => quarterOf(at, settings);
  const met = new Map(contactSeries(contacts, asOf, policy).map((one) => [numbered(one.from), one]));
  const ordered = firstRegularOrderDay(performance);
  const firstOrder = ordered === null ? null : numbered(startOfDayAt(ordered, settings.utcOffsetMin));
  const starts = [
    ...loyalty.estimates.slice(0, 1).map(({ time }) => numbered(time)),
    ...loyalty.answers.slice(0, 1).map(([time]) => numbered(time)),
    ...met.keys(),
    ...(firstOrder === null ? [] : [firstOrder]),
  ];
  const now = numbered(asOf);
  const first = starts.reduce((a, b) => Math.min(a, b), now + 1);
  const quarters: { q: number; figures: QuarterFigures }[] = [];
  for (let q = first; q <= now; q++) {
    const from = startOfQuarter(q, settings);
    const to = startOfQuarter(q + 1, settings);
    const open = to > asOf + 1;
    const last = open ? asOf : to - 1;
    const told = loyalty.estimates.some(({ time }) => time >= from && time <= last);
    const attitude = attitudeIn(loyalty.answers, from - 1, last);
    const trades = firstOrder !== null && q >= firstOrder;
    const days = [dayOf(from, settings), dayOf(to - 1, settings) + 1] as const;
    const sums = trades ? sumsBetween(performance, ...days) : null;
    const missing = trades ? missingRatesOf(performance, ...days) : [];
    const found = {
      shareOfWallet: told ? walletAt(loyalty.estimates, last).value : null,
      recommend: attitude.recommend,
      nps: attitude.value,
      orders: sums?.orders ?? null,
      net: sums && missing.length === 0 ? sums.net : null,
      diamondIndex: met.get(q)?.diamondIndex ?? null,
      breadth: met.get(q)?.breadth ?? null,
    };
    const without = { ...untold, net: trades ? `missing-rate ${missing.join(', ')}` : untold.net };
    const lacking = measures.filter((measure) => found[measure] === null);
    const reasons = Object.fromEntries(lacking.map((measure) => [measure, without[measure]]));
    quarters.push({ q, figures: { quarter: quarterName(q, settings), open, ...found, reasons } });
  }
  const trends = Object.fromEntries(measures.map((measure) => [measure, courseOf(quarters, measure)]));
  return { quarters: quarters.map(({ figures }) => figures), trends: trends as Record<Measure, Course> };
}

function courseOf(quarters: readonly { q: number; figures: QuarterFigures }[], measure: Measure): Course {
  const told = quarters.filter(({ figures }) => !figures.open && figures[measure] !== null);
  const found = trend(told.map(({ q, figures }) => ({ x: q, y: figures[measure]! })));
  return { ...found, from: told[0]?.figures.quarter ?? null, to: told.at(-1)?.figures.quarter ?? null };
}

const startOfDayAt = (day: number, utcOffsetMin: number): Instant => day * 86_400_000 - utcOffsetMin * 60_000;
