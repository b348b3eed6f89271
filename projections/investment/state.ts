import type { AcquisitionType } from '../../src/domain/books/books.events.js';
import type { Event } from '../../src/kernel/event.js';
import type { Subject } from '../../src/kernel/projection.js';

/** A month of a plan: number from 1, money out, money back. */
export type Planned = [number, number, number];

/** An investment as it was decided, and what of it was released. */
export interface Investment {
  /** The account that told of it, and its id there. */
  accountId: string;
  id: string;
  /** When it was decided; where nothing says so, when the first of it was released. */
  committedAt: number;
  committed: boolean;
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
  accountId: string;
  id: string;
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
  /** The account that told of the phase's beginning. */
  accountId: string;
  /** The event that began the phase. */
  begunBy: string;
  from: number;
  to: number | null;
  planned: number | null;
  /** Why the plan is null: none was told, or its currency has no rate. */
  unplanned: 'not-planned' | 'missing-rate' | null;
  /** Type → amount, events. */
  types: Record<string, [number, number]>;
  months: Record<string, number>;
  interactions: Record<string, Counted>;
  cited: Record<string, Cited>;
  /** After the first regular order: amount, events, the first of them. */
  late: [number, number, string[]];
  /** Before the pursuit was opened: amount, events. */
  early: [number, number];
  /** While no pursuit is open: what was counted at the last instant, for a pursuit that is opened at the same one. */
  last: { readonly at: number; readonly counted: [AcquisitionType, number, number][] } | null;
  unpricedMinutes: number;
  missing: string[];
  /** Types in which an amount has no exchange rate. */
  uncounted: AcquisitionType[];
}

/** How an account was won, and won back. */
export interface Courtship {
  phases: Phase[];
  /** First regular order ever. */
  customerSince: number | null;
  /** EXITED declared, and no regular order since. */
  exited: boolean;
}

/** Investments, sacrifices and phases of acquisition of an account, or of the members of a group. */
export interface InvestmentState {
  calendar: { utcOffsetMin: number; fiscalYearStartMonth: number };
  currency: string | null;
  investments: Record<string, Investment>;
  sacrifices: Record<string, Sacrifice>;
  /** By account: each member of a group is won by itself. */
  courtships: Record<string, Courtship>;
}

export const initial = (): InvestmentState => ({
  calendar: { utcOffsetMin: 0, fiscalYearStartMonth: 1 },
  currency: null,
  investments: {},
  sacrifices: {},
  courtships: {},
});

/** The courtship of the account, or of the member of a group, that an event is told of. */
export function courtshipOf(state: InvestmentState, event: Event<string, object>, subject: Subject): Courtship {
  const { members, id } = subject;
  const account = members === undefined ? id : (own(members, event.accountid ?? id) ?? id);
  const known = own(state.courtships, account);
  if (known !== undefined) return known;
  const begun: Courtship = { phases: [], customerSince: null, exited: false };
  state.courtships[account] = begun;
  return begun;
}

/** All phases, in order of their beginning. */
export const phasesOf = ({ courtships }: InvestmentState): Phase[] => {
  const all = Object.values(courtships);
  if (all.length === 1) return all[0]!.phases;
  return all.flatMap(({ phases }) => phases).sort((a, b) => a.from - b.from || (a.accountId < b.accountId ? -1 : 1));
};

/** A record's own entry: an id may be any word, `constructor` too. */
export const own = <T>(record: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.hasOwn(record, id) ? record[id] : undefined;

/** Late events named; more are only counted. */
export const lateIdsMax = 20;
