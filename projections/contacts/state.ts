import type { InteractionLogged } from '../../src/domain/activity/interaction.events.js';
import { type DmuRole, interactionKinds, type UnitFunction, unitFunctions } from '../../src/domain/vocabulary.js';
import { ALWAYS, DAY_MS, type Instant } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';

/** When something happened last, and the event that says so. */
export type Mark = readonly [time: Instant, eventId: string];

/** `[from, until)`; `until` null while it lasts; the event that began it. */
export interface Spell {
  readonly from: Instant;
  until: Instant | null;
  readonly eventId: string;
}

/** A person of theirs as the account's History knows them. */
export interface Contact {
  /** Stays with the account, in order. */
  readonly spells: Spell[];
  /** Function and seniority from an instant on. */
  readonly places: { readonly from: Instant; readonly function: UnitFunction; readonly seniority: number }[];
  readonly roles: Partial<Record<DmuRole, Spell[]>>;
  /** Last two-way contact, campaigns left out. */
  lastMet: Mark | null;
}

/** A person of ours works for the account in `[from, until)`. */
export interface Assigned {
  readonly memberId: string;
  readonly role: string;
  readonly function: UnitFunction;
  readonly seniority: number;
  readonly from: Instant;
  until: Instant | null;
  readonly eventId: string;
}

/**
 * A meeting in numbers, campaigns left out: instant; place in `interactionKinds` × 2 + 1 if two-way; how many of ours;
 * of ours person × 16 + function; of theirs (person × 16 + function) × 8 + seniority. A person is a place in `people`,
 * a function one in `unitFunctions`. One flat list, because a window holds thousands.
 */
export type Meeting = readonly number[];

/** What is counted of a quarter, the firm's own. Functions are bits by their place in `unitFunctions`. */
export interface Counted {
  readonly name: string;
  readonly from: Instant;
  readonly to: Instant;
  us: number;
  them: number;
  joint: number;
  campaigns: number;
  units: number;
}

/** A quarter that is over, with the figures of its last instant under the rules then. */
export interface Closed extends Counted {
  readonly diamondIndex: number | null;
  readonly breadth: number | null;
}

/** Somebody left, what the simulation said on the day before, and what came of it. */
export interface Departure {
  readonly personId: string;
  readonly side: 'OURS' | 'THEIRS';
  readonly at: Instant;
  readonly eventId: string;
  /** Parts that a contact had when leaving. */
  readonly roles: readonly DmuRole[];
  /** Diamond index at the end of the day before; with them left out; and 90 days after. */
  before: number | null;
  predicted: number | null;
  later: number | null;
  /** 0: not yet; 1: `before` and `predicted` are known; 2: `later` too; −1: still here by another assignment. */
  step: -1 | 0 | 1 | 2;
}

/** Who met whom for as long as figures need it, and who was there. */
export interface ContactsState {
  readonly meetings: Meeting[];
  readonly people: string[];
  readonly numbers: Record<string, number>;
  readonly contacts: Record<string, Contact>;
  readonly assignments: Record<string, Assigned>;
  /** Function of ours → when it was last active. */
  readonly units: Record<string, Mark>;
  /** First and last two-way meeting of people of both sides. */
  firstTwoWay: Mark | null;
  lastTwoWay: Mark | null;
  stage: { readonly stage: string; readonly since: Instant; readonly eventId: string } | null;
  designated: { readonly since: Instant; readonly eventId: string } | null;
  open: Counted | null;
  readonly closed: Closed[];
  readonly departures: Departure[];
  /** Before this instant there is nothing to close or to settle. */
  due: Instant;
}

/** Nobody has met anybody. */
export const initial = (): ContactsState => ({
  meetings: [],
  people: [],
  numbers: {},
  contacts: {},
  assignments: {},
  units: {},
  firstTwoWay: null,
  lastTwoWay: null,
  stage: null,
  designated: null,
  open: null,
  closed: [],
  departures: [],
  due: ALWAYS,
});

/** Place of each function and kind in its vocabulary. */
export const functionNo = Object.fromEntries(unitFunctions.map((name, i) => [name, i])) as Record<string, number>;
const kindNo = Object.fromEntries(interactionKinds.map((name, i) => [name, i])) as Record<string, number>;

/** Days kept beyond the matrix's own: figures of the last day-ends, and of the day before a departure, stay computable. */
const spareDays = 45;
/** Meetings are dropped in portions, so that no event pays for a long list. */
const portion = 64;

/** The contact's record, made when first heard of. */
export function contactOf(state: ContactsState, contactId: string): Contact {
  state.contacts[contactId] ??= { spells: [], places: [], roles: {}, lastMet: null };
  return state.contacts[contactId];
}

/** Takes a meeting in: O(participants). Campaigns are only counted. */
export function meet(state: ContactsState, data: InteractionLogged, at: Mark, policy: Policy): void {
  const counted = state.open!;
  if (data.kind === 'CAMPAIGN') {
    counted.campaigns++;
    return;
  }
  if (data.initiator === 'US') counted.us++;
  else if (data.initiator === 'THEM') counted.them++;
  else counted.joint++;
  const twoWay = data.twoWay ?? data.kind !== 'MESSAGE';
  const meeting = [at[0], kindNo[data.kind]! * 2 + (twoWay ? 1 : 0), data.ours.length];
  for (const one of data.ours) {
    meeting.push(numberOf(state, one.memberId) * 16 + functionNo[one.function]!);
    active(state, one.function, at);
  }
  if (data.ours.length === 0 || data.theirs.length === 0) return;
  for (const one of data.theirs) {
    meeting.push((numberOf(state, one.contactId) * 16 + functionNo[one.function]!) * 8 + one.seniority);
    const contact = contactOf(state, one.contactId);
    if (twoWay) contact.lastMet = at;
  }
  if (twoWay) {
    state.firstTwoWay ??= at;
    state.lastTwoWay = at;
  }
  state.meetings.push(meeting);
  prune(state, at[0], policy);
}

/** A unit of ours did something for the account. */
export function active(state: ContactsState, unit: UnitFunction, at: Mark): void {
  state.units[unit] = at;
  state.open!.units |= 1 << functionNo[unit]!;
}

function numberOf(state: ContactsState, id: string): number {
  const known = state.numbers[id];
  if (known !== undefined) return known;
  state.numbers[id] = state.people.length;
  return state.people.push(id) - 1;
}

function prune(state: ContactsState, now: Instant, { scoring }: Policy): void {
  const { meetings } = state;
  const limit = now - (Math.max(scoring.matrixDays, scoring.contactDays, 365) + spareDays) * DAY_MS;
  if (meetings.length < portion || meetings[portion - 1]![0]! > limit) return;
  let gone = portion;
  while (gone < meetings.length && meetings[gone]![0]! <= limit) gone++;
  meetings.splice(0, gone);
}
