import { describe, expect, it } from '@jest/globals';
import { isUuid } from '../../src/kernel/kinds.js';
import type { Foreign } from '../../src/vault/vault.js';
import { bytesIn, created, destroyed, directory, vaultIn } from './directory.js';
import { leftBehind } from './leftovers.js';

describe('knowing people by what others call them', () => {
  const foreign: Foreign = { kind: 'contact', source: 'crm', key: 'zoe@acme.example' };

  it('gives one person the same random id each time, and each source, kind and key another', () => {
    const vault = vaultIn(directory());
    const id = vault.person('contact', 'crm', foreign.key);
    expect(isUuid(id)).toBe(true);
    expect(vault.person('contact', 'crm', foreign.key)).toBe(id);
    const others = vault.persons([
      foreign,
      { ...foreign, source: 'erp' },
      { ...foreign, kind: 'member' },
      { ...foreign, key: 'bob' },
      foreign,
    ]);
    expect([others[0], others[4]]).toEqual([id, id]);
    expect(new Set(others).size).toBe(4);
  });

  it('looks a person up without making one', () => {
    const path = directory();
    const vault = vaultIn(path);
    expect(vault.known('contact', 'crm', foreign.key)).toBeUndefined();
    const id = vault.person('contact', 'crm', foreign.key);
    expect(vault.known('contact', 'crm', foreign.key)).toBe(id);
    expect(vault.known('member', 'crm', foreign.key)).toBeUndefined();
  });

  it('never derives the id from the value: another vault gives another', () => {
    const ids = [directory(), directory()].map((path) => vaultIn(path).person('contact', 'crm', foreign.key));
    expect(ids[0]).not.toBe(ids[1]);
    expect(ids.map((id) => id[14])).toEqual(['4', '4']);
  });

  it('has a blind index that is the same after a restart and differs between vaults', () => {
    const path = directory();
    const index = vaultIn(path).blindIndex('contact', 'crm', foreign.key);
    expect(Buffer.from(index, 'base64url').length).toBe(32);
    expect(vaultIn(leftBehind(path)).blindIndex('contact', 'crm', foreign.key)).toBe(index);
    expect(vaultIn(directory()).blindIndex('contact', 'crm', foreign.key)).not.toBe(index);
  });

  it('keeps source and key apart, so that no two pairs read the same', () => {
    const vault = vaultIn(directory());
    expect(vault.blindIndex('contact', 'a', 'b","c')).not.toBe(vault.blindIndex('contact', 'a","b', 'c'));
  });

  it('never has the value itself in its files', () => {
    const path = directory();
    vaultIn(path).person('contact', 'crm', foreign.key);
    expect(bytesIn(path).includes(Buffer.from(foreign.key))).toBe(false);
  });

  it('forgets the look-up of an erased person, and nobody else’s', () => {
    const path = directory();
    const vault = vaultIn(path);
    const people = vault.persons(
      Array.from({ length: 300 }, (_, i) => ({ kind: 'contact', source: 'crm', key: `${i}` })),
    );
    const index = Buffer.from(vault.blindIndex('contact', 'crm', '5'), 'base64url');
    expect(bytesIn(path).includes(index)).toBe(true);
    vault.create(`contact.${people[5]}`, created);
    vault.destroy(`contact.${people[5]}`, destroyed);
    expect(bytesIn(path).includes(index)).toBe(false);
    expect(vault.person('contact', 'crm', '6')).toBe(people[6]);
    expect(vault.person('contact', 'crm', '5')).not.toBe(people[5]);
  });
});
