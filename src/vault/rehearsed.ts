import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '../kernel/instant.js';
import { Refusal } from '../kernel/refusal.js';
import { FileVault } from './file.js';
import type { DataKey, Foreign, KeyState, PersonKind, Vault } from './vault.js';

/** A vault over another one: it knows the keys and persons below, and new ones go into a vault that is thrown away. */
export class RehearsedVault implements Vault {
  private readonly directory = mkdtempSync(join(tmpdir(), 'taproot-rehearsal-'));
  private readonly own = FileVault.open({
    directory: this.directory,
    masterKeyFile: join(this.directory, 'master.key'),
  });

  constructor(private readonly below: Vault) {}

  ready(ids: readonly string[]): Promise<void> {
    return this.below.ready(ids);
  }

  newest(subjectId: string): KeyState | undefined {
    return this.below.newest(subjectId) ?? this.own.newest(subjectId);
  }

  byId(keyId: string): KeyState {
    const found = this.below.byId(keyId);
    return found.state === 'away' ? this.own.byId(keyId) : found;
  }

  create(subjectId: string, now: Instant): DataKey {
    return this.own.create(subjectId, now);
  }

  createMany(subjectIds: readonly string[], now: Instant): readonly DataKey[] {
    return this.own.createMany(subjectIds, now);
  }

  destroy(): number {
    throw new Refusal('vault/unavailable', 'A rehearsal destroys no keys');
  }

  async persons(wanted: readonly Foreign[]): Promise<readonly string[]> {
    const known = await Promise.all(wanted.map(({ kind, source, key }) => this.below.known(kind, source, key)));
    const fresh = this.own.persons(wanted.filter((_, i) => known[i] === undefined));
    let next = 0;
    return known.map((id) => id ?? fresh[next++]!);
  }

  async known(kind: PersonKind, source: string, key: string): Promise<string | undefined> {
    return (await this.below.known(kind, source, key)) ?? this.own.known(kind, source, key);
  }

  blindIndex(kind: PersonKind, source: string, key: string): string | Promise<string> {
    return this.below.blindIndex(kind, source, key);
  }

  /** Throws away what was made here; the vault below stays open. */
  close(): void {
    this.own.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
