import { interactionKinds } from '../../src/domain/vocabulary.js';
import { DAY_MS, type Instant, iso } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import { sum } from '../statistics/figure.js';
import { baseWeight } from './fading.js';
import { seniorityOf } from './people.js';
import type { ContactsState } from './state.js';

/** Pairs shown at most. */
const shownMax = 50;
/** Meetings in 90 days that count as frequent enough, and the weight of the deepest kind [P]. */
const frequentEnough = 6;
const deepest = 20;
const parts = { recency: 30, frequency: 25, twoWay: 15, depth: 15, seniority: 15 } as const;

/** How strong the tie of two persons is, 0 to 100 (§3.9) [P]; a part that cannot be told is left out and the rest weighed up. */
export interface Pair {
  readonly memberId: string;
  readonly contactId: string;
  readonly strength: number;
  readonly meetings: number;
  readonly lastMet: string;
  readonly parts: Readonly<Record<keyof typeof parts, number | null>>;
  /** Where the part `seniority` is null. */
  readonly partsReason?: 'our-seniority-not-known';
}

interface Met {
  our: number;
  their: number;
  seniority: number;
  count: number;
  recent: number;
  twoWay: number;
  heaviest: number;
  last: Instant;
}

/** The strongest pairs in the window of the matrix, strongest first, and how many there are. */
export function pairsAt(
  state: ContactsState,
  asOf: Instant,
  policy: Policy,
): { readonly items: Pair[]; readonly of: number } {
  const found = gather(state, asOf, policy);
  const all = found.map((met) => pairOf(state, met, asOf, policy));
  all.sort((a, b) => b.strength - a.strength || order(a.memberId, b.memberId) || order(a.contactId, b.contactId));
  return { items: all.slice(0, shownMax), of: all.length };
}

function gather(state: ContactsState, asOf: Instant, { scoring }: Policy): Met[] {
  const pairs = new Map<number, Met>();
  for (let i = state.meetings.length - 1; i >= 0; i--) {
    const meeting = state.meetings[i]!;
    const [time, kind, count] = meeting as [number, number, number];
    if (time <= asOf - scoring.matrixDays * DAY_MS) break;
    const twoWay = kind % 2;
    const base = baseWeight(interactionKinds[kind >> 1]!, twoWay === 1, scoring);
    for (const our of meeting.slice(3, 3 + count))
      for (const their of meeting.slice(3 + count)) {
        const key = Math.floor(our / 16) * 2 ** 20 + Math.floor(their / 128);
        let met = pairs.get(key);
        if (!met) {
          met = {
            our: Math.floor(our / 16),
            their: Math.floor(their / 128),
            seniority: their & 7,
            count: 0,
            recent: 0,
            twoWay: 0,
            heaviest: 0,
            last: time,
          };
          pairs.set(key, met);
        }
        met.count++;
        met.twoWay += twoWay;
        if (time > asOf - scoring.contactDays * DAY_MS) met.recent++;
        met.heaviest = Math.max(met.heaviest, base);
      }
  }
  return [...pairs.values()];
}

function pairOf(state: ContactsState, met: Met, asOf: Instant, { scoring }: Policy): Pair {
  const memberId = state.people[met.our]!;
  const ours = seniorityOf(state, memberId, asOf);
  const told = {
    recency: 0.5 ** ((asOf - met.last) / DAY_MS / scoring.halfLifeDays),
    frequency: Math.min(1, met.recent / frequentEnough),
    twoWay: met.twoWay / met.count,
    depth: Math.min(1, met.heaviest / deepest),
    seniority: ours === undefined ? null : 1 - Math.abs(ours - met.seniority) / 3,
  };
  const known = (Object.keys(parts) as (keyof typeof parts)[]).filter((name) => told[name] !== null);
  const strength = (100 * sum(known.map((name) => parts[name] * told[name]!))) / sum(known.map((name) => parts[name]));
  return {
    memberId,
    contactId: state.people[met.their]!,
    strength,
    meetings: met.count,
    lastMet: iso(met.last),
    parts: told,
    ...(told.seniority === null ? { partsReason: 'our-seniority-not-known' as const } : {}),
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
