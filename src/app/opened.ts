import { eventNamed } from '../domain/catalogue.js';
import { personalPaths } from '../kernel/command.js';
import type { Event } from '../kernel/event.js';
import { openEvent } from '../vault/personal.js';
import type { Vault } from '../vault/vault.js';

/** The event with its personal fields as this reader may see them: their text, or what became of it. */
export function openedFor(vault: Vault, event: Event<string, object>, mayRead: boolean): Event<string, object> {
  const named = eventNamed(event.type);
  const paths = named ? personalPaths(named.type) : [];
  return openEvent(event, (keyId) => (mayRead ? vault.byId(keyId) : { state: 'away' }), paths);
}
