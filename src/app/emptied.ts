import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../kernel/refusal.js';
import { ledgerFile } from '../ledger/ledger.js';

/** Refuses a ledger without a byte beside a vault: a first start makes the ledger's file before it makes keys, so somebody emptied it. */
export function notEmptied(directory: string): void {
  const file = ledgerFile(directory);
  if (!existsSync(file) || statSync(file).size > 0 || !existsSync(join(directory, 'vault.db'))) return;
  throw new Refusal(
    'ledger/corrupt',
    `${file} is empty, but there are keys of a log in ${directory}; restore it from a backup, or take an empty directory for a new log`,
  );
}
