import { personalPaths } from '../kernel/command.js';
import type { Class } from '../kernel/fields.js';
import { idsOf } from '../kernel/identity.js';
import type { Instant } from '../kernel/instant.js';
import { Refusal } from '../kernel/refusal.js';
import type { EventStore, Unstamped } from '../store/event-store.js';
import { split } from '../vault/personal.js';
import { seal } from '../vault/seal.js';
import type { DataKey, Vault } from '../vault/vault.js';

/** Whose keys seal text that names no account and no person: the firm's own. */
export const firmSubject = 'account.-firm';

/** The persons a command lists in its text: `about`, and the participants of theirs. */
export function personsIn(command: object): readonly string[] {
  const { theirs, about } = command as { theirs?: unknown; about?: readonly string[] };
  const met = Array.isArray(theirs) ? (theirs as readonly { contactId?: string }[]) : [];
  const listed = [...(about ?? []), ...met.flatMap((one) => (one.contactId ? [one.contactId] : []))];
  return [...new Set(listed)];
}

/** Whose keys seal an event's personal fields: the person's on a person's stream, else every person listed, else the account's. */
export function subjectsOf(
  stream: string,
  accountid: string | undefined,
  persons: readonly string[],
): readonly string[] {
  const person = /^(contact|member)-(.+)$/.exec(stream);
  if (person) return [`${person[1]}.${person[2]}`];
  if (persons.length > 0) return persons.map((id) => `contact.${id}`);
  return [accountid === undefined ? firmSubject : `account.${accountid}`];
}

/** Seals personal fields, and sees to it that each key is durable and committed to in the log before the event that uses it. */
export class Sealing {
  private readonly ids: ReturnType<typeof idsOf>;
  private readonly committed = new Set<string>();

  constructor(
    private readonly store: EventStore,
    private readonly vault: Vault,
    private readonly clock: () => Instant,
  ) {
    this.ids = idsOf(store.origin);
  }

  /** The event with its personal fields sealed; as it was where it has none. */
  async seal(event: Unstamped, type: Class, stream: string, subjects: readonly string[]): Promise<Unstamped> {
    const { open, personal } = split(personalPaths(type), event.data);
    return personal
      ? this.sealed({ ...event, data: open as Record<string, unknown> }, personal, stream, subjects)
      : event;
  }

  /** The event with a box made of the given fields. */
  async sealed(event: Unstamped, personal: object, stream: string, subjects: readonly string[]): Promise<Unstamped> {
    const keys: DataKey[] = [];
    for (const subject of subjects) keys.push(await this.keyOf(subject));
    const attributes = {
      id: event.id,
      schemaversion: event.schemaversion,
      source: this.store.origin,
      subject: stream,
      type: event.type,
    };
    return { ...event, data: { ...event.data, sealed: seal({ attributes, personal, keys }) } };
  }

  private async keyOf(subject: string): Promise<DataKey> {
    await this.vault.ready([subject]);
    let found = this.vault.newest(subject);
    if (!found) {
      await this.vault.ready([subject], this.clock());
      found = this.vault.newest(subject);
    }
    if (found?.state === 'away')
      throw new Refusal(
        'vault/unavailable',
        'The keeper of the keys cannot be reached; send the command again in a moment',
      );
    if (found?.state === 'erased')
      throw new Refusal(
        'subject/erased',
        `What is personal about ${subject} has been erased; leave the text out, or list other persons`,
      );
    const key = found?.state === 'live' ? found.key : this.vault.create(subject, this.clock());
    if (!this.committed.has(key.keyId)) await this.commit(subject, key);
    return key;
  }

  /** Puts the key's commitment into the log, unless it is there. */
  private async commit(subject: string, key: DataKey): Promise<void> {
    const stream = `subject-${subject}`;
    const id = this.ids('vault', 'SubjectKeyCreated', key.keyId, 0);
    if (!(await this.store.find(id, stream))) {
      await this.store.append(stream, await this.store.head(stream), [
        {
          id,
          type: 'SubjectKeyCreated',
          schemaversion: 1,
          time: this.clock(),
          authtype: 'system',
          authid: 'vault',
          data: { keyId: key.keyId, commitment: key.commitment },
        },
      ]);
    }
    if (this.committed.size >= 100_000) this.committed.clear();
    this.committed.add(key.keyId);
  }
}
