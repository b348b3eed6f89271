/**
 * Which ids were told of, in seven bytes each: states keep them for ever. Six characters of a hash under one of 64 letters, so that a
 * look goes through a 64th of them. An id that was never told of is taken for another once in 2³⁶ ÷ how many there are.
 */
export type Marks = Record<string, string>;

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const length = 6;

/** Remembers an id. */
export function tell(marks: Marks, id: string): void {
  const [letter, mark] = markOf(id);
  if (!holds(marks[letter], mark)) marks[letter] = (marks[letter] ?? '') + mark;
}

/** Whether the id was told of. */
export function isTold(marks: Marks, id: string): boolean {
  const [letter, mark] = markOf(id);
  return holds(marks[letter], mark);
}

/** Forgets an id. */
export function forget(marks: Marks, id: string): void {
  const [letter, mark] = markOf(id);
  const at = placeOf(marks[letter], mark);
  if (at >= 0) marks[letter] = marks[letter]!.slice(0, at) + marks[letter]!.slice(at + length);
}

const holds = (under: string | undefined, mark: string): boolean => placeOf(under, mark) >= 0;

function placeOf(under: string | undefined, mark: string): number {
  if (under === undefined) return -1;
  for (let at = under.indexOf(mark); at >= 0; at = under.indexOf(mark, at + 1)) if (at % length === 0) return at;
  return -1;
}

/** A letter and six more, of two hashes of 32 bits (FNV-1a, and the same over the text from its end), stirred as MurmurHash3 ends. */
function markOf(id: string): [letter: string, mark: string] {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (let i = 0; i < id.length; i++) {
    a = Math.imul(a ^ id.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ id.charCodeAt(id.length - 1 - i), 0x01000193);
  }
  a = stirred(a);
  b = stirred(b ^ a);
  const at = (bits: number): string => letters[bits & 63]!;
  return [at(a), at(a >>> 6) + at(a >>> 12) + at(a >>> 18) + at(b) + at(b >>> 6) + at(b >>> 12)];
}

function stirred(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
