import { chmodSync, copyFileSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FileVault } from '../../src/vault/file.js';
import { created, directory, refusal, vaultIn } from './directory.js';

const ada = 'contact.6f1d2c4e-0a51-4a53-9a5e-0d9f6a0f7a11';

/** A directory whose vault has one key, closed. */
function used(): { path: string; file: string } {
  const path = directory();
  const vault = vaultIn(path);
  vault.create(ada, created);
  vault.close();
  return { path, file: join(path, 'master.key') };
}

describe('the master key', () => {
  it('is made at the first start, for its owner only, and said to have been made once', () => {
    const path = directory();
    expect(vaultIn(path).created).toBe(true);
    const file = join(path, 'master.key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file).length).toBe(32);
    expect(readdirSync(path).filter((name) => name.startsWith('master.key'))).toEqual(['master.key']);
    expect(vaultIn(path).created).toBe(false);
  });

  it('differs from vault to vault', () => {
    const [one, other] = [used(), used()].map(({ file }) => readFileSync(file));
    expect(one!.equals(other!)).toBe(false);
  });

  it('may be brought along to the first start, in another place', () => {
    const file = join(directory(), 'brought.key');
    writeFileSync(file, Buffer.alloc(32, 7), { mode: 0o400 });
    const vault = FileVault.open({ directory: directory(), masterKeyFile: file });
    expect(vault.created).toBe(false);
    expect(readFileSync(file)).toEqual(Buffer.alloc(32, 7));
    vault.close();
  });

  it('opens the same keys after a restart', () => {
    const path = directory();
    const first = vaultIn(path);
    const key = first.create(ada, created);
    first.close();
    expect(vaultIn(path).newest(ada)).toEqual({ state: 'live', key });
  });

  it('is never replaced by a new one when it is lost', () => {
    const { path, file } = used();
    rmSync(file);
    const { code, message } = refusal(() => vaultIn(path));
    expect(code).toBe('config/invalid');
    expect(message).toContain(`${file} is missing`);
    expect(readdirSync(path)).not.toContain('master.key');
  });

  it.each(['0644', '0640', '0601', '0700'])('is refused with permissions %s', (mode) => {
    const { path, file } = used();
    chmodSync(file, Number.parseInt(mode, 8));
    const { code, message } = refusal(() => vaultIn(path));
    expect(code).toBe('config/invalid');
    expect(message).toContain(`permissions ${mode}`);
    expect(message).toContain(`chmod 600 ${file}`);
    chmodSync(file, 0o600);
    expect(vaultIn(path).newest(ada)?.state).toBe('live');
  });

  it.each([0, 31, 33, 64])('is refused with %i bytes', (bytes) => {
    const { path, file } = used();
    writeFileSync(file, Buffer.alloc(bytes, 1));
    expect(refusal(() => vaultIn(path))).toEqual({
      code: 'config/invalid',
      message: expect.stringContaining(`${file} has ${bytes} bytes instead of 32`),
    });
  });

  it('is refused where it is that of another vault', () => {
    const { path, file } = used();
    copyFileSync(used().file, file);
    const { code, message } = refusal(() => vaultIn(path));
    expect(code).toBe('config/invalid');
    expect(message).toContain(`${file} does not open ${join(path, 'vault.db')}`);
  });

  it('is refused where it can be neither read nor made', () => {
    const path = directory();
    for (const file of [path, join(path, 'missing', 'master.key')]) {
      const found = refusal(() => FileVault.open({ directory: directory(), masterKeyFile: file }));
      expect(found).toEqual({ code: 'config/invalid', message: expect.stringContaining(file) });
    }
  });

  it('stays out of what is said about it', () => {
    const { path, file } = used();
    const secret = 'AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHIIII';
    writeFileSync(file, secret);
    expect(refusal(() => vaultIn(path)).message).not.toContain(secret);
  });
});
