import { type Acceptor, acceptors } from '../../src/domain/member/member.events.js';
import { type Calendar, dayOf, daysBetween, type Instant, iso, startOfDay } from '../../src/kernel/instant.js';
import type { Finding } from '../contacts/findings.js';
import { own } from '../keyed.js';
import { acceptanceKey, type Office, type Place, type ProfileState } from './state.js';

/** Days within which both the team and the customer should accept a key-account manager (F3). */
export const acceptanceDays = 60;

/** The least that a team should span (F2). */
const teamFunctions = 3;
const teamLevels = 2;

/** The first instant at which a place is over. */
const endOf = ({ until, released }: Place): Instant | null =>
  released === null ? until : until === null ? released[0] : Math.min(until, released[0]);

const holds = (place: Place, t: Instant): boolean => {
  const end = endOf(place);
  return place.from <= t && (end === null || t < end);
};

/** Who works for the account at `t`, and who did before. The words about a member's standing are sealed in the event. */
export function teamAt(state: ProfileState, t: Instant, calendar: Calendar) {
  const all = Object.values(state.team).sort((a, b) => a.from - b.from || (a.memberId < b.memberId ? -1 : 1));
  const members = all.filter((place) => holds(place, t));
  const functions = [...new Set(members.map((one) => one.function))].sort();
  const levels = [...new Set(members.map((one) => one.seniority))].sort();
  const shown = (place: Place) => {
    const end = endOf(place);
    return {
      memberId: place.memberId,
      assignmentId: place.assignmentId,
      role: place.role,
      function: place.function,
      seniority: place.seniority,
      standing: { seniority: place.seniority, eventId: place.eventId },
      ftePct: place.ftePct,
      from: iso(place.from),
      to: end === null ? null : iso(end),
      tenureDays: daysBetween(place.from, end === null ? t : Math.min(end, t), calendar),
      eventIds: place.released ? [place.eventId, place.released[1]] : [place.eventId],
    };
  };
  return {
    members: members.map(shown),
    former: all.filter((place) => place.from <= t && !holds(place, t)).map(shown),
    coming: all.filter((place) => place.from > t).map(shown),
    ftePct: members.reduce((sum, one) => sum + one.ftePct, 0),
    functions,
    levels,
    /** At least three functions and two levels (F2). */
    wide: functions.length >= teamFunctions && levels.length >= teamLevels,
  };
}

/** Whether one side trusts the manager. */
export interface Acceptance {
  readonly state: 'accepted' | 'withdrawn' | 'pending';
  readonly at: string | null;
  /** Days from taking over to being accepted; while pending, days so far. */
  readonly days: number;
  readonly withinDays: number;
  readonly late: boolean;
  readonly eventId: string | null;
}

/** Both sides' acceptance of whoever holds the office; null while nobody does. */
export function acceptanceAt(
  state: ProfileState,
  office: Office | undefined,
  t: Instant,
  calendar: Calendar,
): Readonly<Record<Acceptor, Acceptance>> | null {
  if (!office) return null;
  const of = (by: Acceptor): Acceptance => {
    const said = own(state.acceptances, acceptanceKey(office.managerId, by));
    const standing = said === undefined ? 'pending' : said.confirmed ? 'accepted' : 'withdrawn';
    const until = standing === 'accepted' ? Math.max(said!.at, office.at) : t;
    const days = daysBetween(office.at, until, calendar);
    return {
      state: standing,
      at: said ? iso(said.at) : null,
      days,
      withinDays: acceptanceDays,
      late: days > acceptanceDays,
      eventId: said?.eventId ?? null,
    };
  };
  return { TEAM: of('TEAM'), CUSTOMER: of('CUSTOMER') };
}

/** Sides that have not accepted the manager 60 days after taking over, or no longer do (F3). */
export function acceptanceFindings(
  office: Office | undefined,
  accepted: Readonly<Record<Acceptor, Acceptance>> | null,
  calendar: Calendar,
): Finding[] {
  if (!office || !accepted) return [];
  const overdue = startOfDay(dayOf(office.at, calendar) + acceptanceDays + 1, calendar);
  return acceptors.flatMap((by): Finding[] => {
    const { state, days, at, eventId } = accepted[by];
    const withdrawn: Finding = {
      code: 'KAM_CONFIDENCE_WITHDRAWN',
      since: at,
      eventIds: [office.eventId, ...(eventId === null ? [] : [eventId])],
      detail: `${by} no longer trusts the key-account manager`,
    };
    const missing: Finding = {
      code: 'KAM_NOT_ACCEPTED',
      since: iso(overdue),
      eventIds: [office.eventId, ...(eventId === null ? [] : [eventId])],
      detail: `${by} has not accepted the key-account manager for ${days} days; ${acceptanceDays} are allowed`,
      policy: { days: acceptanceDays },
    };
    const late = state !== 'accepted' && days > acceptanceDays;
    return [...(state === 'withdrawn' ? [withdrawn] : []), ...(late ? [missing] : [])];
  });
}

/** All times in the office with their length, oldest first. */
export function officesOf({ offices }: ProfileState, t: Instant, calendar: Calendar) {
  return offices.map(({ managerId, at, until, eventId }) => ({
    managerId,
    from: iso(at),
    to: until === null ? null : iso(until),
    days: daysBetween(at, until ?? t, calendar),
    eventId,
  }));
}
