import { describe, expect, it } from '@jest/globals';
import { performance } from '../../../projections/performance.js';
import { event, viewAt } from '../../support/folding.js';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const card = event('RateCardSet', '2025-01-01', {
  pool: 'ops',
  functions: ['LOGISTICS'],
  capacityCost: eur(560_000),
  practicalMinutes: 700_000,
  per: 'QUARTER',
  activities: [
    { activity: 'order', minutesEach: 8 },
    { activity: 'inquiry', minutesEach: 44 },
    { activity: 'credit-check', minutesEach: 50 },
  ],
});
const cost = (costId: string, time: string, data: object, known = time) =>
  event(
    'CostIncurred',
    time,
    { costId, category: 'ORDER_HANDLING', ...data },
    { id: costId, known: Date.parse(`${known}T00:00:00.000Z`) },
  );

describe('cost to serve by activity (E1)', () => {
  it('says what each activity of the rate card cost, then each kind of activity', () => {
    const told = [
      cost('a', '2025-02-01', { activity: 'order', quantity: 49_000 }),
      cost('b', '2025-02-02', { activity: 'inquiry', quantity: 1_400 }),
      cost('c', '2025-02-03', { activity: 'credit-check', quantity: 2_500 }),
      cost('d', '2025-02-04', { amount: eur(70), activityTypeId: 'golf' }),
    ];
    const view = viewAt(performance, told, '2025-12-31', { rules: [card] });
    expect(view.byActivity).toEqual([
      { activity: 'credit-check', activityTypeId: null, spent: 100_000 },
      { activity: 'inquiry', activityTypeId: null, spent: 49_280 },
      { activity: 'order', activityTypeId: null, spent: 313_600 },
      { activity: null, activityTypeId: 'golf', spent: 70 },
    ]);
    expect(view.total.costToServe).toBe(462_880 + 70);
  });
  it('says nothing where an exchange rate is missing', () => {
    const told = [cost('a', '2025-02-01', { activity: 'order', quantity: 10 })];
    const view = viewAt(performance, told, '2025-12-31', { rules: [card], currency: 'USD' });
    expect(view.byActivity).toEqual([{ activity: 'order', activityTypeId: null, spent: null, reason: 'missing-rate' }]);
    expect(view.total).toMatchObject({ costToServe: null, missingRates: ['EUR/USD'] });
  });
});

describe('a cost told late that cites an interaction of the same quarter (E2)', () => {
  it('is one late event, though it takes one amount away and adds another', () => {
    const told = [
      event('InteractionLogged', '2025-01-10', {
        interactionId: 'n',
        ours: [],
        durationMin: 0,
        expenses: [{ category: 'TRAVEL', amount: eur(60) }],
      }),
      cost('late', '2025-01-20', { category: 'TRAVEL', amount: eur(100), interactionId: 'n' }, '2025-06-01'),
    ];
    expect(viewAt(performance, told, '2025-12-31').restatements).toMatchObject([
      {
        quarter: '2025-Q1',
        said: { contribution: -60 },
        says: { contribution: -100 },
        lateEvents: 1,
        eventIds: ['late'],
      },
    ]);
  });
});
