import type { EventsOf } from '../../kernel/event.js';
import { IsPart, Optional } from '../../kernel/fields.js';
import { IsId, IsOneOf, IsText, IsUuid, IsWhole } from '../../kernel/kinds.js';
import { type DmuRole, dmuRoles, type UnitFunction, unitFunctions } from '../vocabulary.js';

/** The name a person bears in another system. */
export class ContactExternalId {
  @IsText(100) system!: string;
  @IsText(200) id!: string;
}

/** A person of theirs became known to us. */
export class ContactAdded {
  @IsId() accountId!: string;
  @IsText(200) name!: string;
  @Optional() @IsText(320) email?: string;
  @Optional() @IsText(100) phone?: string;
  @Optional() @IsPart(() => ContactExternalId, { list: true, max: 20 }) externalIds?: ContactExternalId[];
  @IsOneOf(unitFunctions) function!: UnitFunction;
  @IsWhole(1, 4) seniority!: number;
}

/** A person of theirs is called, reached or placed otherwise than before. */
export class ContactDetailsChanged {
  @Optional() @IsText(200) name?: string;
  @Optional() @IsText(320) email?: string;
  @Optional() @IsText(100) phone?: string;
  @Optional() @IsOneOf(unitFunctions) function?: UnitFunction;
  @Optional() @IsWhole(1, 4) seniority?: number;
}

/** A person of theirs is no longer with the account. */
export class ContactLeft {
  @Optional() @IsText(8000) reason?: string;
  /** Where they went, if to another account: the other half of the move stands there. */
  @Optional() @IsId() toAccountId?: string;
}

/** A person of theirs came to the account from another, with all that their new account's history needs to begin complete. */
export class ContactJoined {
  @IsId() accountId!: string;
  @IsOneOf(unitFunctions) function!: UnitFunction;
  @IsWhole(1, 4) seniority!: number;
  @IsOneOf(dmuRoles, { list: true, max: dmuRoles.length }) roles!: DmuRole[];
  @Optional() @IsWhole(-2, 2) attitude?: number;
  @Optional() @IsWhole(0, 5) influence?: number;
}

/** A person of theirs has a part in how their firm decides. */
export class ContactRoleAssigned {
  @IsOneOf(dmuRoles) role!: DmuRole;
}

/** A person of theirs no longer has that part. */
export class ContactRoleEnded {
  @IsOneOf(dmuRoles) role!: DmuRole;
}

/** We judged how a person of theirs stands towards us (−2 against, +2 for) and how much their word weighs (0 to 5). */
export class ContactAssessed {
  @IsWhole(-2, 2) attitude!: number;
  @IsWhole(0, 5) influence!: number;
}

/** A person of theirs answers to another person of theirs. */
export class ContactReportsTo {
  /** The superior. */
  @IsUuid() contactId!: string;
}

/** What can happen on a `contact` stream, by stored name. */
export const contactEvents = {
  ContactAdded,
  ContactDetailsChanged,
  ContactLeft,
  ContactJoined,
  ContactRoleAssigned,
  ContactRoleEnded,
  ContactAssessed,
  ContactReportsTo,
};

/** Any event of a person of theirs. */
export type ContactEvent = EventsOf<typeof contactEvents>;
