import { expect } from '@jest/globals';
import { acme, ada, bert, manager, sponsor } from './cast/ids.js';
import { service } from './service.js';

type Served = ReturnType<typeof service>;

/** A service whose clock the test sets, and short ways to tell it things and to ask it. */
export function scene(begins: string) {
  const clock = { now: Date.parse(begins) };
  const at: Served = service(() => clock.now);
  const data = async (path: string) => {
    const reply = await at.get(`/v1/${path}`);
    expect([path, reply.status, reply.body.detail]).toEqual([path, 200, undefined]);
    return reply.body.data;
  };
  return {
    at,
    clock,
    /** Sets the service's clock. */
    on: (day: string) => {
      clock.now = Date.parse(day);
    },
    /** Tells one command that must go through; the id of its first event. */
    tell: async (name: string, body: object): Promise<string> => {
      const reply = await at.command(name, body);
      expect([name, reply.status, reply.body.detail]).toEqual([name, 201, undefined]);
      return reply.body.events[0].id as string;
    },
    data,
    /** A view of an account: its data. */
    view: (name: string, query = '', id: string = acme) => data(`accounts/${id}/${name}?${query}`),
    /** A report: its data. */
    report: (name: string, query = '') => data(`portfolio/${name}?${query}`),
  };
}

export type Scene = ReturnType<typeof scene>;

export const eur = (minor: number) => ({ minor, currency: 'EUR' });

/** An account kept in a currency, from 2024 on. */
export const registered = (accountId: string, currency = 'EUR', occurredAt = '2024-01-01') => ({
  accountId,
  name: `The firm ${accountId}`,
  customerType: 'OEM_MAKER',
  currency,
  occurredAt,
});

/** Two persons of ours who work for ACME, and two of theirs: a buyer, and an engineer who decides. */
export async function people({ tell }: Scene, from = '2024-01-02'): Promise<void> {
  for (const [memberId, does] of [
    [manager, 'KEY_ACCOUNT'],
    [sponsor, 'SERVICE'],
  ] as const) {
    await tell('AddMember', {
      memberId,
      name: does,
      function: does,
      seniority: 3,
      qualifications: [],
      occurredAt: from,
    });
    await tell('AssignMember', {
      memberId,
      assignmentId: `as-${does}`,
      accountId: acme,
      role: does === 'KEY_ACCOUNT' ? 'KEY_ACCOUNT_MANAGER' : 'EXPERT',
      ftePct: 20,
      from,
    });
  }
  for (const [contactId, does, seniority] of [
    [ada, 'PURCHASING', 2],
    [bert, 'ENGINEERING', 3],
  ] as const)
    await tell('AddContact', { contactId, accountId: acme, name: does, function: does, seniority, occurredAt: from });
  await tell('AssignContactRole', { contactId: bert, role: 'DECIDER', occurredAt: from });
}

/** One of ours meets one of theirs. */
export const meeting = (
  interactionId: string,
  occurredAt: string,
  us: 'manager' | 'sponsor' = 'manager',
  them: 'ada' | 'bert' = 'ada',
  more: object = {},
) => ({
  accountId: acme,
  interactionId,
  occurredAt,
  kind: 'MEETING',
  initiator: 'US',
  ours: [
    us === 'manager' ? { memberId: manager, function: 'KEY_ACCOUNT' } : { memberId: sponsor, function: 'SERVICE' },
  ],
  theirs: [
    them === 'ada'
      ? { contactId: ada, function: 'PURCHASING', seniority: 2 }
      : { contactId: bert, function: 'ENGINEERING', seniority: 3 },
  ],
  durationMin: 60,
  ...more,
});

/** An invoice with its cost of goods. */
export const invoice = (invoiceId: string, occurredAt: string, gross: number, cogs: number, more: object = {}) => ({
  accountId: acme,
  invoiceId,
  occurredAt,
  gross: eur(gross),
  cogs: eur(cogs),
  ...more,
});
