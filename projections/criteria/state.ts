import type { Instant } from '../../src/kernel/instant.js';

/** One rater's latest score of one factor. */
export interface Score {
  readonly factor: string;
  readonly rater: string;
  readonly score: number;
  readonly time: Instant;
  readonly eventId: string;
}

/** One rater's latest score, from one kind of source, of how strong we and others are at one success factor. */
export interface Strength {
  readonly factor: string;
  readonly rater: string;
  readonly source: string;
  readonly ours: number;
  readonly competitors: Readonly<Record<string, number>>;
  readonly time: Instant;
  readonly eventId: string;
}

/** A sign of good (1) or bad (0) faith: a signal, or a promise of theirs that they kept or broke. */
export type Sign = readonly [time: Instant, good: 0 | 1, eventId: string];

/** What the customer could be worth, as last estimated; amounts in the account's currency, null without an exchange rate. */
export interface Potential {
  readonly availableSales3y: number | null;
  readonly margin: number | null;
  /** Pair that has no rate; null where none is needed. */
  readonly missing: string | null;
  readonly currency: string;
  readonly growthPct: number;
  readonly expectedRetention: number;
  readonly source: string;
  readonly time: Instant;
  readonly eventId: string;
}

/** How a designation was judged, as its event says. */
export interface Judged {
  readonly from: Instant;
  readonly managerId: string;
  readonly criteriaVersion: string | null;
  readonly scores: readonly object[];
  readonly judgedAt: number | null;
  readonly overridden: boolean;
  readonly eventId: string;
}

/** What our rules ask of an account, as told. */
export interface CriteriaState {
  customerType: string | null;
  oemFitShare: number | null;
  /** Event that said so last. */
  classified: string | null;
  scores: Score[];
  factors: {
    readonly list: readonly { readonly factor: string; readonly weight: number }[];
    readonly source: string;
    readonly time: Instant;
    readonly eventId: string;
  } | null;
  strengths: Strength[];
  potential: Potential | null;
  /** Open promises of theirs. */
  owed: Record<string, 1>;
  signs: Sign[];
  designation: Judged | null;
  /** Whether it is a key account now. */
  designated: boolean;
}

export const initial = (): CriteriaState => ({
  customerType: null,
  oemFitShare: null,
  classified: null,
  scores: [],
  factors: null,
  strengths: [],
  potential: null,
  owed: {},
  signs: [],
  designation: null,
  designated: false,
});

/** Puts an entry in the place of the one with the same key, else at the end. Lists are as long as there are factors and raters. */
export function replace<T>(list: T[], entry: T, same: (a: T, b: T) => boolean): void {
  const at = list.findIndex((one) => same(one, entry));
  if (at < 0) list.push(entry);
  else list[at] = entry;
}
