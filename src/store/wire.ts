import { canonical, canonicalWith } from '../kernel/canonical.js';
import type { Entry } from '../kernel/event.js';
import type { Refusal } from '../kernel/refusal.js';
import { type Hash, leafHash } from '../ledger/merkle.js';
import type { Recorded } from './recorded.js';
import { diverged } from './server-errors.js';
import { maxEntryBytes, type Stamped } from './stamp.js';

/** Leaf hash of the entry, base64url: beside the attributes in the server's metadata, so that any change to the event shows. */
const leaf = 'leaf';

/** An event as it is sent to the server: data and metadata are the text of their JSON, empty where there is none. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/** One of the log's events, with its leaf hash. */
export interface Proposal extends Proposed {
  readonly leaf: string;
}

/** An entry that came back from the server. */
export interface Restored extends Stamped {
  readonly leaf: Hash;
}

/**
 * The entry as the server keeps it: `data` is the event's data, `metadata` its other attributes but for id, type, stream and revision,
 * which the server has of its own. Both are JSON there. Proven before anything is sent: what comes back makes the same bytes.
 */
export function proposal({ entry: { id, type }, text }: Stamped): Proposal {
  const there = JSON.parse(text) as Entry;
  if (canonical(there) !== text)
    throw new TypeError(`${type} ${id} would not come back from the server as it was written`);
  return provenProposal({ entry: there, text });
}

/** The same for an entry that was read from its text, of which that has been proven. */
export function provenProposal({ entry, text }: Stamped): Proposal {
  const { data, id, type, subject, streamrevision, ...rest } = entry;
  const hash = leafHash(text).toString('base64url');
  return { id, type, data: canonical(data), metadata: canonical({ ...rest, [leaf]: hash }), leaf: hash };
}

/** The exact entry of an event of the server. Throws what is wrong with it, naming the event: it was not written by this log, or changed since. */
export function restored(recorded: Recorded, stream: string, origin: string): Restored {
  const { id, type, revision, json } = recorded;
  const bad = (what: string): Refusal =>
    diverged(
      `Event ${id} (${type}) at revision ${revision} of stream ${recorded.stream} ${what}; find out who wrote it, restore the server to what it was, and start again`,
    );
  const told = recorded.data.toString();
  const data = json ? objectIn(told) : undefined;
  if (!data) throw bad('is no JSON object, so it is none of ours');
  const metadata = objectIn(recorded.metadata.toString());
  if (!metadata || typeof metadata[leaf] !== 'string') throw bad('was written by another program');
  if (metadata.source !== origin)
    throw bad(
      `belongs to the log ${String(metadata.source)}, not to ${origin} (set TAPROOT_STREAM_PREFIX where several logs share a server)`,
    );
  const { [leaf]: said, ...rest } = metadata;
  const entry = { ...rest, id, type, subject: stream, streamrevision: Number(revision), data } as unknown as Entry;
  const text = canonicalWith(entry as unknown as Record<string, unknown>, 'data', told);
  const hash = leafHash(text);
  const sound =
    hash.toString('base64url') === said &&
    Buffer.byteLength(text) <= maxEntryBytes &&
    Number.isFinite(Date.parse(entry.time)) &&
    Number.isFinite(Date.parse(entry.recordedtime));
  if (!sound) throw bad('is not what this log wrote there');
  return { entry, text, leaf: hash };
}

/** The JSON object that a text is; undefined where it is none. */
export function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
