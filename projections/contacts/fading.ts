import { type InteractionKind, interactionKinds, unitFunctions } from '../../src/domain/vocabulary.js';
import { DAY_MS, type Instant } from '../../src/kernel/instant.js';
import { lasting } from '../../src/kernel/keeper.js';
import type { Scoring } from '../../src/kernel/policy.js';
import type { ContactsState, Meeting } from './state.js';

/** Base weight of a kind; a message that was answered weighs as a reply. */
export function baseWeight(kind: InteractionKind, twoWay: boolean, scoring: Scoring): number {
  return scoring.baseWeights[kind === 'MESSAGE' && twoWay ? 'REPLY' : kind] ?? 0;
}

const size = unitFunctions.length;

/** A meeting as an instant's tally sees it: when, what it weighs, its cell where it has one pair (else −1), functions of theirs met two-way. */
interface Weighed {
  readonly time: Instant;
  readonly weight: number;
  readonly cell: number;
  readonly met: number;
}

/** What each meeting weighs at one instant, shared by its pairs and halved every `halfLifeDays`; 0 before the matrix's window. */
export class Fading {
  /** The window is what comes after. */
  readonly from: Instant;
  private readonly of: Meeting[] = [];
  private readonly known: Weighed[] = [];
  private readonly bases: readonly number[];
  private readonly rate: number;

  constructor(
    private readonly t: Instant,
    scoring: Scoring,
  ) {
    this.from = t - scoring.matrixDays * DAY_MS;
    this.rate = Math.LN2 / scoring.halfLifeDays / DAY_MS;
    this.bases = basesOf(scoring);
  }

  weight(meeting: Meeting): number {
    const time = meeting[0]!;
    if (time <= this.from) return 0;
    const ours = meeting[2]!;
    return (this.bases[meeting[1]!]! * Math.exp((time - this.t) * this.rate)) / (ours * (meeting.length - 3 - ours));
  }

  /** Learns the weights of meetings, which only come at the end of a state's list and go at its beginning. */
  learn(meetings: readonly Meeting[]): this {
    const { known, of } = this;
    const gone = of.length === 0 ? 0 : of.indexOf(meetings[0]!);
    const kept = gone < 0 ? 0 : of.length - gone;
    const goesOn = kept <= meetings.length && (kept === 0 || of.at(-1) === meetings[kept - 1]);
    known.splice(0, goesOn && kept > 0 ? gone : known.length);
    of.splice(0, goesOn && kept > 0 ? gone : of.length);
    for (let i = of.length; i < meetings.length; i++) {
      of.push(meetings[i]!);
      known.push(this.weighed(meetings[i]!));
    }
    return this;
  }

  /** The weights of the matrix, and functions of theirs met two-way since an instant, of the meetings learnt: as `tally` adds them up. */
  mix(metFrom: Instant): { readonly weights: readonly number[]; readonly functions: number } {
    const weights = new Array<number>(size * size).fill(0);
    const oldest = Math.min(this.from, metFrom);
    const { known, of, t } = this;
    let functions = 0;
    for (let i = known.length - 1; i >= 0; i--) {
      const { time, weight, cell, met } = known[i]!;
      if (time > t) continue;
      if (time <= oldest) break;
      if (cell >= 0) weights[cell]! += weight;
      else for (const one of cellsOf(of[i]!)) weights[one]! += weight;
      if (time > metFrom) functions |= met;
    }
    return { weights, functions };
  }

  private weighed(meeting: Meeting): Weighed {
    const cells = cellsOf(meeting);
    const twoWay = (meeting[1]! & 1) === 1;
    const met = twoWay ? cells.reduce((mask, cell) => mask | (1 << (cell % size)), 0) : 0;
    return { time: meeting[0]!, weight: this.weight(meeting), cell: cells.length === 1 ? cells[0]! : -1, met };
  }
}

/** What meetings weigh at an instant, remembered while the state goes on; undefined where it is looked at once. */
export const fadingOf = (state: ContactsState, t: Instant, scoring: Scoring): Fading | undefined =>
  lasting(state, `contacts/fading/${t}`, () => new Fading(t, scoring))?.learn(state.meetings);

/** Cells of a meeting's pairs, in the order in which `tally` meets them. */
function cellsOf(meeting: Meeting): number[] {
  const split = 3 + meeting[2]!;
  const theirs = meeting.slice(split);
  return meeting.slice(3, split).flatMap((our) => theirs.map((their) => (our & 15) * size + ((their >> 3) & 15)));
}

/** Base weights by a meeting's kind number. */
function basesOf(scoring: Scoring): readonly number[] {
  const known = bases.get(scoring);
  if (known) return known;
  const made = interactionKinds.flatMap((kind) => [baseWeight(kind, false, scoring), baseWeight(kind, true, scoring)]);
  bases.set(scoring, made);
  return made;
}

const bases = new WeakMap<Scoring, readonly number[]>();
