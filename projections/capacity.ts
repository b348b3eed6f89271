import type { AccountEvent } from '../src/domain/account/account.events.js';
import type { ActivityEvent } from '../src/domain/activity/activity.events.js';
import type { BooksEvent } from '../src/domain/books/books.events.js';
import type { MemberEvent } from '../src/domain/member/member.events.js';
import type { ProgrammeEvent } from '../src/domain/programme/programme.events.js';
import type { Stage } from '../src/domain/vocabulary.js';
import { type Instant, monthOf } from '../src/kernel/instant.js';
import type { Caps, Policy } from '../src/kernel/policy.js';
import type { Projection } from '../src/kernel/projection.js';
import { own } from './keyed.js';
import type { CapacityTotals } from './population/capacity.js';

type Events = AccountEvent | ActivityEvent | BooksEvent | MemberEvent | ProgrammeEvent;

/** A person of ours works for the account in `[from, until)`; `until` null while no end is known. */
export interface Assigned {
  readonly memberId: string;
  readonly function: string;
  readonly role: string;
  readonly ftePct: number;
  readonly from: Instant;
  until: Instant | null;
  readonly eventId: string;
}

/** What an account takes of our capacity, as told. */
export interface CapacityState {
  stage: Stage;
  managerId: string | null;
  /** By member and id: an assignment's id is the member's own. */
  assignments: Record<string, Assigned>;
  /** Pool → month number → minutes that interactions and costed activities took of it. */
  minutes: Record<string, Record<string, number>>;
}

/** What one more key account would take, and what there is (F9). `required`, `available` and `newHours` are hours a year. */
export interface CapacityFigures {
  /** What all other key accounts take by their declared stages. */
  readonly required: number | null;
  /** Σ ftePct ÷ 100 of KEY_ACCOUNT members × hours per full-time year × utilisation. */
  readonly available: number | null;
  readonly newHours: number;
  readonly reason: string | null;
  readonly stage: Stage;
  /** False where the rules name no hours for this stage: it adds nothing. */
  readonly stageHasHours: boolean;
  readonly checked: boolean;
  readonly managerId: string | null;
}

/** Hours a year that an account at this stage takes; 0 where the rules name none. */
export const hoursOf = (stage: string, caps: Caps): number =>
  Object.hasOwn(caps.hours, stage) ? caps.hours[stage]! : 0;

/** Assignments in force at an instant, in order of members and of their ids. */
export function assignedAt(state: CapacityState, at: Instant): readonly Assigned[] {
  return Object.keys(state.assignments)
    .sort()
    .map((key) => state.assignments[key]!)
    .filter(({ from, until }) => from <= at && (until === null || at < until));
}

/** Hours a year that are there for key accounts: shares of KEY_ACCOUNT people × hours of a full-time year × utilisation (§3.12.24). */
export const availableHours = (ftePct: number, { hoursPerFteYear, utilisation }: Caps): number =>
  (ftePct * (hoursPerFteYear ?? 0) * Math.round(utilisation * 1e6)) / 1e8;

/** What an account takes of our capacity: its hours by declared stage, its people, and the minutes spent on it. */
export const capacity: Projection<CapacityState, CapacityFigures, Events> = {
  name: 'capacity',
  version: 2,
  of: 'account',
  question: { en: 'Do we have the hours for it?', zh: '我们有足够的工时吗?' },
  policy: ['rates', 'settings'],
  uses: ['population/capacity'],
  initial: () => ({ stage: 'PROSPECT', managerId: null, assignments: {}, minutes: {} }),
  on: {
    StageDeclared: (state, { data }) => {
      state.stage = data.stage;
    },
    KeyAccountDesignated: (state, { data }) => {
      state.managerId = data.managerId;
    },
    KeyAccountHandedOver: (state, { data }) => {
      if (state.managerId !== null) state.managerId = data.toManagerId;
    },
    KeyAccountReleased: (state) => {
      state.managerId = null;
    },
    MemberAssigned: (state, { id, subject, data }) => {
      state.assignments[assignmentKey(subject, data.assignmentId)] = {
        memberId: memberOf(subject),
        function: data.function,
        role: data.role,
        ftePct: data.ftePct,
        from: Date.parse(data.from),
        until: data.until === undefined ? null : Date.parse(data.until),
        eventId: id,
      };
    },
    MemberReleased: (state, { subject, data }) => {
      const assigned = own(state.assignments, assignmentKey(subject, data.assignmentId));
      if (assigned) assigned.until = Date.parse(data.on);
    },
    InteractionLogged: (state, { time, data: { ours, durationMin, travelMin = 0 } }, rules) => {
      for (const one of ours) {
        const pool = poolOf(rules).units[one.function];
        if (pool !== undefined) spend(state, pool, time, durationMin + travelMin, rules);
      }
    },
    CostIncurred: (state, { time, data }, rules) => {
      const { activity, minutes, quantity, interactionId, category, amount } = data;
      const card = activity === undefined ? undefined : poolOf(rules).activities[activity];
      const counted = interactionId !== undefined && (category === 'TEAM_TIME' || category === 'TRAVEL');
      if (card && !counted && amount === undefined)
        spend(state, card.pool, time, minutes ?? (quantity ?? 0) * card.minutesEach, rules);
    },
  },
  view: (state, _seen, { caps }, used) => {
    const checked = caps.hoursPerFteYear !== null;
    const totals = checked ? ((used['population/capacity'] ?? null) as CapacityTotals | null) : null;
    const taken = state.managerId === null ? 0 : hoursOf(state.stage, caps);
    return {
      required: totals && totals.required - taken,
      available: totals?.available ?? null,
      newHours: hoursOf(state.stage, caps),
      reason: totals !== null ? null : checked ? 'population-not-available' : 'hours-not-set',
      stage: state.stage,
      stageHasHours: Object.hasOwn(caps.hours, state.stage),
      checked,
      managerId: state.managerId,
    };
  },
};

const memberOf = (stream: string): string => stream.slice('member-'.length);
const assignmentKey = (stream: string, assignmentId: string): string => `${memberOf(stream)}/${assignmentId}`;

interface Pools {
  readonly units: Readonly<Record<string, string>>;
  readonly activities: Readonly<Record<string, { readonly pool: string; readonly minutesEach: number }>>;
}

/** Pools by function and by activity, made once for each set of rate cards. */
function poolOf({ rates }: Policy): Pools {
  const known = made.get(rates);
  if (known) return known;
  const units: Record<string, string> = Object.create(null);
  const activities: Record<string, { pool: string; minutesEach: number }> = Object.create(null);
  for (const { pool, functions, activities: list } of Object.values(rates)) {
    for (const name of functions) units[name] = pool;
    for (const { activity, minutesEach } of list) activities[activity] = { pool, minutesEach };
  }
  const pools = { units, activities };
  made.set(rates, pools);
  return pools;
}

const made = new WeakMap<Policy['rates'], Pools>();

function spend(state: CapacityState, pool: string, time: Instant, minutes: number, { settings }: Policy): void {
  const month = String(monthOf(time, settings));
  const months = Object.hasOwn(state.minutes, pool) ? state.minutes[pool]! : {};
  state.minutes[pool] = months;
  months[month] = (months[month] ?? 0) + minutes;
}
