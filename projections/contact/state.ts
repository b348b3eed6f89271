import type { DmuRole } from '../../src/domain/vocabulary.js';
import type { Instant } from '../../src/kernel/instant.js';
import { type Sequenced, unbegun } from '../sequence/rule.js';
import type { Half } from './moves.js';

/** Something that held in `[from, until)`; `until` null while it does. */
export interface Spell<T> {
  readonly is: T;
  readonly from: Instant;
  until: Instant | null;
  readonly eventId: string;
}

/** A person of theirs over the years; their name stays sealed. */
export interface ContactState extends Sequenced {
  readonly accounts: Spell<string>[];
  readonly places: Spell<{ readonly function: string; readonly seniority: number }>[];
  readonly roles: Spell<DmuRole>[];
  readonly assessments: Spell<{ readonly attitude: number | null; readonly influence: number | null }>[];
  readonly superiors: Spell<string>[];
  /** Halves of moves whose other half is not told of. */
  readonly halves: Half[];
  /** The departure that named another account, until they come to one. */
  awaited: Half | null;
}

/** Nobody yet. */
export const initial = (): ContactState => ({
  accounts: [],
  places: [],
  roles: [],
  assessments: [],
  superiors: [],
  halves: [],
  sequence: unbegun(),
  awaited: null,
});
