import { hash } from 'node:crypto';

/** A SHA-256 value: 32 bytes. */
export type Hash = Buffer;

const leafMark = Buffer.of(0);
/** An inner node's bytes, written over for each: hashing takes them at once. */
const inner = Buffer.alloc(65, 1);

/** Hash of one entry's bytes: SHA-256(0x00 ‖ bytes) (RFC 6962 §2.1). */
export function leafHash(bytes: Uint8Array | string): Hash {
  if (typeof bytes !== 'string') return hash('sha256', Buffer.concat([leafMark, bytes]), 'buffer');
  const marked = Buffer.allocUnsafe(1 + Buffer.byteLength(bytes));
  marked[0] = 0;
  marked.write(bytes, 1);
  return hash('sha256', marked, 'buffer');
}

/** Hash of an inner node: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Hash, right: Hash): Hash {
  inner.set(left, 1);
  inner.set(right, 33);
  return hash('sha256', inner, 'buffer');
}

/** Root of the empty tree: SHA-256 of nothing. */
export const emptyRoot: Hash = hash('sha256', Buffer.alloc(0), 'buffer');

/** The perfect subtrees of a tree of `size` leaves, largest first: one for each set bit. All that is needed to grow it and to know its root. */
export class Frontier {
  private readonly peaks: Hash[] = [];
  private count = 0;

  /** Number of leaves. */
  get size(): number {
    return this.count;
  }

  /** A frontier from its peaks, largest first. */
  static of(size: number, peaks: readonly Hash[]): Frontier {
    const frontier = new Frontier();
    frontier.count = size;
    frontier.peaks.push(...peaks);
    return frontier;
  }

  /** The same tree, to be grown apart. */
  copy(): Frontier {
    return Frontier.of(this.count, this.peaks);
  }

  /** Adds a leaf; returns the hashes of the perfect subtrees it completed, smallest first (the leaf itself is the first). */
  push(leaf: Hash): readonly Hash[] {
    const done = [leaf];
    let node = leaf;
    for (let rest = this.count; rest % 2 === 1; rest = (rest - 1) / 2) {
      node = nodeHash(this.peaks.pop()!, node);
      done.push(node);
    }
    this.peaks.push(node);
    this.count++;
    return done;
  }

  /** Root of the tree: the peaks folded from the smallest. */
  root(): Hash {
    let root: Hash | undefined;
    for (let i = this.peaks.length - 1; i >= 0; i--) root = root ? nodeHash(this.peaks[i]!, root) : this.peaks[i]!;
    return root ?? emptyRoot;
  }
}

/** Where proofs take hashes from: the hash of the perfect subtree of 2^level leaves with that index. */
export type Subtrees = (level: number, index: number) => Hash;

/** Root of leaves [from, to), `from` being a multiple of a power of two at least as large as the range needs (RFC 9162 §2.1.1). */
export function rangeRoot(subtree: Subtrees, from: number, to: number): Hash {
  const size = to - from;
  if (size <= 0) return emptyRoot;
  const level = Math.floor(Math.log2(size));
  const whole = 2 ** level;
  const left = subtree(level, from / whole);
  return whole === size ? left : nodeHash(left, rangeRoot(subtree, from + whole, to));
}

/** Largest power of two below n (n ≥ 2). */
export function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** Inclusion proof of leaf `index` in a tree of `size` (RFC 9162 §2.1.3.1). */
export function inclusionProof(subtree: Subtrees, index: number, size: number, from = 0): Hash[] {
  if (size <= 1) return [];
  const k = splitPoint(size);
  if (index < k) return [...inclusionProof(subtree, index, k, from), rangeRoot(subtree, from + k, from + size)];
  return [...inclusionProof(subtree, index - k, size - k, from + k), rangeRoot(subtree, from, from + k)];
}

/** Consistency proof between trees of `first` and `size` leaves (RFC 9162 §2.1.4.1); 0 < first ≤ size. */
export function consistencyProof(subtree: Subtrees, first: number, size: number): Hash[] {
  return first === size ? [] : subproof(subtree, first, size, 0, true);
}

function subproof(subtree: Subtrees, m: number, n: number, from: number, whole: boolean): Hash[] {
  if (m === n) return whole ? [] : [rangeRoot(subtree, from, from + n)];
  const k = splitPoint(n);
  if (m <= k) return [...subproof(subtree, m, k, from, whole), rangeRoot(subtree, from + k, from + n)];
  return [...subproof(subtree, m - k, n - k, from + k, false), rangeRoot(subtree, from, from + k)];
}
