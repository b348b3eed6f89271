import type { Actor, Imported } from '../kernel/command.js';
import { fieldsOf, Optional } from '../kernel/fields.js';
import { idOf } from '../kernel/identity.js';
import { utcCalendar } from '../kernel/instant.js';
import { IsId, IsText, IsWhen, IsWhole } from '../kernel/kinds.js';
import { read } from '../kernel/read.js';
import { Refusal } from '../kernel/refusal.js';
import type { Request } from './execute.js';

/** Where an imported command comes from, as a body says it. */
export class ImportedFrom {
  @IsId() batchId!: string;
  @IsId() sourceSystem!: string;
  @IsText(200, { public: 'the key of the source system; on persons only its blind index is stored' })
  sourceKey!: string;
  @IsWhole(0, 10_000) index!: number;
  @IsWhole(0, 10_000) round!: number;
  @Optional() @IsText(200, { public: 'an opaque id of whoever did it in the source' }) sourceActor?: string;
  @Optional() @IsWhen('start') knownAt?: string;
}

/** Longest command id. */
const idLength = 200;

/** A body as a request: `commandId` and `import` taken off, the principal of an import put in its place. */
export function requestOf(
  name: string,
  body: unknown,
  actor: Actor,
  more: { readonly idempotencyKey?: string | undefined; readonly ifMatch?: number | undefined } = {},
): Request {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refusal('command/invalid', 'The body must be a JSON object', {
      errors: [{ pointer: '', code: 'isObject', detail: 'The body must be a JSON object' }],
    });
  }
  const { commandId, import: origin, ...rest } = body as Record<string, unknown>;
  if (origin !== undefined) return imported(name, rest, origin, commandId, actor, more.ifMatch);
  return { name, body: rest, commandId: idFrom(commandId, more.idempotencyKey), actor, ifMatch: more.ifMatch };
}

function imported(
  name: string,
  body: object,
  origin: unknown,
  commandId: unknown,
  actor: Actor,
  ifMatch: number | undefined,
): Request {
  if (!actor.roles.includes('importer'))
    throw new Refusal('import/role-missing', 'Only the role importer may say where a command was imported from');
  const from = read(ImportedFrom, origin, utcCalendar) as Imported;
  const id = idOf(from.sourceSystem, from.sourceKey, from.index, from.round);
  if (commandId !== undefined && commandId !== id) {
    throw new Refusal(
      'command/invalid',
      `An imported command has the id ${id} of its source, not ${String(commandId)}; leave commandId out`,
      { errors: [{ pointer: '/commandId', code: 'import', detail: 'leave it out' }] },
    );
  }
  const scope = `import:${from.sourceSystem}`;
  return {
    name,
    body,
    commandId: id,
    actor: { authtype: 'import', authid: 'import', scope, roles: actor.roles },
    imported: from,
    ifMatch,
  };
}

function idFrom(commandId: unknown, header: string | undefined): string {
  const bad = (detail: string) =>
    new Refusal('command/id-missing', detail, { errors: [{ pointer: '/commandId', code: 'commandId', detail }] });
  if (commandId === undefined && header === undefined)
    throw bad(
      'Give commandId in the body, or the header Idempotency-Key: a text of your own that names this command for ever',
    );
  if (commandId !== undefined && header !== undefined && commandId !== header)
    throw bad('commandId and Idempotency-Key differ; give one of them, or both the same');
  const id = commandId ?? header;
  if (typeof id !== 'string' || !/^[\x21-\x7e]+$/.test(id) || id.length > idLength)
    throw bad(`commandId must be 1 to ${idLength} visible ASCII characters without spaces`);
  return id;
}

/** Schema of what every body may carry besides its command's fields. */
export const envelopeSchema = {
  commandId: {
    type: 'string',
    minLength: 1,
    maxLength: idLength,
    description: 'your own name for this command, for ever; or send it as Idempotency-Key',
  },
  import: {
    type: 'object',
    description: 'role importer: where the command comes from; no commandId is needed then',
    properties: Object.fromEntries(fieldsOf(ImportedFrom).map((field) => [field.name, field.schema])),
    required: fieldsOf(ImportedFrom)
      .filter((field) => !field.optional)
      .map((field) => field.name),
    additionalProperties: false,
  },
};
