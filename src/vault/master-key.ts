import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from '../kernel/refusal.js';
import { keyBytes } from './data-key.js';

/** The key that wraps all others. `created` where it was made just now, so that its owner can be told what losing it means. */
export interface MasterKey {
  readonly secret: Buffer;
  readonly created: boolean;
}

/**
 * Reads the master key from its file, or makes one there where `vault` has no key of its own yet. Refuses `config/invalid` for a file
 * that is missing although the vault was made with one, that others may read, or that is no key.
 */
export function masterKey(file: string, vault: { readonly file: string; readonly fresh: boolean }): MasterKey {
  const found = readKey(file);
  if (found) return { secret: found, created: false };
  if (vault.fresh) return { secret: makeKey(file), created: true };
  throw new Refusal(
    'config/invalid',
    `The master key ${file} is missing, and ${vault.file} was made with it; put it back from its backup, or set TAPROOT_MASTER_KEY_FILE to where it is. Without it names and texts stay sealed for ever`,
  );
}

function readKey(file: string): Buffer | undefined {
  const descriptor = openIfThere(file);
  if (descriptor === undefined) return undefined;
  try {
    const { mode } = fstatSync(descriptor);
    if (process.platform !== 'win32' && (mode & 0o177) !== 0) {
      const octal = (mode & 0o777).toString(8).padStart(4, '0');
      throw new Refusal(
        'config/invalid',
        `The master key ${file} has permissions ${octal}, so others than the service may use it; run: chmod 600 ${file}`,
      );
    }
    const secret = readFileSync(descriptor);
    if (secret.length === keyBytes) return secret;
    throw new Refusal(
      'config/invalid',
      `The master key ${file} has ${secret.length} bytes instead of ${keyBytes}; put it back from its backup, or remove it if this service has never been started`,
    );
  } catch (error) {
    throw unusable(file, error);
  } finally {
    closeSync(descriptor);
  }
}

function openIfThere(file: string): number | undefined {
  try {
    return openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unusable(file, error);
  }
}

/** Written whole under another name first: half a key left by a crash would bar the next start. */
function makeKey(file: string): Buffer {
  const secret = randomBytes(keyBytes);
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(draft, secret, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(draft, file);
    const directory = openSync(dirname(file), constants.O_RDONLY);
    fsyncSync(directory);
    closeSync(directory);
  } catch (error) {
    throw unusable(file, error);
  }
  return secret;
}

function unusable(file: string, error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const says = error instanceof Error ? error.message : String(error);
  return new Refusal(
    'config/invalid',
    `The master key ${file} can neither be read nor made (${says}); set TAPROOT_MASTER_KEY_FILE to a file that the service may read and write`,
  );
}
