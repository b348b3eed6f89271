import { beforeAll, describe, expect, it } from '@jest/globals';
import { acme, ada, bert, globex, manager, sponsor } from '../support/cast/ids.js';
import { eur, invoice, meeting, people, registered, scene } from '../support/scene.js';
import { items } from '../support/standing.js';

const s = scene('2026-12-31T12:00:00.000Z');
const without = async (id: string, asOf: string, view = 'contacts') =>
  (await s.view(view, `asOf=${asOf}&without=${id}`)).without;

beforeAll(async () => {
  await s.tell('RegisterAccount', registered(acme));
  await people(s);
  await s.tell('AssignContactRole', { contactId: ada, role: 'BUYER', occurredAt: '2024-01-03' });
});

describe('what hangs on one person (capability 8)', () => {
  it('a bow-tie: nothing is covered without its key-account manager, and all revenue hangs on that thread', async () => {
    await s.tell('PlaceOrder', { accountId: acme, orderId: 'O', amount: eur(1), occurredAt: '2025-01-02' });
    await s.tell('IssueInvoice', invoice('I1', '2025-02-01', 90_000, 30_000));
    for (const month of ['01', '02', '03']) {
      await s.tell('LogInteraction', meeting(`a${month}`, `2025-${month}-05T10:00:00Z`));
      await s.tell('LogInteraction', meeting(`b${month}`, `2025-${month}-05T10:00:00Z`, 'manager', 'bert'));
    }
    const tie = await s.view('contacts', 'asOf=2025-03-31');
    expect(tie.findings.map(({ code }: { code: string }) => code)).toContain('BOW_TIE');
    expect(tie).not.toHaveProperty('without');
    expect(await without(manager, '2025-03-31')).toMatchObject({
      side: 'OURS',
      before: { coverage: 1, diamondIndex: 0 },
      after: { coverage: 0, diamondIndex: null, reason: 'silent' },
      delta: { coverage: -1 },
      weightShare: 1,
      revenue: 90_000,
      windowRevenue: 90_000,
      windowDays: 365,
    });
    const buyer = await without(ada, '2025-03-31');
    expect(buyer).toMatchObject({ side: 'THEIRS', after: { coverage: 0.5 } });
    expect(buyer.revenue).toBeCloseTo(45_000, 6);
    expect(await without(sponsor, '2025-03-31')).toMatchObject({ side: 'OURS', weightShare: 0, revenue: 0 });
  });

  it('says why a figure is missing: the person has nothing to do with them, nobody met, an amount has no rate', async () => {
    const elsewhere = '99999999-9999-4999-8999-999999999999';
    await s.tell('RegisterAccount', registered(globex));
    const person = { contactId: elsewhere, name: 'Cy', function: 'FINANCE', seniority: 2 };
    await s.tell('AddContact', { ...person, accountId: globex, occurredAt: '2024-01-02' });
    expect(await without(elsewhere, '2025-03-31')).toMatchObject({
      side: null,
      revenue: null,
      revenueReason: 'nobody-here',
    });
    expect(await without(manager, '2024-06-30')).toMatchObject({ revenue: null, revenueReason: 'silent' });
    const usd = { accountId: acme, invoiceId: 'U', gross: { minor: 5, currency: 'USD' }, occurredAt: '2025-03-10' };
    await s.tell('IssueInvoice', usd);
    expect(await without(manager, '2025-03-31')).toMatchObject({ revenue: null, revenueReason: 'no-rate USD/EUR' });
    await s.tell('SetFxRate', { base: 'USD', quote: 'EUR', rate: '1', from: '2024-01-01' });
    expect((await without(manager, '2025-03-31')).revenue).toBe(90_005);
  });

  it('two functions on either side met once: 0.5 falls to nothing without the one who decides, and so does the stage', async () => {
    for (const month of ['04', '05', '06']) {
      await s.tell('LogInteraction', meeting(`c${month}`, `2025-${month}-20T10:00:00Z`));
      await s.tell('LogInteraction', meeting(`d${month}`, `2025-${month}-20T10:00:00Z`, 'sponsor', 'bert'));
    }
    for (const item of items.slice(1, 4))
      await s.tell('RecordStageEvidence', {
        accountId: acme,
        item,
        level: 2,
        sourceEventIds: [],
        occurredAt: '2025-05-01',
      });
    const lost = await without(bert, '2025-06-30');
    expect(lost.before.diamondIndex).toBeGreaterThan(0.3);
    expect(lost.after.diamondIndex).toBe(0);
    expect(lost.delta.diamondIndex).toBe(-lost.before.diamondIndex);
    expect(await without(bert, '2025-06-30', 'stages')).toEqual({
      personId: bert,
      before: { stage: 'BASIC', band: 'BASIC', index: 10 },
      after: { stage: 'DISINTEGRATING', band: 'BASIC', index: 9 },
      delta: { band: 0, index: -1 },
      trigger: 'KEY_CONTACT_LEFT',
    });
    expect(await without(sponsor, '2025-06-30', 'stages')).toMatchObject({ after: { index: 9 }, trigger: null });
  });

  it('is tested against real departures: what it said the day before, and what came ninety days later', async () => {
    const foretold = await without(bert, '2025-07-14');
    await s.tell('MoveContact', { contactId: bert, reason: 'Retired', occurredAt: '2025-07-15' });
    await s.tell('AddContact', {
      contactId: '33333333-3333-4333-8333-333333333333',
      accountId: acme,
      name: 'Carl',
      function: 'QUALITY',
      seniority: 2,
      occurredAt: '2025-08-01',
    });
    await s.tell('LogInteraction', meeting('e08', '2025-09-01T10:00:00Z'));
    await s.tell('LogInteraction', {
      ...meeting('f08', '2025-09-01T10:00:00Z', 'sponsor'),
      theirs: [{ contactId: '33333333-3333-4333-8333-333333333333', function: 'QUALITY', seniority: 2 }],
    });
    const { departures } = await s.view('contacts', 'asOf=2025-10-31');
    expect(departures).toMatchObject([{ personId: bert, side: 'THEIRS', roles: ['DECIDER'] }]);
    expect(departures[0].before).toBeCloseTo(foretold.before.diamondIndex, 12);
    expect(departures[0].predicted).toBe(foretold.after.diamondIndex);
    expect(departures[0].later).toBeGreaterThan(0);
    expect(departures[0].error).toBeCloseTo(departures[0].later - departures[0].predicted, 12);
    const early = await s.view('contacts', 'asOf=2025-08-31');
    expect(early.departures).toMatchObject([{ later: null, laterReason: 'not-yet-90-days', error: null }]);
    const { derived, triggers } = await s.view('stages', 'asOf=2025-07-31');
    expect(derived.stage).toBe('DISINTEGRATING');
    expect(triggers).toMatchObject([{ trigger: 'KEY_CONTACT_LEFT' }]);
  });
});
