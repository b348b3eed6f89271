import { commandNamed, eventNamed } from '../../domain/catalogue.js';
import { upcast } from '../../domain/upcasters.js';
import { sameJson } from '../../kernel/canonical.js';
import { fieldsOf } from '../../kernel/fields.js';
import type { Event } from '../../kernel/event.js';
import { effectiveStream } from '../../kernel/history.js';
import { type Instant, iso } from '../../kernel/instant.js';
import { read } from '../../kernel/read.js';
import type { Standing } from './port.js';

/** A correction as a command's body. */
export interface Correction {
  readonly corrects: string;
  readonly set?: object;
  readonly unset?: readonly string[];
  readonly time?: string;
  readonly reason: string;
}

/** The correction that makes an imported event say what its row says now; undefined where it does already. */
export function correctionOf({ event, calendar }: Standing, name: string, body: object): Correction | undefined {
  const spec = commandNamed(name);
  const type = eventNamed(event.type)?.type;
  if (!spec || !type) return undefined;
  const command = read(spec.type, body, calendar) as Record<string, unknown>;
  const now = event.data as Record<string, unknown>;
  const set: Record<string, unknown> = {};
  const unset: string[] = [];
  for (const { name: field, optional } of fieldsOf(type)) {
    const told = command[field];
    if (
      told === undefined &&
      now[field] !== undefined &&
      optional &&
      fieldsOf(spec.type).some((one) => one.name === field)
    )
      unset.push(field);
    else if (told !== undefined && !sameJson(told, now[field] ?? null)) set[field] = told;
  }
  const occurredAt = command.occurredAt as string | undefined;
  const moved = occurredAt !== undefined && Date.parse(occurredAt) !== event.time;
  if (Object.keys(set).length === 0 && unset.length === 0 && !moved) return undefined;
  return {
    corrects: event.id,
    ...(Object.keys(set).length > 0 ? { set } : {}),
    ...(unset.length > 0 ? { unset } : {}),
    ...(moved ? { time: iso(Date.parse(occurredAt)) } : {}),
    reason: 'The source says otherwise now',
  };
}

/** An event as it stands at the end of its stream, and when the newest of what it says was known; undefined where it was taken back. */
export function standingIn(
  stream: readonly Event<string, object>[],
  id: string,
): { readonly event: Event<string, object>; readonly known: Instant } | undefined {
  const event = effectiveStream(stream, upcast).find((one) => one.id === id);
  if (!event) return undefined;
  const by = new Set(event.correctedBy);
  const known = stream.reduce((last, one) => (by.has(one.position) ? Math.max(last, one.known) : last), event.known);
  return { event, known };
}

/** Names of what a correction changes, for the row report. */
export const changesOf = (correction: Correction | undefined): string =>
  correction
    ? [
        ...Object.keys(correction.set ?? {}),
        ...(correction.unset ?? []),
        ...(correction.time ? ['occurredAt'] : []),
      ].join(', ')
    : '';
