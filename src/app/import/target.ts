import type { Actor, Imported } from '../../kernel/command.js';
import { retracted } from '../../kernel/event.js';
import { idOf, idsOf } from '../../kernel/identity.js';
import type { Foreign } from '../../vault/vault.js';
import type { Request, Staged } from '../execute.js';
import { eventOfRow } from '../histories.js';
import type { Taproot } from '../taproot.js';

/** What an import has told before: whether the event still stands. */
export interface ToldBefore {
  readonly eventId: string;
  readonly round: number;
  readonly stands: boolean;
}

/** Where an import sends its commands: the log of this directory. */
export class ImportTarget {
  private readonly ids: ReturnType<typeof idsOf>;

  constructor(readonly taproot: Taproot) {
    this.ids = idsOf(taproot.store.origin);
  }

  /** The last round in which a record's command was told; undefined where it never was. A round ends when an import's revert takes it back. */
  async toldBefore(name: string, source: string, key: string, index: number): Promise<ToldBefore | undefined> {
    let last: ToldBefore | undefined;
    for (let round = 0; ; round++) {
      const eventId = this.ids(`import:${source}`, name, idOf(source, key, index, round), 0);
      const event = await this.taproot.store.find(eventId);
      if (!event) return last;
      last = { eventId, round, stands: !this.takenBack(eventId) };
      if (last.stands) return last;
    }
  }

  stage(request: Request): Promise<Staged> {
    return this.taproot.execute.stage(request);
  }

  async persons(foreign: readonly Foreign[]): Promise<readonly string[]> {
    return this.taproot.vault.persons(foreign);
  }

  /** Whether a revert's retraction of the event stands. */
  private takenBack(eventId: string): boolean {
    const { reader } = this.taproot.moments;
    const about = reader.annotationsOf(eventId).map(eventOfRow);
    return about.some((one) => one.type === retracted && one.authtype === 'import' && !this.takenBack(one.id));
  }
}

/** The principal of an import. */
export const importer = (source: string): Actor => ({
  authtype: 'import',
  authid: 'import',
  scope: `import:${source}`,
  roles: ['importer', 'commander'],
});

/** A record's command as a request. */
export function requestFor(name: string, body: object, imported: Imported): Request {
  const { sourceSystem, sourceKey, index, round } = imported;
  return {
    name,
    body,
    commandId: idOf(sourceSystem, sourceKey, index, round),
    actor: importer(sourceSystem),
    imported,
  };
}
