import type { Cadence } from '../../src/domain/account/standing.events.js';
import type { Debtor, IntegrityKind, Severity } from '../../src/domain/activity/interaction.events.js';
import type { UnitFunction } from '../../src/domain/vocabulary.js';
import type { Instant } from '../../src/kernel/instant.js';

/** When something happened, and the event that says so. */
export type Mark = readonly [time: Instant, eventId: string];

/** One side's word: what it promised is sealed, so only who, when and until when are here. */
export interface Commitment {
  readonly by: Debtor;
  readonly ownerId: string;
  readonly made: Mark;
  /** Due bounds, each from when it held: a move is agreed by both sides. */
  readonly dues: (readonly [from: Instant, due: Instant, eventId: string])[];
}

/** What became of a promise, whichever of the two was told first. */
export interface Outcome {
  kept: Mark | null;
  broken: Mark | null;
}

/** A breach of trust. */
export interface Breach {
  readonly by: Debtor;
  readonly severity: Severity;
  readonly at: Instant;
  readonly eventId: string;
}

/** A sign of good faith or of the contrary. */
export interface Signal {
  readonly at: Instant;
  readonly kind: IntegrityKind;
  readonly positive: boolean;
  readonly eventId: string;
}

/** Help of one unit, from being asked for to being there. */
export interface Support {
  unit: UnitFunction;
  processId: string | null;
  /** Asked for, and by when it is needed. */
  requested: Mark | null;
  neededBy: Instant | null;
  /** Promised, and due. */
  pledged: Mark | null;
  due: Instant | null;
  delivered: Mark | null;
  failed: Mark | null;
  declined: Mark | null;
}

/** Payments of a quarter: how many with a known due day, how many after it and before it, Σ days late of the late ones. */
export interface Paid {
  n: number;
  late: number;
  early: number;
  lateDays: number;
  /** Σ days between due day and payment, early ones negative. */
  days: number;
  /** Payments whose due day nobody knows. */
  unknown: number;
}

/** An invoice to be paid: due bound, minor units left, their currency. */
export type OpenInvoice = readonly [due: Instant, left: number, currency: string];

/** Words given and kept, signs of good faith, reviews held, help given. */
export interface TrustState {
  readonly commitments: Record<string, Commitment>;
  readonly outcomes: Record<string, Outcome>;
  readonly breaches: Record<string, Breach>;
  readonly repairs: Record<string, Mark>;
  readonly signals: Signal[];
  readonly charters: { readonly at: Instant; readonly cadence: Cadence; readonly eventId: string }[];
  /** Two-way joint and executive reviews. */
  readonly reviews: Mark[];
  readonly support: Record<string, Support>;
  /** Process → unit → when it first delivered. */
  readonly processes: Record<string, Partial<Record<UnitFunction, Mark>>>;
  /** Year of the due day → invoices not yet paid; years long past are dropped. */
  readonly due: Record<string, Record<string, OpenInvoice>>;
  /** Quarter number → payments. */
  readonly paid: Record<string, Paid>;
}

/** Nobody has promised anything. */
export const initial = (): TrustState => ({
  commitments: {},
  outcomes: {},
  breaches: {},
  repairs: {},
  signals: [],
  charters: [],
  reviews: [],
  support: {},
  processes: {},
  due: {},
  paid: {},
});
