import type { DmuRole, InteractionKind, Seniority, UnitFunction } from '../domain/vocabulary.js';
import type { Account } from './account.js';
import { days, lastDay, plus, roll } from './days.js';
import type { KeyAccount, Phase } from './key-account.js';
import type { Member } from './members.js';

/** Whom one knows at a key account, in the order in which they become known. */
const circle: readonly (readonly [UnitFunction, Seniority, DmuRole, attitude: number, influence: number])[] = [
  ['PURCHASING', 2, 'BUYER', 0, 3],
  ['ENGINEERING', 2, 'USER', 1, 3],
  ['MANAGEMENT', 4, 'DECIDER', 0, 5],
  ['QUALITY', 2, 'INFLUENCER', 1, 2],
  ['PRODUCTION', 3, 'SPONSOR', 2, 4],
  ['FINANCE', 3, 'APPROVER', 0, 4],
  ['LOGISTICS', 1, 'GATEKEEPER', 0, 1],
];

/** Who meets whom in a shape: a person of ours, the place of theirs in the circle, and how they usually meet. */
type Pair = readonly [Member | 'manager', number, InteractionKind];
const pairs: Record<Phase[2], readonly Pair[]> = {
  BOW_TIE: [
    ['manager', 0, 'VISIT'],
    ['manager', 0, 'CALL'],
  ],
  FEW: [
    ['manager', 0, 'VISIT'],
    ['manager', 1, 'CALL'],
    ['tanaka', 1, 'MEETING'],
    ['manager', 0, 'MESSAGE'],
    ['manager', 2, 'CALL'],
  ],
  WIDE: [
    ['manager', 0, 'VISIT'],
    ['tanaka', 1, 'MEETING'],
    ['manager', 2, 'MEETING'],
    ['lund', 3, 'CALL'],
    ['manager', 4, 'VISIT'],
    ['haas', 6, 'CALL'],
  ],
  DIAMOND: [
    ['manager', 0, 'MEETING'],
    ['tanaka', 1, 'WORKSHOP'],
    ['lund', 3, 'MEETING'],
    ['novak', 4, 'VISIT'],
    ['haas', 6, 'CALL'],
    ['pereira', 5, 'CALL'],
    ['stein', 2, 'EXECUTIVE_REVIEW'],
    ['okafor', 1, 'MEETING'],
    ['manager', 4, 'CALL'],
  ],
};

/** How many of the circle a shape knows. */
const known: Record<Phase[2], number> = { BOW_TIE: 1, FEW: 3, WIDE: 7, DIAMOND: 7 };

/** The people of a key account become known as its phases need them; the buyer answers to the decider. */
export function introduce(account: Account, key: KeyAccount): void {
  const phases: readonly Phase[] = key.phases.length > 0 ? key.phases : [['2021-12-01', 30, 'FEW']];
  for (const [from, , shape] of phases) {
    while (account.contacts.length < known[shape]) {
      const [unit, seniority, role, attitude, influence] = circle[account.contacts.length]!;
      const met = plus(from, from <= '2021-12-17' ? 0 : account.contacts.length);
      account.knows(`${met}T06:00:00Z`, unit, seniority, role, [attitude, influence]);
    }
  }
  const [buyer, , decider] = account.contacts;
  if (!decider) return;
  const line = { contactId: buyer!.contactId, reportsTo: decider.contactId };
  account.telling.tell(account.id, 'SetReportingLine', plus(phases.at(-1)![0], 20), line);
}

/** Ours meet theirs, phase by phase, until a day. */
export function meetings(account: Account, key: KeyAccount, until = plus(lastDay, 1)): void {
  for (const [i, [from, every, shape]] of key.phases.entries()) {
    const next = key.phases[i + 1]?.[0] ?? until;
    for (const [n, day] of days(from, next < until ? next : until, every).entries()) {
      const [who, whom, kind] = pairs[shape][n % pairs[shape].length]!;
      const ours = who === 'manager' ? key.manager : who === 'okafor' && day < '2022-10-01' ? 'tanaka' : who;
      const at = plus(day, roll(`${account.id}${day}`, Math.min(5, every - 1)));
      if (at > lastDay) continue;
      account.meet(at, kind, [ours], [account.contacts[whom]!]);
    }
  }
}

/** A manager or seller calls on the buyer of a lesser account now and then. */
export function callOn(account: Account, from: string, until: string, every: number): void {
  const { seller } = account.customer;
  for (const [n, day] of days(from, until, every).entries()) {
    const kind = (['CALL', 'VISIT', 'MESSAGE', 'CALL', 'MEETING'] as const)[n % 5]!;
    const at = plus(day, roll(`${account.id}${day}`, 9));
    if (at < until && at <= lastDay) account.meet(at, kind, [seller], [account.contacts[n % account.contacts.length]!]);
  }
}
