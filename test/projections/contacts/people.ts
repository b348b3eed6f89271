import type { Event } from '../../../src/kernel/event.js';
import { event } from '../../support/folding.js';

/** People of the samples: a digit names them. Ours begin with a, theirs with c. */
export const ours = (n: number): string => `aaaaaaaa-aaaa-4aaa-8aaa-${String(n).padStart(12, '0')}`;
export const theirs = (n: number): string => `cccccccc-cccc-4ccc-8ccc-${String(n).padStart(12, '0')}`;

/** What a meeting says besides who met. */
export interface Telling {
  readonly kind?: string;
  readonly twoWay?: boolean;
  readonly initiator?: string;
  readonly minutes?: number;
  readonly more?: object;
}

/** People met: ours as [person, function], theirs as [person, function, seniority]. */
export function met(
  time: string,
  us: readonly (readonly [number, string])[],
  them: readonly (readonly [number, string, number?])[],
  { kind = 'MEETING', twoWay, initiator = 'US', minutes = 60, more = {} }: Telling = {},
): Event<string, object> {
  return event('InteractionLogged', time, {
    interactionId: `i-${time}-${kind}`,
    kind,
    initiator,
    ours: us.map(([n, name]) => ({ memberId: ours(n), function: name })),
    theirs: them.map(([n, name, seniority = 2]) => ({ contactId: theirs(n), function: name, seniority })),
    durationMin: minutes,
    ...(twoWay === undefined ? {} : { twoWay }),
    ...more,
  });
}

/** An event of a contact's stream. */
export const ofContact = (type: string, time: string, n: number, data: object): Event<string, object> =>
  event(type, time, data, { subject: `contact-${theirs(n)}` });

/** A contact came to the account. */
export const added = (time: string, n: number, name: string, seniority = 2): Event<string, object> =>
  ofContact('ContactAdded', time, n, { accountId: 'ACME', function: name, seniority });

/** A contact has a part. */
export const role = (time: string, n: number, name: string): Event<string, object> =>
  ofContact('ContactRoleAssigned', time, n, { role: name });

/** A member works for the account. */
export const assigned = (time: string, n: number, name: string, seniority = 2, more: object = {}) =>
  event(
    'MemberAssigned',
    time,
    {
      assignmentId: `as-${n}`,
      accountId: 'ACME',
      role: 'EXPERT',
      ftePct: 20,
      function: name,
      seniority,
      from: `${time}T00:00:00.000Z`,
      ...more,
    },
    { subject: `member-${ours(n)}` },
  );

/** The account is a key account, at a stage. */
export const keyAccount = (time: string, stage: string): Event<string, object>[] => [
  event('KeyAccountDesignated', time, {
    accountId: 'ACME',
    managerId: ours(1),
    horizonYears: 3,
    targetStage: 'INTEGRATED',
  }),
  event('StageDeclared', time, { stage, evidenceIds: [] }),
];
