import type { CommandClasses, Decider } from '../kernel/decider.js';
import type { EventClasses } from '../kernel/event.js';

/** One stream category: its events, its commands, and the rules between them. */
export interface Topic {
  /** Category of its streams: `activity` of `activity-ACME`. */
  readonly name: string;
  readonly events: EventClasses;
  readonly commands: CommandClasses;
  // biome-ignore lint/suspicious/noExplicitAny: the catalogue holds rules over states it knows nothing of
  readonly decider: Decider<any, any, any>;
  /** One sentence, English and Chinese, for each command (what it says happened) and each event. */
  readonly says: Readonly<Record<string, { readonly en: string; readonly zh: string }>>;
}

/** A topic's sentences by name: a command's is that of the events it makes, so rows begin with all of their names. */
export function sentences(rows: readonly (readonly [names: string, en: string, zh: string])[]): Topic['says'] {
  return Object.fromEntries(rows.flatMap(([names, en, zh]) => names.split(' ').map((name) => [name, { en, zh }])));
}
