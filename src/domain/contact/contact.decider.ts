import {
  type Cited,
  type Decider,
  type Draft,
  digestIn,
  exists,
  pick,
  said,
  toldAlready,
} from '../../kernel/decider.js';
import { NEVER } from '../../kernel/instant.js';
import { Refusal } from '../../kernel/refusal.js';
import type { contactCommands } from './contact.commands.js';
import { ContactAdded, ContactAssessed, ContactDetailsChanged, type ContactEvent } from './contact.events.js';
import { move } from './contact.move.js';
import { accountOf, type Contact, come, courseOf, nobody, place } from './contact.state.js';

/** Rules of the `contact` streams. */
export const contact: Decider<Contact, typeof contactCommands, ContactEvent> = {
  name: 'contact',
  stream: ({ contactId }) => `contact-${contactId}`,
  initial: nobody,

  on: {
    ContactAdded: (state, event) => {
      if (state.added !== undefined) state.addedTwice = true;
      state.added = digestIn(event);
      come(state, event.data.accountId, event.time);
      place(state, event.data, event.time);
    },
    ContactDetailsChanged: (state, { data, time }) => place(state, data, time),
    ContactLeft: (state, event) => {
      state.goneFrom = event.time;
      state.movedAt = event.time;
      for (const course of state.roles.values()) {
        if (course.at(event.time)?.held) course.turn(event.time, { held: false, digest: digestIn(event) });
      }
    },
    ContactJoined: (state, event) => {
      const { accountId, roles, attitude, influence } = event.data;
      come(state, accountId, event.time);
      place(state, event.data, event.time);
      for (const role of roles) courseOf(state, role).turn(event.time, { held: true, digest: digestIn(event) });
      if (attitude !== undefined || influence !== undefined) state.assessed.turn(event.time, { attitude, influence });
    },
    ContactRoleAssigned: (state, event) => {
      const course = courseOf(state, event.data.role);
      course.turn(event.time, { held: true, digest: digestIn(event) });
      if (event.time < state.goneFrom && state.goneFrom !== NEVER)
        course.turn(state.goneFrom, { held: false, digest: '' });
    },
    ContactRoleEnded: (state, event) =>
      courseOf(state, event.data.role).turn(event.time, { held: false, digest: digestIn(event) }),
    ContactAssessed: (state, { data, time }) =>
      state.assessed.turn(time, { attitude: data.attitude, influence: data.influence }),
    ContactReportsTo: (state, { data, time }) => state.superiors.turn(time, data.contactId),
  },

  needs: {
    AddContact: [exists('account')],
    MoveContact: [
      exists('account', ({ toAccountId }) => cited(toAccountId, 'toAccountId')),
      exists('account', ({ accountId }) => cited(accountId, 'accountId')),
    ],
    SetReportingLine: [exists('contact', ({ reportsTo }) => cited(reportsTo, 'reportsTo'))],
  },

  decide: {
    AddContact(state, command, context): Draft<ContactEvent>[] {
      if (toldAlready(state.added, context, 'contact/id-taken', command.contactId)) return [];
      return [{ type: 'ContactAdded', accountid: command.accountId, data: pick(command, ContactAdded) }];
    },

    ChangeContactDetails(state, command, context): Draft<ContactEvent>[] {
      const accountid = accountOf(state, command.contactId, context);
      const data = pick(command, ContactDetailsChanged);
      const given = Object.keys(data);
      if (given.length === 0) throw nothingGiven();
      const same = {
        function: state.functions.at(context.occurredAt) === data.function,
        seniority: state.seniorities.at(context.occurredAt) === data.seniority,
      };
      if (given.every((name) => same[name as keyof typeof same] === true)) return [];
      return [{ type: 'ContactDetailsChanged', accountid, data }];
    },

    MoveContact: move,

    AssignContactRole(state, { contactId, role }, context): Draft<ContactEvent>[] {
      const accountid = accountOf(state, contactId, context);
      const now = state.roles.get(role)?.turnAt(context.occurredAt);
      if (now?.value.held) {
        if (now.value.digest === context.digest) return [];
        throw new Refusal('contact/role-held', `The contact has been ${role} since ${said(now.from)}`, {
          values: { role, since: said(now.from) },
        });
      }
      return [{ type: 'ContactRoleAssigned', accountid, data: { role } }];
    },

    EndContactRole(state, { contactId, role }, context): Draft<ContactEvent>[] {
      const accountid = accountOf(state, contactId, context);
      const now = state.roles.get(role)?.turnAt(context.occurredAt);
      if (now?.value.held) return [{ type: 'ContactRoleEnded', accountid, data: { role } }];
      if (now?.value.digest === context.digest) return [];
      throw new Refusal(
        'contact/role-not-held',
        `The contact is not ${role} at ${said(context.occurredAt)}; assign the role first`,
        {
          values: { role, at: said(context.occurredAt) },
        },
      );
    },

    AssessContact(state, command, context): Draft<ContactEvent>[] {
      const accountid = accountOf(state, command.contactId, context);
      const now = state.assessed.at(context.occurredAt);
      if (now?.attitude === command.attitude && now?.influence === command.influence) return [];
      return [{ type: 'ContactAssessed', accountid, data: pick(command, ContactAssessed) }];
    },

    SetReportingLine(state, { contactId, reportsTo }, context): Draft<ContactEvent>[] {
      const accountid = accountOf(state, contactId, context);
      if (reportsTo === contactId) {
        throw new Refusal('contact/reports-to-self', `Contact ${contactId} cannot report to itself`, {
          errors: [{ pointer: '/reportsTo', code: 'self', detail: 'name another contact' }],
        });
      }
      if (state.superiors.at(context.occurredAt) === reportsTo) return [];
      return [{ type: 'ContactReportsTo', accountid, data: { contactId: reportsTo } }];
    },
  },

  holds: ({ addedTwice }) => {
    if (addedTwice)
      throw new Refusal('contact/id-taken', 'One id would mean two persons: two additions would stand on this contact');
  },
};

const nothingGiven = (): Refusal =>
  new Refusal('command/invalid', 'Nothing is changed: give name, email, phone, function or seniority', {
    errors: [{ pointer: '', code: 'empty', detail: 'give at least one of name, email, phone, function, seniority' }],
  });

const cited = (id: string | undefined, field: string): Cited[] =>
  id === undefined ? [] : [{ id, pointer: `/${field}` }];
