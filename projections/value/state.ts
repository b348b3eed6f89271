import type { Instant } from '../../src/kernel/instant.js';
import type { Bound } from '../loyalty/state.js';

/** What a period is planned to bring, as last told; `contribution` null where its pair had no rate. */
export interface Plan {
  readonly contribution: number | null;
  readonly missing: string | null;
  readonly time: Instant;
  readonly eventId: string;
}

/** What the account brings to an objective of ours, as last told. */
export interface Served {
  readonly contribution: number | null;
  readonly missing: string | null;
  readonly time: Instant;
  readonly eventId: string;
}

/** What the future value is drawn from, besides potential (`criteria`) and orders (`performance`). */
export interface ValueState extends Bound {
  /** Forecasts in force, by period. */
  forecasts: Record<string, Plan>;
  /** Targets in force, by period. */
  targets: Record<string, Plan>;
  served: Record<string, Served>;
  /** Years the last designation looks ahead; null where the account was never designated. */
  horizonYears: number | null;
  designated: boolean;
}

export const initial = (): ValueState => ({
  forecasts: {},
  targets: {},
  served: {},
  contracts: {},
  stages: [],
  horizonYears: null,
  designated: false,
});
