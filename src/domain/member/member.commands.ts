import { onMember } from '../../kernel/command.js';
import {
  Assignment,
  KamConfidenceWithdrawn,
  KamConfirmed,
  MemberAdded,
  MemberChanged,
  MemberReleased,
} from './member.events.js';

/** Tells of a person of ours. */
export class AddMember extends onMember(MemberAdded) {}
/** Changes what is known of a person of ours. */
export class ChangeMember extends onMember(MemberChanged) {}
/** Gives a person of ours work for an account. */
export class AssignMember extends onMember(Assignment) {}
/** Ends that work. */
export class ReleaseMember extends onMember(MemberReleased) {}
/** Says that the team or the customer trusts the key-account manager. */
export class ConfirmKam extends onMember(KamConfirmed) {}
/** Says that they no longer do. */
export class WithdrawKamConfidence extends onMember(KamConfidenceWithdrawn) {}

/** Commands on a `member` stream, by name. */
export const memberCommands = {
  AddMember,
  ChangeMember,
  AssignMember,
  ReleaseMember,
  ConfirmKam,
  WithdrawKamConfidence,
};
