import { Account } from './account.js';
import { plus, roll } from './days.js';
import { knowledge, plans, promises, scores, surveys, wallets } from './listening.js';
import { introduce, meetings } from './meetings.js';
import type { KeyAccount } from './key-account.js';
import { keyAccounts } from './key-accounts.js';
import { keyCustomers } from './key-customers.js';
import { memberId } from './members.js';
import { charter, contract, stepUp } from './standing.js';
import { designate } from './team.js';
import type { Telling } from './telling.js';
import { trade } from './trade.js';

/** A customer becomes known to us. */
export function register(telling: Telling, account: Account, at: string): void {
  const { id, name, type, industry, region, oemFitShare, currency } = account.customer;
  telling.tell(
    id,
    'RegisterAccount',
    at,
    {
      accountId: id,
      name,
      customerType: type,
      industry,
      region,
      currency: currency ?? 'EUR',
      ...(oemFitShare === undefined ? {} : { oemFitShare }),
      externalIds: [{ system: 'fictitious', id }],
    },
    { hours: 0, by: 'erp' },
  );
}

/** Which of the usual parts an account's own story tells instead, and how. */
export interface Otherwise {
  readonly meetingsUntil?: string;
  readonly promisesBroken?: number;
  readonly walletsUntil?: string;
  readonly surveysUntil?: string;
  readonly held?: number;
  readonly charter?: string;
  readonly promisesEvery?: number;
}

const otherwise: Readonly<Record<string, Otherwise>> = {
  BRANDT: { charter: '2024-02-12' },
  ARDENT: { meetingsUntil: '2025-02-10', walletsUntil: '2025-09', surveysUntil: '2025-02', held: 2 },
  ECHO: { meetingsUntil: '2026-03-20', surveysUntil: '2026-02', held: 0 },
  KESTREL: { held: 1, promisesBroken: 12 },
  PELLWORM: { promisesEvery: 36, promisesBroken: 2 },
  GOLIATH: { held: 3, promisesBroken: 10 },
};

/** The files of all key accounts: what is usual about them. Their stories come after. */
export function keyFiles(telling: Telling): Map<string, Account> {
  const accounts = new Map<string, Account>();
  for (const customer of keyCustomers) {
    const account = new Account(telling, customer);
    const key = keyAccounts.find(({ id }) => id === customer.id)!;
    accounts.set(customer.id, account);
    const first = (customer.since ?? '2021-12') === '2021-12' ? '2021-12-01' : `${customer.since}-01`;
    const begin = [first, ...key.phases.map(([from]) => from), key.since].sort()[0]!;
    register(telling, account, begin === '2021-12-01' ? `${begin}T05:30:00Z` : `${plus(begin, -2)}T05:30:00Z`);
    introduce(account, key);
    keyFile(account, key, otherwise[customer.id] ?? {});
  }
  return accounts;
}

function keyFile(account: Account, key: KeyAccount, story: Otherwise): void {
  if (key.id !== 'CORVUS' && key.id !== 'GOLIATH')
    account.intends(plus(key.since, 12), `${key.thesis}: so they say too`);
  meetings(account, key, story.meetingsUntil);
  designate(account, key);
  for (const [i, [stage, day]] of key.steps.entries()) stepUp(account, stage, day, i === 0);
  contract(account, plus(key.since, 10));
  if ((story.held ?? 4) > 0)
    charter(
      account,
      key,
      story.charter ?? plus(key.since, 200 + roll(key.id, 90)),
      ['Stock held for them', 'An engineer on call'],
      story.held,
    );
  trade(account);
  surveys(account, key, key.since < '2022-06-01' ? '2022-02' : `${key.since.slice(0, 4)}-11`, story.surveysUntil);
  wallets(account, key, story.walletsUntil);
  scores(account, key);
  knowledge(account, key);
  plans(account, key);
  promises(
    account,
    memberId(key.manager),
    key.since,
    story.promisesEvery ?? (key.draw[0] > 6 ? 36 : 73),
    story.promisesBroken,
  );
  programmeFile(account, key);
}

/** What the programme says of the account: budgets, objectives, a formal review a year, its weight on our own business. */
function programmeFile(account: Account, key: KeyAccount): void {
  const { telling, id } = account;
  const how = { hours: 10, by: 'board' };
  for (const year of [2022, 2023, 2024, 2025, 2026]) {
    const day = `${year}-01-2${roll(id, 7)}`;
    if (day < key.since) continue;
    const amount = account.money(Math.round((key.wallet[0] * (0.011 + key.draw[0] / 1000)) / 2) * 2000);
    telling.tell(
      id,
      'AllocateBudget',
      day,
      { accountId: id, period: String(year), amount, purpose: 'key-account work' },
      how,
    );
    telling.tell(id, 'RecordPerformanceReview', `${year}-11-1${roll(id, 8)}`, { accountId: id, horizon: 36 }, how);
    account.tell('RecordInternalImpact', `${year}-02-0${1 + roll(id, 8)}`, {
      area: 'CAPACITY',
      share: Math.round(account.customer.monthly / 9) / 100,
      period: String(year),
      effect: 'Share of what our plant can make',
    });
  }
  for (const objectiveId of key.serves ?? [])
    account.tell(
      'LinkObjective',
      plus(key.since, 25) < '2022-02-01' ? '2022-02-01' : plus(key.since, 25),
      { objectiveId, contribution: account.money(key.wallet[0] * 90) },
      how,
    );
}
