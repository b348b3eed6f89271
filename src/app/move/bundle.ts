import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { Refusal } from '../../kernel/refusal.js';
import { Ledger, ledgerFile } from '../../ledger/ledger.js';
import { Reader } from '../../ledger/reader.js';
import { Tiles } from '../../ledger/tiles.js';
import { Hold } from '../../store/hold.js';
import { markMoved } from './moved.js';

/** Size of a log and the root of its tree, base64: what a bundle must come to. */
export interface BundleHead {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
}

/** A log that is to be moved, wherever it is kept. */
export interface Bundle {
  /** What it says of itself; undefined where nothing lies beside the lines. */
  readonly head: BundleHead | undefined;
  /** Its exact lines in order, some at a time; may be asked for more than once. */
  lines(): AsyncIterable<readonly string[]>;
  /** Lets the source take no more events: the log is at that address from now on. */
  moved(to: string): void;
  close(): void;
}

/** File beside a bundle that says its size and root. */
export const headFile = (bundle: string): string => `${bundle.replace(/\.gz$/, '')}.head.json`;

/** Lines that are handed over at a time. */
const some = 1_000;

/** Opens a bundle of exact lines (NDJSON, also `.gz`), or the ledger of a data directory, which nobody may write to meanwhile. */
export function openBundle(path: string): Bundle {
  if (!existsSync(path))
    throw new Refusal(
      'config/invalid',
      `There is no ${path}; name a bundle that export events wrote, or a data directory`,
    );
  return statSync(path).isDirectory() ? directoryBundle(path) : fileBundle(path);
}

/** The ledger of a data directory as a bundle, beside a service that may hold it. */
export function lookAtLog(directory: string): Bundle {
  checkLog(directory);
  const reader = Reader.open(ledgerFile(directory));
  const size = reader.head();
  const root = rootAt(new Tiles(reader.database, size), size, directory);
  return { ...bundleOf(reader, size, root), moved: () => undefined, close: () => reader.close() };
}

/** Root of the first so many entries of a ledger; refuses one whose stored tree lacks hashes. */
export function rootAt(tiles: Tiles, size: number, directory: string): Buffer {
  const frontier = tiles.frontier(size);
  if (frontier) return frontier.root();
  throw new Refusal(
    'ledger/corrupt',
    `${ledgerFile(directory)} lacks hashes of its tree; restore it from a backup, and keep this file for the auditor`,
  );
}

function directoryBundle(directory: string): Bundle {
  checkLog(directory);
  const hold = Hold.take(directory, process.pid);
  try {
    const ledger = Ledger.open(directory);
    return {
      ...bundleOf(ledger.reader, ledger.size, ledger.root()),
      moved: (to) => markMoved(ledger, to),
      close: () => {
        ledger.close();
        hold.release();
      },
    };
  } catch (error) {
    hold.release();
    throw error;
  }
}

function checkLog(directory: string): void {
  if (!existsSync(ledgerFile(directory)))
    throw new Refusal('config/invalid', `There is no log in ${directory}; name the data directory of one, or a bundle`);
}

function bundleOf(reader: Reader, size: number, root: Buffer): Pick<Bundle, 'head' | 'lines'> {
  return {
    head: { origin: reader.meta('origin') ?? '', size, root: root.toString('base64') },
    async *lines() {
      for (let after = 0; after < size; after += some)
        yield reader.scan(after, Math.min(some, size - after)).map((row) => row.entry);
    },
  };
}

function fileBundle(file: string): Bundle {
  return { head: headOf(file), lines: () => linesOf(file), moved: () => undefined, close: () => undefined };
}

function headOf(file: string): BundleHead | undefined {
  const beside = headFile(file);
  if (!existsSync(beside)) return undefined;
  try {
    const { origin, size, root } = JSON.parse(readFileSync(beside, 'utf8')) as BundleHead;
    if (typeof origin === 'string' && Number.isSafeInteger(size) && typeof root === 'string')
      return { origin, size, root };
  } catch {
    // said below
  }
  throw new Refusal('bundle/invalid', `${beside} is no head of a bundle; take it from the same export as the bundle`);
}

async function* linesOf(file: string): AsyncGenerator<readonly string[]> {
  const raw = createReadStream(file, { highWaterMark: 1 << 20 });
  const input = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  raw.on('error', (error) => input.destroy(error));
  let rest: Buffer[] = [];
  let lines: string[] = [];
  try {
    for await (const chunk of input as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        const piece = chunk.subarray(from, at);
        lines.push((rest.length > 0 ? Buffer.concat([...rest, piece]) : piece).toString('utf8'));
        rest = [];
        from = at + 1;
      }
      if (from < chunk.length) rest.push(chunk.subarray(from));
      if (lines.length < some) continue;
      yield lines;
      lines = [];
    }
  } catch (error) {
    throw new Refusal(
      'ledger/io',
      `${file} could not be read (${error instanceof Error ? error.message : String(error)})`,
    );
  }
  if (rest.length > 0) lines.push(Buffer.concat(rest).toString('utf8'));
  if (lines.length > 0) yield lines;
}
