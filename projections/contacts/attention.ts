import { type DmuRole, dmuRoles } from '../../src/domain/vocabulary.js';
import { DAY_MS, dayOf, daysBetween, type Instant, iso, startOfDay } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import { holdersAt, roleAt } from './people.js';
import type { ContactsState } from './state.js';

/** How long one part of their buying centre has not been spoken to, against our policy for the declared stage (§3.12.18). */
export interface Attention {
  readonly role: DmuRole;
  readonly stage: string;
  /** Days since the last two-way contact with any holder, counted from the holder's assignment where that is later. */
  readonly days: number;
  readonly policyDays: number;
  /** More days than the policy allows. */
  readonly overdue: boolean;
  /** Last two-way contact with any holder, or the holder's assignment where that is later. */
  readonly lastAt: Instant;
  /** Start of the first day on which it was too long; null where it is not. */
  readonly since: Instant | null;
  readonly holders: readonly string[];
  /** The last contact or assignment that counts. */
  readonly eventIds: readonly string[];
}

/** One line for each part that has a policy and a holder who is present; key accounts only. For moments at or after the last event. */
export function attentionAt(state: ContactsState, asOf: Instant, policy: Policy): Attention[] {
  const { designated, stage } = state;
  if (!designated || !stage) return [];
  return dmuRoles.flatMap((role) => {
    const policyDays = policy.attention[`${stage.stage}/${role}`];
    const holders = holdersAt(state, role, asOf);
    if (policyDays === undefined || holders.length === 0) return [];
    const [lastAt, eventId] = holders
      .map((id) => {
        const { from, eventId } = roleAt(state.contacts[id]!, role, asOf)!;
        const { lastMet } = state.contacts[id]!;
        return lastMet && lastMet[0] > from ? lastMet : ([from, eventId] as const);
      })
      .reduce((a, b) => (b[0] > a[0] ? b : a));
    const days = daysBetween(lastAt, asOf, policy.settings);
    const overdue = days > policyDays;
    const since = overdue ? startOfDay(dayOf(lastAt, policy.settings) + policyDays + 1, policy.settings) : null;
    return [{ role, stage: stage.stage, days, policyDays, overdue, lastAt, since, holders, eventIds: [eventId] }];
  });
}

/** A part of their buying centre and who has it. */
export interface Gap {
  readonly role: DmuRole;
  readonly holders: readonly string[];
  /** Last two-way contact with any holder; null where there was none. */
  readonly lastMet: string | null;
  readonly days: number | null;
  readonly daysReason?: 'never-met';
  readonly eventIds: readonly string[];
}

/** Parts held by contacts present, none of whom was met two-way in the last `contactDays` (§3.12.3). */
export function gapsAt(state: ContactsState, asOf: Instant, { scoring, settings }: Policy): Gap[] {
  const from = asOf - scoring.contactDays * DAY_MS;
  return dmuRoles.flatMap((role) => {
    const holders = holdersAt(state, role, asOf);
    if (holders.length === 0) return [];
    const last = holders
      .map((id) => state.contacts[id]!.lastMet)
      .reduce((a, b) => (b !== null && (a === null || b[0] > a[0]) ? b : a), null);
    if (last !== null && last[0] > from) return [];
    const lastMet = last === null ? null : iso(last[0]);
    const days = last === null ? null : daysBetween(last[0], asOf, settings);
    const began = holders.map((id) => roleAt(state.contacts[id]!, role, asOf)!.eventId);
    const never = days === null ? { daysReason: 'never-met' as const } : {};
    return [{ role, holders, lastMet, days, ...never, eventIds: last === null ? began : [last[1]] }];
  });
}

/** DECIDER and SPONSOR where no contact present has the part. */
export function unfilledAt(state: ContactsState, asOf: Instant): DmuRole[] {
  return (['DECIDER', 'SPONSOR'] as const).filter((role) => holdersAt(state, role, asOf).length === 0);
}
