import type { Account } from '../account.js';
import { pursue } from '../acquisition.js';
import { plus, roll } from '../days.js';
import { plan } from '../standing.js';

/** Thistle buys on trial and has not been won; Pine turned out to be another kind of customer. */
export function undecided(thistle: Account, pine: Account): void {
  pursue(thistle, {
    from: '2025-09-22',
    to: '2026-11-02',
    by: 'moreau',
    approach: 'FARMER',
    value: 120_000,
    planned: 9_000,
    overrun: 1.6,
    end: 'OPEN',
  });
  for (const [i, day] of ['2026-02-09', '2026-05-18', '2026-09-07'].entries()) {
    thistle.tell('PlaceOrder', day, { orderId: `trial-${i + 1}`, amount: thistle.money(1_800), regular: false });
    thistle.tell('IssueInvoice', plus(day, 12), {
      invoiceId: `R-trial-${i + 1}`,
      orderId: `trial-${i + 1}`,
      gross: thistle.money(1_800 + roll(day, 200)),
      cogs: thistle.money(1_500),
      dueOn: plus(day, 42),
    });
  }
  pine.tell(
    'ReclassifyAccount',
    '2024-05-13',
    { oemFitShare: 0.65, industry: 'Drives for makers' },
    { known: '2024-09-02' },
  );
}

/** A group with two currencies; an American daughter from the first day, an Iberian one bought in 2024. */
export function group(accounts: ReadonlyMap<string, Account>): void {
  const helix = accounts.get('HELIX')!;
  const { telling } = helix;
  telling.tell('structure', 'PlaceAccountUnder', '2022-04-04', { accountId: 'HELIX-US', parentId: 'HELIX' });
  telling.tell(
    'structure',
    'PlaceAccountUnder',
    '2024-07-01',
    { accountId: 'HELIX-IB', parentId: 'HELIX' },
    { known: '2024-08-19' },
  );
  telling.tell('structure', 'PlaceAccountUnder', '2022-08-15', { accountId: 'LARKIN', parentId: 'LARK' });
  telling.tell('structure', 'PlaceAccountUnder', '2024-10-14', { accountId: 'LARKIN', parentId: null });
  telling.tell('structure', 'MergeAccounts', '2024-03-11', {
    from: 'VOSS-GMBH',
    into: 'VOSS',
    reason: 'One firm that we had registered twice',
  });
  telling.tell('structure', 'MergeAccounts', '2023-11-06', {
    from: 'LARKIN',
    into: 'LARK',
    reason: 'Same town, nearly the same name',
  });
  telling.tell('structure', 'UnmergeAccounts', '2024-10-07', {
    from: 'LARKIN',
    into: 'LARK',
    reason: 'A dealer with another owner',
  });
  plan(helix, 'robots', '2025-07-01', '2028-06-30');
}
