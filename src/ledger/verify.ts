import type { Entry } from '../kernel/event.js';
import { isAnnotation } from '../kernel/event.js';
import { Frontier, type Hash, leafHash } from './merkle.js';
import { idBytes, type Reader, type Row } from './reader.js';

/** What a check of the whole log found. `bad` says where it is not what was recorded; null where it is sound. */
export interface Verified {
  readonly size: number;
  readonly root: Hash;
  readonly bad: string | null;
}

const WIDTH = 256;
const HASH = 32;

/**
 * Recomputes the whole log as it stands: every leaf from its entry, every tile from the one below, the root from the leaves, and
 * every column that answers are looked up by from the entry's own bytes. `said` is told how many entries are checked.
 */
export function verifyLog(reader: Reader, said: (entries: number) => void = () => undefined): Verified {
  return reader.together(() => {
    const tree = new Frontier();
    const bad = badPage(reader) ?? badEntry(reader, tree, said) ?? badHead(reader, tree) ?? badTile(reader, tree.size);
    return { size: tree.size, root: tree.root(), bad };
  });
}

/** What the database itself finds wrong with its pages and indexes. */
function badPage(reader: Reader): string | null {
  const { integrity_check: says } = reader.database.prepare('PRAGMA integrity_check(1)').get() as {
    integrity_check: string;
  };
  const tables = reader.database
    .prepare("SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table' AND name IN ('entries', 'tiles', 'head')")
    .get() as { n: number };
  if (tables.n < 3) return 'The file holds no log';
  return says === 'ok' ? null : `The file is damaged: ${says.replaceAll('\n', ' ')}`;
}

/** The first entry that is not what was recorded; the tree grows by all that are. */
function badEntry(reader: Reader, tree: Frontier, said: (entries: number) => void): string | null {
  const columns = new Columns(reader);
  for (let rows = reader.scan(0, WIDTH); ; rows = reader.scan(tree.size, WIDTH)) {
    const leaves = tileOf(reader, 0, tree.size / WIDTH);
    for (const [i, row] of rows.entries()) {
      const leaf = leafHash(row.entry);
      if (row.position !== tree.size + 1) return `Entry ${tree.size + 1} is missing`;
      if (!leaves?.subarray(i * HASH, (i + 1) * HASH).equals(leaf))
        return `Entry ${row.position} is not what was recorded`;
      const wrong = columns.differ(row);
      if (wrong) return `Entry ${row.position} is found under another ${wrong} than it tells`;
      tree.push(leaf);
    }
    said(tree.size);
    if (rows.length < WIDTH) return null;
  }
}

function badHead(reader: Reader, tree: Frontier): string | null {
  const head = reader.database.prepare('SELECT size, root FROM head').get() as
    | { size: number; root: Uint8Array }
    | undefined;
  if (head?.size === tree.size && tree.root().equals(head.root)) return null;
  return `The tree of ${tree.size} entries does not have the root of the head: entries are missing or were changed`;
}

/** The first tile above the leaves that is not made of the tile below; null where all are. */
function badTile(reader: Reader, size: number): string | null {
  for (let level = 1, count = Math.floor(size / WIDTH); count > 0; level++, count = Math.floor(count / WIDTH)) {
    for (let index = 0; index < count; index++) {
      const below = tileOf(reader, level - 1, index);
      const at = (index % WIDTH) * HASH;
      const hash = tileOf(reader, level, Math.floor(index / WIDTH))?.subarray(at, at + HASH);
      if (!below || !hash?.equals(rootOf(below)))
        return `Tile ${level}/${Math.floor(index / WIDTH)} is not made of the tiles below it`;
    }
  }
  return null;
}

function tileOf(reader: Reader, level: number, n: number): Buffer | undefined {
  const row = reader.database.prepare('SELECT hashes FROM tiles WHERE level = ? AND n = ?').get(level, n) as
    | { hashes: Uint8Array }
    | undefined;
  return row && Buffer.from(row.hashes);
}

function rootOf(tile: Buffer): Hash {
  const tree = new Frontier();
  for (let at = 0; at < tile.length; at += HASH) tree.push(tile.subarray(at, at + HASH));
  return tree.root();
}

/** Compares what an entry is looked up by with what its bytes tell. */
class Columns {
  constructor(private readonly reader: Reader) {}

  /** Name of the first column that differs; undefined where none does. */
  differ(row: Row): string | undefined {
    const entry = JSON.parse(row.entry) as Entry;
    const { reader } = this;
    const kept = this.keys(row.position);
    const { corrects, retracts } = entry.data as { corrects?: string; retracts?: string };
    const target = isAnnotation(entry.type) ? (corrects ?? retracts) : undefined;
    const pairs: readonly [string, unknown, unknown][] = [
      ['time', row.time, Date.parse(entry.time)],
      ['time of knowing', row.known, Date.parse(entry.knowntime ?? entry.recordedtime)],
      ['type', reader.typeName(row.type), entry.type],
      ['stream', reader.streamName(row.stream), entry.subject],
      ['account', row.account === null ? undefined : reader.accountId(row.account), entry.accountid],
      ['revision', kept.revision, entry.streamrevision],
      ['id', hex(kept.id), hex(idBytes(entry.id))],
      ['target', kept.target === null ? undefined : hex(kept.target), target && hex(idBytes(target))],
    ];
    return pairs.find(([, stored, told]) => stored !== told)?.[0];
  }

  private keys(position: number): { revision: number; id: Uint8Array; target: Uint8Array | null } {
    this.statement ??= this.reader.database.prepare(
      'SELECT e.revision, e.id, a.target FROM entries e LEFT JOIN annotations a ON a.position = e.position WHERE e.position = ?',
    );
    return this.statement.get(position) as never;
  }
  private statement: ReturnType<Reader['database']['prepare']> | undefined;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
