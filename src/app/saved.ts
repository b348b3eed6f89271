import type { Instant } from '../kernel/instant.js';
import type { Place } from '../ledger/reader.js';
import type { FoldStates } from './folder.js';
import { before } from './histories.js';
import type { Stored, Views } from './views.js';

/** How far the stored states of a subject reach, without the states themselves. */
export interface Saved extends Place, Omit<Stored, 'key' | 'state'> {
  /** The states' texts in the order of the keys; undefined where one is missing. */
  readonly texts: () => readonly string[] | undefined;
}

type Reach = Omit<Stored, 'key' | 'state'>;
const reach = 'time, position, count, known_max AS knownMax, position_max AS positionMax, members';

/** Savepoints looked at for one moment at the most. */
const lookedAt = 64;

/** Stored states and savepoints from which a fold may go on, newest first: looked through by their places, read only where one is right. */
export function* savedOf(views: Views, subject: string, keys: readonly string[], asOf: Instant): Generator<Saved> {
  const states = keys.map((key) =>
    views.row(`SELECT ${reach} FROM states WHERE subject = ? AND key = ?`, subject, key),
  );
  const newest = level(states as (Reach | undefined)[]);
  if (newest) {
    const sql = 'SELECT state FROM states WHERE subject = ? AND key = ?';
    yield { ...newest, texts: () => all(keys.map((key) => views.row(sql, subject, key))) };
  }
  const places = views.rows(
    `SELECT ${reach} FROM savepoints WHERE subject = ? AND key = ? AND time <= ? ORDER BY time DESC, position DESC LIMIT ${lookedAt}`,
    subject,
    keys[0]!,
    asOf,
  ) as Reach[];
  const sql = 'SELECT state FROM savepoints WHERE subject = ? AND key = ? AND time = ? AND position = ?';
  for (const one of places) {
    const texts = () => all(keys.map((key) => views.row(sql, subject, key, one.time, one.position)));
    yield { ...one, texts };
  }
}

/**
 * How far newest states reach together: as far as the farthest, for all are level with one checkpoint. A projection that was built
 * apart from the others stands where the last event that it handles stood. Undefined where one is missing or is of another History.
 */
function level(states: readonly (Reach | undefined)[]): Reach | undefined {
  return states.reduce((a, b) => {
    if (!a || !b || a.members !== b.members) return undefined;
    const farther = before(a, b) ? b : a;
    const knownMax = Math.max(a.knownMax, b.knownMax);
    return { ...farther, knownMax, positionMax: Math.max(a.positionMax, b.positionMax) };
  });
}

function all(rows: readonly (object | undefined)[]): readonly string[] | undefined {
  return rows.every((row) => row !== undefined) ? rows.map((row) => (row as { state: string }).state) : undefined;
}

/**
 * States parsed for reading, kept while their texts are the same: one account is looked at from many sides. They are shared, so
 * nobody may fold on from them. Bounded by the length of the texts.
 */
export class Parsed {
  private readonly kept = new Map<string, { readonly text: string; readonly state: object }>();
  private length = 0;

  constructor(private readonly maxLength = 16_000_000) {}

  states(subject: string, keys: readonly string[], texts: readonly string[]): FoldStates {
    return Object.fromEntries(keys.map((key, i) => [key, this.state(`${key} ${subject}`, texts[i]!)]));
  }

  private state(name: string, text: string): object {
    const known = this.kept.get(name);
    this.kept.delete(name);
    const one = known?.text === text ? known : { text, state: JSON.parse(text) as object };
    this.kept.set(name, one);
    this.length += text.length - (known?.text.length ?? 0);
    for (const [oldest, { text: gone }] of this.kept) {
      if (this.length <= this.maxLength || oldest === name) break;
      this.kept.delete(oldest);
      this.length -= gone.length;
    }
    return one.state;
  }
}
