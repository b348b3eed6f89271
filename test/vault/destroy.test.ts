import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { vaultFile } from '../../src/vault/database.js';
import { bytesIn, created, destroyed, directory, refusal, vaultIn } from './directory.js';
import { hideInSlack, leftBehind, rowsOf, wrappedIn } from './leftovers.js';

const ada = 'contact.6f1d2c4e-0a51-4a53-9a5e-0d9f6a0f7a11';
const bob = 'contact.0d9f6a0f-4a53-4a53-9a5e-6f1d2c4e0a51';

describe('destroying keys', () => {
  it('leaves a tombstone: the subject stays erased, by subject and by id, also after a restart', () => {
    const path = directory();
    const vault = vaultIn(path);
    const key = vault.create(ada, created);
    expect(vault.destroy(ada, destroyed)).toBe(1);
    for (const one of [vault, vaultIn(leftBehind(path))]) {
      expect(one.newest(ada)).toEqual({ state: 'erased', keyId: key.keyId });
      expect(one.byId(key.keyId)).toEqual({ state: 'erased', keyId: key.keyId });
      expect(refusal(() => one.create(ada, destroyed)).code).toBe('subject/erased');
    }
    expect(rowsOf(path, 'SELECT subject, version, wrapped, state, created, destroyed FROM keys')).toEqual([
      { subject: ada, version: 1, wrapped: null, state: 'erased', created, destroyed },
    ]);
  });

  it('makes nothing at all where one of many subjects is erased', () => {
    const vault = vaultIn(directory());
    vault.create(ada, created);
    vault.destroy(ada, destroyed);
    expect(refusal(() => vault.createMany([bob, ada], destroyed)).code).toBe('subject/erased');
    expect(vault.newest(bob)).toBeUndefined();
  });

  it('says nothing new the second time, and bars a subject that never had a key', () => {
    const vault = vaultIn(directory());
    vault.create(ada, created);
    expect([vault.destroy(ada, destroyed), vault.destroy(ada, destroyed), vault.destroy(bob, destroyed)]).toEqual([
      1, 0, 0,
    ]);
    expect(vault.newest(bob)?.state).toBe('erased');
  });

  it('leaves nothing of the wrapped keys in the files, and all of the others', () => {
    const path = directory();
    const vault = vaultIn(path);
    const subjects = Array.from({ length: 400 }, (_, i) => `account.A${i}`);
    vault.createMany(subjects, created);
    const wrapped = wrappedIn(path);
    const held = () => wrapped.map((bytes) => bytesIn(path).includes(bytes));
    expect(held().every(Boolean)).toBe(true);
    for (let i = 7; i < 400; i += 40) vault.destroy(subjects[i]!, destroyed);
    expect(held()).toEqual(subjects.map((_, i) => i % 40 !== 7));
  });

  it('leaves no copy in the unused part of a page either, as moved rows leave behind', () => {
    const path = directory();
    const vault = vaultIn(path);
    vault.createMany([ada, bob], created);
    const wrapped = wrappedIn(path)[0]!;
    vault.close();
    hideInSlack(vaultFile(path), wrapped);
    expect(vaultIn(path).destroy(ada, destroyed)).toBe(1);
    expect(bytesIn(path).includes(wrapped)).toBe(false);
  });

  it('completes at the next start what was cut short', () => {
    const path = directory();
    const before = vaultIn(path);
    before.create(ada, created);
    const wrapped = wrappedIn(path)[0]!;
    // As if killed between the commit and the sweep.
    const database = new DatabaseSync(vaultFile(path));
    database.exec(
      `BEGIN; UPDATE keys SET wrapped = NULL, state = 'erased', destroyed = ${destroyed}; INSERT INTO meta VALUES ('unswept', x'00'); COMMIT`,
    );
    const copy = leftBehind(path);
    database.close();
    expect(bytesIn(copy).includes(wrapped)).toBe(true);
    const vault = vaultIn(copy);
    expect(bytesIn(copy).includes(wrapped)).toBe(false);
    expect(vault.newest(ada)?.state).toBe('erased');
  });

  it('does not say done while another program still reads the old pages', () => {
    const path = directory();
    const vault = vaultIn(path);
    vault.create(ada, created);
    const wrapped = wrappedIn(path)[0]!;
    const reader = new DatabaseSync(vaultFile(path), { readOnly: true });
    reader.exec('BEGIN; SELECT count(*) FROM keys');
    expect(refusal(() => vault.destroy(ada, destroyed)).code).toBe('vault/unavailable');
    expect(vault.newest(ada)?.state).toBe('erased');
    reader.close();
    expect(vault.destroy(ada, destroyed)).toBe(0);
    expect(bytesIn(path).includes(wrapped)).toBe(false);
  });

  it('cannot be undone in the file: tombstones are neither removed nor revived', () => {
    const path = directory();
    const vault = vaultIn(path);
    const { keyId } = vault.create(ada, created);
    vault.destroy(ada, destroyed);
    const database = new DatabaseSync(vaultFile(path));
    database.exec('PRAGMA recursive_triggers=ON');
    for (const sql of [
      'DELETE FROM keys',
      "UPDATE keys SET state = 'live', wrapped = zeroblob(60), destroyed = NULL",
      `INSERT OR REPLACE INTO keys VALUES ('${keyId}', '${ada}', 1, zeroblob(60), 'c', 'live', 1, NULL)`,
    ]) {
      expect(() => database.exec(sql)).toThrow(/tombstones stay|only ever destroyed/);
    }
    database.close();
  });
});
