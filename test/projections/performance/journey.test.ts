import { beforeAll, describe, expect, it } from '@jest/globals';
import { service } from '../../support/service.js';

let now = Date.parse('2025-06-30T12:00:00.000Z');
const here = service(() => now);
const eur = (minor: number) => ({ minor, currency: 'EUR' });
const data = async (path: string) => (await here.get(path)).body.data;

describe('a credit note dated back into May (E2)', () => {
  beforeAll(async () => {
    const at = { accountId: 'ACME' };
    const tell = async (name: string, body: object) => {
      const { status, text } = await here.command(name, name === 'SetFirmSettings' ? body : { ...at, ...body });
      if (status !== 201) throw new Error(`${name}: ${status} ${text}`);
    };
    await tell('RegisterAccount', { name: 'Acme', customerType: 'OTHER', currency: 'EUR', occurredAt: '2025-01-01' });
    await tell('SetFirmSettings', { wacc: 0.1, from: '2025-01-01' });
    await tell('IssueInvoice', { invoiceId: 'i1', gross: eur(1000), cogs: eur(400), occurredAt: '2025-05-10' });
    await tell('RecordPayment', { paymentId: 'p1', invoiceId: 'i1', amount: eur(1000), occurredAt: '2025-05-10' });
    now = Date.parse('2025-09-01T00:00:00.000Z');
    await tell('IssueCredit', { creditId: 'k1', amount: eur(300), occurredAt: '2025-05-20' });
    await tell('RecordCost', { costId: 'c1', category: 'SERVICE', amount: eur(50), occurredAt: '2025-08-01' });
    now = Date.parse('2025-12-31T00:00:00.000Z');
  });

  it('changes the quarter as known now, not as known then', async () => {
    const path = '/v1/accounts/ACME/performance?asOf=2025-09-30';
    expect((await data(path)).quarters['2025-Q2']).toMatchObject({ net: 700, contribution: 300, costOfCredit: 0 });
    const then = await data(`${path}&knownAt=2025-06-30`);
    expect(then.quarters['2025-Q2']).toMatchObject({ net: 1000, contribution: 600 });
    expect(then.quarters['2025-Q3']).toBeUndefined();
  });
  it('is a restatement, found as events come late and by folding what was known at the close', async () => {
    const path = '/v1/accounts/ACME/performance?asOf=2025-12-30';
    const expected = {
      quarter: '2025-Q2',
      said: { net: 1000, contribution: 600 },
      says: { net: 700, contribution: 300 },
    };
    expect((await data(path)).restatements).toMatchObject([expected]);
    expect((await data(`${path}&restatements=exact`)).restatements).toMatchObject([expected]);
    expect(await data('/v1/portfolio/restatements?asOf=2025-12-30')).toMatchObject({ change: { net: -300 } });
  });
  it('explains a figure to the cent, event by event', async () => {
    const { from, to, terms } = await data(
      '/v1/accounts/ACME/performance/explain?figure=/total/contribution&asOf=2025-12-30',
    );
    expect([from.value, to.value]).toEqual([0, 250]);
    expect(terms.reduce((sum: number, term: { delta: number }) => sum + term.delta, 0)).toBe(250);
    expect(terms.map((term: { type?: string }) => term.type)).toEqual([
      'InvoiceIssued',
      'CreditIssued',
      'CostIncurred',
    ]);
  });
  it('stands in rows, in the whale and beside the investments', async () => {
    const rows = await here.get('/v1/rows/performance?asOf=2025-12-30');
    expect(
      rows.text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { accountId: 'ACME', quarter: '2025-Q2', net: 700 },
      { quarter: '2025-Q3', costToServe: 50, contributionBeforeCredit: -50 },
    ]);
    expect(await data('/v1/portfolio/whale?asOf=2025-12-30')).toMatchObject({ n: 1, total: 250, costed: true });
    expect(await data('/v1/portfolio/whale?asOf=2025-12-30&from=2025-07-01')).toMatchObject({ n: 1, total: -50 });
    expect(await data('/v1/accounts/ACME/investment?asOf=2025-12-30')).toMatchObject({
      curve: null,
      curveReason: 'nothing-invested',
    });
  });
  it('answers every report of money over this portfolio', async () => {
    for (const report of ['acquisition', 'balance', 'impact', 'activities'])
      expect((await here.get(`/v1/portfolio/${report}?asOf=2025-12-30`)).status).toBe(200);
  });
});
