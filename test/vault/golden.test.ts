import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { vaultFile } from '../../src/vault/database.js';
import { schema } from '../../src/vault/schema.js';
import { type Attributes, open } from '../../src/vault/seal.js';
import type { Foreign } from '../../src/vault/vault.js';
import { created, directory, vaultIn } from './directory.js';

/** Made once with Python's `cryptography` from the frozen description of the bytes; added to, never edited. */
interface Golden {
  readonly masterKey: string;
  readonly blind: string;
  readonly keys: readonly {
    keyId: string;
    subjectId: string;
    wrapped: string;
    encryption: string;
    commitment: string;
  }[];
  readonly boxes: readonly { attributes: Attributes; personal: object; sealed: { keys: string[]; box: string } }[];
  readonly persons: readonly (Foreign & { index: string })[];
}
const golden = JSON.parse(readFileSync(new URL('./golden/vault-v1.json', import.meta.url), 'utf8')) as Golden;

function goldenVault() {
  const path = directory();
  writeFileSync(join(path, 'master.key'), Buffer.from(golden.masterKey, 'hex'), { mode: 0o600 });
  const database = new DatabaseSync(vaultFile(path));
  database.exec(schema);
  database.prepare("INSERT INTO meta(name, value) VALUES ('blind', ?)").run(Buffer.from(golden.blind, 'hex'));
  const add = database.prepare(
    "INSERT INTO keys(key_id, subject, version, wrapped, commitment, state, created) VALUES (?, ?, 1, ?, ?, 'live', ?)",
  );
  for (const key of golden.keys)
    add.run(key.keyId, key.subjectId, Buffer.from(key.wrapped, 'hex'), key.commitment, created);
  database.close();
  return vaultIn(path);
}

describe('a vault of the first version, made by another program', () => {
  it('opens, with the keys and commitments it was made with', () => {
    const vault = goldenVault();
    expect(vault.created).toBe(false);
    for (const { keyId, subjectId, encryption, commitment } of golden.keys) {
      const key = { keyId, subjectId, encryption: Buffer.from(encryption, 'hex'), commitment };
      expect(vault.byId(keyId)).toEqual({ state: 'live', key });
      expect(vault.newest(subjectId)).toEqual({ state: 'live', key });
    }
  });

  it('opens the boxes that were sealed then', () => {
    const vault = goldenVault();
    for (const { attributes, sealed, personal } of golden.boxes) {
      expect(open(attributes, sealed, (keyId) => vault.byId(keyId))).toEqual({ state: 'open', data: personal });
    }
  });

  it('still knows people by the blind index that stands in the log', () => {
    const vault = goldenVault();
    for (const { kind, source, key, index } of golden.persons) expect(vault.blindIndex(kind, source, key)).toBe(index);
  });
});
