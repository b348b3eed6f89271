import { type Context, type Draft, exists, type Need, pick } from '../../kernel/decider.js';
import type { Class } from '../../kernel/fields.js';
import { Refusal, type RefusalCode } from '../../kernel/refusal.js';
import { type AccountEvent, accountEvents } from './account.events.js';
import type { Account, Lasting } from './account.state.js';

/** What a decision on an account answers with. */
export type Drafts = Draft<AccountEvent>[];

/** The event of that name with the command's own fields. */
export function tell<T extends keyof typeof accountEvents>(
  type: T,
  command: { readonly accountId: string },
): Draft<AccountEvent>[] {
  const data = pick(command, accountEvents[type] as Class);
  return [{ type, accountid: command.accountId, data } as Draft<AccountEvent>];
}

/** Refuses a command on an account that was never registered. */
export function registered(state: Account, { accountId }: { readonly accountId: string }): void {
  if (state.registered !== undefined) return;
  throw new Refusal('account/unknown', `There is no account ${accountId}; register it first`, {
    errors: [{ pointer: '/accountId', code: 'unknown', detail: 'register the account first' }],
  });
}

/** Whether the same statement is in force on its key already. */
export const inForce = (state: Account, key: string, { digest, occurredAt }: Context): boolean =>
  state.said.get(key)?.at(occurredAt) === digest;

/** Whether the same was told of the same time; without `occurredAt` it is told of now, and so anew. */
export const toldOnce = (state: Account, { occurredAt }: { occurredAt?: string }, { digest }: Context): boolean =>
  occurredAt !== undefined && state.told.has(digest);

/** Refuses an interval that ends before it begins. */
export function checkPeriod(from: string, to: string, field: string): void {
  if (Date.parse(from) < Date.parse(to)) return;
  throw new Refusal('period/invalid', `It would end at ${to}, not after its beginning at ${from}`, {
    errors: [{ pointer: `/${field}`, code: 'order', detail: 'give an end after the beginning' }],
  });
}

/** Whether something that lasts can be ended now: false where it was already, refused where it never began. */
export function lasts(
  lasting: Lasting | undefined,
  code: RefusalCode,
  field: string,
  what: string,
  id: string,
): boolean {
  if (lasting) return lasting.ended === undefined;
  throw notInForce(code, field, what, id, 'was never recorded on this account');
}

/** The refusal of an id that is not in force. */
export function notInForce(code: RefusalCode, field: string, what: string, id: string, why: string): Refusal {
  return new Refusal(code, `The ${what} ${id} ${why}`, {
    errors: [{ pointer: `/${field}`, code: 'notInForce', detail: `name a ${what} that is in force` }],
    values: { [field]: id },
  });
}

/** The member of ours, or the contact of theirs, whom an optional field names. */
export const named = <C extends object>(noun: 'member' | 'contact', field: keyof C & string): Need<C> =>
  exists<C>(noun, (command) => {
    const id = command[field];
    return typeof id === 'string' ? [{ id, pointer: `/${field}` }] : [];
  });
