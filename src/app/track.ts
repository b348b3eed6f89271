import type { AnyProjection, Subject } from '../kernel/projection.js';
import { Folder, keyOf } from './folder.js';

/** Projections that advance together. */
export interface Track {
  readonly folders: ReadonlyMap<Subject['of'], Folder>;
  readonly projections: readonly AnyProjection[];
  readonly keys: readonly string[];
}

export function trackOf(projections: readonly AnyProjection[]): Track {
  const kinds = [...new Set(projections.map((projection) => projection.of))];
  const folders = new Map(
    kinds.map((of) => [of, new Folder(projections.filter((projection) => projection.of === of))]),
  );
  return { folders, projections, keys: projections.map(keyOf) };
}

/** The folder of a stored name's kind. */
export const folderOf = (track: Track, name: string): Folder | undefined =>
  track.folders.get(name.slice(0, name.indexOf('/')) as Subject['of']);
