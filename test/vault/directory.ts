import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import { Refusal } from '../../src/kernel/refusal.js';
import { FileVault } from '../../src/vault/file.js';

/** When the tests' keys are made and destroyed. */
export const created = Date.parse('2026-01-15T09:00:00.000Z');
export const destroyed = Date.parse('2026-06-30T12:00:00.000Z');

const made: string[] = [];
const opened: FileVault[] = [];

/** A new empty directory, removed after the test. */
export function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'vault-'));
  made.push(path);
  return path;
}

/** The vault of a directory with its master key beside it, closed after the test. */
export function vaultIn(path: string, cachedKeysMax = 10_000): FileVault {
  const vault = FileVault.open({ directory: path, masterKeyFile: join(path, 'master.key'), cachedKeysMax });
  opened.push(vault);
  return vault;
}

/** All bytes that lie in the directory, the write-ahead log's too. */
export const bytesIn = (path: string): Buffer =>
  Buffer.concat(readdirSync(path).map((name) => readFileSync(join(path, name))));

/** What a call is refused with. */
export function refusal(run: () => unknown): { code: string; message: string } {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('nothing was refused');
}

afterEach(() => {
  for (const vault of opened.splice(0)) vault.close();
  for (const path of made.splice(0)) rmSync(path, { recursive: true });
});
