import type { Acceptor, MemberRole } from '../../src/domain/member/member.events.js';
import type { UnitFunction } from '../../src/domain/vocabulary.js';
import { type Instant, NEVER } from '../../src/kernel/instant.js';
import { type Sequenced, unbegun } from '../sequence/rule.js';

/** A share of somebody's time for one account in `[from, until)`; `until` null while no end is told. */
export interface Assignment {
  readonly accountId: string;
  readonly role: MemberRole;
  readonly ftePct: number;
  readonly function: UnitFunction;
  readonly seniority: number;
  readonly from: Instant;
  until: Instant | null;
  readonly eventIds: string[];
}

/** Whether the team or the customer trusts this person as key-account manager, from an instant on. */
export interface Acceptance {
  readonly accountId: string;
  readonly by: Acceptor;
  readonly accepted: boolean;
  readonly from: Instant;
  readonly eventId: string;
}

/** A person of ours over the years; their name stays sealed. */
export interface MemberState extends Sequenced {
  added: { readonly at: Instant; readonly eventId: string } | null;
  readonly places: {
    readonly function: UnitFunction;
    readonly seniority: number;
    readonly from: Instant;
    readonly eventId: string;
  }[];
  readonly assignments: Record<string, Assignment>;
  readonly acceptances: Acceptance[];
}

export const initial = (): MemberState => ({
  added: null,
  places: [],
  assignments: {},
  acceptances: [],
  sequence: unbegun(),
});

/** Percent of a full working time given away at an instant, to one account or to all. */
export function fteAt(state: MemberState, t: Instant, accountId?: string): number {
  let sum = 0;
  for (const one of Object.values(state.assignments)) {
    if (accountId !== undefined && one.accountId !== accountId) continue;
    if (one.from <= t && (one.until === null || t < one.until)) sum += one.ftePct;
  }
  return sum;
}

/** Percent given away in `[from, until)`. */
export interface Load {
  readonly from: Instant;
  /** NEVER while no end is told. */
  readonly until: Instant;
  readonly ftePct: number;
}

/** Percent given away over time, one step for each change, what is planned included; times with nothing given away are left out. */
export function loadsOf(state: MemberState): Load[] {
  const changes = new Map<Instant, number>();
  const add = (at: Instant, by: number) => changes.set(at, (changes.get(at) ?? 0) + by);
  for (const { from, until, ftePct } of Object.values(state.assignments)) {
    if (until !== null && until <= from) continue;
    add(from, ftePct);
    if (until !== null) add(until, -ftePct);
  }
  const steps = [...changes].filter(([, by]) => by !== 0).sort(([a], [b]) => a - b);
  let sum = 0;
  return steps.flatMap(([from, by], i) => {
    sum += by;
    return sum === 0 ? [] : [{ from, until: steps[i + 1]?.[0] ?? NEVER, ftePct: sum }];
  });
}
