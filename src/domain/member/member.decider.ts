import {
  type Context,
  type Decider,
  type Draft,
  digestIn,
  earlier,
  exists,
  pick,
  said,
  toldAlready,
} from '../../kernel/decider.js';
import { type Instant, NEVER } from '../../kernel/instant.js';
import { Refusal } from '../../kernel/refusal.js';
import { Course } from '../course.js';
import type { UnitFunction } from '../vocabulary.js';
import { overAllocated, overload, type Share } from './allocation.js';
import type { AssignMember, memberCommands, ReleaseMember } from './member.commands.js';
import {
  Assignment,
  KamConfidenceWithdrawn,
  KamConfirmed,
  MemberAdded,
  MemberChanged,
  type MemberEvent,
  MemberReleased,
} from './member.events.js';

interface Assigned extends Share {
  readonly accountId: string;
  readonly digest: string;
  /** Where the member was released: the digest of that command, and from when. */
  readonly released?: { readonly on: Instant; readonly digest: string };
}

/** A person of ours, as far as decisions about them ask. */
export interface Member {
  added?: string;
  /** Ids told twice, which only a correction could do. */
  addedTwice?: boolean;
  assignedTwice?: string;
  readonly functions: Course<UnitFunction>;
  readonly seniorities: Course<number>;
  readonly assignments: Map<string, Assigned>;
  /** `ACCOUNT/BY` → whether they trust this member as key-account manager. */
  readonly accepted: Map<string, Course<boolean>>;
}

/** Rules of the `member` streams. */
export const member: Decider<Member, typeof memberCommands, MemberEvent> = {
  name: 'member',
  stream: ({ memberId }) => `member-${memberId}`,
  initial: () => ({ functions: new Course(), seniorities: new Course(), assignments: new Map(), accepted: new Map() }),

  on: {
    MemberAdded: (state, event) => {
      if (state.added !== undefined) state.addedTwice = true;
      state.added = digestIn(event);
      place(state, event.data, event.time);
    },
    MemberChanged: (state, { data, time }) => place(state, data, time),
    MemberAssigned: (state, event) => {
      const { assignmentId, accountId, ftePct, from, until } = event.data;
      if (state.assignments.has(assignmentId)) state.assignedTwice = assignmentId;
      state.assignments.set(assignmentId, {
        accountId,
        ftePct,
        from: Date.parse(from),
        until: until === undefined ? NEVER : Date.parse(until),
        digest: digestIn(event),
      });
    },
    MemberReleased: (state, event) => {
      const known = state.assignments.get(event.data.assignmentId);
      if (!known) return;
      const on = Date.parse(event.data.on);
      state.assignments.set(event.data.assignmentId, {
        ...known,
        until: Math.min(known.until, on),
        released: { on, digest: digestIn(event) },
      });
    },
    KamConfirmed: (state, { data, time }) => acceptance(state, data).turn(time, true),
    KamConfidenceWithdrawn: (state, { data, time }) => acceptance(state, data).turn(time, false),
  },

  needs: {
    AssignMember: [exists('account')],
    ConfirmKam: [exists('account')],
    WithdrawKamConfidence: [exists('account')],
  },

  decide: {
    AddMember(state, command, context): Draft<MemberEvent>[] {
      if (toldAlready(state.added, context, 'member/id-taken', command.memberId)) return [];
      return [{ type: 'MemberAdded', data: pick(command, MemberAdded) }];
    },

    ChangeMember(state, command, context): Draft<MemberEvent>[] {
      known(state, command.memberId);
      const data = pick(command, MemberChanged);
      const given = Object.keys(data);
      if (given.length === 0) throw nothingGiven();
      const same = {
        function: state.functions.at(context.occurredAt) === data.function,
        seniority: state.seniorities.at(context.occurredAt) === data.seniority,
      };
      return given.every((name) => same[name as keyof typeof same] === true) ? [] : [{ type: 'MemberChanged', data }];
    },

    AssignMember: assign,
    ReleaseMember: release,

    ConfirmKam(state, command, context): Draft<MemberEvent>[] {
      known(state, command.memberId);
      if (trusted(state, command, context) === true) return [];
      return [{ type: 'KamConfirmed', accountid: command.accountId, data: pick(command, KamConfirmed) }];
    },

    WithdrawKamConfidence(state, command, context): Draft<MemberEvent>[] {
      known(state, command.memberId);
      if (trusted(state, command, context) === false) return [];
      return [
        { type: 'KamConfidenceWithdrawn', accountid: command.accountId, data: pick(command, KamConfidenceWithdrawn) },
      ];
    },
  },

  holds: ({ addedTwice, assignedTwice, assignments }) => {
    if (addedTwice)
      throw new Refusal('member/id-taken', 'One id would mean two persons: two additions would stand on this member');
    if (assignedTwice !== undefined) {
      const values = { assignmentId: assignedTwice };
      throw new Refusal('assignment/id-taken', `The id ${assignedTwice} would mean two assignments`, { values });
    }
    const over = overload([...assignments.values()]);
    if (over) throw overAllocated(over);
  },
};

function assign(state: Member, command: AssignMember, context: Context): Draft<MemberEvent>[] {
  known(state, command.memberId);
  const { assignmentId, accountId, ftePct } = command;
  if (toldAlready(state.assignments.get(assignmentId)?.digest, context, 'assignment/id-taken', assignmentId)) return [];
  const from = Date.parse(command.from);
  const until = command.until === undefined ? NEVER : Date.parse(command.until);
  if (until <= from) {
    throw new Refusal(
      'period/invalid',
      `The assignment would end on ${said(until)}, not after its beginning on ${said(from)}`,
      {
        errors: [{ pointer: '/until', code: 'order', detail: 'give an end after the beginning' }],
      },
    );
  }
  const meanwhile = [...state.assignments.values()].map((one) => ({
    ...one,
    from: Math.max(one.from, from),
    until: Math.min(one.until, until),
  }));
  const over = overload([...meanwhile, { from, until, ftePct }]);
  if (over) throw overAllocated(over);
  const placed = {
    function: state.functions.atOrFirst(context.occurredAt)!,
    seniority: state.seniorities.atOrFirst(context.occurredAt)!,
  };
  return [{ type: 'MemberAssigned', accountid: accountId, data: { ...pick(command, Assignment), ...placed } }];
}

function release(state: Member, command: ReleaseMember, { digest, now }: Context): Draft<MemberEvent>[] {
  known(state, command.memberId);
  const { assignmentId } = command;
  const on = Date.parse(command.on);
  const assigned = state.assignments.get(assignmentId);
  const blame = (detail: string, pointer = '/assignmentId') => ({
    errors: [{ pointer, code: 'assignment', detail }],
    values: { assignmentId },
  });
  if (!assigned)
    throw new Refusal(
      'assignment/unknown',
      `There is no assignment ${assignmentId} of this member`,
      blame('name an assignment of this member'),
    );
  if (assigned.released) {
    if (assigned.released.on === on || assigned.released.digest === digest) return [];
    throw new Refusal(
      'assignment/released',
      `Assignment ${assignmentId} ended on ${said(assigned.released.on)} already; correct that event`,
      blame('correct the first release'),
    );
  }
  if (on < assigned.from || on > assigned.until) {
    const span =
      assigned.until === NEVER
        ? `from ${said(assigned.from)}`
        : `from ${said(assigned.from)} to ${said(assigned.until)}`;
    throw new Refusal(
      'time/order',
      `Assignment ${assignmentId} runs ${span}; ${said(on)} is outside`,
      blame('give an instant within the assignment', '/on'),
    );
  }
  const time = command.occurredAt === undefined ? { time: earlier(command.on, now) } : {};
  return [{ type: 'MemberReleased', accountid: assigned.accountId, ...time, data: pick(command, MemberReleased) }];
}

function place(state: Member, data: { function?: UnitFunction; seniority?: number }, at: Instant): void {
  if (data.function !== undefined) state.functions.turn(at, data.function);
  if (data.seniority !== undefined) state.seniorities.turn(at, data.seniority);
}

function acceptance(state: Member, { accountId, by }: { accountId: string; by: string }): Course<boolean> {
  const key = `${accountId}/${by}`;
  const course = state.accepted.get(key) ?? new Course<boolean>();
  state.accepted.set(key, course);
  return course;
}

/** Whether they trust the member at the moment of the command; undefined where they never said. */
const trusted = (
  state: Member,
  { accountId, by }: { accountId: string; by: string },
  { occurredAt }: Context,
): boolean | undefined => state.accepted.get(`${accountId}/${by}`)?.at(occurredAt);

function known(state: Member, memberId: string): void {
  if (state.added !== undefined) return;
  throw new Refusal('member/unknown', `There is no member ${memberId}; add them first`, {
    errors: [{ pointer: '/memberId', code: 'unknown', detail: 'add the member first' }],
  });
}

const nothingGiven = (): Refusal =>
  new Refusal('command/invalid', 'Nothing is changed: give name, function, seniority or qualifications', {
    errors: [{ pointer: '', code: 'empty', detail: 'give at least one of name, function, seniority, qualifications' }],
  });
