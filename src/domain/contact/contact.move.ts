import { type Context, type Draft, said } from '../../kernel/decider.js';
import { type Instant, NEVER } from '../../kernel/instant.js';
import { Refusal } from '../../kernel/refusal.js';
import type { DmuRole } from '../vocabulary.js';
import type { MoveContact } from './contact.commands.js';
import type { ContactEvent, ContactJoined } from './contact.events.js';
import { type Contact, unknown } from './contact.state.js';

/** One command, two halves: the old account's history ends, the new one's begins complete. */
export function move(state: Contact, command: MoveContact, context: Context): Draft<ContactEvent>[] {
  const { contactId, reason } = command;
  const toAccountId = destination(command);
  if (state.added === undefined || state.accountId === null) throw unknown(contactId);
  const gone = state.goneFrom !== NEVER;
  if (gone && toAccountId === undefined) return [];
  if (!gone && toAccountId === state.accountId) return alreadyThere(state, command, context);
  if (state.movedAt !== null && context.occurredAt < state.movedAt) {
    throw new Refusal(
      'time/order',
      `The contact came or went on ${said(state.movedAt)}, after ${said(context.occurredAt)}; retract that first, then tell the moves in order`,
      {
        values: { movedAt: said(state.movedAt), occurredAt: said(context.occurredAt) },
      },
    );
  }
  const events: Draft<ContactEvent>[] = [];
  if (!gone)
    events.push({
      type: 'ContactLeft',
      accountid: state.accountId,
      data: { ...(reason === undefined ? {} : { reason }), ...(toAccountId === undefined ? {} : { toAccountId }) },
    });
  if (toAccountId !== undefined)
    events.push({
      type: 'ContactJoined',
      accountid: toAccountId,
      data: arrival(state, command, toAccountId, context.occurredAt),
    });
  return events;
}

/** The new account, under either name; two different ones are refused. */
function destination({ toAccountId, accountId }: MoveContact): string | undefined {
  if (toAccountId === undefined || accountId === undefined || toAccountId === accountId)
    return toAccountId ?? accountId;
  throw new Refusal('command/invalid', `The contact cannot move to ${toAccountId} and to ${accountId}`, {
    errors: [
      { pointer: '/accountId', code: 'contradiction', detail: 'name one account, in toAccountId or in accountId' },
    ],
  });
}

/** What the new account's history begins with: as told, else as it was. */
function arrival(state: Contact, command: MoveContact, accountId: string, at: Instant): ContactJoined {
  const attitude = command.attitude ?? state.assessed.at(at)?.attitude;
  const influence = command.influence ?? state.assessed.at(at)?.influence;
  return {
    accountId,
    function: command.function ?? state.functions.atOrFirst(at)!,
    seniority: command.seniority ?? state.seniorities.atOrFirst(at)!,
    roles: command.roles ?? held(state, at),
    ...(attitude === undefined ? {} : { attitude }),
    ...(influence === undefined ? {} : { influence }),
  };
}

function alreadyThere(state: Contact, command: MoveContact, { occurredAt }: Context): [] {
  const is = arrival(state, { contactId: command.contactId }, state.accountId!, occurredAt);
  const will = arrival(state, command, state.accountId!, occurredAt);
  const same = (Object.keys(will) as (keyof ContactJoined)[]).every((name) => String(will[name]) === String(is[name]));
  if (same) return [];
  throw new Refusal(
    'command/invalid',
    `The contact is with ${state.accountId} already; change details, roles and assessment by their own commands`,
    {
      errors: [{ pointer: '/toAccountId', code: 'same', detail: 'name another account' }],
    },
  );
}

/** Roles held at an instant, in order of their names. A contact's roles end when they leave, so the last ones held travel with them. */
function held(state: Contact, at: Instant): DmuRole[] {
  const until = state.goneFrom === NEVER ? at : state.goneFrom - 1;
  return [...state.roles].flatMap(([role, course]) => (course.at(until)?.held ? [role] : [])).sort();
}
