import { beforeAll, describe, expect, it } from '@jest/globals';
import { acme, globex } from '../support/cast/ids.js';
import { eur, invoice, registered, scene } from '../support/scene.js';

const s = scene('2025-05-15T12:00:00.000Z');
let [changed, moved, gone, soon] = ['', '', '', ''];
let [correction, move, retraction] = ['', '', ''];

/** ACME's invoices of the second quarter of 2025, which was closed at the end of July 30th, are changed before and after that. */
beforeAll(async () => {
  await s.tell('RegisterAccount', registered(acme));
  await s.tell('RegisterAccount', registered(globex));
  changed = await s.tell('IssueInvoice', invoice('CHANGED', '2025-05-10', 1_000, 400));
  s.on('2025-07-01T12:00:00.000Z');
  moved = await s.tell('IssueInvoice', invoice('MOVED', '2025-06-20', 500, 0));
  gone = await s.tell('IssueInvoice', invoice('GONE', '2025-06-25', 200, 50));
  soon = await s.tell('IssueInvoice', invoice('SOON', '2025-06-26', 70, 0));
  s.on('2025-07-30T23:59:59.999Z');
  await s.tell('CorrectEvent', { corrects: soon, set: { gross: eur(80) }, reason: 'keyed wrong' });
  s.on('2025-09-01T12:00:00.000Z');
  correction = await s.tell('CorrectEvent', { corrects: changed, set: { gross: eur(900) }, reason: 'keyed wrong' });
  retraction = await s.tell('RetractEvent', { retracts: gone, reason: 'never sent' });
  await s.tell('IssueCredit', { accountId: globex, creditId: 'late', amount: eur(30), occurredAt: '2025-06-01' });
  s.on('2025-11-15T12:00:00.000Z');
  move = await s.tell('CorrectEvent', {
    corrects: moved,
    time: '2025-07-02T00:00:00.000Z',
    reason: 'the day of delivery',
  });
  s.on('2025-12-31T12:00:00.000Z');
});

const line = (lines: readonly { accountId: string; quarter: string }[], accountId: string, quarter: string) =>
  lines.find((one) => one.accountId === accountId && one.quarter === quarter);

describe('figures that we once told and that have changed since (E2)', () => {
  it('count corrections and retractions after the close, event by event, and none before it', async () => {
    const { lines, accounts, change } = await s.report('restatements', 'asOf=2025-12-30');
    expect(line(lines, acme, '2025-Q2')).toEqual({
      accountId: acme,
      quarter: '2025-Q2',
      said: { net: 1_780, contribution: 1_330 },
      says: { net: 980, contribution: 580 },
      change: { net: -800, contribution: -750 },
      lateEvents: 0,
      corrections: 3,
      eventIds: [correction, retraction, move],
    });
    expect([accounts, change]).toEqual([2, { net: -330, contribution: -280 }]);
  });

  it('see an event that a correction moved over the end of a quarter in both, each against its own close', async () => {
    const { lines } = await s.report('restatements', 'asOf=2025-12-30');
    expect(line(lines, acme, '2025-Q3')).toMatchObject({ said: { net: 0 }, says: { net: 500 }, eventIds: [move] });
    const before = (await s.report('restatements', 'asOf=2025-12-30&knownAt=2025-11-14')).lines;
    expect(line(before, acme, '2025-Q3')).toBeUndefined();
    expect(line(before, acme, '2025-Q2')).toMatchObject({ says: { net: 1_480 }, corrections: 2 });
  });

  it('say the same as the account’s own restatements, folded anew', async () => {
    const { lines } = await s.report('restatements', 'asOf=2025-12-30');
    const exact = (await s.view('performance', 'asOf=2025-12-30&restatements=exact')).restatements;
    const said = (of: { quarter: string; said: object; says: object }) => [of.quarter, of.said, of.says];
    expect(exact.map(said).sort()).toEqual(
      lines
        .filter((one: { accountId: string }) => one.accountId === acme)
        .map(said)
        .sort(),
    );
  });

  it('are the late events alone where an account has no corrections', async () => {
    const { lines } = await s.report('restatements', 'asOf=2025-12-30');
    expect(line(lines, globex, '2025-Q2')).toMatchObject({ change: { net: -30 }, lateEvents: 1, corrections: 0 });
  });

  it('against what was published: all that was told or changed since, of the days that it covered', async () => {
    await s.tell('IssueInvoice', invoice('NEW', '2025-11-03', 11, 0));
    const published = 'asOf=2025-12-30&saidAsOf=2025-06-30&saidKnownAt=2025-07-15';
    const { lines } = await s.report('restatements', published);
    expect(line(lines, acme, '2025-Q2')).toMatchObject({
      said: { net: 1_770 },
      says: { net: 980 },
      lateEvents: 0,
      corrections: 4,
    });
    expect(line(lines, globex, '2025-Q2')).toMatchObject({ said: { net: 0 }, says: { net: -30 }, lateEvents: 1 });
    expect(lines).toHaveLength(2);
  });

  it('of a group, as the group said it then', async () => {
    await s.tell('PlaceAccountUnder', { accountId: globex, parentId: acme, occurredAt: '2025-01-01' });
    const { lines } = await s.report('restatements', 'asOf=2025-12-30&by=group');
    expect(line(lines, acme, '2025-Q2')).toMatchObject({ says: { net: 950 }, lateEvents: 1, corrections: 3 });
  });

  it('told too late was nothing at the close, though it has no rate', async () => {
    const amount = { minor: 9, currency: 'USD' };
    await s.tell('RegisterAccount', registered('DOLLAR'));
    await s.tell('IssueInvoice', { accountId: 'DOLLAR', invoiceId: 'D', gross: amount, occurredAt: '2025-05-10' });
    const { lines } = await s.report('restatements', 'asOf=2025-12-30');
    expect(line(lines, 'DOLLAR', '2025-Q2')).toMatchObject({
      said: { net: 0, contribution: 0 },
      says: { net: null, reason: 'missing-rate' },
      lateEvents: 1,
    });
  });

  it('and a correction taken back restates nothing', async () => {
    for (const retracts of [correction, retraction, move])
      await s.tell('RetractEvent', { retracts, reason: 'it was right' });
    const { lines } = await s.report('restatements', 'asOf=2025-12-30');
    expect(lines.filter((one: { accountId: string }) => one.accountId === acme)).toEqual([]);
  });
});
