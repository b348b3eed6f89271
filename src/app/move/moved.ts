import { Refusal } from '../../kernel/refusal.js';
import type { Ledger } from '../../ledger/ledger.js';

/** Key of the ledger's meta table: where the log is now. */
const key = 'moved';

/** Lets a ledger take no more events: its log is at that address from now on. */
export function markMoved(ledger: Ledger, to: string): void {
  ledger.fix(key, to);
}

/** The ledger, unless its log is elsewhere by now: two ends of one log would be two truths. */
export function unmoved(ledger: Ledger, directory: string): Ledger {
  const to = ledger.reader.meta(key);
  if (to === undefined) return ledger;
  ledger.close();
  throw new Refusal(
    'config/invalid',
    `The log in ${directory} moved to ${to}, so nothing more is written here; use it there, or set TAPROOT_DATA to another directory (what is here can still be read, and moved once more)`,
  );
}
