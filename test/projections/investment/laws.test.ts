import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { investment } from '../../../projections/investment.js';
import { performance } from '../../../projections/performance.js';
import type { Event } from '../../../src/kernel/event.js';
import { event, foldOf, unsayable, viewAt } from '../../support/folding.js';

const seen = (told: readonly Event<string, object>[], asOf: string) =>
  viewAt(investment, told, asOf, { used: { states: { performance: foldOf(performance, told, { asOf }) } } });

describe('laws of the fold', () => {
  it('never answers with what JSON cannot say, at any moment, over any cut of a history', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            type: fc.constantFrom(
              'PursuitOpened',
              'CostIncurred',
              'OrderPlaced',
              'InvestmentReleased',
              'InvestmentStopped',
            ),
            days: fc.nat(900),
            minor: fc.nat(1e6),
            id: fc.constantFrom('a', 'constructor'),
            currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD'),
          }),
          { maxLength: 20 },
        ),
        (list) => {
          const told = list
            .map(({ type, days, minor, id, currency }) => {
              const amount = { minor, currency };
              const data = {
                pursuitId: id,
                purpose: 'ACQUISITION',
                costId: id,
                category: 'TRAVEL',
                amount,
                orderId: id,
              };
              const time = new Date(Date.UTC(2022, 0, 1) + days * 86_400_000).toISOString();
              return event(type, time, {
                ...data,
                investmentId: id,
                interactionId: id,
                acquisition: 'TIME',
                plannedCost: amount,
              });
            })
            .sort((a, b) => a.time - b.time || a.position - b.position);
          const half = JSON.parse(JSON.stringify(foldOf(investment, told.slice(0, 7))));
          expect(foldOf(investment, told.slice(7), { from: half })).toEqual(foldOf(investment, told));
          expect(unsayable(seen(told, '2025-12-31'))).toEqual([]);
        },
      ),
      { numRuns: 50 },
    ));
});
