import type { ContactEvent } from '../src/domain/contact/contact.events.js';
import { dmuRoles } from '../src/domain/vocabulary.js';
import { daysBetween, type Instant, iso } from '../src/kernel/instant.js';
import type { Settings } from '../src/kernel/policy.js';
import type { Projection } from '../src/kernel/projection.js';
import { come, go, oddPersons } from './contact/moves.js';
import { type ContactState, initial, type Spell } from './contact/state.js';
import { following } from './sequence/rule.js';

/** A person of theirs: where they were and are, what they do and decide, how they stand towards us. */
export const contact: Projection<ContactState, object, ContactEvent> = {
  name: 'contact',
  version: 3,
  of: 'contact',
  question: { en: 'Who is this person, and where do they stand?', zh: '此人是谁,立场如何?' },
  initial,
  on: following<ContactState, Projection<ContactState, object, ContactEvent>['on']>('contact', {
    ContactAdded: (state, { id, time, data }) => {
      come(state, data.accountId, time, id);
      turn(state.places, { function: data.function, seniority: data.seniority }, time, id);
    },
    ContactJoined: (state, { id, time, data }) => {
      come(state, data.accountId, time, id);
      turn(state.places, { function: data.function, seniority: data.seniority }, time, id);
      for (const role of data.roles) state.roles.push({ is: role, from: time, until: null, eventId: id });
      const { attitude = null, influence = null } = data;
      if (attitude !== null || influence !== null) turn(state.assessments, { attitude, influence }, time, id);
    },
    ContactDetailsChanged: (state, { id, time, data }) => {
      const last = state.places.at(-1)?.is;
      const { function: does = last?.function, seniority = last?.seniority } = data;
      if (does === undefined || seniority === undefined) return;
      if (does !== last?.function || seniority !== last.seniority)
        turn(state.places, { function: does, seniority }, time, id);
    },
    ContactLeft: (state, { id, time, accountid, data }) => go(state, accountid, data.toAccountId, time, id),
    ContactRoleAssigned: (state, { id, time, data }) => {
      const held = state.roles.some(({ is, until }) => is === data.role && until === null);
      if (!held) state.roles.push({ is: data.role, from: time, until: null, eventId: id });
    },
    ContactRoleEnded: (state, { time, data }) => {
      for (const spell of state.roles) if (spell.is === data.role) spell.until ??= time;
    },
    ContactAssessed: (state, { id, time, data: { attitude, influence } }) => {
      turn(state.assessments, { attitude, influence }, time, id);
    },
    ContactReportsTo: (state, { id, time, data }) => turn(state.superiors, data.contactId, time, id),
  }),
  view: (state, { asOf }, { settings }) => {
    const account = now(state.accounts);
    const place = state.places.at(-1)?.is ?? null;
    const assessed = state.assessments.at(-1)?.is ?? null;
    const superior = now(state.superiors);
    const held = new Set(state.roles.filter(({ until }) => until === null).map(({ is }) => is));
    return {
      accountId: account,
      ...(account === null ? { accountIdReason: state.accounts.length === 0 ? 'not-yet-added' : 'left' } : {}),
      accounts: shown(state.accounts, asOf, settings).map(({ is, ...spell }) => ({ accountId: is, ...spell })),
      function: place?.function ?? null,
      seniority: place?.seniority ?? null,
      ...(place === null ? { placeReason: 'not-yet-added' } : {}),
      places: shown(state.places, asOf, settings).map(({ is, ...spell }) => ({ ...is, ...spell })),
      roles: dmuRoles.filter((role) => held.has(role)),
      rolesHeld: shown(state.roles, asOf, settings).map(({ is, ...spell }) => ({ role: is, ...spell })),
      attitude: assessed?.attitude ?? null,
      influence: assessed?.influence ?? null,
      ...(assessed === null ? { assessmentReason: 'never-assessed' } : {}),
      assessments: shown(state.assessments, asOf, settings).map(({ is, ...spell }) => ({ ...is, ...spell })),
      reportsTo: superior,
      ...(superior === null ? { reportsToReason: 'not-told' } : {}),
      reportingLine: shown(state.superiors, asOf, settings).map(({ is, ...spell }) => ({ contactId: is, ...spell })),
      findings: oddPersons(state),
    };
  },
};

/** Something else holds from now on. */
function turn<T>(list: Spell<T>[], is: T, from: Instant, eventId: string): void {
  const last = list.at(-1);
  if (last) last.until ??= from;
  list.push({ is, from, until: null, eventId });
}

const now = <T>(list: readonly Spell<T>[]): T | null => list.find(({ until }) => until === null)?.is ?? null;

/** Spells as answers say them; the open one counts its days so far. */
const shown = <T>(list: readonly Spell<T>[], asOf: Instant, settings: Settings) =>
  list.map(({ is, from, until, eventId }) => ({
    is,
    from: iso(from),
    to: until === null ? null : iso(until),
    days: daysBetween(from, until ?? asOf, settings),
    eventId,
  }));
