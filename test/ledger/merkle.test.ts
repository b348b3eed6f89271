import { describe, expect, it } from '@jest/globals';
import {
  consistencyProof,
  emptyRoot,
  Frontier,
  type Hash,
  inclusionProof,
  leafHash,
  nodeHash,
  splitPoint,
} from '../../src/ledger/merkle.js';

const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (hex) => Buffer.from(hex, 'hex'),
);

/** Root by the definition of RFC 6962, recursively. */
function rootOf(hashes: readonly Hash[]): Hash {
  if (hashes.length === 0) return emptyRoot;
  if (hashes.length === 1) return hashes[0]!;
  const k = splitPoint(hashes.length);
  return nodeHash(rootOf(hashes.slice(0, k)), rootOf(hashes.slice(k)));
}

const subtreesOf = (hashes: readonly Hash[]) => (level: number, index: number) =>
  rootOf(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level));

describe('the Merkle tree (RFC 6962)', () => {
  it('has the published roots of the eight classic leaves', () => {
    const frontier = new Frontier();
    const roots = leaves.map((leaf) => {
      frontier.push(leafHash(leaf));
      return frontier.root().toString('hex');
    });
    expect(roots[0]).toMatch(/^6e340b9c/);
    expect(roots[2]).toMatch(/^aeb6bcfe.*6e77$/);
    expect(roots[7]).toMatch(/^5dc9da79.*4328$/);
    expect(emptyRoot.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('grows to the same root as the definition, at every size', () => {
    const hashes: Hash[] = [];
    const frontier = new Frontier();
    for (let n = 1; n <= 300; n++) {
      const leaf = leafHash(`entry ${n}`);
      hashes.push(leaf);
      frontier.push(leaf);
      expect(frontier.root().equals(rootOf(hashes))).toBe(true);
    }
  });

  it('proves inclusion of every leaf: folding the path gives the root', () => {
    const hashes = Array.from({ length: 70 }, (_, i) => leafHash(`entry ${i}`));
    for (let size = 1; size <= 70; size++) {
      const tree = hashes.slice(0, size);
      for (let index = 0; index < size; index++) {
        const path = inclusionProof(subtreesOf(tree), index, size);
        expect(foldPath(index, size, tree[index]!, path).equals(rootOf(tree))).toBe(true);
      }
    }
  });

  it('proves consistency with at most a logarithm of hashes', () => {
    const hashes = Array.from({ length: 64 }, (_, i) => leafHash(`entry ${i}`));
    for (let size = 2; size <= 64; size++) {
      for (let first = 1; first <= size; first++)
        expect(consistencyProof(subtreesOf(hashes), first, size).length).toBeLessThanOrEqual(8);
    }
  });
});

/** RFC 9162 §2.1.3.2. */
function foldPath(index: number, size: number, leaf: Hash, path: readonly Hash[]): Hash {
  let fn = index;
  let sn = size - 1;
  let root = leaf;
  for (const node of path) {
    if (fn % 2 === 1 || fn === sn) {
      root = nodeHash(node, root);
      while (fn % 2 === 0 && fn !== 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else root = nodeHash(root, node);
    fn >>= 1;
    sn >>= 1;
  }
  return root;
}
