import { describe, expect, it } from '@jest/globals';
import { loyalty } from '../../projections/loyalty.js';
import { trust } from '../../projections/trust.js';
import { walletAt } from '../../projections/loyalty/wallet.js';
import { quarterOf, startOfQuarter, utcCalendar } from '../../src/kernel/instant.js';
import { event, foldOf, unsayable } from '../support/folding.js';
import { seenAt } from '../support/several.js';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const first = quarterOf(Date.parse('2023-01-01T00:00:00Z'), utcCalendar);
const quarterDay = (i: number) => new Date(startOfQuarter(first + i, utcCalendar)).toISOString().slice(0, 10);
const estimate = (time: string, share: number | undefined, data: object = {}) =>
  event('ShareOfWalletEstimated', time, {
    category: 'bearings',
    ...(share === undefined ? {} : { share }),
    source: 'audit',
    confidence: 0.8,
    ...data,
  });
const answer = (time: string, respondentId: string, recommend: number) =>
  event('SurveyAnswered', time, { respondentId, recommend });
const order = (time: string, orderId = time) => event('OrderPlaced', time, { orderId, amount: eur(100_000) });
const trendOf = (shares: readonly number[]) =>
  seenAt(
    loyalty,
    shares.map((share, i) => estimate(quarterDay(i), share)),
    '2025-12-31',
  ).trends.shareOfWallet;

describe('is loyalty rising (D7)', () => {
  it('8 strictly rising quarters: exact p 4.96e-5, rising', () => {
    const found = trendOf([0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45]);
    expect(found).toMatchObject({ verdict: 'rising', n: 8, test: 'exact', from: '2023-Q1', to: '2024-Q4' });
    expect(found.p).toBeCloseTo(4.96e-5, 7);
    expect(found.slope).toBeCloseTo(0.05, 10);
  });
  it('1 … 6, 7, 7: S 27, p 9.92e-5', () => {
    const found = trendOf([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.7]);
    expect(found).toMatchObject({ verdict: 'rising', s: 27 });
    expect(found.p).toBeCloseTo(9.92e-5, 7);
  });
  it('1, 1, 2, 3, 4, 5, 6, 6: S 26, p 1.98e-4', () => {
    const found = trendOf([0.1, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.6]);
    expect(found).toMatchObject({ verdict: 'rising', s: 26 });
    expect(found.p).toBeCloseTo(1.98e-4, 6);
  });
  it('eight equal: p 1, no clear trend', () =>
    expect(trendOf([0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3])).toMatchObject({ verdict: 'no clear trend', p: 1 }));
  it('5 points are insufficient, whatever they are', () =>
    expect(trendOf([0.1, 0.2, 0.3, 0.4, 0.5])).toMatchObject({ verdict: 'insufficient', n: 5, slope: null, p: null }));
  it('a fall is an alarm that names the estimates it stands on', () => {
    const told = [8, 7, 6, 5, 4, 3, 2, 1].map((share, i) => estimate(quarterDay(i), share / 10));
    const { findings } = seenAt(loyalty, told, '2025-12-31');
    expect(findings).toMatchObject([{ code: 'LOYALTY_FALLING', eventIds: told.map(({ id }) => id) }]);
  });
  it('the open quarter enters no trend', () => {
    const told = Array.from({ length: 8 }, (_, i) => estimate(quarterDay(i), (i + 1) / 10));
    const view = seenAt(loyalty, told, '2024-11-30');
    expect(view.trends.shareOfWallet).toMatchObject({ verdict: 'insufficient', n: 7 });
    expect(view.series.at(-1)).toMatchObject({ quarter: '2024-Q4', open: true, shareOfWallet: 0.8 });
  });
  it('a quarter without an estimate has no value, and its gap is kept', () => {
    const view = seenAt(loyalty, [estimate('2024-01-10', 0.2), estimate('2024-08-10', 0.3)], '2024-12-31');
    expect(view.series.map(({ shareOfWallet }) => shareOfWallet)).toEqual([0.2, null, 0.3, null]);
  });
});

describe('share of wallet', () => {
  it('is weighted by the wallets of the categories, each by its latest estimate', () => {
    const told = [
      estimate('2025-01-01', 0.9, { wallet: eur(100) }),
      estimate('2025-06-01', 0.5, { wallet: eur(300) }),
      estimate('2025-06-01', 0.1, { category: 'seals', wallet: eur(100) }),
    ];
    expect(seenAt(loyalty, told, '2025-12-31').shareOfWallet).toMatchObject({
      value: 0.4,
      reason: null,
      basis: 'estimate',
    });
  });
  it('is null where a wallet is missing and there is more than one category', () => {
    const told = [estimate('2025-06-01', 0.5), estimate('2025-06-01', 0.1, { category: 'seals', wallet: eur(100) })];
    expect(seenAt(loyalty, told, '2025-12-31').shareOfWallet).toMatchObject({
      value: null,
      reason: 'no-wallet: bearings',
    });
  });
  it('goes by rank only where no share is told: second of three is 1/3', () => {
    const { estimates } = foldOf(loyalty, [estimate('2025-06-01', undefined, { ourRank: 2, suppliers: 3 })]);
    const found = walletAt(estimates, Date.parse('2025-12-31'));
    expect(found.basis).toBe('rank');
    expect(found.value).toBeCloseTo(1 / 3, 10);
    expect(found.walletAllocation).toBeCloseTo(1 / 3, 10);
  });
  it('names the pair without a rate', () => {
    const told = [estimate('2025-06-01', 0.5, { wallet: { minor: 5, currency: 'USD' } })];
    expect(seenAt(loyalty, told, '2025-12-31').shareOfWallet.categories[0]).toMatchObject({
      walletReason: 'no-rate USD/EUR',
    });
  });
});

describe('what they say', () => {
  const answers = [9, 9, 10, 10, 9, 9, 7, 8, 3, 6].map((score, i) => answer('2025-03-01', `r${i}`, score));
  it('6 promoters and 2 detractors of 10 are .4 [−.126, .741]', () => {
    const { nps } = seenAt(loyalty, answers, '2025-12-31');
    expect(nps).toMatchObject({ n: 10, promoters: 6, detractors: 2, value: 0.4, recommend: 8 });
    expect(nps.low).toBeCloseTo(-0.126, 3);
    expect(nps.high).toBeCloseTo(0.741, 3);
  });
  it('the latest answer of each respondent counts, for as long as the window', () => {
    const told = [answer('2025-03-01', 'a', 2), answer('2025-06-01', 'a', 10)];
    expect(seenAt(loyalty, told, '2025-12-31').nps).toMatchObject({ n: 1, promoters: 1, detractors: 0 });
    expect(seenAt(loyalty, told, '2026-06-02').nps).toMatchObject({ n: 0, value: null, reason: 'no-answers' });
  });
  it('a high share with a low opinion is spurious loyalty', () => {
    const told = [estimate('2025-06-01', 0.6), answer('2025-06-01', 'a', 5)];
    const view = seenAt(loyalty, told, '2025-12-31');
    expect(view.type).toMatchObject({ value: 'SPURIOUS', attitudeHigh: false, behaviourHigh: true });
    expect(view.findings).toMatchObject([{ code: 'SPURIOUS_LOYALTY', eventIds: told.map(({ id }) => id) }]);
    expect(seenAt(loyalty, [told[0]!], '2025-12-31').type).toMatchObject({ value: null, reason: 'no-answers' });
  });
});

describe('health', () => {
  it('is the weighted mean of the parts that are known, and says which are not', () => {
    const told = [estimate('2025-06-01', 0.6), answer('2025-06-01', 'a', 9)];
    const { health } = seenAt(loyalty, told, '2025-12-31');
    expect(health).toMatchObject({ version: 'default', known: 0.5, missing: ['trust', 'contact'] });
    expect(health.value).toBeCloseTo(75, 10);
  });
  it('counts kept promises of both sides by due date', () => {
    const made = (id: string, by: string) =>
      event('CommitmentMade', '2025-01-01', { commitmentId: id, by, ownerId: 'x', due: '2025-04-01T00:00:00.000Z' });
    const told = [
      made('a', 'US'),
      made('b', 'US'),
      made('c', 'THEM'),
      event('CommitmentKept', '2025-03-01', { commitmentId: 'a' }),
      event('CommitmentKept', '2025-06-01', { commitmentId: 'c' }),
    ];
    expect(seenAt(loyalty, told, '2025-12-31').commitments).toMatchObject({
      ours: { kept: 1, broken: 1 },
      theirs: { kept: 1, broken: 0 },
    });
  });
});

describe('promises at the edges of their window (§3.0a, §3.12.17)', () => {
  it('count by the day they were due, and as broken on the thirtieth day after it, as trust has them', () => {
    const made = event('CommitmentMade', '2025-01-01', {
      commitmentId: 'c',
      by: 'THEM',
      ownerId: 'o',
      due: '2025-02-01T00:00:00.000Z',
    });
    const both = (asOf: string) => [
      seenAt(loyalty, [made], asOf).commitments.theirs.broken,
      seenAt(trust, [made], asOf).commitments.THEM.broken,
    ];
    // due on January 31st: broken from March 2nd on, in the window up to the January 30th after
    for (const [asOf, broken] of [
      ['2025-03-01', 0],
      ['2025-03-02', 1],
      ['2026-01-30', 1],
      ['2026-01-31', 0],
    ] as const)
      expect([asOf, ...both(asOf)]).toEqual([asOf, broken, broken]);
  });
});

describe('how long and how often', () => {
  it('recency, frequency and money of the window', () => {
    const invoice = event('InvoiceIssued', '2025-12-01', { invoiceId: 'i', orderId: '2025-12-01', gross: eur(5_000) });
    const view = seenAt(
      loyalty,
      [order('2024-06-01'), order('2025-02-01'), order('2025-12-01'), invoice],
      '2025-12-31',
    );
    expect(view.rfm).toMatchObject({ recencyDays: 30, frequency: 2, monetary: 5_000 });
    expect(view.tenure).toMatchObject({ since: '2024-06-01', days: 578, kept: true, ended: null });
  });
  it('a contract that ran out ends it, untendered renewals are counted', () => {
    const told = [
      event('ContractAgreed', '2024-01-01', {
        contractId: 'k',
        from: '2024-01-01T00:00:00.000Z',
        until: '2025-01-01T00:00:00.000Z',
      }),
      order('2024-02-01'),
      event('ContractRenewed', '2024-12-01', { contractId: 'k', until: '2025-07-01T00:00:00.000Z', tendered: false }),
    ];
    const view = seenAt(loyalty, told, '2025-07-01');
    expect(view.renewals).toMatchObject({ renewed: 1, untendered: 1, n: 1, rate: 1 });
    expect(view.tenure).toMatchObject({
      kept: false,
      ended: { at: '2025-07-01T00:00:00.000Z', reason: 'CONTRACT_ENDED' },
    });
    expect(view.findings).toMatchObject([{ code: 'ENDED', eventIds: [told[2]!.id] }]);
  });
  it('a contract has as many days left as its last day is away, at whatever hour it ends', () => {
    const until = '2025-07-01T12:00:00.000Z';
    const told = [event('ContractAgreed', '2024-01-01', { contractId: 'k', from: '2024-01-01T00:00:00.000Z', until })];
    const left = (asOf: string) =>
      (seenAt(loyalty, told, asOf) as unknown as { contracts: { daysLeft: number }[] }).contracts[0]!.daysLeft;
    expect([left('2025-06-30T13:00:00.000Z'), left('2025-06-30'), left('2025-07-01T11:00:00.000Z')]).toEqual([1, 1, 0]);
  });
  it('an end names what ended it: the end of the contract, else the last regular order', () => {
    const until = '2027-01-01T00:00:00.000Z';
    const told = [
      event('ContractAgreed', '2024-01-01', { contractId: 'k', from: '2024-01-01T00:00:00.000Z', until }),
      order('2024-02-01'),
      event('ContractEnded', '2025-03-01', { contractId: 'k', reason: 'LOST' }),
    ];
    expect(seenAt(loyalty, told, '2025-07-01').findings).toMatchObject([{ code: 'ENDED', eventIds: [told[2]!.id] }]);
    const trial = event('OrderPlaced', '2024-03-01', { orderId: 't', amount: eur(1), regular: false });
    const bought = [order('2024-01-01'), order('2024-02-01'), trial];
    const silent = seenAt(loyalty, bought, '2025-07-01');
    expect(silent.findings).toMatchObject([{ code: 'ENDED', eventIds: [bought[1]!.id] }]);
    const invoiced = event('InvoiceIssued', '2024-04-01', { invoiceId: 'i', gross: eur(1) });
    const last = seenAt(loyalty, [...bought, invoiced], '2025-07-01');
    expect(last.findings).toMatchObject([{ since: '2025-04-01T00:00:00.000Z', eventIds: [invoiced.id] }]);
  });
});

it('says nothing that JSON cannot of an account without events', () =>
  expect(unsayable(seenAt(loyalty, [], '2026-06-30'))).toEqual([]));
