import { type InteractionKind, interactionKinds } from '../../src/domain/vocabulary.js';
import { DAY_MS, type Instant } from '../../src/kernel/instant.js';
import { lasting } from '../../src/kernel/keeper.js';
import type { Scoring } from '../../src/kernel/policy.js';
import type { ContactsState, Meeting } from './state.js';

/** Base weight of a kind; a message that was answered weighs as a reply. */
export function baseWeight(kind: InteractionKind, twoWay: boolean, scoring: Scoring): number {
  return scoring.baseWeights[kind === 'MESSAGE' && twoWay ? 'REPLY' : kind] ?? 0;
}

/** What each meeting weighs at one instant, shared by its pairs and halved every `halfLifeDays`; 0 before the matrix's window. */
export class Fading {
  /** The window is what comes after. */
  readonly from: Instant;
  /** Weights at hand, by the meetings' places in the state. */
  readonly known: number[] = [];
  private readonly of: Meeting[] = [];
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
      known.push(this.weight(meetings[i]!));
    }
    return this;
  }
}

/** What meetings weigh at an instant, remembered while the state goes on; undefined where it is looked at once. */
export const fadingOf = (state: ContactsState, t: Instant, scoring: Scoring): Fading | undefined =>
  lasting(state, `contacts/fading/${t}`, () => new Fading(t, scoring))?.learn(state.meetings);

/** Base weights by a meeting's kind number. */
function basesOf(scoring: Scoring): readonly number[] {
  const known = bases.get(scoring);
  if (known) return known;
  const made = interactionKinds.flatMap((kind) => [baseWeight(kind, false, scoring), baseWeight(kind, true, scoring)]);
  bases.set(scoring, made);
  return made;
}

const bases = new WeakMap<Scoring, readonly number[]>();
