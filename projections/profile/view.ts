import type { Stage } from '../../src/domain/vocabulary.js';
import { once, whenSeen } from '../../src/kernel/figures.js';
import { type Calendar, dateOf, daysBetween, type Instant, iso } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Seen, Used } from '../../src/kernel/projection.js';
import type { Finding } from '../contacts/findings.js';
import type { PerformanceState } from '../performance/state.js';
import { changesOf } from '../stages/declared.js';
import type { StagesState } from '../stages/state.js';
import { charterOf, contractsOf, plansOf, reductionsOf } from './agreed.js';
import { rivalsOf } from './rivals.js';
import type { ProfileState } from './state.js';
import { missedGoals, supplierStandingAt } from './status.js';
import { acceptanceAt, acceptanceFindings, officesOf, teamAt } from './team.js';

/** The answer of `profile`. */
export interface ProfileView {
  readonly name: string | null;
  readonly class: object;
  readonly group: object | null;
  readonly stage: Stage;
  readonly stageSince: string | null;
  readonly designation: ({ readonly managerId: string } & Readonly<Record<string, unknown>>) | null;
  readonly supplierStatus: ReturnType<typeof supplierStandingAt>;
  readonly team: ReturnType<typeof teamAt>;
  readonly acceptance: ReturnType<typeof acceptanceAt>;
  readonly findings: readonly Finding[];
  readonly [more: string]: unknown;
}

/** Who the customer is and what is agreed, at a moment. */
export function profileView(state: ProfileState, { asOf, subject }: Seen, policy: Policy, used: Used): ProfileView {
  const { settings } = policy;
  const stages = used.states.stages as StagesState | undefined;
  const stage = once(() => stages && changesOf(stages).at(-1));
  const office = () => state.offices.findLast(({ until }) => until === null);
  const supplierStatus = once(() =>
    supplierStandingAt(state, stages, used.states.performance as PerformanceState | undefined, asOf, policy),
  );
  const acceptance = once(() => acceptanceAt(state, office(), asOf, settings));
  const rivals = once(() => rivalsOf(state, stages, asOf, settings));
  const charter = once(() => (stages ? charterOf(stages, asOf, settings) : { charter: null, services: [] }));
  return whenSeen<ProfileView>({
    name: () => state.account?.name ?? null,
    currency: () => state.account?.currency ?? subject.currency,
    externalIds: () => state.account?.externalIds ?? [],
    registered: () => state.account && { at: iso(state.account.at), eventId: state.account.eventId },
    class: () => state.class,
    group: () => (used.structure as object | undefined) ?? null,
    stage: () => stage()?.stage ?? 'PROSPECT',
    stageSince: () => (stage() ? iso(stage()!.at) : null),
    designation: () => designationAt(state, asOf, settings),
    designations: () => designationsOf(state),
    managers: () => officesOf(state, asOf, settings),
    acceptance,
    team: () => teamAt(state, asOf, settings),
    supplierStatus,
    posture: () => rivals().posture,
    postures: () => rivals().postures,
    competitorMoves: () => rivals().competitorMoves,
    charter: () => charter().charter,
    services: () => charter().services,
    contracts: () => (stages ? contractsOf(stages, asOf, settings) : []),
    jointPlans: () => (stages ? plansOf(stages, asOf, settings) : []),
    supplierReductions: () => (stages ? reductionsOf(stages, asOf, settings) : []),
    intents: () => intentsAt(state, asOf, settings),
    futurePlans: () => futuresOf(state),
    investments: () => investmentsOf(state),
    discountSchemes: () => schemesAt(state, asOf, settings),
    potential: () => state.potential && { ...state.potential, at: iso(state.potential.at) },
    findings: () => [
      ...acceptanceFindings(office(), acceptance(), settings),
      ...missedGoals(supplierStatus().goals),
      ...designatedTwice(state, settings),
    ],
  });
}

/** Every designation; one whose release is no longer told of ends where the next begins. */
function designationsOf({ designations }: ProfileState): ProfileView['designations'] {
  return designations.map(({ at, released, eventId }, i) => {
    const end = released?.[0] ?? designations[i + 1]?.at ?? null;
    const eventIds = released ? [eventId, released[1]] : [eventId];
    return { from: iso(at), to: end === null ? null : iso(end), eventIds };
  });
}

/** A designation of what was a key account already, as retracting a release leaves it. */
function designatedTwice({ designations }: ProfileState, calendar: Calendar): ProfileView['findings'] {
  return designations.slice(1).flatMap(({ at, eventId }, i) => {
    const before = designations[i]!;
    if (before.released !== null && before.released[0] <= at) return [];
    const detail = `It was designated on ${dateOf(at, calendar)}, though it was a key account since ${dateOf(before.at, calendar)}`;
    return [{ code: 'ODD_SEQUENCE', since: iso(at), eventIds: [before.eventId, eventId], detail }];
  });
}

/** The designation in force, and whose the account is; null where it is no key account. */
function designationAt(state: ProfileState, t: Instant, calendar: Calendar): ProfileView['designation'] {
  const last = state.designations.at(-1);
  const office = state.offices.at(-1);
  if (!last || last.released !== null || !office) return null;
  const { at, eventId, horizonYears, targetStage, criteriaVersion, scores, judgedAt, approver } = last;
  return {
    managerId: office.managerId,
    managerSince: iso(office.at),
    managerDays: daysBetween(office.at, t, calendar),
    since: iso(at),
    days: daysBetween(at, t, calendar),
    horizonYears,
    targetStage,
    criteriaVersion,
    scores,
    judgedAt,
    ...(approver === null ? {} : { override: { approver } }),
    /** The thesis is sealed in the designation. */
    eventId,
    managerEventId: office.eventId,
  };
}

/** What they want to become, as far as it is in force. */
function intentsAt(state: ProfileState, t: Instant, calendar: Calendar): object[] {
  return Object.entries(state.intents)
    .filter(([, { until, withdrawn }]) => withdrawn === null && (until === null || t < until))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([intentId, { source, at, until, eventId }]) => ({
      intentId,
      source,
      since: iso(at),
      until: until === null ? null : iso(until),
      daysLeft: until === null ? null : daysBetween(t, until - 1, calendar),
      eventId,
    }));
}

function futuresOf(state: ProfileState): object[] {
  return Object.keys(state.futures)
    .sort()
    .map((key) => {
      const { at, eventIds, ...future } = state.futures[key]!;
      return { ...future, setAt: iso(at), versions: eventIds.length, eventId: eventIds.at(-1)!, eventIds };
    });
}

/** Investments by the events that hold their theses; what they bring is told by `investment`. */
function investmentsOf(state: ProfileState): object[] {
  return Object.entries(state.investments)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([investmentId, { at, eventId, horizonMonths, releases, stopped }]) => ({
      investmentId,
      committedAt: iso(at),
      horizonMonths,
      releases: releases.length,
      stoppedAt: stopped ? iso(stopped[0]) : null,
      thesisEventId: eventId,
      eventIds: [eventId, ...releases.slice(-20), ...(stopped ? [stopped[1]] : [])],
    }));
}

function schemesAt(state: ProfileState, t: Instant, calendar: Calendar): object[] {
  return Object.entries(state.schemes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([schemeId, { category, at, until, eventId }]) => ({
      schemeId,
      category,
      announcedAt: iso(at),
      until: until === null ? null : iso(until),
      inForce: until === null || t < until,
      daysLeft: until === null ? null : daysBetween(t, until - 1, calendar),
      eventId,
    }));
}
