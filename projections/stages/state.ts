import type { ContractEnd } from '../../src/domain/account/identity.events.js';
import type { Slot } from '../../src/domain/account/market.events.js';
import type { Cadence, Direction, EvidenceItem, IntegrationStep } from '../../src/domain/account/standing.events.js';
import type { Stage, SupplierStatus, TargetStage } from '../../src/domain/vocabulary.js';
import type { Instant } from '../../src/kernel/instant.js';
import type { Mark } from '../trust/state.js';

/** A declared stage. */
export interface Declared {
  readonly stage: Stage;
  readonly at: Instant;
  readonly eventId: string;
  readonly evidenceIds: readonly string[];
  /** Who approved that a rule was set aside; null where none was. */
  readonly approver: string | null;
}

/** Recorded evidence. It counts once all events it cites are told of: `since`, null until then. */
export interface Evidence {
  readonly item: EvidenceItem;
  readonly level: number;
  readonly at: Instant;
  readonly eventId: string;
  readonly sources: readonly string[];
  readonly expires: Instant | null;
  since: Instant | null;
  waits: number;
}

/** A contract; `until` as agreed and renewed, each from when that was told. */
export interface Contract {
  readonly category: string | null;
  readonly from: Instant;
  readonly agreed: Mark;
  readonly paymentDays: number | null;
  readonly terms: {
    readonly at: Instant;
    readonly until: Instant;
    readonly tendered: boolean | null;
    readonly value: { readonly minor: number; readonly currency: string } | null;
    readonly eventId: string;
  }[];
  ended: {
    readonly at: Instant;
    readonly reason: ContractEnd;
    readonly lostTo: string | null;
    readonly eventId: string;
  } | null;
}

/** A joint plan. */
export interface Plan {
  readonly from: Instant;
  readonly to: Instant;
  readonly sharedResources: readonly string[];
  readonly agreed: Mark;
  cancelled: Mark | null;
}

/** A step of integration. */
export interface Step {
  readonly step: IntegrationStep;
  readonly direction: Direction;
  readonly taken: Mark;
  ended: Mark | null;
}

/** An estimate of our share in one category. `wallet` in the account's currency; null where untold or without a rate. */
export interface Estimate {
  readonly at: Instant;
  readonly eventId: string;
  readonly share: number | null;
  readonly wallet: number | null;
  readonly ourRank: number | null;
  readonly suppliers: number | null;
  readonly source: string;
  readonly confidence: number;
}

/** What both sides agreed on how to deal with each other. */
export interface Charter {
  readonly at: Instant;
  readonly eventId: string;
  readonly services: readonly { readonly serviceId: string; readonly name: string }[];
  readonly cadence: Cadence;
  readonly forum: string;
  readonly ourOwners: readonly string[];
  readonly theirOwners: readonly string[];
}

/** A supplier-reduction programme of theirs: as announced, the latest wins, and as decided. */
export interface Reduction {
  readonly announced: {
    readonly at: Instant;
    readonly eventId: string;
    readonly category: string;
    readonly before: number;
    readonly after: number;
    readonly deadline: Instant;
    readonly slot: Slot;
  }[];
  decided: { readonly at: Instant; readonly kept: boolean; readonly eventId: string } | null;
}

/** Where the relationship stands: what was declared, recorded and agreed. */
export interface StagesState {
  /** Last eight characters of the id of every event told, so that evidence can be seen to cite one that is retracted. */
  told: string;
  /** Evidence that waits for an event it cites, by that event's characters. */
  readonly waiting: Record<string, number[]>;
  waits: number;
  firstTrade: Mark | null;
  readonly declared: Declared[];
  readonly targets: {
    readonly stage: TargetStage;
    readonly at: Instant;
    readonly until: Instant | null;
    readonly eventId: string;
    readonly by: 'designation' | 'target';
  }[];
  readonly evidence: Evidence[];
  readonly statuses: {
    readonly category: string;
    readonly status: SupplierStatus;
    readonly source: string;
    readonly at: Instant;
    readonly eventId: string;
  }[];
  readonly estimates: Record<string, Estimate[]>;
  readonly contracts: Record<string, Contract>;
  readonly plans: Record<string, Plan>;
  readonly steps: Record<string, Step>;
  readonly charters: Charter[];
  readonly reductions: Record<string, Reduction>;
}

/** Nothing is declared or proven. */
export const initial = (): StagesState => ({
  told: '',
  waiting: {},
  waits: 0,
  firstTrade: null,
  declared: [],
  targets: [],
  evidence: [],
  statuses: [],
  estimates: {},
  contracts: {},
  plans: {},
  steps: {},
  charters: [],
  reductions: {},
});

/** Characters of an event's id by which it is remembered. */
const remembered = 8;
const markOf = (eventId: string): string => eventId.slice(-remembered);

/** Takes note that an event is told, and of the evidence that waited for it: O(1) where none did. */
export function tell(state: StagesState, eventId: string, time: Instant): void {
  const mark = markOf(eventId);
  state.told += mark;
  if (state.waits === 0 || !Object.hasOwn(state.waiting, mark)) return;
  for (const i of state.waiting[mark]!) {
    const evidence = state.evidence[i]!;
    evidence.waits--;
    if (evidence.waits === 0) evidence.since = Math.max(evidence.at, time);
  }
  delete state.waiting[mark];
  state.waits--;
}

/** Takes evidence in; it waits where it cites an event that is not (or no longer) told of. */
export function prove(state: StagesState, evidence: Omit<Evidence, 'since' | 'waits'>): void {
  const missing = [...new Set(evidence.sources.map(markOf))].filter((mark) => !isTold(state, mark));
  for (const mark of missing) {
    const waiting = state.waiting[mark];
    if (waiting) waiting.push(state.evidence.length);
    else {
      state.waiting[mark] = [state.evidence.length];
      state.waits++;
    }
  }
  state.evidence.push({ ...evidence, since: missing.length === 0 ? evidence.at : null, waits: missing.length });
}

function isTold({ told }: StagesState, mark: string): boolean {
  for (let at = told.indexOf(mark); at >= 0; at = told.indexOf(mark, at + 1)) if (at % remembered === 0) return true;
  return false;
}
