import type { Event } from '../kernel/event.js';
import { Refusal } from '../kernel/refusal.js';
import type { Unstamped } from './event-store.js';

/** The stream moved on; whoever decides, decides anew. */
export const movedOn = (stream: string, head: number, expected: number): Refusal =>
  new Refusal(
    'stream/revision-conflict',
    `Stream ${stream} is at revision ${head}, not at ${expected}; read it again and decide anew`,
    { values: { actual: head } },
  );

/** The events as they were recorded, where all of them were; undefined where one is new. Refuses ids that were used with other content. */
export function told(
  events: readonly Unstamped[],
  find: (id: string) => Event<string, object> | undefined,
): Event<string, object>[] | undefined {
  const found = events.map((event) => find(event.id)).filter((event) => event !== undefined);
  const differs = found.find((event, i) => event.commanddigest !== events[i]!.commanddigest);
  if (found.length < events.length) return undefined;
  if (!differs) return found;
  throw contentDiffers(differs.commandid);
}

/** A command's id was used before with other content. */
export const contentDiffers = (commandId: string | undefined): Refusal =>
  new Refusal(
    'command/content-differs',
    `commandId ${commandId} was used before with other content; use a new id for another command`,
    { errors: [{ pointer: '/commandId', code: 'used', detail: 'use a new id' }] },
  );
