import { Refusal } from '../kernel/refusal.js';

const corrupt = new Set([11, 26]);
const storage = new Set([8, 10, 13, 14, 15, 23]);

/** Primary result code of an SQLite error; undefined where the error is none. */
export function sqliteCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' ? code & 0xff : undefined;
}

/** A storage fault as a refusal that names the file and says what to do; undefined for every other error. */
export function storageFault(error: unknown, file: string): Refusal | undefined {
  const code = sqliteCode(error);
  if (code === undefined) return undefined;
  const says = error instanceof Error ? error.message : String(error);
  if (corrupt.has(code) || says.includes('unsupported file format')) {
    return new Refusal(
      'ledger/corrupt',
      `${file} is damaged (${says}); restore it from a backup, and keep the damaged file for the auditor`,
    );
  }
  if (code === 13)
    return new Refusal(
      'ledger/io',
      `The disk that holds ${file} is full; free space and start again: nothing acknowledged is lost`,
    );
  if (code === 8)
    return new Refusal(
      'ledger/io',
      `${file} cannot be written; give the service write access to the file and its directory`,
    );
  if (code === 14)
    return new Refusal(
      'ledger/io',
      `${file} cannot be opened; check that its directory exists and that the service may read and write it`,
    );
  if (storage.has(code))
    return new Refusal('ledger/io', `${file} could not be read or written (${says}); check the disk, then start again`);
  return undefined;
}

/** Runs a function over a database file, turning storage faults into sentences. */
export function overFile<T>(file: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw storageFault(error, file) ?? error;
  }
}
