import {
  type Calendar,
  type Instant,
  monthOf,
  quarterOf,
  startOfQuarter,
  yearOfQuarter,
} from '../../src/kernel/instant.js';
import { capitalCharge, type Release } from '../statistics/costing.js';
import { creditBetween, firstDayOf, waitingMax } from './days.js';
import { type Charge, contributionOf, sumOf, type Waterfall, waterfall } from './figures.js';
import { at, dayIn, firstFrom, lacks, type PerformanceState, type Quarter } from './state.js';

/** The waterfalls of a state at a moment: of any of its quarters, of years, of everything. */
export class Periods {
  /** Numbers of the quarters with anything, in order. */
  readonly numbers: readonly number[];
  private readonly told = new Map<number, Quarter>();
  private readonly asOfDay: number;
  private readonly asOfMonth: number;
  private readonly releases: readonly Release[];
  /** Why there is no cost of credit, and none of capital, at all; null where there is. */
  private readonly noCredit: string | null;
  private readonly noCapital: string | null;
  /** First quarter in which an amount that is open, or paid, has no exchange rate. */
  private readonly lackingFrom: number;

  constructor(
    private readonly state: PerformanceState,
    private readonly asOf: Instant,
    private readonly wacc: number | null,
    horizonMonths: number,
  ) {
    for (const quarter of state.quarters) this.told.set(quarter.q, quarter);
    this.asOfDay = dayIn(state.calendar, asOf);
    this.releases = state.releases.map(([month, amount, id]) => ({
      month,
      amount: amount ?? 0,
      horizonMonths: Object.hasOwn(state.horizons, id) ? state.horizons[id]! : horizonMonths,
    }));
    this.noCredit = !state.paid ? 'no-payment-ever' : wacc === null ? 'no-wacc' : null;
    this.noCapital =
      state.releasesMissing.length > 0 ? 'missing-rate' : this.releases.length > 0 && wacc === null ? 'no-wacc' : null;
    this.lackingFrom = state.paid ? firstLacking(state.quarters) : Number.POSITIVE_INFINITY;
    this.asOfMonth = this.releases.length === 0 ? 0 : monthOf(asOf, state.calendar);
    this.numbers = state.quarters.length === 0 && this.releases.length === 0 ? [] : this.found();
  }

  /** One quarter. */
  quarter(q: number): Waterfall {
    return this.of([q], this.open(q));
  }

  /** What one quarter contributed: of its waterfall that line alone. */
  contribution(q: number): number | null {
    const quarter = this.told.get(q);
    const before = quarter === undefined ? 0 : contributionOf(quarter);
    if (before === null || (this.noCredit === null && q >= this.lackingFrom)) return null;
    return this.noCredit === null ? before - this.creditOf(q) : before;
  }

  /** A fiscal year. */
  year(year: number): Waterfall {
    const quarters = this.numbers.filter((q) => yearOfQuarter(q, this.state.calendar) === year);
    return this.of(quarters, this.open(yearEnd(year, this.state.calendar)));
  }

  total(): Waterfall {
    return this.of(this.numbers, true);
  }

  /** Several quarters together, in order. */
  of(numbers: readonly number[], open: boolean): Waterfall {
    const quarters: Quarter[] = [];
    for (const q of numbers) {
      const quarter = this.told.get(q);
      if (quarter !== undefined) quarters.push(quarter);
    }
    return waterfall(sumOf(quarters), this.credit(numbers), this.capital(numbers), open);
  }

  open(q: number): boolean {
    return this.asOf < startOfQuarter(q + 1, this.state.calendar);
  }

  /** Quarters with events, and those in which money or capital merely waited. */
  private found(): number[] {
    const { quarters, calendar } = this.state;
    const released = this.releases.map(({ month }) => Math.floor((month - calendar.fiscalYearStartMonth + 1) / 3));
    const first = Math.min(quarters[0]?.q ?? Number.POSITIVE_INFINITY, ...released);
    const last = Math.max(quarters.at(-1)?.q ?? Number.NEGATIVE_INFINITY, ...released);
    const owing = this.noCredit === null && (this.state.days.at(-1)?.[at.balance] ?? 0) > 0;
    const waits = owing || (this.noCapital === null && this.releases.length > 0);
    const end = waits ? Math.max(last, Math.min(quarterOf(this.asOf, calendar), last + waitingMax)) : last;
    const numbers: number[] = [];
    for (let q = first; q <= end; q++) if (this.told.has(q) || this.charged(q)) numbers.push(q);
    return numbers;
  }

  private charged(q: number): boolean {
    return (this.noCredit === null && this.creditOf(q) !== 0) || (this.noCapital === null && this.capitalOf(q) !== 0);
  }

  private credit(numbers: readonly number[]): Charge {
    if (this.noCredit !== null) return { value: null, reason: this.noCredit };
    if ((numbers.at(-1) ?? Number.NEGATIVE_INFINITY) >= this.lackingFrom)
      return { value: null, reason: 'missing-rate', blocks: true };
    let value = 0;
    for (const q of numbers) value += this.creditOf(q);
    return { value };
  }

  private capital(numbers: readonly number[]): Charge {
    if (this.noCapital !== null) return { value: null, reason: this.noCapital };
    let value = 0;
    if (this.releases.length > 0) for (const q of numbers) value += this.capitalOf(q);
    return { value };
  }

  /** A quarter's cost of credit up to the day of the moment, rounded once. */
  private creditOf(q: number): number {
    const { calendar, days } = this.state;
    const quarter = this.told.get(q);
    const next = this.told.get(q + 1);
    if (quarter !== undefined && next !== undefined)
      return Math.round(((next.waited - quarter.waited) * (this.wacc ?? 0)) / 365);
    const first = q * 3 + calendar.fiscalYearStartMonth - 1;
    const from = quarter?.from ?? firstDayOf(first);
    const to = Math.min(quarter?.to ?? firstDayOf(first + 3), this.asOfDay);
    if (quarter !== undefined) return Math.round(creditBetween(this.state, from, to, this.wacc) ?? 0);
    // nothing happened: what was open as it began is open all the time
    const last = days.at(-1);
    const row = last !== undefined && last[at.day] < from ? last : days[firstFrom(days, from) - 1];
    const open = row === undefined ? 0 : Math.max(0, row[at.balance]);
    return Math.round((open * Math.max(0, to - from) * (this.wacc ?? 0)) / 365);
  }

  /** A quarter's cost of capital, of the months that have begun by the moment, rounded once. */
  private capitalOf(q: number): number {
    if (this.wacc === null) return 0;
    const first = q * 3 + this.state.calendar.fiscalYearStartMonth - 1;
    let sum = 0;
    for (let month = first; month < first + 3 && month <= this.asOfMonth; month++)
      sum += capitalCharge(this.releases, month, this.wacc) ?? 0;
    return Math.round(sum);
  }
}

function firstLacking(quarters: readonly Quarter[]): number {
  for (const { q, missing } of quarters)
    for (const pair in missing) if ((missing[pair]! & lacks.balance) !== 0) return q;
  return Number.POSITIVE_INFINITY;
}

/** Last quarter of a fiscal year. */
const yearEnd = (year: number, { fiscalYearStartMonth }: Calendar): number =>
  (year - (fiscalYearStartMonth === 1 ? 0 : 1)) * 4 + 3;
