import type { Reader } from '../ledger/reader.js';
import type { Holder } from '../store/hold.js';
import { placeIn } from '../store/ledger-place.js';

/** How far a mirror is, as `doctor` says it. */
export interface MirrorState {
  /** Positions of the server's log up to which the ledger has everything. */
  readonly commit: string;
  readonly prepare: string;
  /** Events that it has yet to take in; null where no service is there to ask. */
  readonly lag: number | null;
  /** Why the lag is not known, or why the service is not ready. */
  readonly reason: string | null;
}

/** The state of the mirror in a data directory, asked of the service that holds it; null where the ledger is the log itself. */
export async function mirrorState(reader: Reader, holder: Holder | null): Promise<MirrorState | null> {
  const place = placeIn(reader.database);
  if (!place) return null;
  const at = { commit: place.commit.toString(), prepare: place.prepare.toString() };
  if (!holder?.url) return { ...at, lag: null, reason: 'no service holds the directory, so nothing is taken in' };
  try {
    const reply = await fetch(`${holder.url}/healthz/ready`, { signal: AbortSignal.timeout(2_000) });
    const { mirrorLag, reason } = (await reply.json()) as { mirrorLag: number | null; reason?: string };
    return { ...at, lag: mirrorLag, reason: reason ?? null };
  } catch {
    return { ...at, lag: null, reason: `the service at ${holder.url} does not answer` };
  }
}
