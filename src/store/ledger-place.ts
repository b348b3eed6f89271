import type { DatabaseSync } from 'node:sqlite';
import { type Place, padded } from './place.js';

/** How far a mirror has read the server's log; undefined where it has not begun. */
export function placeIn(database: DatabaseSync): Place | undefined {
  const row = database.prepare('SELECT commit_position, prepare_position FROM place').get() as
    | { commit_position: string; prepare_position: string }
    | undefined;
  return row && { commit: BigInt(row.commit_position), prepare: BigInt(row.prepare_position) };
}

/** Notes the place inside the caller's transaction. */
export function notePlace(database: DatabaseSync, { commit, prepare }: Place): void {
  database
    .prepare('INSERT OR REPLACE INTO place(one, commit_position, prepare_position) VALUES (1, ?, ?)')
    .run(padded(commit), padded(prepare));
}
