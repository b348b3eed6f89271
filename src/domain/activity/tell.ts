import { type Cited, type Draft, pick } from '../../kernel/decider.js';
import type { Class } from '../../kernel/fields.js';
import { Refusal, type RefusalCode } from '../../kernel/refusal.js';
import { type ActivityEvent, activityEvents } from './activity.events.js';

/** The event of that name with the command's own fields, and what the decision adds. */
export function tell<T extends keyof typeof activityEvents>(
  type: T,
  command: { readonly accountId: string },
  more: object = {},
): Draft<ActivityEvent>[] {
  const data = { ...pick(command, activityEvents[type] as Class), ...more };
  return [{ type, accountid: command.accountId, data } as Draft<ActivityEvent>];
}

/** Refuses ids of this account that were never recorded, each by its place in the body. */
export function checkKnown(
  known: { has(id: string): boolean },
  cited: readonly Cited[],
  code: RefusalCode,
  what: string,
): void {
  const missing = cited.filter(({ id }) => !known.has(id));
  if (missing.length === 0) return;
  const ids = missing.map(({ id }) => id).join(', ');
  throw new Refusal(code, `There is no ${what} ${ids} on this account; record it first`, {
    errors: missing.map(({ id, pointer }) => ({ pointer, code: 'unknown', detail: `record ${what} ${id} first` })),
    values: { ids: missing.map(({ id }) => id) },
  });
}

/** The refusal of an id that is not open: never told, or closed already. */
export function notOpen(code: RefusalCode, field: string, what: string, id: string, closed: boolean): Refusal {
  const why = closed ? 'is closed already' : 'was never recorded on this account';
  return new Refusal(code, `The ${what} ${id} ${why}`, {
    errors: [
      { pointer: `/${field}`, code: 'notOpen', detail: `name ${what === 'insight' ? 'an' : 'a'} ${what} that is open` },
    ],
    values: { [field]: id },
  });
}
