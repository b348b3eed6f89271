import type { DmuRole } from '../../src/domain/vocabulary.js';
import { daysBetween, type Instant, iso, startOfQuarter } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import { departuresOf } from '../contacts/course.js';
import { contactFiguresAt } from '../contacts/matrix.js';
import { presentAt } from '../contacts/people.js';
import type { ContactsState } from '../contacts/state.js';
import { own } from '../keyed.js';
import { atLeast } from '../statistics/figure.js';
import { lastQuarterRatesAt, lastQuarterRatesAtEach } from '../trust/commitments.js';
import { brokenIn, brokenSides } from '../trust/findings.js';
import type { TrustState } from '../trust/state.js';
import type { Beside } from './proof.js';
import { planHolds, reductionAt } from './standing.js';
import type { StagesState } from './state.js';

/** Something by which the relationship is breaking down (§3.12.10). */
export interface Trigger {
  readonly trigger:
    | 'TRUST_BREACHED'
    | 'KEY_CONTACT_LEFT'
    | 'SHARE_OF_WALLET_FALLING'
    | 'COMMITMENTS_BROKEN'
    | 'PLAN_CANCELLED'
    | 'SUPPLIER_REDUCTION';
  readonly since: string;
  readonly eventIds: readonly string[];
  readonly detail: string;
}

/** Share of wallet lost over at least so many days, and diamond index left after a key contact went, that break a relationship. */
const shareLost = 0.2;
const shareDays = 183;
export const indexLeft = 0.6;

/** Parts whose holders are missed most. */
export const keyRoles: readonly DmuRole[] = ['DECIDER', 'APPROVER', 'SPONSOR'];

/** All triggers in force at an instant. */
export function triggersAt(state: StagesState, t: Instant, policy: Policy, { contacts, trust }: Beside): Trigger[] {
  return [
    ...(trust ? breached(trust, t) : []),
    ...(contacts ? keyContactsLeft(contacts, t, policy) : []),
    ...walletFalling(state, t, policy),
    ...(trust ? promisesBroken(trust, t, policy) : []),
    ...planCancelled(state, t),
    ...reduced(state, t),
  ];
}

/** Whether one of those that lie in words not kept is in force at any of several instants. */
export function brokenAtAny(trust: TrustState, ends: readonly Instant[], policy: Policy): boolean {
  const rates = lastQuarterRatesAtEach(trust, ends, policy);
  return ends.some((t, i) => brokenSides(rates[i]!).length > 0 || breached(trust, t).length > 0);
}

function breached(trust: TrustState, t: Instant): Trigger[] {
  return Object.entries(trust.breaches).flatMap(([breachId, { severity, at, by, eventId }]): Trigger[] => {
    const repaired = own(trust.repairs, breachId);
    if (severity === 'MINOR' || at > t || (repaired && repaired[0] <= t)) return [];
    const detail = `The ${severity} breach ${breachId} by ${by} is not made good`;
    return [{ trigger: 'TRUST_BREACHED', since: iso(at), eventIds: [eventId], detail }];
  });
}

/** A decider, approver or sponsor left, and the diamond index without them is under .6 of what it was on the day before. */
function keyContactsLeft(contacts: ContactsState, t: Instant, policy: Policy): Trigger[] {
  return departuresOf(contacts).flatMap(({ personId, side, at, eventId, roles, before, predicted }): Trigger[] => {
    const role = roles.find((one) => keyRoles.includes(one));
    if (side !== 'THEIRS' || at > t || role === undefined || before === null || before === 0) return [];
    if (atLeast(predicted ?? 0, indexLeft * before)) return [];
    const contact = own(contacts.contacts, personId);
    const back = contact !== undefined && presentAt(contact, t);
    const now = contactFiguresAt(contacts, t, policy, back ? {} : { without: personId }).diamondIndex ?? 0;
    if (atLeast(now, indexLeft * before)) return [];
    const detail = `A contact who was ${role} left; the diamond index was ${before.toFixed(3)} the day before and is ${now.toFixed(3)} without them`;
    return [{ trigger: 'KEY_CONTACT_LEFT', since: iso(at), eventIds: [eventId], detail }];
  });
}

function walletFalling(state: StagesState, t: Instant, { settings }: Policy): Trigger[] {
  return Object.keys(state.estimates)
    .sort()
    .flatMap((category): Trigger[] => {
      const told = state.estimates[category]!.filter(({ at, share }) => at <= t && share !== null);
      const last = told.at(-1);
      const old = last && told.findLast(({ at }) => daysBetween(at, last.at, settings) >= shareDays);
      if (!old || !atLeast(old.share! - last.share!, shareLost)) return [];
      const detail = `Our share of ${category} fell from ${old.share} to ${last.share}`;
      const eventIds = [old.eventId, last.eventId];
      return [{ trigger: 'SHARE_OF_WALLET_FALLING', since: iso(last.at), eventIds, detail }];
    });
}

function promisesBroken(trust: TrustState, t: Instant, policy: Policy): Trigger[] {
  const rates = lastQuarterRatesAt(trust, t, policy);
  return brokenSides(rates).map((side) => ({
    trigger: 'COMMITMENTS_BROKEN',
    since: iso(startOfQuarter(rates.number + 1, policy.settings)),
    eventIds: brokenIn(trust, t, side, policy),
    detail: `${side} kept ${rates[side].kept} of ${rates[side].n} promises due in ${rates.quarter}`,
  }));
}

/** A plan was cancelled, and none has been in force since. */
function planCancelled(state: StagesState, t: Instant): Trigger[] {
  const plans = Object.entries(state.plans);
  if (plans.some(([, plan]) => planHolds(plan, t))) return [];
  const cancelled = plans.filter(([, plan]) => plan.cancelled !== null && plan.cancelled[0] <= t);
  const last = cancelled.reduce<(typeof plans)[number] | undefined>(
    (latest, one) => (latest && latest[1].cancelled![0] >= one[1].cancelled![0] ? latest : one),
    undefined,
  );
  if (!last) return [];
  const [planId, { cancelled: mark }] = last;
  const [at, eventId] = mark!;
  if (plans.some(([, one]) => one.cancelled === null && one.agreed[0] <= t && one.from <= t && one.to > at)) return [];
  const detail = `The joint plan ${planId} was cancelled and none is in force`;
  return [{ trigger: 'PLAN_CANCELLED', since: iso(at), eventIds: [eventId], detail }];
}

function reduced(state: StagesState, t: Instant): Trigger[] {
  return Object.entries(state.reductions).flatMap(([programmeId, reduction]): Trigger[] => {
    const said = reductionAt(reduction, t);
    if (!said || (said.slot !== 'AT_RISK' && said.slot !== 'OUT') || said.decided?.kept) return [];
    const ids = said.decided ? [said.eventId, said.decided.eventId] : [said.eventId];
    const outcome = said.decided ? 'we were not kept' : 'undecided';
    const detail = `Reduction ${programmeId} of ${said.category} from ${said.before} to ${said.after} suppliers: our slot is ${said.slot}, ${outcome}`;
    return [{ trigger: 'SUPPLIER_REDUCTION', since: iso(said.at), eventIds: ids, detail }];
  });
}
