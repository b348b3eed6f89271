import type { AcquisitionType } from '../../src/domain/books/books.events.js';

/** A month of a plan: number from 1, money out, money back. */
export type Planned = [number, number, number];

/** An investment as it was decided, and what of it was released. */
export interface Investment {
  committedAt: number;
  horizonMonths: number;
  planned: Planned[];
  stoppedAt: number | null;
  /** Month (years × 12 + month), amount, event. */
  releases: [number, number, string][];
  eventIds: string[];
  missing: string[];
}

/** A loss that was allowed for a time. */
export interface Sacrifice {
  amount: number | null;
  pair: string | null;
  from: number;
  to: number;
  reviewOn: number;
  approver: string;
  eventId: string;
  reviews: [number, string][];
}

/** What an interaction of the phase put into the cost of acquisition: month, type and amount by category. */
export type Counted = [number, Record<string, [AcquisitionType, number]>];

/** A cost that cites an interaction which has not come yet: amount by category, and whether it carries a type of its own (1). */
export type Cited = Record<string, [number, 0 | 1]>;

/** From going after a customer to its first regular order (§3.12.12). */
export interface Phase {
  purpose: 'ACQUISITION' | 'WIN_BACK';
  /** Null where costs of acquisition came without a pursuit: then the first of them begins the phase. */
  pursuitId: string | null;
  /** The event that began the phase. */
  begunBy: string;
  from: number;
  to: number | null;
  planned: number | null;
  /** Type → amount, events. */
  types: Record<string, [number, number]>;
  months: Record<string, number>;
  interactions: Record<string, Counted>;
  cited: Record<string, Cited>;
  /** After the first regular order: amount, events, the first of them. */
  late: [number, number, string[]];
  /** Before the pursuit was opened: amount, events. */
  early: [number, number];
  unpricedMinutes: number;
  missing: string[];
}

/** Investments, sacrifices and phases of acquisition of an account. */
export interface InvestmentState {
  calendar: { utcOffsetMin: number; fiscalYearStartMonth: number };
  currency: string | null;
  investments: Record<string, Investment>;
  sacrifices: Record<string, Sacrifice>;
  phases: Phase[];
  /** First regular order ever. */
  customerSince: number | null;
  /** EXITED declared, and no regular order since. */
  exited: boolean;
}

export const initial = (): InvestmentState => ({
  calendar: { utcOffsetMin: 0, fiscalYearStartMonth: 1 },
  currency: null,
  investments: {},
  sacrifices: {},
  phases: [],
  customerSince: null,
  exited: false,
});

/** A record's own entry: an id may be any word, `constructor` too. */
export const own = <T>(record: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.hasOwn(record, id) ? record[id] : undefined;

/** Late events named; more are only counted. */
export const lateIdsMax = 20;
