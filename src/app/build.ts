import { projectionNamed } from '../../projections/registry.js';
import { Folder } from './folder.js';
import type { FoldPool } from './pool.js';
import type { TakeIn } from './take-in.js';
import { folderOf, type Track } from './track.js';
import type { Views } from './views.js';
import type { Whole } from './whole.js';

/** Accounts folded by one transaction: few, so that what is folded is saved while it is young, and every thread has work until the end. */
const chunkSize = 25;
/** Persons folded by one transaction: their Histories are short. */
const personsSize = 200;

/** Chunks that this thread may fold while it waits for one that another thread is at. */
const spareMax = 4;

/** Fewer events than this are folded sooner than threads are begun. */
const worthThreads = 20_000;

/** Cursor of projections that are built and have only to be caught up. */
export const built = 'built';

interface Chunk {
  readonly after: string;
  readonly names: readonly string[];
  /** What the next chunk comes after; undefined where this one is the last. */
  readonly next: string | undefined;
  /** Settles when another thread has folded it, or has failed to. */
  readonly folding?: Promise<unknown>;
  wholes?: readonly Whole[];
}

/** What is built, and the log's position as it was when the building began. */
interface Task {
  readonly track: Track;
  readonly position: number;
}

/**
 * Builds projections from zero, as the log stood when the building began: subject by subject, going on after a restart where it
 * was. With a pool, its threads fold chunks beside this one, which folds too whenever the next chunk to save is not there yet.
 */
export class Build {
  /** Chunks under way, in order, of the track and position named. */
  private ahead: { readonly of: string; readonly chunks: Chunk[] } = { of: '', chunks: [] };

  constructor(
    private readonly takeIn: TakeIn,
    private readonly views: Views,
    private readonly pool?: FoldPool,
  ) {}

  /** Folds and saves the next subjects of a track. `cursor` is `<account number or person's stream>/<subjects done>`. */
  async chunk(track: Track, { position, cursor }: { position: number; cursor: string }): Promise<void> {
    const [after = '0', done = '0'] = cursor.split('/');
    const { names, next, wholes = [] } = await this.folded({ track, position }, after);
    this.views.together(() => {
      for (const whole of wholes) this.takeIn.take(folderOf(track, whole.name)!, whole);
      const place = next === undefined ? built : `${next}/${Number(done) + names.length}`;
      for (const key of track.keys) this.views.setCheckpoint(key, position, false, place);
    }, true);
    if (next === undefined) await this.pool?.close();
  }

  /** The chunk after a place, folded, taken out of those under way. */
  private async folded(task: Task, after: string): Promise<Chunk> {
    const of = `${task.track.keys.join()} ${task.position}`;
    if (this.ahead.of !== of || this.ahead.chunks[0]?.after !== after) this.ahead = { of, chunks: [] };
    const { chunks } = this.ahead;
    const pool = this.threads;
    const most = pool ? pool.atOnce + spareMax : 1;
    for (;;) {
      const next = chunks.length > 0 ? chunks.at(-1)!.next : after;
      const more = next !== undefined && chunks.length < most;
      if (more && pool && chunks.filter(({ wholes }) => !wholes).length < pool.atOnce)
        chunks.push(this.given(task, next, pool));
      else if (chunks[0]?.wholes) return chunks.shift()!;
      else if (more) {
        chunks.push(this.foldedHere(task, next));
        // what the threads have answered meanwhile is heard
        if (pool) await new Promise(setImmediate);
      } else await chunks[0]!.folding;
    }
  }

  /** The pool, where there is enough to fold for its threads to be worth their beginning. */
  private get threads(): FoldPool | undefined {
    return this.takeIn.reader.head() >= worthThreads ? this.pool : undefined;
  }

  private foldedHere({ track, position }: Task, after: string): Chunk {
    const { reader, wholes } = this.takeIn;
    const { names, next } = this.subjectsAfter(after);
    const fold = (name: string) => {
      const folder = folderOf(track, name);
      return folder ? [wholes.fold(folder, name, position)] : [];
    };
    return { after, names, next, wholes: reader.together(() => names.flatMap(fold)) };
  }

  private given({ track, position }: Task, after: string, pool: FoldPool): Chunk {
    const { names, next } = this.subjectsAfter(after);
    const projections = track.projections.map(({ name }) => name);
    const folding = pool
      .wholes(
        projections,
        names.filter((name) => folderOf(track, name)),
        position,
      )
      .then((wholes) => {
        chunk.wholes = wholes;
      });
    folding.catch(() => undefined); // thrown when its turn comes
    const chunk: Chunk = { after, names, next, folding };
    return chunk;
  }

  /** Accounts in the order of their numbers in the log; then persons in that of their streams; at last the programme. */
  private subjectsAfter(after: string): { names: readonly string[]; next: string | undefined } {
    const { reader } = this.takeIn;
    const no = Number(after);
    const accounts = Number.isInteger(no) ? reader.accounts(no, chunkSize) : [];
    if (accounts.length > 0)
      return { names: accounts.map(({ id }) => `account/${id}`), next: String(accounts.at(-1)!.no) };
    for (const kind of ['contact', 'member']) {
      const streams = reader.streamsLike(`${kind}-`, after, personsSize);
      const names = streams.map((stream) => `${kind}/${stream.slice(kind.length + 1)}`);
      if (names.length > 0) return { names, next: streams.at(-1)! };
    }
    return { names: ['programme/programme'], next: undefined };
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
