import type { PursuitOpened, PursuitPurpose, PursuitStage } from '../../src/domain/activity/pursuit.events.js';
import type { Instant } from '../../src/kernel/instant.js';
import type { Mark } from '../trust/state.js';

/** How a pursuit was closed; `value` in the account's currency, null where untold or without a rate. */
export interface Close {
  readonly won: boolean;
  readonly at: Instant;
  readonly eventId: string;
  readonly value: number | null;
  readonly approach: string | null;
  readonly wonBy: readonly string[];
  readonly lostTo: string | null;
}

/** A piece of business that we went after. */
export interface Pursuit {
  readonly purpose: PursuitPurpose;
  readonly at: Instant;
  readonly eventId: string;
  /** Estimated value in the account's currency; null where untold, or where `missing` names the pair without a rate. */
  readonly value: number | null;
  readonly missing: string | null;
  readonly category: string | null;
  readonly approach: string | null;
  readonly fromCompetitor: string | null;
  readonly steps: { readonly stage: PursuitStage; readonly at: Instant; readonly eventId: string }[];
  close: Close | null;
}

/** Pursuits of an account, and when people of theirs were first spoken to. */
export interface PursuitsState {
  readonly pursuits: Record<string, Pursuit>;
  /** First two-way contact of all. */
  firstContact: Mark | null;
  /** Contact → first two-way contact. */
  readonly met: Record<string, Instant>;
}

export const initial = (): PursuitsState => ({ pursuits: {}, firstContact: null, met: {} });

/** A pursuit just opened. */
export function opened(
  data: PursuitOpened,
  [at, eventId]: Mark,
  { value, missing }: { readonly value: number | null; readonly missing: string | null },
): Pursuit {
  return {
    purpose: data.purpose,
    at,
    eventId,
    value,
    missing,
    category: data.category ?? null,
    approach: data.approach ?? null,
    fromCompetitor: data.fromCompetitor ?? null,
    steps: [],
    close: null,
  };
}
