import type { Account } from './account.js';
import type { KeyAccount } from './key-account.js';
import { type Member, memberId } from './members.js';

/** Gives a person of ours a share of their time for an account. */
export function assign(
  account: Account,
  member: Member,
  from: string,
  role: 'KEY_ACCOUNT_MANAGER' | 'EXECUTIVE_SPONSOR' | 'EXPERT' | 'SUPPORT',
  ftePct: number,
  until?: string,
): string {
  const assignmentId = `${account.id}-${member}-${from}`;
  const body = { memberId: memberId(member), assignmentId, accountId: account.id, role, ftePct, from };
  const standing = role === 'KEY_ACCOUNT_MANAGER' ? { standing: 'signs up to 250,000 alone' } : {};
  const end = until === undefined ? {} : { until };
  account.telling.tell(account.id, 'AssignMember', from, { ...body, ...standing, ...end }, { hours: 0, by: 'hr' });
  return assignmentId;
}

/** Experts who work for accounts of that shape, each with a tenth of their time or less. */
const experts: readonly (readonly [Member, number])[] = [
  ['tanaka', 7],
  ['lund', 6],
  ['haas', 5],
];

/** A customer becomes a key account: its worth is estimated, its good faith noted, its team named, and then it is designated. */
export function designate(account: Account, key: KeyAccount): void {
  const { customer } = account;
  const yearly = Math.max(customer.monthly, 25) * 12_000;
  const at = key.since;
  account.tell('EstimatePotential', at, {
    availableSales3y: account.money(key.wallet[0] * 3000),
    growthPct: Math.round(customer.growth * 100),
    expectedRetention: 0.86,
    margin: account.money(Math.round(yearly * customer.margin)),
    source: 'panel',
  });
  account.tell('SignalIntegrity', at, { kind: 'HONOURED_TERMS', positive: true });
  const open = account.id !== 'ECHO';
  account.tell('SignalIntegrity', at, { kind: open ? 'SHARED_OPENLY' : 'PAID_LATE', positive: open });
  assign(account, key.manager, at, 'KEY_ACCOUNT_MANAGER', 22);
  assign(account, key.draw[0] > 6 ? 'stein' : 'vogel', at, 'EXECUTIVE_SPONSOR', 3);
  if (key.phases.some(([, , shape]) => shape === 'WIDE' || shape === 'DIAMOND'))
    for (const [member, ftePct] of experts) assign(account, member, at, 'EXPERT', ftePct);
  account.telling.tell(
    account.id,
    'DesignateKeyAccount',
    at,
    {
      accountId: account.id,
      managerId: memberId(key.manager),
      thesis: key.thesis,
      horizonYears: key.horizon,
      targetStage: key.target,
      ...(account.id === 'ECHO' ? { override } : {}),
    },
    { hours: 30, by: 'board' },
  );
  account.tell('AssignSellingApproach', at, { approach: 'FARMER', reason: 'A key account is tilled, not hunted' });
  confirm(account, key.manager, at);
}

/** Echo did not meet the criteria of 2024, one sign of good faith against one of the contrary; the board wanted it all the same. */
const override = {
  reason: 'Too few signs of good faith yet, and we want them all the same',
  approver: memberId('stein'),
};

/** Team and customer accept the manager: usually soon. */
export function confirm(account: Account, manager: Member, since: string): void {
  const confirmed = (by: 'TEAM' | 'CUSTOMER', days: number) =>
    account.telling.tell(
      account.id,
      'ConfirmKam',
      new Date(Date.parse(since) + days * 86_400_000).toISOString().slice(0, 10),
      { memberId: memberId(manager), accountId: account.id, by },
      { hours: 20 },
    );
  confirmed('TEAM', 6);
  if (account.id !== 'KESTREL') confirmed('CUSTOMER', account.id === 'CORVUS' ? 118 : 34);
}
