import type { Instant } from '../../src/kernel/instant.js';

/** One contract: when it was in force, how it went on, and how it ended. */
export interface Contract {
  readonly category: string | null;
  /** `[from, to)` in force, oldest first; the third is 1 where an event ended it, not its date. */
  spans: [Instant, Instant, 0 | 1][];
  renewals: { readonly time: Instant; readonly until: Instant; readonly tendered: boolean; readonly eventId: string }[];
  ended: {
    readonly time: Instant;
    readonly reason: string;
    readonly lostTo: string | null;
    readonly eventId: string;
  } | null;
  /** As last told, in the account's currency; null without one, or without an exchange rate. */
  value: number | null;
  readonly eventId: string;
}

/** One estimate of our share of a category. `wallet` in minor units of the account's currency. */
export interface Estimate {
  readonly time: Instant;
  readonly category: string;
  readonly share: number | null;
  readonly wallet: number | null;
  /** Pair without a rate, because of which `wallet` is null. */
  readonly missing: string | null;
  readonly ourRank: number | null;
  readonly suppliers: number | null;
  readonly source: string;
  readonly confidence: number;
  readonly eventId: string;
}

/** Somebody of theirs said how they see us. */
export type Answer = readonly [
  time: Instant,
  respondentId: string,
  recommend: number,
  satisfaction: number | null,
  eventId: string,
];

/** A promise: whose, due when, how it was closed and when. */
export interface Promised {
  readonly by: 'US' | 'THEM';
  due: Instant;
  closed: 'KEPT' | 'BROKEN' | null;
  eventId: string;
}

/** A pursuit that was won: what for, and by which way of selling. */
export interface Win {
  readonly time: Instant;
  readonly purpose: string | null;
  readonly approach: string | null;
  readonly eventId: string;
}

/** What binds an account, besides its orders: contracts, and stages as declared, in order. */
export interface Bound {
  contracts: Record<string, Contract>;
  stages: [stage: string, time: Instant, eventId: string][];
}

/** What loyalty is drawn from, besides orders and money (`performance`) and meetings (`contacts`). */
export interface LoyaltyState extends Bound {
  estimates: Estimate[];
  answers: Answer[];
  promises: Record<string, Promised>;
  /** Designations (1) and releases (0) in order. */
  designations: [time: Instant, on: 0 | 1, eventId: string][];
  pursuits: Record<string, { readonly purpose: string; readonly approach: string | null }>;
  wins: Win[];
  /** The last regular order, or invoice without an order; null before one, and once that order is cancelled. */
  lastOrder: { readonly orderId: string | null; readonly eventId: string } | null;
}

export const initial = (): LoyaltyState => ({
  contracts: {},
  estimates: [],
  answers: [],
  promises: {},
  stages: [],
  designations: [],
  pursuits: {},
  wins: [],
  lastOrder: null,
});
