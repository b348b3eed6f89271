import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Frontier, type Hash, nodeHash, type Subtrees } from './merkle.js';

const HASH = 32;
const WIDTH = 256;

/** The tree's stored hashes: tiles of 256, level 0 the leaves, each level above the roots of whole tiles below (tlog-tiles). */
export class Tiles {
  private readonly get: StatementSync;
  private readonly put: StatementSync;
  /** Tiles that are not full yet, by level: bytes so far. */
  private readonly partial: Buffer[][] = [];
  private readonly counts: number[] = [];

  constructor(database: DatabaseSync, size: number) {
    this.get = database.prepare('SELECT hashes FROM tiles WHERE level = ? AND n = ?');
    this.put = database.prepare(
      'INSERT INTO tiles(level, n, hashes) VALUES (?, ?, ?) ON CONFLICT(level, n) DO UPDATE SET hashes = excluded.hashes',
    );
    for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / WIDTH)) {
      const tail = count % WIDTH;
      const stored = tail === 0 ? undefined : this.read(level, Math.floor(count / WIDTH));
      this.partial[level] = stored ? split(stored).slice(0, tail) : [];
      this.counts[level] = count;
    }
  }

  /** Bytes of a tile, 32 for each hash in it; undefined where there is none. */
  read(level: number, n: number): Buffer | undefined {
    const row = this.get.get(level, n) as { hashes: Uint8Array } | undefined;
    return row ? Buffer.from(row.hashes) : undefined;
  }

  /** Adds leaves, inside the caller's transaction: whole tiles are written once, the growing ones once a call. */
  append(leaves: readonly Hash[]): void {
    this.grow(0, leaves);
  }

  /** The frontier of a tree of `size` leaves, computed from the tiles alone; undefined where one lacks hashes. */
  frontier(size: number): Frontier | undefined {
    const peaks: Hash[] = [];
    for (let bit = Math.floor(Math.log2(Math.max(size, 1))); bit >= 0; bit--) {
      const whole = 2 ** bit;
      if (Math.floor(size / whole) % 2 === 0) continue;
      const peak = this.found(bit, Math.floor(size / whole) - 1);
      if (!peak) return undefined;
      peaks.push(peak);
    }
    return Frontier.of(size, size === 0 ? [] : peaks);
  }

  /** Hash of the perfect subtree of 2^level leaves with that index. */
  readonly subtree: Subtrees = (level, index) => {
    const found = this.found(level, index);
    if (!found) throw new RangeError(`a tile lacks the subtree ${level}/${index}`);
    return found;
  };

  private found(level: number, index: number): Hash | undefined {
    const row = Math.floor(level / 8);
    const inside = 2 ** (level % 8);
    const first = index * inside;
    const bytes = this.read(row, Math.floor(first / WIDTH));
    const from = first % WIDTH;
    if (!bytes || bytes.length < (from + inside) * HASH) return undefined;
    return fold(split(bytes.subarray(from * HASH, (from + inside) * HASH)));
  }

  private grow(level: number, hashes: readonly Hash[]): void {
    const open = this.partial[level] ?? [];
    this.partial[level] = open;
    let count = this.counts[level] ?? 0;
    const above: Hash[] = [];
    for (const hash of hashes) {
      open.push(hash);
      count++;
      if (open.length < WIDTH) continue;
      this.put.run(level, count / WIDTH - 1, Buffer.concat(open));
      above.push(fold(open));
      open.length = 0;
    }
    this.counts[level] = count;
    if (open.length > 0 && hashes.length > 0) this.put.run(level, Math.floor(count / WIDTH), Buffer.concat(open));
    if (above.length > 0) this.grow(level + 1, above);
  }
}

function split(bytes: Buffer): Hash[] {
  const hashes: Hash[] = [];
  for (let at = 0; at + HASH <= bytes.length; at += HASH) hashes.push(Buffer.from(bytes.subarray(at, at + HASH)));
  return hashes;
}

/** Root of a power-of-two list of hashes. */
function fold(hashes: readonly Hash[]): Hash {
  let row = hashes;
  while (row.length > 1) {
    const next: Hash[] = [];
    for (let i = 0; i < row.length; i += 2) next.push(nodeHash(row[i]!, row[i + 1]!));
    row = next;
  }
  return row[0]!;
}
