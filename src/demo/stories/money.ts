import type { Account } from '../account.js';
import { days, lastDay, months, plus, roll } from '../days.js';
import { memberId } from '../members.js';
import { assign } from '../team.js';

/** Goliath: the largest customer, and it loses money. Everything is urgent, everything is returned, and rebates crown it. */
export function costly(goliath: Account): void {
  for (const month of months('2022-01', '2026-10')) {
    const day = `${month}-2${roll(month, 8)}`;
    const tag = month.replace('-', '');
    const cost = (costId: string, body: object) =>
      goliath.tell('RecordCost', day, { costId: `${costId}-${tag}`, ...body } as never, {
        hours: 30,
        by: 'controlling',
      });
    cost('E', { category: 'LOGISTICS', activity: 'expedite', quantity: 18 + roll(`${month}e`, 20) });
    cost('S', { category: 'SERVICE', amount: goliath.money(9_800 + roll(`${month}s`, 4000)) });
    if (month.endsWith('3') || month.endsWith('9'))
      cost('T', { category: 'RETURNS', amount: goliath.money(11_000 + roll(`${month}t`, 6000)) });
  }
  goliath.tell('RecordDiscountScheme', '2022-11-28', {
    schemeId: 'bonus',
    category: 'Gearboxes',
    terms: 'Four percent of the year, paid in January',
    until: '2026-12-31',
  });
  for (const year of [2023, 2024, 2025, 2026])
    goliath.tell('GrantRebate', `${year}-01-20`, {
      rebateId: `bonus-${year - 1}`,
      amount: goliath.money(112_000 + (year - 2023) * 9_000),
      scheme: 'bonus',
    });
  // The manager left; another took over.
  const telling = goliath.telling;
  const ekberg = memberId('ekberg');
  for (const id of ['GOLIATH', 'QUARRY'] as const) {
    const since = id === 'GOLIATH' ? '2022-01-10' : '2022-03-07';
    telling.tell(
      id,
      'ReleaseMember',
      '2024-03-29',
      { memberId: ekberg, assignmentId: `${id}-ekberg-${since}`, on: '2024-03-31' },
      { by: 'hr' },
    );
  }
  assign(goliath, 'rossi', '2024-03-18', 'KEY_ACCOUNT_MANAGER', 40);
  telling.tell('GOLIATH', 'HandOverKeyAccount', '2024-04-01', {
    accountId: 'GOLIATH',
    toManagerId: memberId('rossi'),
    reason: 'Jonas Ekberg leaves the firm',
  });
  telling.tell('QUARRY', 'HandOverKeyAccount', '2024-04-01', {
    accountId: 'QUARRY',
    toManagerId: memberId('falk'),
    reason: 'Jonas Ekberg leaves the firm',
  });
  telling.tell('GOLIATH', 'ConfirmKam', '2024-04-15', {
    memberId: memberId('rossi'),
    accountId: 'GOLIATH',
    by: 'TEAM',
  });
}

/** Solveig: six months of investment for a return that came in the third year, as approved. */
export function sacrifice(solveig: Account): void {
  solveig.tell('ApproveSacrifice', '2022-11-21', {
    sacrificeId: 'test-rig',
    amount: solveig.money(150_000),
    from: '2023-01-01',
    to: '2023-12-31',
    expectedReturn: 'Series orders from 2024, break-even in the third year',
    reviewOn: '2025-12-15',
    approver: memberId('stein'),
  });
  solveig.tell('CommitInvestment', '2022-11-21', {
    investmentId: 'test-rig',
    thesis: 'A test rig of their own in our hall',
    planned: Array.from({ length: 36 }, (_, i) => ({
      month: i + 1,
      out: solveig.money(i < 6 ? 24_000 : 0),
      back: solveig.money(i < 12 ? 1_500 : i < 24 ? 4_000 : 8_500),
    })),
    horizonMonths: 36,
  });
  for (const month of months('2023-01', '2023-06'))
    solveig.tell('ReleaseInvestment', `${month}-15`, {
      investmentId: 'test-rig',
      amount: solveig.money(24_000 + roll(month, 5) * 500),
    });
  solveig.tell('CommitInvestment', '2024-02-12', {
    investmentId: 'showroom',
    thesis: 'A room at their plant',
    planned: [{ month: 1, out: solveig.money(12_000), back: solveig.money(0) }],
    horizonMonths: 12,
  });
  solveig.tell('ReleaseInvestment', '2024-02-26', { investmentId: 'showroom', amount: solveig.money(4_000) });
  solveig.tell('StopInvestment', '2024-05-06', { investmentId: 'showroom', reason: 'Nobody went in' });
  solveig.tell('ReviewSacrifice', '2025-12-12', {
    sacrificeId: 'test-rig',
    outcome: 'Paid back in its third year, before the day that we had named',
  });
}

/** Ostara: a quarter was closed, and a credit note known five months later changed it; an invoice corrected, another taken back. */
export function restated(ostara: Account): void {
  ostara.tell(
    'IssueCredit',
    '2025-03-24',
    { creditId: 'G-2503', amount: ostara.money(38_400), cogs: ostara.money(9_100), invoiceId: 'R-202503' },
    { known: '2025-08-27', by: 'erp' },
  );
  ostara.tell(
    'IssueCredit',
    '2024-10-07',
    { creditId: 'G-2410', amount: ostara.money(2_900), invoiceId: 'R-202410' },
    { hours: 40, by: 'erp' },
  );
  const typed = ostara.tell(
    'IssueInvoice',
    '2024-05-21',
    { invoiceId: 'R-extra-1', gross: ostara.money(94_500), cogs: ostara.money(6_400), dueOn: '2024-06-20' },
    { by: 'desk' },
  );
  ostara.telling.tell(
    'OSTARA',
    'CorrectEvent',
    '2024-07-02',
    { corrects: typed, set: { gross: ostara.money(9_450) }, reason: 'A digit too many was keyed' },
    { by: 'controlling' },
  );
  const twice = ostara.tell(
    'IssueInvoice',
    '2024-11-11',
    { invoiceId: 'R-extra-2', gross: ostara.money(12_600), cogs: ostara.money(8_700), dueOn: '2024-12-11' },
    { by: 'desk' },
  );
  ostara.telling.tell(
    'OSTARA',
    'RetractEvent',
    '2025-02-03',
    { retracts: twice, reason: 'It was issued by the sister company, not by us' },
    { by: 'controlling' },
  );
  ostara.tell('PlaceOrder', '2025-09-15', { orderId: 'O-ovens', amount: ostara.money(21_000) });
  ostara.tell('CancelOrder', '2025-10-06', { orderId: 'O-ovens', reason: 'The bakery that wanted the ovens closed' });
}

/** Corvus: half of what is spent serves nothing that it wants. Halyard: more open days than their cap allows. */
export function misspent(corvus: Account, halyard: Account): void {
  corvus.tell('StateCustomerIntent', '2022-05-09', {
    intentId: 'centre',
    statement: 'To build machining centres, not saws',
    source: 'board of theirs',
  });
  corvus.tell('StateCustomerIntent', '2022-05-09', {
    intentId: 'asia',
    statement: 'To sell in Asia',
    source: 'trade press',
    until: '2025-06-30',
  });
  corvus.tell('WithdrawCustomerIntent', '2024-02-05', { intentId: 'asia' });
  for (const [n, day] of days('2022-06-06', lastDay, 61).entries()) {
    const aligned = n % 2 === 0;
    corvus.tell('RecordCost', day, {
      costId: `D-${day}`,
      category: aligned ? 'PRE_SALES' : 'ENTERTAINMENT',
      amount: corvus.money(2_400 + roll(day, 900)),
      ...(aligned ? { intentId: n % 4 === 0 ? 'centre' : 'asia' } : {}),
    });
  }
  corvus.tell('SignalIntegrity', '2024-09-16', { kind: 'PAID_LATE', positive: false });
  corvus.tell('SignalIntegrity', '2025-03-10', { kind: 'BAD_FAITH_DISPUTE', positive: false });
  for (const [i, day] of ['2025-03-11', '2025-05-20', '2025-09-16', '2025-11-04'].entries())
    halyard.tell('RecordCost', day, {
      costId: `open-day-${i + 1}`,
      category: 'MEETINGS',
      amount: halyard.money([3_200, 2_900, 3_100, 1_300][i]!),
      activityTypeId: 'open-day',
    });
  halyard.meet('2025-05-20', 'WORKSHOP', ['dvorak', 'tanaka'], halyard.contacts.slice(0, 3), {
    activityTypeId: 'open-day',
  });
}

/** Sextant: looked at formally every month of 2025, where once a quarter was the rule. */
export function overMeasured(sextant: Account): void {
  for (const month of months('2025-01', '2025-10'))
    sextant.telling.tell(
      'SEXTANT',
      'RecordPerformanceReview',
      `${month}-27`,
      { accountId: 'SEXTANT', horizon: 3 },
      { by: 'board' },
    );
  for (const month of months('2025-01', '2025-10', 3))
    sextant.meet(plus(`${month}-27`, 2), 'CAMPAIGN', ['oduya'], sextant.contacts.slice(0, 1));
}
