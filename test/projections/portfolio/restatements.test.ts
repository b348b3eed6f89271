import { describe, expect, it } from '@jest/globals';
import { performance } from '../../../projections/performance.js';
import { restatements } from '../../../projections/portfolio/restatements.js';
import { event } from '../../support/folding.js';
import { reportAt } from '../../support/reporting.js';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const sale = event('InvoiceIssued', '2025-05-10', { invoiceId: 'i', gross: eur(1000), cogs: eur(400) });
const late = event(
  'CreditIssued',
  '2025-05-20',
  { creditId: 'k', amount: eur(300) },
  { id: 'late', known: Date.parse('2025-09-01') },
);

describe('what was said and what stands now (E2)', () => {
  it('lists late events into closed quarters, quarter by quarter', () => {
    const data = reportAt(restatements, [performance], { B: [], A: [sale, late] }, '2025-12-31');
    expect(data).toMatchObject({ against: 'close', accounts: 1, change: { net: -300, contribution: -300 } });
    expect(data.lines).toMatchObject([
      {
        accountId: 'A',
        quarter: '2025-Q2',
        said: { net: 1000 },
        says: { net: 700 },
        lateEvents: 1,
        eventIds: ['late'],
      },
    ]);
  });
  it('compares with a published report, over the days that it covered', () => {
    const later = event('InvoiceIssued', '2025-06-20', { invoiceId: 'j', gross: eur(50) });
    const parameters = { saidAsOf: '2025-06-10', saidKnownAt: '2025-06-12' };
    const data = reportAt(restatements, [performance], { A: [sale, late, later] }, '2025-12-31', {
      parameters,
      before: { A: [sale] },
    });
    expect(data).toMatchObject({ against: 'published', saidAsOf: '2025-06-10', change: { net: -300 } });
    expect(data.lines).toMatchObject([
      { said: { net: 1000, contribution: 600 }, says: { net: 700, contribution: 300 } },
    ]);
  });
  it('names the events that were not known yet when the report was published', () => {
    const told = { A: [sale, late, { ...late, id: 'later', known: Date.parse('2025-11-01') }] };
    const parameters = { saidAsOf: '2025-06-30', saidKnownAt: '2025-10-01' };
    const before = { A: [sale, late] };
    const data = reportAt(restatements, [performance], told, '2025-12-31', { parameters, before });
    expect(data.lines).toMatchObject([{ said: { net: 700 }, says: { net: 400 }, lateEvents: 1, eventIds: ['later'] }]);
  });
  it('does not add up two currencies', () => {
    const data = reportAt(restatements, [performance], { A: [sale, late] }, '2025-12-31', { currency: null });
    expect(data).toMatchObject({ change: { net: null }, changeReason: 'no-reporting-currency' });
  });
});
