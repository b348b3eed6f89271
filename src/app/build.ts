import { projectionNamed } from '../../projections/registry.js';
import { Folder } from './folder.js';
import type { FoldPool } from './pool.js';
import type { TakeIn } from './take-in.js';
import { folderOf, type Track } from './track.js';
import type { Views } from './views.js';
import type { Whole } from './whole.js';

/** Subjects folded by one transaction: few, so that what is folded is saved while it is young, and every thread has work until the end. */
const chunkSize = 25;

/** Chunks that threads may be ahead of what is saved. */
const aheadMax = 6;

/** Fewer events than this are folded sooner than threads are begun. */
const worthThreads = 20_000;

/** Cursor of projections that are built and have only to be caught up. */
export const built = 'built';

interface Chunk {
  readonly after: number;
  readonly names: readonly string[];
  /** Number of the account to go on after; undefined where this chunk is the last. */
  readonly next: number | undefined;
  readonly wholes: Promise<readonly Whole[]> | readonly Whole[];
}

/**
 * Builds projections from zero, as the log stood when the building began: subject by subject, going on after a restart where it
 * was. With a pool, its threads fold the next chunks while this one saves the last.
 */
export class Build {
  /** Chunks under way, in order, of the track and position named. */
  private ahead: { readonly of: string; readonly chunks: Chunk[] } = { of: '', chunks: [] };

  constructor(
    private readonly takeIn: TakeIn,
    private readonly views: Views,
    private readonly pool?: FoldPool,
  ) {}

  /** Folds the next subjects of a track. `cursor` is `<account number>/<subjects done>`. */
  async chunk(track: Track, { position, cursor }: { position: number; cursor: string }): Promise<void> {
    const [after = '0', done = '0'] = cursor.split('/');
    const { names, next, wholes: folding } = this.under(track, Number(after), position);
    const wholes = await folding;
    this.views.together(() => {
      for (const whole of wholes) this.takeIn.take(folderOf(track, whole.name)!, whole);
      const place = next === undefined ? built : `${next}/${Number(done) + names.length}`;
      for (const key of track.keys) this.views.setCheckpoint(key, position, false, place);
    }, true);
    if (next === undefined) await this.pool?.close();
  }

  /** The chunk after a place, taken out of those under way; the next ones are begun. */
  private under(track: Track, after: number, position: number): Chunk {
    const of = `${track.keys.join()} ${position}`;
    if (this.ahead.of !== of || this.ahead.chunks[0]?.after !== after) this.ahead = { of, chunks: [] };
    const { chunks } = this.ahead;
    const most = this.threads ? aheadMax : 1;
    let next: number | undefined = chunks.length > 0 ? chunks.at(-1)!.next : after;
    while (next !== undefined && chunks.length < most) {
      const chunk: Chunk = this.begun(track, next, position);
      chunks.push(chunk);
      next = chunk.next;
    }
    return chunks.shift()!;
  }

  /** The pool, where there is enough to fold for its threads to be worth their beginning. */
  private get threads(): FoldPool | undefined {
    return this.takeIn.reader.head() >= worthThreads ? this.pool : undefined;
  }

  private begun(track: Track, after: number, position: number): Chunk {
    const pool = this.threads;
    const { names, ended, cursor } = this.subjectsAfter(after);
    const wanted = names.filter((name) => folderOf(track, name));
    const next = ended ? undefined : cursor;
    if (!pool) {
      const { reader, wholes } = this.takeIn;
      const fold = () => wanted.map((name) => wholes.fold(folderOf(track, name)!, name, position));
      return { after, names, next, wholes: reader.together(fold) };
    }
    const projections = track.projections.map((projection) => projection.name);
    return { after, names, next, wholes: pool.wholes(projections, wanted, position) };
  }

  /** Accounts in the order of their numbers in the log; then, at once, persons and the programme. */
  private subjectsAfter(after: number): { names: string[]; cursor: number; ended: boolean } {
    const { reader } = this.takeIn;
    const accounts = reader.accounts(after, chunkSize);
    const names = accounts.map(({ id }) => `account/${id}`);
    if (accounts.length === chunkSize) return { names, cursor: accounts.at(-1)!.no, ended: false };
    const people = ['contact', 'member'].flatMap((kind) =>
      reader.streamsLike(`${kind}-`, '', -1).map((stream) => `${kind}/${stream.slice(kind.length + 1)}`),
    );
    return { names: [...names, ...people, 'programme/programme'], cursor: after, ended: true };
  }
}

/** Folders by kind of subject of projections given by name. */
export function foldersOf(names: readonly string[]): (name: string) => Folder | undefined {
  const wanted = names.flatMap((name) => projectionNamed(name) ?? []);
  const folders = new Map<string, Folder>();
  for (const { of } of wanted)
    if (!folders.has(of)) folders.set(of, new Folder(wanted.filter((projection) => projection.of === of)));
  return (name) => folders.get(name.slice(0, name.indexOf('/')));
}
