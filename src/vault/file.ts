import { randomBytes, randomUUID } from 'node:crypto';
import { canonical } from '../kernel/canonical.js';
import type { Instant } from '../kernel/instant.js';
import { Refusal } from '../kernel/refusal.js';
import { decrypt, encrypt } from './aes.js';
import { dataKey, keyBytes } from './data-key.js';
import { VaultDatabase } from './database.js';
import { hmac } from './hkdf.js';
import { masterKey } from './master-key.js';
import type { DataKey, Foreign, KeyState, PersonKind, Vault } from './vault.js';

/** Where the vault lives. */
export interface VaultOptions {
  readonly directory: string;
  /** `TAPROOT_MASTER_KEY_FILE`. */
  readonly masterKeyFile: string;
  /** Most keys held open in memory; 10,000 unless said. */
  readonly cachedKeysMax?: number;
}

interface Row {
  readonly key_id: string;
  readonly subject: string;
  readonly wrapped: Uint8Array | null;
  readonly commitment: string;
}

/** The vault as an SQLite file of its own, with the master key in a second file: a backup of one never holds the other. */
export class FileVault implements Vault {
  /** True where this start made the master key. */
  readonly created: boolean;
  private readonly master: Buffer;
  private readonly blindKey: Buffer;
  private readonly cache = new Map<string, DataKey>();
  private readonly cachedKeysMax: number;

  private constructor(
    private readonly database: VaultDatabase,
    { masterKeyFile, cachedKeysMax = 10_000 }: VaultOptions,
  ) {
    this.cachedKeysMax = cachedKeysMax;
    const wrapped = database.meta('blind');
    const { secret, created } = masterKey(masterKeyFile, { file: database.file, fresh: wrapped === undefined });
    this.master = secret;
    this.created = created;
    this.blindKey = wrapped ? this.opened(wrapped, masterKeyFile) : this.newBlindKey();
    database.sweep();
  }

  /** Opens or makes the vault of a directory. Refuses `config/invalid` for what is wrong with the master key, `ledger/io` or `ledger/corrupt` for the vault's file. */
  static open(options: VaultOptions): FileVault {
    const database = VaultDatabase.open(options.directory);
    try {
      return new FileVault(database, options);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** Everything is always within reach. */
  async ready(): Promise<void> {}

  newest(subjectId: string): KeyState | undefined {
    const row = this.database.read(() => this.newestRow(subjectId));
    return row && this.stateOf(row);
  }

  byId(keyId: string): KeyState {
    const key = this.cached(keyId);
    if (key) return { state: 'live', key };
    const row = this.database.read(() => this.database.sql.byId.get(keyId) as Row | undefined);
    return row ? this.stateOf(row) : { state: 'away' };
  }

  create(subjectId: string, now: Instant): DataKey {
    return this.createMany([subjectId], now)[0]!;
  }

  createMany(subjectIds: readonly string[], now: Instant): readonly DataKey[] {
    const keys = this.database.write(() => subjectIds.map((subjectId) => this.liveOrNew(subjectId, now)));
    for (const key of keys) this.remember(key);
    return keys;
  }

  destroy(subjectId: string, now: Instant): number {
    const { sql } = this.database;
    const { had, erased } = this.database.write(() => {
      const had = this.newestRow(subjectId) !== undefined;
      if (!had) this.insert(subjectId, now);
      const erased = sql.erase.all(now, subjectId) as unknown as Pick<Row, 'key_id'>[];
      const forgotten = sql.forget.run(subjectId).changes;
      if (erased.length > 0 || forgotten > 0) this.database.soil();
      return { had, erased };
    });
    for (const row of erased) this.cache.delete(row.key_id);
    this.database.sweep();
    return had ? erased.length : 0;
  }

  /** One person; see `persons`. */
  person(kind: PersonKind, source: string, key: string): string {
    return this.persons([{ kind, source, key }])[0]!;
  }

  persons(wanted: readonly Foreign[]): readonly string[] {
    const asked = wanted.map(({ kind, source, key }) => ({ kind, blind: this.blind(kind, source, key) }));
    const found = this.database.read(() => asked.map(({ blind }) => this.personAt(blind)));
    if (found.every((id) => id !== undefined)) return found;
    return this.database.write(() =>
      asked.map(({ kind, blind }) => this.personAt(blind) ?? this.newPerson(kind, blind)),
    );
  }

  known(kind: PersonKind, source: string, key: string): string | undefined {
    return this.database.read(() => this.personAt(this.blind(kind, source, key)));
  }

  blindIndex(kind: PersonKind, source: string, key: string): string {
    return this.blind(kind, source, key).toString('base64url');
  }

  close(): void {
    this.cache.clear();
    this.database.close();
  }

  private blind(kind: PersonKind, source: string, key: string): Buffer {
    return hmac(this.blindKey, Buffer.from(canonical([kind, source, key])));
  }

  private personAt(blind: Uint8Array): string | undefined {
    const row = this.database.sql.person.get(blind) as { subject: string } | undefined;
    return row?.subject.slice(row.subject.indexOf('.') + 1);
  }

  private newPerson(kind: PersonKind, blind: Uint8Array): string {
    const id = randomUUID();
    this.database.sql.addPerson.run(blind, `${kind}.${id}`);
    return id;
  }

  private newestRow(subjectId: string): Row | undefined {
    return this.database.sql.newest.get(subjectId) as Row | undefined;
  }

  private liveOrNew(subjectId: string, now: Instant): DataKey {
    const row = this.newestRow(subjectId);
    const found = row && this.stateOf(row);
    if (found?.state === 'live') return found.key;
    if (!found) return this.insert(subjectId, now);
    throw new Refusal('subject/erased', `What is personal about ${subjectId} has been erased; it can have no new key`);
  }

  private insert(subjectId: string, now: Instant): DataKey {
    const secret = randomBytes(keyBytes);
    const key = dataKey(`k${randomBytes(16).toString('base64url')}`, subjectId, secret);
    const wrapped = encrypt(this.master, secret, Buffer.from(key.keyId));
    this.database.sql.add.run(key.keyId, subjectId, subjectId, wrapped, key.commitment, now);
    return key;
  }

  private stateOf(row: Row): KeyState {
    if (row.wrapped === null) return { state: 'erased', keyId: row.key_id };
    return { state: 'live', key: this.cached(row.key_id) ?? this.remember(this.unwrapped(row, row.wrapped)) };
  }

  private unwrapped(row: Row, wrapped: Uint8Array): DataKey {
    const secret = decrypt(this.master, wrapped, Buffer.from(row.key_id));
    const key = secret && dataKey(row.key_id, row.subject, secret);
    if (key?.commitment === row.commitment) return key;
    throw new Refusal(
      'ledger/corrupt',
      `${this.database.file} was changed outside the service: key ${row.key_id} does not open; restore the vault from its backup`,
    );
  }

  private cached(keyId: string): DataKey | undefined {
    const key = this.cache.get(keyId);
    return key && this.remember(key);
  }

  /** Moves the key to the young end; the oldest is let go. Its bytes are not wiped: somebody may be about to seal with them. */
  private remember(key: DataKey): DataKey {
    this.cache.delete(key.keyId);
    this.cache.set(key.keyId, key);
    if (this.cache.size > this.cachedKeysMax) this.cache.delete(this.cache.keys().next().value!);
    return key;
  }

  /** The blind index has a key of its own, because its values stand in the log for ever while a master key may be replaced. */
  private newBlindKey(): Buffer {
    const secret = randomBytes(keyBytes);
    this.database.write(() => this.database.sql.setMeta.run('blind', encrypt(this.master, secret, blindName)));
    return secret;
  }

  /** The blind index's key; where it does not open, the master key is not this vault's. */
  private opened(wrapped: Uint8Array, masterKeyFile: string): Buffer {
    const secret = decrypt(this.master, wrapped, blindName);
    if (secret) return secret;
    throw new Refusal(
      'config/invalid',
      `The master key ${masterKeyFile} does not open ${this.database.file}; put back the key that this vault was made with, or the vault that belongs to this key`,
    );
  }
}

const blindName = Buffer.from('blind');
