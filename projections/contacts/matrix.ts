import { dmuRoles, unitFunctions } from '../../src/domain/vocabulary.js';
import { DAY_MS, type Instant } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import { diamondOfFlat } from '../statistics/entropy.js';
import { bits } from './bits.js';
import { Fading } from './fading.js';
import { holdersAt, mapAt, type PeopleMap } from './people.js';
import type { ContactsState } from './state.js';

const size = unitFunctions.length;

/** Figures of who knows whom at an instant. Ratios in [0, 1]; null where nothing can be divided. */
export interface ContactFigures {
  /** No two-way meeting in the last `contactDays` (90). */
  readonly silent: boolean;
  readonly diamondIndex: number | null;
  /** Why the diamond index, its parts and the shares are null. */
  readonly reason: 'silent' | 'no-weight' | null;
  readonly rowEntropy: number | null;
  readonly columnEntropy: number | null;
  readonly density: number | null;
  readonly functionsMet: number;
  readonly functionsPresent: number;
  readonly levelsMet: number;
  readonly levelsPresent: number;
  /** Their functions met two-way in 90 d ÷ functions of contacts present. */
  readonly breadth: number | null;
  /** Levels met ÷ levels present. */
  readonly depth: number | null;
  /** Functions of ours that met them two-way in 90 d. */
  readonly oursMet: number;
  /** Pairs of persons that met two-way in 90 d. */
  readonly pairsMet: number;
  /** Parts held by contacts present and met in 90 d ÷ parts held. */
  readonly coverage: number | null;
}

/** What the meetings of the window add up to. */
export interface Tally {
  /** Decayed weight, our function × 15 + their function. */
  readonly weights: readonly number[];
  readonly total: number;
  /** Weight of each person, by their number. */
  readonly persons: readonly number[];
  readonly functions: number;
  readonly levels: number;
  readonly ourFunctions: number;
  /** Pairs met two-way, our number × 2²⁰ + theirs. */
  readonly pairs: ReadonlySet<number>;
  /** Numbers of contacts met two-way. */
  readonly met: ReadonlySet<number>;
}

/**
 * Adds up the meetings in (t − matrixDays, t], each weight shared equally by its pairs and halved every `halfLifeDays` (§3.9, §3.12.1).
 * `weightsOnly`: weights, functions and levels of theirs, where nobody asks who.
 */
export function tally(
  state: ContactsState,
  t: Instant,
  { scoring }: Policy,
  without?: string,
  weightsOnly = false,
): Tally {
  const left = without === undefined ? -1 : (state.numbers[without] ?? -1);
  const weights = new Array<number>(size * size).fill(0);
  const persons = new Array<number>(weightsOnly ? 0 : state.people.length).fill(0);
  const pairs = new Set<number>();
  const met = new Set<number>();
  let [total, functions, levels, ourFunctions] = [0, 0, 0, 0];
  const fading = new Fading(t, scoring);
  const metFrom = t - scoring.contactDays * DAY_MS;
  const oldest = Math.min(fading.from, metFrom);
  const { meetings } = state;
  for (let i = meetings.length - 1; i >= 0; i--) {
    const meeting = meetings[i]!;
    const time = meeting[0]!;
    if (time > t) continue;
    if (time <= oldest) break;
    const split = 3 + meeting[2]!;
    const counts = (meeting[1]! & 1) === 1 && time > metFrom;
    const weight = fading.weight(meeting);
    for (let j = 3; j < split; j++) {
      const our = meeting[j]!;
      const who = our >> 4;
      if (who === left) continue;
      for (let k = split; k < meeting.length; k++) {
        const their = meeting[k]!;
        const whom = their >> 7;
        if (whom === left) continue;
        const column = (their >> 3) & 15;
        weights[(our & 15) * size + column]! += weight;
        if (counts) {
          functions |= 1 << column;
          levels |= 1 << (their & 7);
        }
        if (weightsOnly) continue;
        persons[who]! += weight;
        persons[whom]! += weight;
        total += weight;
        if (!counts) continue;
        ourFunctions |= 1 << (our & 15);
        pairs.add(who * 2 ** 20 + whom);
        met.add(whom);
      }
    }
  }
  return { weights, total, persons, functions, levels, ourFunctions, pairs, met };
}

/** Figures at an instant, under rules; with one person left out where asked. Instants from 30 days before the last event on are right. */
export function contactFiguresAt(
  state: ContactsState,
  t: Instant,
  policy: Policy,
  { without }: { readonly without?: string } = {},
): ContactFigures {
  return figuresOf(state, t, tally(state, t, policy, without), mapAt(state, t, without), without);
}

/** The same of a tally and a map that are at hand. */
export function figuresOf(
  state: ContactsState,
  t: Instant,
  sums: Tally,
  map: PeopleMap,
  without?: string,
): ContactFigures {
  const functionsMet = bits(sums.functions);
  const levelsMet = bits(sums.levels);
  const silent = sums.pairs.size === 0;
  const diamond = silent ? null : diamondOfFlat(sums.weights, size, map.ours.size, map.theirs.size);
  return {
    silent,
    diamondIndex: diamond?.value ?? null,
    reason: silent ? 'silent' : diamond!.value === null ? 'no-weight' : null,
    rowEntropy: diamond?.rowEntropy ?? null,
    columnEntropy: diamond?.columnEntropy ?? null,
    density: diamond?.density ?? null,
    functionsMet,
    functionsPresent: map.theirs.size,
    levelsMet,
    levelsPresent: map.levels.size,
    breadth: share(functionsMet, map.theirs.size),
    depth: share(levelsMet, map.levels.size),
    oursMet: bits(sums.ourFunctions),
    pairsMet: sums.pairs.size,
    coverage: coverageAt(state, t, sums.met, without),
  };
}

/** Why each figure that is null is so, under `<name>Reason`. */
export function reasonsOf(figures: ContactFigures): Readonly<Record<string, string>> {
  const without = figures.reason ?? 'silent';
  const why = {
    diamondIndex: without,
    rowEntropy: without,
    columnEntropy: without,
    density: without,
    breadth: 'no-contact-present',
    depth: 'no-contact-present',
    coverage: 'no-role-held',
  };
  const lacking = Object.entries(why).filter(([name]) => figures[name as keyof typeof why] === null);
  return Object.fromEntries(lacking.map(([name, reason]) => [`${name}Reason`, reason]));
}

/** Events that prove whom we met in the last 90 days: the last two-way meeting with each contact, for moments at or after the last event. */
export function contactProofs(state: ContactsState, t: Instant, { scoring }: Policy): string[] {
  const from = t - scoring.contactDays * DAY_MS;
  const marks = Object.values(state.contacts).flatMap(({ lastMet }) => (lastMet && lastMet[0] > from ? [lastMet] : []));
  return [...new Set(marks.sort((a, b) => b[0] - a[0]).map(([, eventId]) => eventId))];
}

/** Rows of the flat matrix of functions. */
export function rowsOf(weights: readonly number[]): number[][] {
  return unitFunctions.map((_, row) => weights.slice(row * size, (row + 1) * size));
}

function coverageAt(state: ContactsState, t: Instant, met: ReadonlySet<number>, without?: string): number | null {
  let held = 0;
  let reached = 0;
  for (const role of dmuRoles) {
    const holders = holdersAt(state, role, t);
    if (holders.length === 0) continue;
    held++;
    if (holders.some((id) => id !== without && met.has(state.numbers[id] ?? -1))) reached++;
  }
  return held === 0 ? null : reached / held;
}

/** Met ÷ present, at most 1: people may have left, or changed their function, since they were met. */
export const share = (met: number, present: number): number | null =>
  present === 0 ? null : Math.min(1, met / present);
