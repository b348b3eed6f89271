import type { Reader } from '../ledger/reader.js';
import type { Server } from './eventstoredb.js';
import type { Names } from './names.js';
import { byPlace, type Place } from './place.js';
import type { Recorded } from './recorded.js';
import { diverged } from './server-errors.js';
import { restored } from './wire.js';

/** Mirrored events that are compared with the server's after each new connection. */
export const compared = 10_000;

/** The newest entries of the mirror must be the server's, in its order, byte for byte: else the server lost them, or another one stands there. */
export async function compare(
  server: Server,
  reader: Reader,
  names: Names,
  origin: string,
  place: Place,
): Promise<void> {
  let position = reader.head();
  const last = Math.max(0, position - compared);
  const visit = (recorded: Recorded): boolean => {
    const stream = names.ours(recorded.stream);
    if (stream === undefined || recorded.type.startsWith('$') || byPlace(recorded.place, place) > 0) return true;
    if (restored(recorded, stream, origin).text !== reader.at(position)!.entry) throw lost(reader, position, recorded);
    return --position > last;
  };
  let there = false;
  await server
    .all(false, place, 1, (recorded) => {
      there = byPlace(recorded.place, place) === 0;
      if (there) visit(recorded);
      return false;
    })
    .catch((error) => {
      if (there) throw error;
    });
  if (position > last) await server.all(true, there ? place : undefined, Number.MAX_SAFE_INTEGER, visit);
  if (position > last) throw lost(reader, position);
}

function lost(reader: Reader, position: number, instead?: Recorded): Error {
  const { id, type, subject, streamrevision } = JSON.parse(reader.at(position)!.entry) as Record<string, unknown>;
  const has = instead ? `which has event ${instead.id} at that place` : 'which ends before it';
  return diverged(
    `Event ${id} (${type}, revision ${streamrevision} of stream ${subject}, position ${position}) is in this mirror but not on the server, ${has}; point TAPROOT_STORE at the server of this log, or restore that server; where the server is right, start with an empty TAPROOT_DATA and keep this directory for the auditor`,
  );
}
