import type { ContactAdded } from '../../src/domain/contact/contact.events.js';
import type { MemberAssigned, MemberReleased } from '../../src/domain/member/member.events.js';
import { type DmuRole, dmuRoles, type UnitFunction } from '../../src/domain/vocabulary.js';
import { ALWAYS, type Instant } from '../../src/kernel/instant.js';
import { bits } from './bits.js';
import { type Contact, type ContactsState, contactOf, functionNo, type Mark, type Spell } from './state.js';

const holds = (spell: { from: Instant; until: Instant | null }, t: Instant): boolean =>
  spell.from <= t && (spell.until === null || t < spell.until);

/** Whether the contact is with the account at an instant. */
export function presentAt(contact: Contact, t: Instant): boolean {
  return contact.spells.some((spell) => holds(spell, t));
}

/** Function and seniority at an instant; undefined before any was told. */
export function placeAt(contact: Contact, t: Instant): Contact['places'][number] | undefined {
  return contact.places.findLast((place) => place.from <= t);
}

/** The spell in which the contact has a part at an instant. */
export function roleAt(contact: Contact, role: DmuRole, t: Instant): Spell | undefined {
  return contact.roles[role]?.findLast((spell) => holds(spell, t));
}

/** Parts that the contact has at an instant. */
export function rolesAt(contact: Contact, t: Instant): DmuRole[] {
  return dmuRoles.filter((role) => roleAt(contact, role, t) !== undefined);
}

/** Ids of contacts who have a part and are present at an instant, in order of their ids. */
export function holdersAt(state: ContactsState, role: DmuRole, t: Instant): string[] {
  return Object.keys(state.contacts)
    .filter((id) => {
      const contact = state.contacts[id]!;
      return roleAt(contact, role, t) !== undefined && presentAt(contact, t);
    })
    .sort();
}

/** The account's map at an instant: functions of members assigned, functions and levels of contacts present. */
export interface PeopleMap {
  readonly ours: ReadonlySet<UnitFunction>;
  readonly theirs: ReadonlySet<UnitFunction>;
  readonly levels: ReadonlySet<number>;
}

/** The map, leaving out one person where asked. */
export function mapAt(state: ContactsState, t: Instant, without?: string): PeopleMap {
  const ours = new Set<UnitFunction>();
  const theirs = new Set<UnitFunction>();
  const levels = new Set<number>();
  for (const one of Object.values(state.assignments)) {
    if (one.memberId !== without && holds(one, t)) ours.add(one.function);
  }
  for (const [id, contact] of Object.entries(state.contacts)) {
    if (id === without || !presentAt(contact, t)) continue;
    const place = placeAt(contact, t);
    if (!place) continue;
    theirs.add(place.function);
    levels.add(place.seniority);
  }
  return { ours, theirs, levels };
}

/** How many functions the map has on each side. */
export function sizesAt({ assignments, contacts }: ContactsState, t: Instant): { ours: number; theirs: number } {
  let [ours, theirs] = [0, 0];
  for (const id in assignments) {
    const one = assignments[id]!;
    if (holds(one, t)) ours |= 1 << functionNo[one.function]!;
  }
  for (const id in contacts) {
    const contact = contacts[id]!;
    const place = presentAt(contact, t) ? placeAt(contact, t) : undefined;
    if (place) theirs |= 1 << functionNo[place.function]!;
  }
  return { ours: bits(ours), theirs: bits(theirs) };
}

/** How many functions of contacts are present at instants that are asked for in order; what was told last of any of them holds from then on. */
export function theirsFrom(state: ContactsState): (t: Instant) => number {
  const told = Object.values(state.contacts).flatMap(({ spells, places }) => [
    ...spells.flatMap(({ from, until }) => [from, until ?? from]),
    ...places.map(({ from }) => from),
  ]);
  const last = told.reduce((a, b) => Math.max(a, b), ALWAYS);
  let since: number | undefined;
  return (t) => {
    if (t < last) return sizesAt(state, t).theirs;
    since ??= sizesAt(state, t).theirs;
    return since;
  };
}

/** Whether a member has any assignment on the account at an instant. */
export function assignedAt(state: ContactsState, memberId: string, t: Instant): boolean {
  return Object.values(state.assignments).some((one) => one.memberId === memberId && holds(one, t));
}

/** The member's seniority by their newest assignment at or before an instant; undefined where never assigned. */
export function seniorityOf(state: ContactsState, memberId: string, t: Instant): number | undefined {
  let found: { from: Instant; seniority: number } | undefined;
  for (const one of Object.values(state.assignments)) {
    if (one.memberId === memberId && one.from <= t && (!found || one.from >= found.from)) found = one;
  }
  return found?.seniority;
}

/** A contact came: added or joined. */
export function arrive(
  state: ContactsState,
  contactId: string,
  data: Pick<ContactAdded, 'function' | 'seniority'> & { readonly roles?: readonly DmuRole[] },
  [from, eventId]: Mark,
): void {
  const contact = contactOf(state, contactId);
  if (contact.spells.at(-1)?.until !== null) contact.spells.push({ from, until: null, eventId });
  contact.places.push({ from, function: data.function, seniority: data.seniority });
  for (const role of data.roles ?? []) beginRole(contact, role, [from, eventId]);
}

/** A contact left, and with them their parts. Returns the parts they had. */
export function leave(state: ContactsState, contactId: string, at: Instant): DmuRole[] {
  const contact = contactOf(state, contactId);
  const last = contact.spells.at(-1);
  if (last && last.until === null) last.until = at;
  const roles = dmuRoles.filter((role) => contact.roles[role]?.at(-1)?.until === null);
  for (const role of roles) endRole(contact, role, at);
  return roles;
}

/** A contact has a part from now on. */
export function beginRole(contact: Contact, role: DmuRole, [from, eventId]: Mark): void {
  contact.roles[role] ??= [];
  const spells = contact.roles[role];
  if (spells.at(-1)?.until !== null) spells.push({ from, until: null, eventId });
}

/** A contact no longer has a part. */
export function endRole(contact: Contact, role: DmuRole, at: Instant): void {
  const last = contact.roles[role]?.at(-1);
  if (last && last.until === null) last.until = at;
}

const key = (memberId: string, assignmentId: string): string => `${memberId}/${assignmentId}`;

/** A member of ours works for the account. */
export function assign(state: ContactsState, memberId: string, data: MemberAssigned, eventId: string): void {
  state.assignments[key(memberId, data.assignmentId)] = {
    memberId,
    role: data.role,
    function: data.function,
    seniority: data.seniority,
    from: Date.parse(data.from),
    until: data.until === undefined ? null : Date.parse(data.until),
    eventId,
  };
}

/** A member no longer does from an instant on; false where nothing says that they did. */
export function release(state: ContactsState, memberId: string, { assignmentId, on }: MemberReleased): boolean {
  const known = state.assignments[key(memberId, assignmentId)];
  if (!known) return false;
  const until = Date.parse(on);
  known.until = known.until === null ? until : Math.min(known.until, until);
  return true;
}
