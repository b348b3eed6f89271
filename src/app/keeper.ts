import type { Instant } from '../kernel/instant.js';
import { type KeyAnswer, type KeyQuestion, transportKey, wrapped } from '../vault/remote.js';
import type { Foreign, KeyState, PersonKind, Vault } from '../vault/vault.js';

/** What the node that keeps the keys answers to the others of its cluster. */
export class Keeper {
  private readonly transport: Buffer;

  constructor(
    private readonly vault: Vault,
    token: string,
    private readonly clock: () => Instant,
  ) {
    this.transport = transportKey(token);
  }

  /** Keys by their ids or their subjects'; with `create`, subjects that have none get one, durable when this is answered. */
  async find({ ids, create }: KeyQuestion): Promise<readonly KeyAnswer[]> {
    await this.vault.ready(ids);
    return ids.map((id) => {
      const bySubject = id.includes('.');
      const found = bySubject ? this.vault.newest(id) : this.vault.byId(id);
      if (!found && create && bySubject) {
        const key = this.vault.create(id, this.clock());
        return this.answer(id, { state: 'live', key });
      }
      return this.answer(id, found);
    });
  }

  async persons(foreign: readonly Foreign[]): Promise<readonly string[]> {
    return this.vault.persons(foreign);
  }

  async known(kind: PersonKind, source: string, key: string): Promise<string | undefined> {
    return this.vault.known(kind, source, key);
  }

  async blindIndex(kind: PersonKind, source: string, key: string): Promise<string> {
    return this.vault.blindIndex(kind, source, key);
  }

  private answer(id: string, found: KeyState | undefined): KeyAnswer {
    if (!found) return { id, state: 'none' };
    if (found.state === 'away') return { id, state: 'away' };
    if (found.state === 'erased') return { id, state: 'erased', keyId: found.keyId };
    const { keyId, subjectId, commitment } = found.key;
    return { id, state: 'live', keyId, subjectId, commitment, wrapped: wrapped(this.transport, found.key) };
  }
}
