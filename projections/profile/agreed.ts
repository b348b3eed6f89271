import { type Calendar, daysBetween, type Instant, iso } from '../../src/kernel/instant.js';
import { charterAt, contractHolds, planHolds, reductionAt, shareAt } from '../stages/standing.js';
import type { Charter, StagesState } from '../stages/state.js';
import { reducedShare } from '../statistics/costing.js';

const text = (at: Instant | null | undefined): string | null => (at === null || at === undefined ? null : iso(at));

/** A differentiated service, from the charter that brought it to the one without it. */
export interface Service {
  readonly serviceId: string;
  readonly name: string;
  readonly from: string;
  readonly to: string | null;
  readonly days: number;
  readonly eventIds: readonly string[];
}

/** The charter in force and the dates of all services that charters ever named (B4). */
export function charterOf(state: StagesState, t: Instant, calendar: Calendar) {
  const charter = charterAt(state, t);
  return {
    charter: charter
      ? {
          since: iso(charter.at),
          cadence: charter.cadence,
          forum: charter.forum,
          ourOwners: charter.ourOwners,
          theirOwners: charter.theirOwners,
          services: charter.services,
          eventId: charter.eventId,
        }
      : null,
    services: servicesOf(state.charters, t, calendar),
  };
}

function servicesOf(charters: readonly Charter[], t: Instant, calendar: Calendar): Service[] {
  const ids = [...new Set(charters.flatMap(({ services }) => services.map(({ serviceId }) => serviceId)))].sort();
  return ids.flatMap((serviceId) => {
    const spells: Service[] = [];
    let open: { readonly at: Instant; readonly name: string; readonly eventId: string } | null = null;
    const close = (begun: NonNullable<typeof open>, end: Charter | null): void => {
      spells.push({
        serviceId,
        name: begun.name,
        from: iso(begun.at),
        to: end === null ? null : iso(end.at),
        days: daysBetween(begun.at, end?.at ?? t, calendar),
        eventIds: end === null ? [begun.eventId] : [begun.eventId, end.eventId],
      });
    };
    for (const charter of charters) {
      const named = charter.services.find((one) => one.serviceId === serviceId);
      if (named && open === null) open = { at: charter.at, name: named.name, eventId: charter.eventId };
      else if (!named && open !== null) {
        close(open, charter);
        open = null;
      }
    }
    if (open !== null) close(open, null);
    return spells;
  });
}

/** All contracts, those in force first. */
export function contractsOf(state: StagesState, t: Instant, calendar: Calendar) {
  return Object.entries(state.contracts)
    .map(([contractId, contract]) => {
      const { category, from, agreed, paymentDays, terms, ended } = contract;
      const { until, value } = terms.at(-1)!;
      const inForce = contractHolds(contract, t);
      return {
        contractId,
        category,
        from: iso(from),
        until: iso(until),
        inForce,
        daysLeft: inForce ? daysBetween(t, until - 1, calendar) : null,
        ...(inForce ? {} : { daysLeftReason: 'not-in-force' }),
        paymentDays,
        value,
        renewals: terms
          .slice(1)
          .map(({ at, until: to, tendered, eventId }) => ({ at: iso(at), until: iso(to), tendered, eventId })),
        ended: ended && { at: iso(ended.at), reason: ended.reason, lostTo: ended.lostTo, eventId: ended.eventId },
        eventId: agreed[1],
      };
    })
    .sort((a, b) => Number(b.inForce) - Number(a.inForce) || (a.contractId < b.contractId ? -1 : 1));
}

/** All joint plans, those in force first. */
export function plansOf(state: StagesState, t: Instant, calendar: Calendar) {
  return Object.entries(state.plans)
    .map(([planId, plan]) => ({
      planId,
      from: iso(plan.from),
      to: iso(plan.to),
      sharedResources: plan.sharedResources,
      inForce: planHolds(plan, t),
      daysLeft: planHolds(plan, t) ? daysBetween(t, plan.to - 1, calendar) : null,
      ...(planHolds(plan, t) ? {} : { daysLeftReason: 'not-in-force' }),
      cancelledAt: text(plan.cancelled?.[0]),
      eventIds: plan.cancelled ? [plan.agreed[1], plan.cancelled[1]] : [plan.agreed[1]],
    }))
    .sort((a, b) => Number(b.inForce) - Number(a.inForce) || (a.planId < b.planId ? -1 : 1));
}

/** Programmes by which they cut down their suppliers, with days left and the share to expect if we stay (E6): share × n ÷ m, at most 1. */
export function reductionsOf(state: StagesState, t: Instant, calendar: Calendar) {
  return Object.entries(state.reductions)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([programmeId, reduction]) => {
      const said = reductionAt(reduction, t);
      if (!said) return [];
      const { at, category, before, after, deadline, slot, decided, eventId } = said;
      const share = shareAt(state, category, at) ?? shareAt(state, category, t);
      const expected = share ? reducedShare(share.share, before, after) : null;
      return [
        {
          programmeId,
          category,
          announcedAt: iso(at),
          suppliersBefore: before,
          suppliersAfter: after,
          deadline: iso(deadline),
          daysLeft: daysBetween(t, deadline - 1, calendar),
          ourSlot: slot,
          decided: decided !== null,
          kept: decided?.kept ?? null,
          share: share?.share ?? null,
          expectedShare: expected,
          expectedUplift: share && expected !== null ? expected - share.share : null,
          ...(expected === null ? { expectedReason: share ? 'not-a-reduction' : 'no-share-estimated' } : {}),
          eventIds: [eventId, ...(decided ? [decided.eventId] : []), ...(share ? [share.eventId] : [])],
        },
      ];
    });
}
