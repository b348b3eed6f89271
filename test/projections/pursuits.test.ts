import { describe, expect, it } from '@jest/globals';
import { performance } from '../../projections/performance.js';
import { pursuits } from '../../projections/pursuits.js';
import { event, foldOf, viewAt } from '../support/folding.js';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const opened = (pursuitId: string, purpose: string, time: string) =>
  event('PursuitOpened', time, { pursuitId, purpose });

describe('what came of what we went after (D4)', () => {
  const events = [
    opened('first', 'ACQUISITION', '2025-01-01'),
    opened('more', 'GROWTH', '2025-01-02'),
    event('InvoiceIssued', '2025-03-01', { invoiceId: 'I', gross: eur(5) }),
    event('PursuitLost', '2025-04-01', { pursuitId: 'more', reason: 'Price' }),
  ];
  const at = (asOf: string) => {
    const told = events.filter(({ time }) => time <= Date.parse(asOf));
    const states = { performance: foldOf(performance, told) };
    // biome-ignore lint/suspicious/noExplicitAny: a test looks wherever it likes
    return viewAt(pursuits, told, asOf, { used: { states } }) as Record<string, any>;
  };

  it('is counted as each pursuit stands: the first regular order wins a customer, told or not', () => {
    expect(at('2025-02-28')).toMatchObject({ open: 2, won: 0, lost: 0, winRate: null, winRateReason: 'none-decided' });
    const ordered = at('2025-03-01');
    expect(ordered.pursuits.map(({ standing }: { standing: string }) => standing)).toEqual(['WON', 'OPEN']);
    expect(ordered).toMatchObject({ open: 1, won: 1, lost: 0, winRate: 1 });
    expect(ordered).not.toHaveProperty('winRateReason');
    expect(at('2025-04-01')).toMatchObject({ open: 0, won: 1, lost: 1, winRate: 0.5 });
  });
});
