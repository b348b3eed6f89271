import { onContact } from '../../kernel/command.js';
import { Optional } from '../../kernel/fields.js';
import { IsId, IsOneOf, IsText, IsUuid, IsWhole } from '../../kernel/kinds.js';
import { type DmuRole, dmuRoles, type UnitFunction, unitFunctions } from '../vocabulary.js';
import {
  ContactAdded,
  ContactAssessed,
  ContactDetailsChanged,
  ContactRoleAssigned,
  ContactRoleEnded,
} from './contact.events.js';

/**
 * What a move says; whatever of the person is left out stays as it was. `toAccountId` is the new account; `accountId`, as ContactJoined
 * names it, says the same. Without either the person is gone.
 */
class Move {
  @Optional() @IsId() toAccountId?: string;
  @Optional() @IsId() accountId?: string;
  @Optional() @IsText(8000) reason?: string;
  @Optional() @IsOneOf(unitFunctions) function?: UnitFunction;
  @Optional() @IsWhole(1, 4) seniority?: number;
  @Optional() @IsOneOf(dmuRoles, { list: true, max: dmuRoles.length }) roles?: DmuRole[];
  @Optional() @IsWhole(-2, 2) attitude?: number;
  @Optional() @IsWhole(0, 5) influence?: number;
}

/** `contactId` is the person who reports, `reportsTo` the superior. */
class ReportingLine {
  @IsUuid() reportsTo!: string;
}

/** Tells of a person of theirs. */
export class AddContact extends onContact(ContactAdded) {}
/** Changes what is known of a person of theirs. */
export class ChangeContactDetails extends onContact(ContactDetailsChanged) {}
/** Moves a person of theirs to another account, or away. */
export class MoveContact extends onContact(Move) {}
/** Gives a person of theirs a part in their firm's decisions. */
export class AssignContactRole extends onContact(ContactRoleAssigned) {}
/** Takes that part from them. */
export class EndContactRole extends onContact(ContactRoleEnded) {}
/** Judges how a person of theirs stands towards us. */
export class AssessContact extends onContact(ContactAssessed) {}
/** Says to whom a person of theirs answers. */
export class SetReportingLine extends onContact(ReportingLine) {}

/** Commands on a `contact` stream, by name. */
export const contactCommands = {
  AddContact,
  ChangeContactDetails,
  MoveContact,
  AssignContactRole,
  EndContactRole,
  AssessContact,
  SetReportingLine,
};
