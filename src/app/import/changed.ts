import { commandNamed, eventNamed } from '../../domain/catalogue.js';
import { upcast } from '../../domain/upcasters.js';
import { sameJson } from '../../kernel/canonical.js';
import { fieldsOf } from '../../kernel/fields.js';
import { effectiveStream } from '../../kernel/history.js';
import { iso } from '../../kernel/instant.js';
import { read } from '../../kernel/read.js';
import { openedAll } from '../opened.js';
import type { Taproot } from '../taproot.js';

/** The correction that makes an imported event say what its row says now; undefined where it does already. */
export async function correctionOf(
  taproot: Taproot,
  eventId: string,
  name: string,
  body: object,
): Promise<{ corrects: string; set?: object; unset?: string[]; time?: string; reason: string } | undefined> {
  const spec = commandNamed(name);
  const original = await taproot.store.find(eventId);
  if (!spec || !original) return undefined;
  const stream = await taproot.store.read(original.subject, 0);
  const event = effectiveStream(stream, upcast).find((one) => one.id === eventId);
  const type = event && eventNamed(event.type)?.type;
  if (!event || !type) return undefined;
  const calendar = taproot.moments.rules.current().at(taproot.clock()).settings;
  const command = read(spec.type, body, calendar) as Record<string, unknown>;
  const [opened] = await openedAll(taproot.vault, [event], true);
  const now = opened!.data as Record<string, unknown>;
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
    corrects: eventId,
    ...(Object.keys(set).length > 0 ? { set } : {}),
    ...(unset.length > 0 ? { unset } : {}),
    ...(moved ? { time: iso(Date.parse(occurredAt)) } : {}),
    reason: 'The source says otherwise now',
  };
}
