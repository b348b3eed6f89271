import type { Report } from '../../src/kernel/projection.js';
import type { PerformanceState } from '../performance/state.js';
import { type Quintiles, type Rfm, type RfmScores, rfmOf, scoreAll } from '../population/quintiles.js';
import { byId } from './window.js';

/** One account's recency, frequency and money, raw and scored. */
export type RfmLine = {
  readonly accountId: string;
  readonly scores: RfmScores | null;
  readonly cell: string | null;
} & Rfm;

/** Quintiles of all accounts with a regular order in the window, with the cut values they were given by (§3.12.29). */
export interface RfmReport {
  readonly accounts: readonly RfmLine[];
  readonly n: number;
  readonly reason: Quintiles['reason'];
  readonly cuts: Quintiles['cuts'];
  readonly monetaryReason: string | null;
  readonly windowDays: number;
}

/** Who bought lately, often and much, ranked against each other. */
export const rfm: Report<RfmReport, { readonly accountId: string; readonly own: Rfm }> = {
  name: 'rfm',
  version: 1,
  question: { en: 'Who bought lately, often and much?', zh: '谁最近买、常买、买得多?' },
  uses: ['performance'],
  adds: true,
  extract: ({ accountId, states }, { asOf }, policy) => {
    const own = rfmOf(states.performance as PerformanceState, { asOf, policy });
    return own && { accountId, own };
  },
  report: (told, { currency }, policy) => {
    const members = new Map([...told].sort(byId).map(({ accountId, own }) => [accountId, own]));
    const { n, reason, scores, cuts, monetaryReason } = scoreAll(members, currency);
    const lines = [...members].map(([accountId, own]): RfmLine => {
      const scored = Object.hasOwn(scores, accountId) ? scores[accountId]! : null;
      const cell = scored && `${scored.recency}${scored.frequency}${scored.monetary ?? '-'}`;
      return { accountId, ...own, scores: scored, cell };
    });
    return { accounts: lines, n, reason, cuts, monetaryReason, windowDays: policy.settings.windowDays };
  },
};
