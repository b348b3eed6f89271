import { expect, it } from '@jest/globals';
import { loyalty } from '../../../projections/loyalty.js';
import { performance } from '../../../projections/performance.js';
import { lifetime } from '../../../projections/portfolio/lifetime.js';
import { generator } from '../../../projections/statistics/intervals.js';
import { readWhen, utcCalendar } from '../../../src/kernel/instant.js';
import { defaultPolicy } from '../../../src/kernel/policy.js';
import { event, unsayable } from '../../support/folding.js';
import { reportOver } from '../../support/reporting.js';
import { accountsOf } from '../../support/several.js';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const day = (days: number) =>
  new Date(Date.parse('2020-01-01T00:00:00Z') + days * 86_400_000).toISOString().slice(0, 10);

it('fits all five models on the whole customer base, with what they stand on', () => {
  const next = generator(7);
  const gap = (rate: number) => 1 + Math.floor((-7 * Math.log(1 - next())) / rate);
  const told = Object.fromEntries(
    Array.from({ length: 600 }, (_, i) => {
      const rate = -0.2 * Math.log(1 - next());
      const leaves = 0.6 * next();
      const days = [Math.floor(next() * 300)];
      while (next() > leaves && days.at(-1)! + 7 / rate < 1_800) days.push(days.at(-1)! + gap(rate));
      const gross = () => eur(1_000 + Math.floor(next() * 900));
      return [`A${i}`, days.map((at, k) => event('InvoiceIssued', day(at), { invoiceId: `i${k}`, gross: gross() }))];
    }),
  );
  const asOf = readWhen('2024-12-31', 'last', utcCalendar)!;
  const query = { asOf, knownAt: asOf, from: null, to: null, currency: 'EUR', parameters: {} };
  const accounts = accountsOf([performance, loyalty], told, '2024-12-31');
  const found = reportOver(lifetime, accounts, query, defaultPolicy);
  expect(found).toMatchObject({
    customers: 600,
    reason: null,
    unit: 'week',
    fittedAsOf: '2024-12-31T23:59:59.999Z',
  });
  expect(found.repeaters).toBeGreaterThanOrEqual(200);
  expect(found.models.map(({ model }) => model)).toEqual(['BG/NBD', 'Pareto/NBD', 'MBG/NBD', 'Gamma-Gamma', 'sBG']);
  for (const { model, parameters, reason } of found.models)
    expect([model, parameters ?? reason]).not.toEqual([model, undefined]);
  expect(found.models[0]).toMatchObject({ customers: 600, parameters: { r: expect.any(Number) } });
  expect(unsayable(found)).toEqual([]);
});
