import type { Account } from '../account.js';
import { days, lastDay, plus } from '../days.js';
import { type Member, memberId } from '../members.js';

/** Ardent: one person carried it all. He went to Nordlys, business went with him, and we learned of it two months late. */
export function moved(ardent: Account, nordlys: Account): void {
  const [buyer, engineer, decider] = ardent.contacts;
  const { telling } = ardent;
  ardent.tell('AgreeJointPlan', '2024-06-03', {
    planId: 'growth',
    from: '2024-07-01',
    to: '2026-06-30',
    sharedResources: ['a shared planner'],
  });
  telling.tell('ARDENT', 'AssignContactRole', '2022-03-14', { contactId: buyer!.contactId, role: 'SPONSOR' });
  telling.tell(
    'ARDENT',
    'MoveContact',
    '2025-02-17',
    {
      contactId: buyer!.contactId,
      toAccountId: 'NORDLYS',
      reason: 'He was offered the whole of purchasing',
      function: 'PURCHASING',
      seniority: 3,
      roles: ['BUYER', 'DECIDER'],
      attitude: 2,
      influence: 4,
    },
    { known: '2025-04-14', by: 'falk' },
  );
  telling.tell('ARDENT', 'MoveContact', '2025-06-02', { contactId: engineer!.contactId, reason: 'Retired' });
  ardent.tell('CancelJointPlan', '2025-06-30', { planId: 'growth', reason: 'Nobody there knew of it' });
  ardent.tell('EndIntegrationStep', '2025-07-14', { stepId: 'forecast-shared', reason: 'They stopped sending it' });
  ardent.tell('DeclareStage', '2025-09-08', { stage: 'DISINTEGRATING', evidenceIds: [] });
  ardent.tell('SetTargetStage', '2025-09-22', { stage: 'BASIC', until: '2026-12-31' });
  telling.tell('ARDENT', 'ReleaseKeyAccount', '2026-06-15', {
    accountId: 'ARDENT',
    reason: 'What we would have to invest is worth more elsewhere',
  });
  telling.tell('ARDENT', 'ReleaseMember', '2026-06-15', {
    memberId: memberId('arrieta'),
    assignmentId: 'ARDENT-arrieta-2022-01-24',
    on: '2026-06-15',
  });
  for (const [n, day] of days('2025-05-05', lastDay, 40).entries())
    if (n % 2 === 0) ardent.meet(day, 'CALL', ['arrieta'], [decider!]);
  const his = { ...buyer!, seniority: 3 as const };
  for (const [n, day] of days('2025-04-22', lastDay, 24).entries())
    nordlys.meet(day, n % 3 === 0 ? 'VISIT' : 'CALL', n % 4 === 0 ? ['oduya', 'tanaka'] : ['oduya'], [his]);
  nordlys.tell('OpenPursuit', '2025-05-05', {
    pursuitId: 'fillet',
    purpose: 'GROWTH',
    value: nordlys.money(180_000),
    category: 'Linear drives',
  });
  nordlys.tell('WinPursuit', '2025-10-13', {
    pursuitId: 'fillet',
    value: nordlys.money(165_000),
    wonBy: [memberId('oduya')],
  });
}

/** Kestrel: declared integrated by override; one channel, no plan, no proof. */
export function inflated(kestrel: Account): void {
  kestrel.tell('DeclareStage', '2024-02-05', {
    stage: 'INTEGRATED',
    evidenceIds: [],
    override: { reason: 'The name belongs among our first ones; the proof will come', approver: memberId('oduya') },
  });
  kestrel.tell('SetTargetStage', '2024-02-06', { stage: 'INTEGRATED' });
  const { telling } = kestrel;
  const who = { contactId: kestrel.contacts[0]!.contactId };
  telling.tell('KESTREL', 'ChangeContactDetails', '2025-01-20', { ...who, function: 'PURCHASING', seniority: 3 });
  telling.tell('KESTREL', 'AssignContactRole', '2024-03-04', { ...who, role: 'GATEKEEPER' });
  telling.tell('KESTREL', 'EndContactRole', '2025-01-20', { ...who, role: 'GATEKEEPER' });
  telling.tell('KESTREL', 'AssessContact', '2025-02-03', { ...who, attitude: -1, influence: 4 });
}

/** The milk round: six dealers and, by mistake, a key account, each visited in turn, all alike. */
export function milkRound(accounts: ReadonlyMap<string, Account>): void {
  const stops = ['DEICH', 'KOPPEL', 'REET', 'SIEL', 'TONNE', 'PRIEL', 'QUARRY'];
  const { telling } = accounts.get('DEICH')!;
  telling.tell(
    'firm',
    'PlanRoute',
    '2022-03-28',
    { routeId: 'north-tuesday', weekday: 2, accountIds: stops },
    { by: 'sales-desk' },
  );
  for (const [i, id] of stops.entries()) {
    const account = accounts.get(id)!;
    for (const day of days(plus('2022-04-05', i * 7), lastDay, 49))
      account.meet(day, 'VISIT', ['brink'], [account.contacts[0]!], {
        minutes: 40,
        travel: 35,
        routeId: 'north-tuesday',
        initiator: 'US',
      });
  }
}

/** Support for Halyard and Trellis by people whose time is already given away in part. */
export function helpers(accounts: readonly Account[]): void {
  const helper: readonly Member[] = ['novak', 'chandra'];
  for (const [i, account] of accounts.entries())
    for (const member of helper)
      account.telling.tell(account.id, 'AssignMember', '2024-06-03', {
        memberId: memberId(member),
        assignmentId: `${account.id}-${member}`,
        accountId: account.id,
        role: 'SUPPORT',
        ftePct: 15 + i * 5,
        from: '2024-06-10',
        until: '2026-12-31',
      });
}
