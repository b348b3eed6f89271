import type { EventsOf } from '../../kernel/event.js';
import { Optional } from '../../kernel/fields.js';
import { IsId, IsOneOf, IsText, IsWhen, IsWhole } from '../../kernel/kinds.js';
import { type UnitFunction, unitFunctions } from '../vocabulary.js';

/** What a person of ours does for an account. The office of key-account manager itself comes with the designation. */
export const memberRoles = ['KEY_ACCOUNT_MANAGER', 'EXECUTIVE_SPONSOR', 'EXPERT', 'SUPPORT'] as const;
export type MemberRole = (typeof memberRoles)[number];

/** Whose trust a key-account manager has or lost. */
export const acceptors = ['TEAM', 'CUSTOMER'] as const;
export type Acceptor = (typeof acceptors)[number];

/** A person of ours began to take part in key-account work. */
export class MemberAdded {
  @IsText(200) name!: string;
  @IsOneOf(unitFunctions) function!: UnitFunction;
  @IsWhole(1, 4) seniority!: number;
  @IsText(200, { list: true, max: 50 }) qualifications!: string[];
}

/** A person of ours is called, placed or qualified otherwise than before. */
export class MemberChanged {
  @Optional() @IsText(200) name?: string;
  @Optional() @IsOneOf(unitFunctions) function?: UnitFunction;
  @Optional() @IsWhole(1, 4) seniority?: number;
  @Optional() @IsText(200, { list: true, max: 50 }) qualifications?: string[];
}

/** What a client says of an assignment. */
export class Assignment {
  @IsId() assignmentId!: string;
  @IsId() accountId!: string;
  @IsOneOf(memberRoles) role!: MemberRole;
  /** The weight of this person's word with the team and the customer. */
  @Optional() @IsText(500) standing?: string;
  /** Share of a full working time. */
  @IsWhole(1, 100) ftePct!: number;
  @IsWhen('start') from!: string;
  @Optional() @IsWhen('bound') until?: string;
}

/** A person of ours works for an account, for a share of their time. */
export class MemberAssigned extends Assignment {
  /** The member's own at that time. */
  @IsOneOf(unitFunctions) function!: UnitFunction;
  @IsWhole(1, 4) seniority!: number;
}

/** A person of ours no longer works for the account. */
export class MemberReleased {
  @IsId() assignmentId!: string;
  @IsWhen('start') on!: string;
}

/** The team or the customer trusts this person as the key-account manager. */
export class KamConfirmed {
  @IsId() accountId!: string;
  @IsOneOf(acceptors) by!: Acceptor;
  @Optional() @IsText(8000) reason?: string;
}

/** The team or the customer no longer does. */
export class KamConfidenceWithdrawn {
  @IsId() accountId!: string;
  @IsOneOf(acceptors) by!: Acceptor;
  @Optional() @IsText(8000) reason?: string;
}

/** What can happen on a `member` stream, by stored name. */
export const memberEvents = {
  MemberAdded,
  MemberChanged,
  MemberAssigned,
  MemberReleased,
  KamConfirmed,
  KamConfidenceWithdrawn,
};

/** Any event of a person of ours. */
export type MemberEvent = EventsOf<typeof memberEvents>;
