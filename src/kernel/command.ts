import { type Class, fieldsOf, Optional } from './fields.js';
import { IsId, IsUuid, IsWhen } from './kinds.js';

/** What every command may carry besides its event's fields. */
export interface Told {
  /** When it happened in the world; default now. ISO once the command is read. */
  occurredAt?: string;
}

/** A command whose text may speak of persons: they are listed, and their keys seal it. Not stored. */
export interface About {
  about?: string[];
}

/** Who gives the command, set by the server only. `scope` is what the command's key is unique in. */
export interface Actor {
  readonly authtype: 'user' | 'service' | 'import' | 'system';
  readonly authid: string;
  readonly scope: string;
  readonly roles: readonly string[];
}

/** Where an imported command comes from; only importers may say so. */
export interface Imported {
  readonly batchId: string;
  readonly sourceSystem: string;
  readonly sourceKey: string;
  readonly index: number;
  readonly round: number;
  readonly sourceActor?: string;
  /** When the source system had recorded it: becomes `knowntime`. */
  readonly knownAt?: string;
}

type Bodies<T extends object, More> = Class<T & More & Told & About>;

/** A command class from its event's class: the event's fields, the ids that address it, `occurredAt`, and `about` where text is personal. */
function addressed<T extends object, More>(
  Body: Class<T>,
  name: string | null,
  decorate: (p: object, k: string) => void,
): Bodies<T, More> {
  class Command extends (Body as Class) {}
  const have = new Set(fieldsOf(Body).map((field) => field.name));
  if (name && !have.has(name)) decorate(Command.prototype, name);
  if (!have.has('occurredAt')) {
    Optional()(Command.prototype, 'occurredAt');
    IsWhen('start')(Command.prototype, 'occurredAt');
  }
  if (personalPaths(Body).length > 0) {
    Optional()(Command.prototype, 'about');
    IsUuid({ list: true, max: 100 })(Command.prototype, 'about');
  }
  return Command as Bodies<T, More>;
}

/** A command on an account's streams. */
export const onAccount = <T extends object>(Body: Class<T>) =>
  addressed<T, { accountId: string }>(Body, 'accountId', IsId());
/** A command on a person of theirs. */
export const onContact = <T extends object>(Body: Class<T>) =>
  addressed<T, { contactId: string }>(Body, 'contactId', IsUuid());
/** A command on a person of ours. */
export const onMember = <T extends object>(Body: Class<T>) =>
  addressed<T, { memberId: string }>(Body, 'memberId', IsUuid());
/** A command on an import batch. */
export const onBatch = <T extends object>(Body: Class<T>) => addressed<T, { batchId: string }>(Body, 'batchId', IsId());
/** A command on a stream that needs no id, as `programme` and `structure`. */
export const told = <T extends object>(Body: Class<T>) => addressed<T, object>(Body, null, IsId());

/** Dotted paths of a class's personal text; `[]` stands for each item of a list. */
export function personalPaths(type: Class): readonly string[] {
  const known = pathCache.get(type);
  if (known) return known;
  const paths: string[] = [];
  for (const field of fieldsOf(type)) {
    if (field.personal) paths.push(field.name);
    if (field.part)
      for (const inner of personalPaths(field.part())) paths.push(`${field.name}${field.list ? '[]' : ''}.${inner}`);
  }
  pathCache.set(type, paths);
  return paths;
}
const pathCache = new WeakMap<Class, readonly string[]>();
