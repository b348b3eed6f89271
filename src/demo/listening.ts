import type { Account } from './account.js';
import { lastDay, months, plus, roll, years } from './days.js';
import type { KeyAccount } from './key-account.js';

const start = '2022-01-01';

/** Where a figure is on its way from its first value to its last. */
const between = (day: string, first: number, last: number): number =>
  first + (last - first) * Math.min(1, years(start, day) / years(start, lastDay));

/** A score of tenths that lies near a value and between two others. */
const near = (text: string, value: number, spread: number, most = 10): number =>
  Math.min(most, Math.max(0, Math.round((value + ((roll(text, 201) - 100) / 100) * spread) * 10) / 10));

/** Each quarter two of theirs say how they see us. */
export function surveys(account: Account, key: KeyAccount, from = '2022-02', until = '2026-11'): void {
  for (const month of months(from, until, 3)) {
    const day = `${month}-${String(10 + roll(account.id, 9)).padStart(2, '0')}`;
    const known = account.contacts.slice(0, month < '2024-06' ? 1 : 2);
    for (const [i, { contactId }] of known.entries()) {
      const warmth = between(day, ...key.recommend);
      const recommend = Math.round(Math.min(10, Math.max(0, warmth + (i === 1 ? 0.4 : 0))));
      const satisfaction = near(`${account.id}${month}${i}`, warmth, 0.5);
      const how = { hours: 48, by: 'marketing' };
      account.tell('RecordSurveyAnswer', day, { respondentId: contactId, recommend, satisfaction }, how);
    }
  }
}

/** Twice a year somebody estimates our share of what they buy: from their figures where they share them, else from ours. */
export function wallets(account: Account, key: KeyAccount, until = '2026-10'): void {
  for (const month of months('2022-03', until, 6)) {
    const day = `${month}-20`;
    if (day < key.since) continue;
    const share = Math.round(between(day, key.wallet[1], key.wallet[2]) * 100) / 100;
    account.tell('EstimateShareOfWallet', day, {
      category: 'Gearboxes',
      share,
      wallet: account.money(key.wallet[0] * 1000),
      ourRank: share >= 0.5 ? 1 : 2,
      suppliers: 4,
      source: share >= 0.4 ? 'their purchasing' : 'our estimate',
      confidence: share >= 0.4 ? 0.8 : 0.5,
    });
  }
}

const factors = ['spend', 'growth', 'prestige', 'reach', 'exclusivity'] as const;
const panel = ['KEY_ACCOUNT', 'FINANCE'] as const;
const critical = [
  ['delivery', 35],
  ['quality', 30],
  ['support', 20],
  ['price', 15],
] as const;

/** Every other year two of ours rate the account; each year theirs tell how they rate us and our best competitor. */
export function scores(account: Account, key: KeyAccount): void {
  const respondentId = account.contacts[0]!.contactId;
  account.tell('StateSuccessFactors', plus(key.since, 40), {
    factors: critical.map(([factor, weight]) => ({ factor, weight })),
    source: 'interview',
    respondentId,
  });
  for (const year of [2022, 2023, 2024, 2025, 2026]) {
    const day = `${year}-0${3 + roll(account.id, 3)}-14`;
    if (day < key.since) continue;
    for (const [i, factor] of factors.entries())
      for (const rater of year % 2 === 0 ? panel : []) {
        const score = near(`${account.id}${year}${factor}${rater}`, key.draw[i]!, rater === 'FINANCE' ? 1.4 : 0.6);
        account.tell('ScoreAttractiveness', day, { factor, score, rater }, { hours: 26, by: 'panel' });
      }
    for (const [factor] of critical) {
      const [ours, theirs, last] = key.strength;
      account.tell('ScoreStrength', day, {
        factor,
        ours: near(`${account.id}${year}${factor}`, between(day, ours, last), 0.4),
        competitors: { 'Nortek Drives': near(`${account.id}${year}${factor}n`, theirs, 0.4) },
        source:
          account.id === 'KESTREL' ? 'supplier_estimate' : year % 2 === 0 ? 'customer_survey' : 'customer_interview',
        rater: 'PURCHASING',
      });
    }
  }
}

/** How well we know their business, and they: five domains, every other year, as we rate it and then as they do. */
export function knowledge(account: Account, key: KeyAccount): void {
  const domains = ['their market', 'their machines', 'their processes', 'their cost', 'their strategy'];
  const { contactId } = account.contacts[0]!;
  for (const year of [2024, 2026].filter((one) => `${one}-04-01` > key.since))
    for (const [i, domain] of domains.entries()) {
      const theirs = 3 + roll(`${account.id}${domain}`, 16) / 10;
      const ours = near(
        `${account.id}${domain}${year}`,
        between(`${year}-04-01`, 1.8, key.recommend[1] / 2) - i * 0.1,
        0.4,
        5,
      );
      const customer = year === 2026;
      account.tell('AssessKnowledge', `${year}-04-2${i}`, {
        domain,
        ours,
        theirs: Math.round(theirs * 10) / 10,
        ratedBy: customer ? 'CUSTOMER' : 'US',
        ...(customer ? { respondentId: contactId } : {}),
      });
    }
}

/** What each year should bring: a target and a forecast in the autumn before, a second forecast in spring, and the years ahead. */
export function plans(account: Account, key: KeyAccount): void {
  const { monthly, growth, margin, since } = account.customer;
  const net = account.id === 'GOLIATH' ? 0.12 : 0.8;
  const expected = (year: number) => {
    const grown = (1 + growth) ** Math.max(0, year + 0.5 - Number((since ?? '2022-01').slice(0, 4)));
    return monthly * 12_000 * grown * margin * net;
  };
  const set = (day: string, year: number, basis: 'FORECAST' | 'TARGET', rosy: number, more: object = {}) =>
    account.tell('SetFuturePlan', day, {
      period: String(year),
      basis,
      contribution: account.money(Math.round((expected(year) * rosy) / 1000) * 1000),
      ...more,
    });
  for (const year of [2022, 2023, 2024, 2025, 2026]) {
    const autumn = `${year - 1}-12-0${1 + roll(account.id, 7)}`;
    if (autumn < key.since) continue;
    set(autumn, year, 'TARGET', 1.15, { shareOfWallet: key.wallet[2], stage: key.target });
    set(autumn, year, 'FORECAST', 0.9 + roll(`${account.id}${year}`, 35) / 100);
    set(`${year}-05-18`, year, 'FORECAST', 0.94 + roll(`${account.id}${year}s`, 14) / 100);
    if (year < 2026) set(autumn, year + 1, 'FORECAST', 1.1 + roll(`${account.id}${year}f`, 25) / 100);
  }
  for (const year of [2027, 2028, 2029, 2030, 2031])
    if (year <= 2026 + key.horizon) set('2026-10-12', year, 'FORECAST', 1 - (year - 2026) * 0.03);
  set('2026-10-12', 2027, 'TARGET', 1.1, { supplierStatus: 'PRIMARY' });
}

/** A promise, and what came of it: kept, kept late, or broken. */
export function promise(
  account: Account,
  made: string,
  by: 'US' | 'THEM',
  ownerId: string,
  what: string,
  due: string,
  came: 'KEPT' | 'LATE' | 'BROKEN' | 'OPEN' = 'KEPT',
): string {
  const commitmentId = `${by === 'US' ? 'U' : 'T'}-${made}`;
  account.tell('MakeCommitment', made, { commitmentId, by, ownerId, what, due });
  const day = came === 'LATE' ? plus(due, 6) : came === 'BROKEN' ? plus(due, 2) : plus(due, -1 - roll(due, 4));
  if (came === 'OPEN' || day > lastDay) return commitmentId;
  if (came === 'BROKEN') account.tell('BreakCommitment', day, { commitmentId, reason: 'It was not done in time' });
  else account.tell('KeepCommitment', day, { commitmentId });
  return commitmentId;
}

const ourWord = [
  'send the drawings',
  'name a second engineer',
  'hold the price',
  'deliver the samples',
  'report on the audit',
];
const theirWord = ['share the forecast', 'release the drawings', 'answer the questionnaire', 'test the samples'];

/** Promises of both sides over the years; a few in a hundred are broken. */
export function promises(account: Account, ownerId: string, from: string, every: number, brokenIn100 = 4): void {
  const theirs = account.contacts[0]!.contactId;
  for (let n = 0, day = plus(from, 12); day < plus(lastDay, -20); n++, day = plus(day, every)) {
    const side = n % 2 === 0 ? 'US' : 'THEM';
    const words = side === 'US' ? ourWord : theirWord;
    const fate = roll(`${account.id}${day}w`, 100);
    const came = fate < brokenIn100 ? 'BROKEN' : fate < brokenIn100 + 7 ? 'LATE' : 'KEPT';
    const owner = side === 'US' ? ownerId : theirs;
    promise(account, day, side, owner, `To ${words[n % words.length]}`, plus(day, 21 + roll(day, 14)), came);
  }
}
