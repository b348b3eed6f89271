import type { Config } from '../../config.js';
import { Refusal } from '../../kernel/refusal.js';
import type { Bundle } from './bundle.js';
import { ServerTarget } from './server-target.js';
import { rootOf, type Survey, survey, surveyedEntry } from './survey.js';
import { embeddedTarget, type MoveTarget } from './target.js';

/** What a move came to. */
export interface Moved {
  readonly origin: string;
  readonly size: number;
  /** Root of the tree, base64: of the source, and found again at the target. */
  readonly root: string;
  /** Events that were there before this run. */
  readonly before: number;
  readonly to: string;
  /** Time of each part, in ms: reading the bundle, appending, reading it back. */
  readonly ms: { readonly read: number; readonly append: number; readonly check: number };
}

/** What is going on, and how many events are done. */
export type MoveProgress = (what: 'read' | 'appended' | 'checked', done: number, all: number | undefined) => void;

/**
 * Moves a whole log into the one that the settings name: the same bytes at the same positions, so the same root. What cannot be
 * taken in is refused before anything is written; what was interrupted goes on where it stopped. At the end the source takes no more
 * events.
 */
export async function moveIn(bundle: Bundle, config: Config, progress: MoveProgress): Promise<Moved> {
  const started = Date.now();
  const found = await survey(bundle, (lines) => progress('read', lines, bundle.head?.size));
  const checked = (done: number) => progress('checked', done, found.size);
  const target = await (config.store === 'embedded'
    ? embeddedTarget(config, found)
    : ServerTarget.open(config, found, checked));
  try {
    await checkPrefix(bundle, found, target);
    const read = Date.now();
    await append(bundle, target, (done) => progress('appended', done, found.size));
    const appended = Date.now();
    await target.finish(found.size, checked);
    checkRoot(found, target);
    bundle.moved(target.address);
    const ms = { read: read - started, append: appended - read, check: Date.now() - appended };
    return { origin: found.origin, size: found.size, root: found.root, before: target.size, to: target.address, ms };
  } finally {
    await target.close();
  }
}

/** What the target has must be how the bundle begins, or go on from all of it. */
async function checkPrefix(bundle: Bundle, found: Survey, target: MoveTarget): Promise<void> {
  const { address, size } = target;
  const common = Math.min(size, found.size);
  const wanted = common === found.size ? found.root : await rootOf(bundle, common);
  if (target.root(common) === wanted) return;
  throw new Refusal(
    'bundle/not-a-prefix',
    `The log at ${address} has ${size} events, and they are not how this one of ${found.size} begins; move it into an empty log`,
  );
}

async function append(bundle: Bundle, target: MoveTarget, progress: (done: number) => void): Promise<void> {
  let no = 0;
  for await (const lines of bundle.lines()) {
    const entries = lines.slice(Math.max(target.size - no, 0)).map(surveyedEntry);
    no += lines.length;
    if (entries.length === 0) continue;
    await target.take(entries);
    progress(no);
  }
}

function checkRoot(found: Survey, target: MoveTarget): void {
  const root = target.root(found.size);
  if (root !== found.root)
    throw new Refusal(
      'log/diverged',
      `The log at ${target.address} has the root ${root} at ${found.size} events, the source ${found.root}: something else was written there meanwhile; move into an empty log, with every service stopped`,
    );
}
