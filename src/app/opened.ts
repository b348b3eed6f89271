import { eventNamed } from '../domain/catalogue.js';
import { personalPaths } from '../kernel/command.js';
import type { Event, Sealed } from '../kernel/event.js';
import { openEvent } from '../vault/personal.js';
import type { Vault } from '../vault/vault.js';

/** The event with its personal fields as this reader may see them: their text, or what became of it. Its keys must be within reach. */
export function openedFor(vault: Vault, event: Event<string, object>, mayRead: boolean): Event<string, object> {
  const named = eventNamed(event.type);
  const paths = named ? personalPaths(named.type) : [];
  return openEvent(event, (keyId) => (mayRead ? vault.byId(keyId) : { state: 'away' }), paths);
}

/** The same for many: brings their keys within reach first. */
export async function openedAll(
  vault: Vault,
  events: readonly Event<string, object>[],
  mayRead: boolean,
): Promise<Event<string, object>[]> {
  if (mayRead) await vault.ready(keysOf(events));
  return events.map((event) => openedFor(vault, event, mayRead));
}

/** Ids of the keys that events are sealed under, each once. */
function keysOf(events: readonly Event<string, object>[]): readonly string[] {
  const ids = new Set<string>();
  for (const { data, boxes } of events) {
    const { sealed } = data as { sealed?: Sealed };
    for (const one of boxes?.map((box) => box.sealed) ?? (sealed ? [sealed] : []))
      for (const id of one.keys) ids.add(id);
  }
  return [...ids];
}
