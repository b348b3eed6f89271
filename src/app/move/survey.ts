import { canonical } from '../../kernel/canonical.js';
import type { Entry } from '../../kernel/event.js';
import { Refusal } from '../../kernel/refusal.js';
import { Frontier, leafHash } from '../../ledger/merkle.js';
import { maxEntryBytes, type Stamped } from '../../store/stamp.js';
import type { Bundle, BundleHead } from './bundle.js';

/** What a bundle holds, found by reading all of it before anything is written. */
export interface Survey extends BundleHead {
  /** Names that its log has had, in order. */
  readonly sources: readonly string[];
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The entry on a line that was surveyed before. */
export const surveyedEntry = (line: string): Stamped => ({ entry: JSON.parse(line) as Entry, text: line });

/** The entry on a line of a bundle. Throws `bundle/invalid`, naming the line. */
function entryOn(line: string, no: number): Stamped {
  const entry = parsed(line, no);
  const sound =
    canonicalText(entry) === line &&
    Buffer.byteLength(line) <= maxEntryBytes &&
    entry.specversion === '1.0' &&
    uuid.test(entry.id) &&
    [entry.source, entry.type, entry.subject].every((text) => typeof text === 'string' && text !== '') &&
    Number.isSafeInteger(entry.streamrevision) &&
    typeof entry.data === 'object' &&
    [entry.time, entry.recordedtime, entry.knowntime ?? entry.time].every((time) => Number.isFinite(Date.parse(time)));
  if (!sound) throw invalid(`Line ${no} is no entry of a log as it was written`);
  return { entry, text: line };
}

/** Reads a bundle from beginning to end: every line, the order of every stream, the root, and what it says of itself. */
export async function survey(bundle: Bundle, progress: (lines: number) => void): Promise<Survey> {
  const tree = new Frontier();
  const revisions = new Map<string, number>();
  const sources: string[] = [];
  let origin = '';
  for await (const lines of bundle.lines()) {
    for (const line of lines) {
      const no = tree.size + 1;
      const { entry } = entryOn(line, no);
      const next = (revisions.get(entry.subject) ?? -1) + 1;
      if (entry.streamrevision !== next)
        throw invalid(
          `Line ${no} has revision ${entry.streamrevision} of stream ${entry.subject}, where ${next} comes next`,
        );
      revisions.set(entry.subject, next);
      if (entry.source !== sources.at(-1)) sources.push(entry.source);
      origin = entry.type === 'LogContinued' ? String(entry.data.origin) : entry.source;
      tree.push(leafHash(line));
    }
    progress(tree.size);
  }
  const found = { origin, size: tree.size, root: tree.root().toString('base64') };
  const { head } = bundle;
  if (head && (head.size !== found.size || head.root !== found.root))
    throw invalid(
      head.size > found.size
        ? `It has ${found.size} lines of ${head.size}: it was cut off`
        : `Its ${found.size} lines have the root ${found.root}, where ${head.size} lines with ${head.root} were recorded`,
    );
  if (found.size === 0) throw invalid('It holds no event');
  return { ...found, sources };
}

/** Root of the first so many lines, base64. */
export async function rootOf(bundle: Bundle, size: number): Promise<string> {
  const tree = new Frontier();
  for await (const lines of bundle.lines()) {
    for (const line of lines.slice(0, size - tree.size)) tree.push(leafHash(line));
    if (tree.size >= size) break;
  }
  return tree.root().toString('base64');
}

const invalid = (what: string): Refusal =>
  new Refusal('bundle/invalid', `The bundle cannot be taken in. ${what}; export it again`);

function parsed(line: string, no: number): Entry {
  try {
    const entry = JSON.parse(line) as Entry | null;
    if (typeof entry === 'object' && entry !== null && !Array.isArray(entry)) return entry;
  } catch {
    // said below
  }
  throw invalid(`Line ${no} is no JSON object`);
}

function canonicalText(entry: Entry): string | undefined {
  try {
    return canonical(entry);
  } catch {
    return undefined;
  }
}
