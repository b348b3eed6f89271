import { eventNamed } from '../domain/catalogue.js';
import type { CorrectEvent, RetractEvent } from '../domain/correction.commands.js';
import { personalPaths } from '../kernel/command.js';
import { corrected, type Event, isAnnotation, retracted } from '../kernel/event.js';
import { fieldsOf } from '../kernel/fields.js';
import { type Calendar, iso, MINUTE_MS, parseInstant } from '../kernel/instant.js';
import { faults, read } from '../kernel/read.js';
import { type FieldError, Refusal } from '../kernel/refusal.js';
import type { EventStore } from '../store/event-store.js';
import { split } from '../vault/personal.js';

/** A correction or retraction, checked against its target: the annotation's public data and what of it is to be sealed. */
export interface Annotating {
  readonly type: typeof corrected | typeof retracted;
  readonly target: Event<string, object>;
  readonly data: Record<string, unknown>;
  readonly personal: Record<string, unknown>;
}

/** True for the two commands that speak of an event instead of the world. */
export const isAnnotating = (name: string): boolean => name === 'CorrectEvent' || name === 'RetractEvent';

/** The event that the command speaks of; refused where it is unknown or may never be annotated. */
export async function targetOf(store: EventStore, name: string, command: object): Promise<Event<string, object>> {
  const { corrects, retracts } = command as { corrects?: string; retracts?: string };
  const field = name === 'CorrectEvent' ? 'corrects' : 'retracts';
  const id = (corrects ?? retracts)!;
  const target = await store.find(id);
  const error = (detail: string): { errors: FieldError[] } => ({
    errors: [{ pointer: `/${field}`, code: 'event', detail }],
  });
  if (!target) throw new Refusal('event/unknown', `There is no event ${id}`, error(`There is no event ${id}`));
  if (eventNamed(target.type)?.type.permanent) {
    throw new Refusal(
      'event/permanent',
      `${target.type} can never be corrected or retracted`,
      error(`${target.type} is permanent`),
    );
  }
  if (name === 'CorrectEvent' && isAnnotation(target.type)) {
    throw new Refusal(
      'correction/invalid',
      'A correction is not corrected: correct the original again, or retract the correction',
      error('name the original event'),
    );
  }
  return target;
}

/** Checks a correction against its target's class, field by field. `stream` is the effective stream as told so far. */
export function correcting(
  command: CorrectEvent,
  target: Event<string, object>,
  calendar: Calendar,
  now: number,
): Annotating {
  const type = eventNamed(target.type)!.type;
  const { set = {}, unset = [], time, corrects, reason } = command;
  if (Object.keys(set).length === 0 && unset.length === 0 && time === undefined) {
    throw new Refusal('correction/empty', 'The correction changes nothing: give set, unset or time');
  }
  if (time !== undefined && parseInstant(time)! > now + 5 * MINUTE_MS)
    throw new Refusal('time/in-future', `time ${time} is in the future`, {
      errors: [{ pointer: '/time', code: 'future', detail: 'give the time it happened' }],
    });
  const settled = within('/set', () => read(type, set, calendar, true)) as Record<string, unknown>;
  const known = new Map(fieldsOf(type).map((field) => [field.name, field]));
  const bad = unset.flatMap((name, i) =>
    known.get(name)?.optional && !(name in set)
      ? []
      : [{ pointer: `/unset/${i}`, code: 'unset', detail: `${name} is no optional field of ${target.type}` }],
  );
  if (bad.length > 0) throw new Refusal('correction/invalid', bad[0]!.detail, { errors: bad });
  const { open, personal } = split(personalPaths(type), settled);
  const data = {
    corrects,
    ...(Object.keys(open).length ? { set: open } : {}),
    ...(unset.length ? { unset } : {}),
    ...(time ? { time: iso(parseInstant(time)!) } : {}),
  };
  return { type: corrected, target, data, personal: { reason, ...(personal ? { set: personal } : {}) } };
}

/** A retraction's data; what it is replaced by must have been recorded. */
export async function retracting(
  store: EventStore,
  command: RetractEvent,
  target: Event<string, object>,
): Promise<Annotating> {
  const { retracts, replacedBy, reason } = command;
  if (replacedBy !== undefined && !(await store.find(replacedBy))) {
    throw new Refusal('event/unknown', `There is no event ${replacedBy} to replace it`, {
      errors: [{ pointer: '/replacedBy', code: 'unknown', detail: 'record the replacing event first' }],
    });
  }
  return { type: retracted, target, data: { retracts, ...(replacedBy ? { replacedBy } : {}) }, personal: { reason } };
}

/** What is wrong with an event's data once corrected, required personal fields taken as given. */
export function faultsOf(event: Event<string, object>): readonly FieldError[] {
  const type = eventNamed(event.type)!.type;
  const sealedTops = new Set(personalPaths(type).map((path) => path.split(/[.[]/)[0]));
  const { sealed: _sealed, ...data } = event.data as Record<string, unknown>;
  return faults(type, data).filter((fault) => !sealedTops.has(fault.pointer.split('/')[1]));
}

/** Topic name of a stream: `activity` of `activity-ACME`. */
export const topicOf = (stream: string): string => stream.split('-')[0]!;

function within<T>(pointer: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const errors = error.errors.map((field) => ({ ...field, pointer: pointer + field.pointer }));
    throw new Refusal('correction/invalid', error.message, { errors });
  }
}
