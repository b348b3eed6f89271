import type { AccountEvent } from '../src/domain/account/account.events.js';
import type { ActivityEvent } from '../src/domain/activity/activity.events.js';
import type { ContactEvent } from '../src/domain/contact/contact.events.js';
import type { MemberEvent } from '../src/domain/member/member.events.js';
import type { ProgrammeEvent } from '../src/domain/programme/programme.events.js';
import type { Event } from '../src/kernel/event.js';
import type { Policy } from '../src/kernel/policy.js';
import type { Projection } from '../src/kernel/projection.js';
import { depart, settle } from './contacts/course.js';
import { arrive, assign, beginRole, endRole, leave, release } from './contacts/people.js';
import { rows } from './contacts/rows.js';
import { active, type ContactsState, contactOf, initial, type Mark, meet } from './contacts/state.js';
import { type ContactsView, contactsView } from './contacts/view.js';

type Events = ActivityEvent | ContactEvent | MemberEvent | AccountEvent | ProgrammeEvent;
type Told = Event<string, object>;

/** Who knows whom: the matrix of functions and its figures, parts nobody speaks to, and what is lost if somebody leaves. */
export const contacts: Projection<ContactsState, ContactsView, Events> = {
  name: 'contacts',
  version: 2,
  of: 'account',
  question: { en: 'Who knows whom?', zh: '谁认识谁?' },
  parameters: { without: 'id of a contact or member: what would be lost without this person' },
  names: { without: 'person' },
  initial,
  policy: ['scoring', 'settings'],
  on: {
    InteractionLogged: (state, event, rules) => {
      const at = begin(state, event, rules);
      meet(state, event.data, at, rules);
    },
    SupportDelivered: (state, event, rules) => {
      const at = begin(state, event, rules);
      active(state, event.data.unit, at);
    },
    ContactAdded: (state, event, rules) => {
      const at = begin(state, event, rules);
      arrive(state, personOf(event), event.data, at);
    },
    ContactJoined: (state, event, rules) => {
      const at = begin(state, event, rules);
      arrive(state, personOf(event), event.data, at);
    },
    ContactDetailsChanged: (state, event) => {
      const { places } = contactOf(state, personOf(event));
      const last = places.at(-1);
      const { function: now = last?.function, seniority = last?.seniority } = event.data;
      if (now !== undefined && seniority !== undefined) places.push({ from: event.time, function: now, seniority });
    },
    ContactLeft: (state, event, rules) => {
      const [at, eventId] = begin(state, event, rules);
      const personId = personOf(event);
      const roles = leave(state, personId, at);
      depart(state, { personId, side: 'THEIRS', at, eventId, roles });
      settle(state, at, rules);
    },
    ContactRoleAssigned: (state, event) => {
      beginRole(contactOf(state, personOf(event)), event.data.role, [event.time, event.id]);
    },
    ContactRoleEnded: (state, event) => endRole(contactOf(state, personOf(event)), event.data.role, event.time),
    MemberAssigned: (state, event, rules) => {
      begin(state, event, rules);
      assign(state, personOf(event), event.data, event.id);
    },
    MemberReleased: (state, event, rules) => {
      begin(state, event, rules);
      const personId = personOf(event);
      if (!release(state, personId, event.data)) return;
      depart(state, { personId, side: 'OURS', at: Date.parse(event.data.on), eventId: event.id });
      settle(state, event.time, rules);
    },
    StageDeclared: (state, { data, time, id }) => {
      state.stage = { stage: data.stage, since: time, eventId: id };
    },
    KeyAccountDesignated: (state, { time, id }) => {
      state.designated = { since: time, eventId: id };
    },
    KeyAccountReleased: (state) => {
      state.designated = null;
    },
  },
  usesFor: { without: ['performance'] },
  view: contactsView,
  rows,
};

/** Closes what is over before the event is taken in; when it happened, and its id. */
function begin(state: ContactsState, event: Told, rules: Policy): Mark {
  if (event.time >= state.due) settle(state, event.time, rules);
  return [event.time, event.id];
}

/** The person whose stream the event is of. */
const personOf = ({ subject }: Told): string => subject.slice(subject.indexOf('-') + 1);
