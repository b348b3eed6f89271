import { type EvidenceItem, evidenceItems } from '../../src/domain/account/standing.events.js';
import { DAY_MS, type Instant } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import { departuresOf } from '../contacts/course.js';
import { contactProofs } from '../contacts/matrix.js';
import { metFiguresAt } from '../contacts/met.js';
import type { ContactsState } from '../contacts/state.js';
import { atLeast, over } from '../statistics/figure.js';
import { commitmentRatesAt, isMutual, mutualSince, type Rates } from '../trust/commitments.js';
import type { TrustState } from '../trust/state.js';
import { automatic, type Beside, expiryOf, lasts, type Proof } from './proof.js';
import {
  charterAt,
  contractHolds,
  lastRenewalAt,
  lengthDays,
  mainCategoryAt,
  planHolds,
  shareAt,
  statusAt,
  stepHolds,
} from './standing.js';
import type { StagesState } from './state.js';
import { newestOf, stepProofs } from './steps.js';

/** Days for which mutual trust must have held after a breach repaired or a decider or sponsor gone, to be institutional. */
export const survivedDays = 180;

/** A joint plan of so many days with shared resources is a long-term one. */
const longPlanDays = 730;

/** Recorded proofs in force at an instant: everything cited is told and they have not expired (§3.12.9). */
export function recordedAt(state: StagesState, t: Instant, policy: Policy): Proof[] {
  return state.evidence.flatMap((one) => {
    const expires = expiryOf(one, policy);
    if (one.since === null || one.since > t || t >= expires) return [];
    const { item, level, since: from, eventId } = one;
    return [{ item, level, automatic: false, from, expires, eventIds: [eventId], why: 'recorded as evidence' }];
  });
}

/** Automatic proofs in force at an instant, without those of contact structure. */
export function automaticAt(state: StagesState, t: Instant, policy: Policy, { contacts, trust }: Beside): Proof[] {
  return [...thingsAt(state, t, policy, true), ...(trust ? trustProofs(trust, contacts, t, policy) : [])];
}

/** Automatic proofs of what still stands at an instant but was told too long ago to prove it. */
export const lapsedAt = (state: StagesState, t: Instant, policy: Policy): Proof[] =>
  thingsAt(state, t, policy, false).filter(({ expires }) => expires !== null && t >= expires);

/** What statuses, estimates, plans, steps and agreements prove; `fresh`: only those that have not expired. */
function thingsAt(state: StagesState, t: Instant, policy: Policy, fresh: boolean): Proof[] {
  const steps = Object.values(state.steps).filter(
    (one) => stepHolds(one, t) && (!fresh || t < lasts(one.taken[0], policy)),
  );
  const all = [
    ...supplierStatus(state, t, policy),
    ...planning(state, t),
    ...stepProofs(steps, policy),
    ...exitBarrier(state, t, policy),
  ];
  return fresh ? all.filter(({ expires }) => expires === null || t < expires) : all;
}

/** Proof of the contact structure by who met whom in 90 days: DI > 0; DI ≥ .5 with four functions and three levels; with a joint team. One person may be left out. */
export function contactStructureAt(
  state: StagesState,
  contacts: ContactsState | undefined,
  t: Instant,
  policy: Policy,
  without?: string,
): Proof[] {
  if (!contacts) return [];
  const left = without === undefined ? {} : { without };
  const { diamondIndex: di, functionsMet, levelsMet } = metFiguresAt(contacts, t, policy, left);
  if (di === null || !over(di, 0)) return [];
  const said = `diamond index ${di.toFixed(3)}, ${functionsMet} functions and ${levelsMet} levels of theirs met`;
  const ids = contactProofs(contacts, t, policy).slice(0, 20);
  if (!atLeast(di, 0.5) || functionsMet < 4 || levelsMet < 3)
    return [automatic('contactStructure', 2, said, ids, null)];
  const team = newestOf(Object.values(state.steps).filter((one) => one.step === 'JOINT_TEAM' && stepHolds(one, t)));
  if (!team || t >= lasts(team.taken[0], policy)) return [automatic('contactStructure', 3, said, ids, null)];
  const [from, id] = team.taken;
  const why = `${said}, with a joint team`;
  return [
    automatic('contactStructure', 3, said, ids, null),
    automatic('contactStructure', 4, why, [...ids, id], from, lasts(from, policy)),
  ];
}

function supplierStatus(state: StagesState, t: Instant, policy: Policy): Proof[] {
  const main = mainCategoryAt(state, t);
  if (main === null) return [];
  const found: Proof[] = [];
  const proof = (level: number, why: string, ids: readonly string[], at: Instant): Proof =>
    automatic('supplierStatus', level, why, ids, at, lasts(at, policy));
  const status = statusAt(state, main, t);
  if (status?.status === 'PREFERRED') found.push(proof(2, `PREFERRED in ${main}`, [status.eventId], status.at));
  if (status?.status === 'PRIMARY' || status?.status === 'SOLE') {
    const renewal = status.status === 'SOLE' ? lastRenewalAt(state, main, t) : null;
    const sole = renewal !== null && !renewal.tendered;
    const why = `${status.status} in ${main}${sole ? ', last renewed without a tender' : ''}`;
    const ids = sole ? [status.eventId, renewal.eventId] : [status.eventId];
    found.push(proof(sole ? 4 : 3, why, ids, status.at));
  }
  const estimate = shareAt(state, main, t);
  if (estimate && atLeast(estimate.share, 0.5))
    found.push(proof(3, `share ${estimate.share} of ${main}`, [estimate.eventId], estimate.at));
  return found;
}

function planning(state: StagesState, t: Instant): Proof[] {
  return Object.entries(state.plans)
    .filter(([, plan]) => planHolds(plan, t))
    .map(([planId, { from, to, sharedResources, agreed }]) => {
      const days = lengthDays(from, to);
      const level = days >= longPlanDays && sharedResources.length > 0 ? 4 : 3;
      const why = `joint plan ${planId} of ${days} days${sharedResources.length > 0 ? ' with shared resources' : ''}`;
      return automatic('jointPlanning', level, why, [agreed[1]], Math.max(from, agreed[0]), to);
    });
}

/** What promises kept prove at an instant. */
export function trustProofs(
  trust: TrustState,
  contacts: ContactsState | undefined,
  t: Instant,
  policy: Policy,
  rates: Rates = commitmentRatesAt(trust, t, policy),
): Proof[] {
  const { US, THEM } = rates;
  if (US.rate === null || !atLeast(US.rate, 0.8)) return [];
  const said = `we kept ${US.kept} of ${US.n}, they kept ${THEM.kept} of ${THEM.n}`;
  if (!isMutual(rates)) return [automatic('trust', 2, said, [], null)];
  const since = mutualSince(trust, t, policy) ?? t;
  const survived = survivedAt(trust, contacts, since, t);
  if (!survived) return [automatic('trust', 3, said, [], since)];
  return [automatic('trust', 4, `${said}, for ${survivedDays} days since ${survived.what}`, [survived.eventId], since)];
}

/** A breach repaired, or a decider or sponsor gone, since when mutual trust has held for 180 days. */
function survivedAt(
  trust: TrustState,
  contacts: ContactsState | undefined,
  since: Instant,
  t: Instant,
): { readonly eventId: string; readonly what: string } | undefined {
  const within = (at: Instant): boolean => at >= since && at + survivedDays * DAY_MS <= t;
  for (const [breachId, [at, eventId]] of Object.entries(trust.repairs))
    if (within(at)) return { eventId, what: `breach ${breachId} was repaired` };
  for (const { side, at, roles, eventId } of contacts ? departuresOf(contacts) : [])
    if (side === 'THEIRS' && within(at) && roles.some((role) => role === 'DECIDER' || role === 'SPONSOR'))
      return { eventId, what: 'a decider or sponsor left' };
  return undefined;
}

function exitBarrier(state: StagesState, t: Instant, policy: Policy): Proof[] {
  const contracts = Object.entries(state.contracts)
    .filter(([, contract]) => contractHolds(contract, t))
    .map(([contractId, { from, agreed, terms }]) => {
      const { until } = terms.findLast(({ at }) => at <= t)!;
      return automatic(
        'exitBarrier',
        2,
        `contract ${contractId} in force`,
        [agreed[1]],
        Math.max(from, agreed[0]),
        until,
      );
    });
  const charter = charterAt(state, t);
  if (!charter || charter.services.length === 0) return contracts;
  const why = `${charter.services.length} differentiated service(s) in force`;
  return [...contracts, automatic('exitBarrier', 2, why, [charter.eventId], charter.at, lasts(charter.at, policy))];
}

/** The level that proofs give an item: the highest, 1 where there is none. */
export function levelsOf(proofs: readonly Proof[]): Record<EvidenceItem, number> {
  const levels = Object.fromEntries(evidenceItems.map((item) => [item, 1])) as Record<EvidenceItem, number>;
  for (const { item, level } of proofs) if (level > levels[item]) levels[item] = level;
  return levels;
}
