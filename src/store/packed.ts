import type { Arrival, Arrived } from './feed.js';

/** Arrivals as they go from thread to thread: a column for each attribute, because many small objects cost more to copy than their texts. */
export interface Packed {
  /** Commit and prepare position of each, one after the other. */
  readonly places: BigInt64Array;
  readonly createdMs: Float64Array;
  /** Entries by the index of their arrival; the others' columns are shorter by those that are missing. */
  readonly which: Uint32Array;
  readonly texts: readonly string[];
  readonly ids: readonly string[];
  readonly streams: readonly string[];
  readonly types: readonly string[];
  readonly accounts: readonly (string | undefined)[];
  readonly targets: readonly (string | undefined)[];
  /** Revision, time and known time of each entry, one after the other. */
  readonly numbers: Float64Array;
  /** Leaf hashes of the entries, 32 bytes each. */
  readonly leaves: Uint8Array;
  /** What else arrivals say, by their index. */
  readonly rest: readonly (readonly [number, Pick<Arrival, 'metadataOf' | 'wrong'>])[];
}

/** Makes arrivals ready to be handed to another thread. */
export function pack(arrivals: readonly Arrival[]): Packed {
  const places = new BigInt64Array(2 * arrivals.length);
  const createdMs = new Float64Array(arrivals.length);
  const which: number[] = [];
  const entries: Arrived[] = [];
  const rest: Packed['rest'][number][] = [];
  arrivals.forEach(({ place, createdMs: at, entry, metadataOf, wrong }, i) => {
    places[2 * i] = place.commit;
    places[2 * i + 1] = place.prepare;
    createdMs[i] = at;
    if (entry) {
      which.push(i);
      entries.push(entry);
    }
    if (metadataOf !== undefined) rest.push([i, { metadataOf }]);
    if (wrong !== undefined) rest.push([i, { wrong }]);
  });
  const numbers = new Float64Array(3 * entries.length);
  const leaves = new Uint8Array(32 * entries.length);
  entries.forEach(({ revision, time, known, leaf }, i) => {
    numbers[3 * i] = revision;
    numbers[3 * i + 1] = time;
    numbers[3 * i + 2] = known;
    leaves.set(leaf, 32 * i);
  });
  return {
    ...{ places, createdMs, which: Uint32Array.from(which), numbers, leaves, rest },
    texts: entries.map((one) => one.text),
    ids: entries.map((one) => one.id),
    streams: entries.map((one) => one.stream),
    types: entries.map((one) => one.type),
    accounts: entries.map((one) => one.account),
    targets: entries.map((one) => one.target),
  };
}

/** The arrivals that another thread handed over. */
export function unpack(packed: Packed): Arrival[] {
  const { places, createdMs, which, texts, numbers, rest } = packed;
  const leaves = Buffer.from(packed.leaves.buffer);
  const arrivals: Arrival[] = Array.from(createdMs, (at, i) => ({
    place: { commit: places[2 * i]!, prepare: places[2 * i + 1]! },
    createdMs: at,
  }));
  texts.forEach((text, i) => {
    const entry: Arrived = {
      text,
      id: packed.ids[i]!,
      stream: packed.streams[i]!,
      revision: numbers[3 * i]!,
      type: packed.types[i]!,
      account: packed.accounts[i],
      time: numbers[3 * i + 1]!,
      known: numbers[3 * i + 2]!,
      target: packed.targets[i],
      leaf: leaves.subarray(32 * i, 32 * i + 32),
    };
    arrivals[which[i]!] = { ...arrivals[which[i]!]!, entry };
  });
  for (const [i, said] of rest) arrivals[i] = { ...arrivals[i]!, ...said };
  return arrivals;
}
