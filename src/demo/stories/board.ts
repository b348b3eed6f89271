import type { Telling } from '../telling.js';

const eur = (units: number) => ({ minor: units * 100, currency: 'EUR' });

/** What the board saw each quarter, and what it moved: money from the largest customer to those who grow. */
export function board(telling: Telling): void {
  const papers = [
    ['2024-12-31', '2025-01-31'],
    ['2025-03-31', '2025-04-30'],
    ['2025-06-30', '2025-07-31'],
    ['2025-09-30', '2025-10-31'],
    ['2025-12-31', '2026-01-31'],
  ] as const;
  for (const [asOf, knownAt] of papers)
    telling.tell(
      'firm',
      'PublishReport',
      `${knownAt}T23:59:59.999Z`,
      { report: 'whale', asOf, knownAt, policy: { position: 0, digest: 'none' }, digest: `board-paper-of-${asOf}` },
      { hours: 1, by: 'board' },
    );
  telling.tell(
    'firm',
    'RebalancePortfolio',
    '2025-02-17',
    {
      moves: [
        { accountId: 'GOLIATH', period: '2025', amount: eur(-36_000) },
        { accountId: 'BRANDT', period: '2025', amount: eur(14_000) },
        { accountId: 'SOLVEIG', period: '2025', amount: eur(22_000) },
      ],
      reason: 'We spend most where least comes back',
    },
    { hours: 5, by: 'board' },
  );
}
