import type { CustomerType, PlanBasis } from '../../src/domain/account/identity.events.js';
import type { Posture } from '../../src/domain/account/market.events.js';
import type { Acceptor, MemberRole } from '../../src/domain/member/member.events.js';
import type { GateScore } from '../../src/domain/programme/key-account.events.js';
import type { SupplierStatus, TargetStage, UnitFunction } from '../../src/domain/vocabulary.js';
import type { Instant } from '../../src/kernel/instant.js';
import type { Money } from '../../src/kernel/money.js';
import type { Mark } from '../trust/state.js';

/** What kind of customer it is, as told last. */
export interface Classification {
  customerType: CustomerType | null;
  oemFitShare: number | null;
  industry: string | null;
  region: string | null;
  readonly eventIds: string[];
}

/** A time as a key account: from the designation to the release. */
export interface Designation {
  readonly at: Instant;
  readonly eventId: string;
  readonly horizonYears: number;
  readonly targetStage: TargetStage;
  readonly criteriaVersion: string | null;
  readonly scores: readonly GateScore[];
  readonly judgedAt: number | null;
  readonly approver: string | null;
  released: Mark | null;
}

/** One manager's time in the office. */
export interface Office {
  readonly managerId: string;
  readonly at: Instant;
  readonly eventId: string;
  until: Instant | null;
}

/** A person of ours works for the account. */
export interface Place {
  readonly memberId: string;
  readonly assignmentId: string;
  readonly role: MemberRole;
  readonly function: UnitFunction;
  readonly seniority: number;
  readonly ftePct: number;
  readonly from: Instant;
  readonly until: Instant | null;
  readonly eventId: string;
  released: Mark | null;
}

/** A plan of a future period; earlier ones of the same period and basis are kept by their events. */
export interface Future {
  readonly period: string;
  readonly basis: PlanBasis;
  readonly contribution: Money;
  readonly shareOfWallet: number | null;
  readonly stage: TargetStage | null;
  readonly supplierStatus: SupplierStatus | null;
  readonly at: Instant;
  readonly eventIds: readonly string[];
}

/** An investment; its thesis is sealed in the event that committed it. */
export interface Investment {
  readonly at: Instant;
  readonly eventId: string;
  readonly horizonMonths: number;
  readonly releases: string[];
  stopped: Mark | null;
}

/** Who the customer is and what is agreed, as far as `stages` does not tell it. */
export interface ProfileState {
  account: {
    readonly name: string;
    readonly currency: string;
    readonly externalIds: readonly { readonly system: string; readonly id: string }[];
    readonly at: Instant;
    readonly eventId: string;
  } | null;
  readonly class: Classification;
  readonly designations: Designation[];
  readonly offices: Office[];
  readonly goals: {
    readonly category: string;
    readonly status: SupplierStatus;
    readonly until: Instant;
    readonly at: Instant;
    readonly eventId: string;
  }[];
  readonly postures: { readonly posture: Posture; readonly at: Instant; readonly eventId: string }[];
  readonly moves: {
    readonly moveId: string;
    readonly competitor: string;
    readonly category: string;
    readonly impact: string;
    readonly at: Instant;
    readonly eventId: string;
  }[];
  readonly intents: Record<
    string,
    {
      readonly source: string;
      readonly at: Instant;
      readonly until: Instant | null;
      readonly eventId: string;
      withdrawn: Mark | null;
    }
  >;
  readonly futures: Record<string, Future>;
  readonly team: Record<string, Place>;
  /** Who was confirmed, or lost confidence, last by each side. */
  readonly acceptances: Record<string, { readonly confirmed: boolean; readonly at: Instant; readonly eventId: string }>;
  readonly investments: Record<string, Investment>;
  readonly schemes: Record<
    string,
    { readonly category: string | null; readonly at: Instant; readonly until: Instant | null; readonly eventId: string }
  >;
  potential: {
    readonly availableSales3y: Money;
    readonly growthPct: number;
    readonly expectedRetention: number;
    readonly margin: Money;
    readonly source: string;
    readonly at: Instant;
    readonly eventId: string;
  } | null;
}

/** Nobody is known yet. */
export const initial = (): ProfileState => ({
  account: null,
  class: { customerType: null, oemFitShare: null, industry: null, region: null, eventIds: [] },
  designations: [],
  offices: [],
  goals: [],
  postures: [],
  moves: [],
  intents: {},
  futures: {},
  team: {},
  acceptances: {},
  investments: {},
  schemes: {},
  potential: null,
});

/** Under which a person's acceptance by one side is kept. */
export const acceptanceKey = (memberId: string, by: Acceptor): string => `${memberId}/${by}`;

/** Whether it is a key account as far as the fold has come. */
export const isKeyAccount = ({ designations }: ProfileState): boolean => designations.at(-1)?.released === null;

/** Ends the office that is held, if any. */
export function leaveOffice(state: ProfileState, at: Instant): void {
  const last = state.offices.at(-1);
  if (last && last.until === null) last.until = at;
}
