import type { ProgrammeEvent } from '../src/domain/programme/programme.events.js';
import type { Instant } from '../src/kernel/instant.js';
import type { Projection } from '../src/kernel/projection.js';
import { own, ownOr } from './keyed.js';
import { initial, type ProgrammeState } from './programme/state.js';
import { following } from './sequence/rule.js';
import { type ProgrammeView, programmeView } from './programme/view.js';

/** Who is in the programme, in whose hands, and who stands behind it. */
export const programme: Projection<ProgrammeState, ProgrammeView, ProgrammeEvent> = {
  name: 'programme',
  version: 2,
  of: 'programme',
  question: { en: 'Who is in the programme, in whose hands?', zh: '哪些客户在大客户计划中,由谁负责?' },
  initial,
  on: following<ProgrammeState, Projection<ProgrammeState, ProgrammeView, ProgrammeEvent>['on']>('programme', {
    KeyAccountDesignated: (state, { time, id, data }) => {
      const { accountId, managerId, horizonYears, targetStage, criteriaVersion, override } = data;
      leave(state, accountId, time, id);
      state.designations.push({
        accountId,
        from: time,
        until: null,
        horizonYears,
        targetStage,
        criteriaVersion: criteriaVersion ?? null,
        approver: override?.approver ?? null,
        eventIds: [id],
      });
      const office = take(state, accountId, managerId, time, id);
      state.open[accountId] = { designation: state.designations.length - 1, office };
    },
    KeyAccountHandedOver: (state, { time, id, data: { accountId, toManagerId } }) => {
      const open = own(state.open, accountId);
      if (!open) return;
      quit(state, open.office, time, id, 'handover');
      open.office = take(state, accountId, toManagerId, time, id);
    },
    KeyAccountReleased: (state, { time, id, data }) => leave(state, data.accountId, time, id),
    RoutePlanned: (state, { time, id, data: { routeId, weekday, accountIds } }) => {
      const before = own(state.planned, routeId);
      if (before !== undefined) state.routes[before]!.until = time;
      state.planned[routeId] =
        state.routes.push({ routeId, weekday, accountIds, from: time, until: null, eventId: id }) - 1;
    },
    ActivityTypeProposed: (state, { id, data }) => note(state.activities, data.activityTypeId, id),
    ActivityTypeApproved: (state, { id, data }) => note(state.activities, data.activityTypeId, id),
    ActivityTypeCapped: (state, { id, data }) => note(state.activities, data.activityTypeId, id),
    ActivityTypeRejected: (state, { id, data }) => note(state.activities, data.activityTypeId, id),
    ObjectiveDefined: (state, { id, data }) => note(state.objectives, data.objectiveId, id),
    ObjectiveClosed: (state, { id, data }) => note(state.objectives, data.objectiveId, id),
    ReportPublished: (state, { time, id, data: { report, asOf, knownAt, policy, digest } }) => {
      state.published.push({ report, asOf, knownAt, policy, digest, at: time, eventId: id });
    },
  }),
  view: programmeView,
  rows: {
    columns: {
      accountId: { kind: 'text', says: 'The key account' },
      managerId: { kind: 'text', says: 'Member whose office it was' },
      from: { kind: 'instant', says: 'When they took it over' },
      to: { kind: 'instant', says: 'When they left it; null: still theirs' },
      ended: { kind: 'text', says: 'handover or release; null: still theirs' },
    },
    of: ({ offices }) =>
      offices.map(({ accountId, managerId, from, until, ended }) => ({
        accountId,
        managerId,
        from: new Date(from).toISOString(),
        to: until === null ? null : new Date(until).toISOString(),
        ended,
      })),
  },
};

/** The account begins an office; its place in the list. */
function take(state: ProgrammeState, accountId: string, managerId: string, from: Instant, eventId: string): number {
  return state.offices.push({ accountId, managerId, from, until: null, ended: null, eventIds: [eventId] }) - 1;
}

function quit(state: ProgrammeState, place: number, at: Instant, eventId: string, how: 'handover' | 'release'): void {
  const office = state.offices[place]!;
  office.until = at;
  office.ended = how;
  office.eventIds.push(eventId);
}

/** The account leaves the programme, where it is in it. */
function leave(state: ProgrammeState, accountId: string, at: Instant, eventId: string): void {
  const open = own(state.open, accountId);
  if (!open) return;
  const designation = state.designations[open.designation]!;
  designation.until = at;
  designation.eventIds.push(eventId);
  quit(state, open.office, at, eventId, 'release');
  delete state.open[accountId];
}

function note(table: Record<string, string[]>, key: string, eventId: string): void {
  ownOr(table, key, () => []).push(eventId);
}
