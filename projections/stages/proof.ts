import type { EvidenceItem } from '../../src/domain/account/standing.events.js';
import { DAY_MS, type Instant } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { ContactsState } from '../contacts/state.js';
import type { TrustState } from '../trust/state.js';

/**
 * What proves a level of one item. All proofs expire (§3.1.3): recorded ones on the day they name, a plan or a contract with its own
 * end, whatever has no end of its own `evidenceDays` after it was told. Who met whom and whose promises were kept are of windows
 * that move with the moment.
 */
export interface Proof {
  readonly item: EvidenceItem;
  readonly level: number;
  readonly automatic: boolean;
  readonly from: Instant | null;
  readonly expires: Instant | null;
  readonly eventIds: readonly string[];
  readonly why: string;
}

/** States of other projections that prove something. */
export interface Beside {
  readonly contacts: ContactsState | undefined;
  readonly trust: TrustState | undefined;
}

/** When a proof expires: its own day, else `evidenceDays` after it. */
export const expiryOf = (
  { expires, at }: { readonly expires: Instant | null; readonly at: Instant },
  { scoring }: Policy,
): Instant => expires ?? at + scoring.evidenceDays * DAY_MS;

/** Until when what was told of something without an end of its own proves it. */
export const lasts = (at: Instant, policy: Policy): Instant => expiryOf({ at, expires: null }, policy);

/** A proof that the events themselves give. */
export const automatic = (
  item: EvidenceItem,
  level: number,
  why: string,
  eventIds: readonly string[],
  from: Instant | null,
  expires: Instant | null = null,
): Proof => ({ item, level, automatic: true, from, expires, eventIds, why });
