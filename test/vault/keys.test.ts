import { mkdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { isId } from '../../src/kernel/kinds.js';
import { vaultFile } from '../../src/vault/database.js';
import type { DataKey, Vault } from '../../src/vault/vault.js';
import { bytesIn, created, destroyed, directory, refusal, vaultIn } from './directory.js';
import { commitsIn, leftBehind } from './leftovers.js';

const ada = 'contact.6f1d2c4e-0a51-4a53-9a5e-0d9f6a0f7a11';
const bob = 'contact.0d9f6a0f-4a53-4a53-9a5e-6f1d2c4e0a51';

describe('keeping keys', () => {
  it('makes a key with a random id, found by its subject and by its id', () => {
    const vault = vaultIn(directory());
    const key = vault.create(ada, created);
    expect(isId(key.keyId)).toBe(true);
    expect(key.subjectId).toBe(ada);
    expect(vault.newest(ada)).toEqual({ state: 'live', key });
    expect(vault.byId(key.keyId)).toEqual({ state: 'live', key });
    expect(vault.create(bob, created).keyId).not.toBe(key.keyId);
  });

  it('knows nothing of a subject without a key, and calls an unknown key away', () => {
    const vault = vaultIn(directory());
    expect(vault.newest(ada)).toBeUndefined();
    expect(vault.byId('kUnknown')).toEqual({ state: 'away' });
  });

  it('gives the key that is there when asked to make one again', () => {
    const vault = vaultIn(directory());
    const key = vault.create(ada, created);
    expect(vault.create(ada, destroyed)).toEqual(key);
    expect(vault.createMany([bob, ada, bob], created).map((one) => one.subjectId)).toEqual([bob, ada, bob]);
  });

  it('has every key on disk when it returns, should the process be killed', () => {
    const path = directory();
    const vault = vaultIn(path);
    const keys = [vault.create('account.ACME', created), ...vault.createMany([ada, bob], created)];
    const person = vault.person('contact', 'crm', '4711');
    const found = vaultIn(leftBehind(path));
    for (const key of keys) expect(found.byId(key.keyId)).toEqual({ state: 'live', key });
    expect(found.person('contact', 'crm', '4711')).toBe(person);
  });

  it('makes many keys, and remembers many people, with one commit each', () => {
    const path = directory();
    const vault = vaultIn(path);
    const before = commitsIn(path);
    vault.createMany(
      Array.from({ length: 200 }, (_, i) => `account.A${i}`),
      created,
    );
    expect(commitsIn(path) - before).toBe(1);
    vault.persons(Array.from({ length: 200 }, (_, i) => ({ kind: 'contact', source: 'crm', key: `${i}` })));
    expect(commitsIn(path) - before).toBe(2);
  });

  it('holds no more keys open than it may, and reads the others again', () => {
    const vault = vaultIn(directory(), 10);
    const keys = vault.createMany(
      Array.from({ length: 50 }, (_, i) => `account.A${i}`),
      created,
    );
    const held = (key: DataKey) => {
      const found = vault.byId(key.keyId);
      expect(found).toEqual({ state: 'live', key });
      return found.state === 'live' && found.key === key;
    };
    expect(keys.slice(40).map(held)).toEqual(Array.from({ length: 10 }, () => true));
    expect(keys.slice(0, 40).map(held)).toEqual(Array.from({ length: 40 }, () => false));
    expect(keys.slice(40).map(held)).toEqual(Array.from({ length: 10 }, () => false));
  });

  it('lets the key go first that was not used for longest', () => {
    const vault = vaultIn(directory(), 2);
    const [first, second] = vault.createMany([ada, bob], created);
    vault.byId(first!.keyId);
    vault.create('account.ACME', created);
    const same = (key: DataKey) => (vault.byId(key.keyId) as { key: DataKey }).key === key;
    expect([same(first!), same(second!)]).toEqual([true, false]);
  });

  it('keeps neither data keys nor derived keys in the file as they are', () => {
    const path = directory();
    const key = vaultIn(path).create(ada, created);
    expect(bytesIn(path).includes(Buffer.from(key.keyId))).toBe(true);
    expect(bytesIn(path).includes(Buffer.from(key.encryption))).toBe(false);
  });

  it('notices a key put under another id, and a commitment that was changed', () => {
    const path = directory();
    const [first, second, third] = vaultIn(path).createMany([ada, bob, 'account.ACME'], created);
    const copy = leftBehind(path);
    const database = new DatabaseSync(vaultFile(copy));
    database.exec('DROP TRIGGER keys_only_destroyed');
    const swap = database.prepare(
      'UPDATE keys SET wrapped = (SELECT wrapped FROM keys WHERE key_id = ?) WHERE key_id = ?',
    );
    swap.run(second!.keyId, first!.keyId);
    database.prepare('UPDATE keys SET commitment = ? WHERE key_id = ?').run(first!.commitment, third!.keyId);
    database.close();
    const vault = vaultIn(copy);
    for (const { keyId } of [first!, third!]) {
      const { code, message } = refusal(() => vault.byId(keyId));
      expect(code).toBe('ledger/corrupt');
      expect(message).toContain(`${vaultFile(copy)} was changed outside the service: key ${keyId}`);
    }
    expect(vault.byId(second!.keyId)).toEqual({ state: 'live', key: second });
  });

  it('is at once ready, whoever is asked for', async () => {
    const vault: Vault = vaultIn(directory());
    await expect(vault.ready([ada, 'kUnknown'], created)).resolves.toBeUndefined();
  });
});

describe('a vault that cannot be used', () => {
  const made = () => {
    const path = directory();
    const vault = vaultIn(path);
    vault.createMany(
      Array.from({ length: 100 }, (_, i) => `account.A${i}`),
      created,
    );
    vault.close();
    return path;
  };

  it('is for its owner only', () => expect(statSync(vaultFile(made())).mode & 0o777).toBe(0o600));

  it('is refused where its file is none, naming the file', () => {
    const path = made();
    writeFileSync(vaultFile(path), 'not a database at all, and long enough to be looked at as one'.repeat(10));
    expect(refusal(() => vaultIn(path))).toMatchObject({
      code: 'ledger/corrupt',
      message: expect.stringContaining(vaultFile(path)),
    });
  });

  it('is refused where its file was cut', () => {
    const path = made();
    truncateSync(vaultFile(path), 6000);
    const found = refusal(() => vaultIn(path).createMany(['account.A1', 'account.A99'], created));
    expect(found).toMatchObject({ code: 'ledger/corrupt', message: expect.stringContaining(vaultFile(path)) });
  });

  it('is refused where its file or its directory cannot be had', () => {
    const path = made();
    rmSync(vaultFile(path));
    mkdirSync(vaultFile(path));
    expect(refusal(() => vaultIn(path))).toMatchObject({
      code: 'ledger/io',
      message: expect.stringContaining(vaultFile(path)),
    });
    const file = join(directory(), 'file');
    writeFileSync(file, '');
    expect(refusal(() => vaultIn(file)).code).toBe('ledger/io');
  });
});
