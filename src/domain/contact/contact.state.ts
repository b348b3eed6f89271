import { type Context, said } from '../../kernel/decider.js';
import { type Instant, NEVER } from '../../kernel/instant.js';
import { Refusal } from '../../kernel/refusal.js';
import { Course } from '../course.js';
import type { DmuRole, UnitFunction } from '../vocabulary.js';

interface Held {
  readonly held: boolean;
  readonly digest: string;
}

/** A person of theirs, as far as decisions about them ask. */
export interface Contact {
  /** Digest of the command that told of them first. */
  added?: string;
  /** Told of twice under one id: only a correction could do that. */
  addedTwice?: boolean;
  /** The account they are with, or were with last. */
  accountId: string | null;
  /** Since when they have been gone; NEVER while they are there. */
  goneFrom: Instant;
  /** When they last came or went: moves are told in order. */
  movedAt: Instant | null;
  readonly functions: Course<UnitFunction>;
  readonly seniorities: Course<number>;
  readonly roles: Map<DmuRole, Course<Held>>;
  readonly assessed: Course<{ readonly attitude?: number | undefined; readonly influence?: number | undefined }>;
  readonly superiors: Course<string>;
}

/** A person nobody has told of. */
export const nobody = (): Contact => ({
  accountId: null,
  goneFrom: NEVER,
  movedAt: null,
  functions: new Course(),
  seniorities: new Course(),
  roles: new Map(),
  assessed: new Course(),
  superiors: new Course(),
});

/** The person is with an account from an instant on. */
export function come(state: Contact, accountId: string, at: Instant): void {
  state.accountId = accountId;
  state.goneFrom = NEVER;
  state.movedAt = at;
}

/** Function and level, where told. */
export function place(state: Contact, data: { function?: UnitFunction; seniority?: number }, at: Instant): void {
  if (data.function !== undefined) state.functions.turn(at, data.function);
  if (data.seniority !== undefined) state.seniorities.turn(at, data.seniority);
}

/** The course of one role. */
export function courseOf(state: Contact, role: DmuRole): Course<Held> {
  const course = state.roles.get(role) ?? new Course<Held>();
  state.roles.set(role, course);
  return course;
}

/** The account in whose history the fact belongs: where the contact is, or was until they left if it is of before. */
export function accountOf(state: Contact, contactId: string, { occurredAt }: Context): string {
  if (state.added === undefined || state.accountId === null) throw unknown(contactId);
  if (occurredAt < state.goneFrom) return state.accountId;
  throw new Refusal(
    'contact/gone',
    `Contact ${contactId} left ${state.accountId} on ${said(state.goneFrom)}; move them to their new account first`,
    {
      values: { accountId: state.accountId, left: said(state.goneFrom) },
    },
  );
}

/** Nobody added this person. */
export const unknown = (contactId: string): Refusal =>
  new Refusal('contact/unknown', `There is no contact ${contactId}; add them first`, {
    errors: [{ pointer: '/contactId', code: 'unknown', detail: 'add the contact first' }],
  });
