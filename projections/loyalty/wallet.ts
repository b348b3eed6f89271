import { type Instant, iso } from '../../src/kernel/instant.js';
import { walletAllocation } from '../statistics/costing.js';
import { finite, sum } from '../statistics/figure.js';
import type { Estimate } from './state.js';

/** Our share of one category, by its latest estimate; where that has no share, by our rank among the suppliers (WAR). */
export interface CategoryShare {
  readonly category: string;
  readonly share: number | null;
  /** `estimate`: as told; `rank`: (1 − rank ÷ (n + 1)) · 2 ÷ n. */
  readonly basis: 'estimate' | 'rank' | null;
  readonly wallet: number | null;
  readonly walletReason: string | null;
  readonly ourRank: number | null;
  readonly suppliers: number | null;
  readonly source: string;
  readonly confidence: number;
  readonly at: string;
  readonly eventId: string;
}

/** Share of wallet of the account, Σ share × wallet ÷ Σ wallet over its categories (§3.12.22). */
export interface Wallet {
  readonly value: number | null;
  readonly reason: string | null;
  readonly basis: 'estimate' | 'rank' | 'both' | null;
  /** Wallet-allocation estimate over the categories that name no share; null where there is none or a wallet is missing. */
  readonly walletAllocation: number | null;
  readonly categories: readonly CategoryShare[];
}

/** Share of wallet by the estimates told up to an instant. */
export function walletAt(estimates: readonly Estimate[], at: Instant): Wallet {
  const latest = new Map<string, Estimate>();
  for (const one of estimates) if (one.time <= at) latest.set(one.category, one);
  const categories = [...latest.keys()].sort().map((category) => shareOf(latest.get(category)!));
  const ranked = categories.filter(({ basis }) => basis === 'rank');
  const bases = new Set(categories.flatMap(({ basis }) => basis ?? []));
  return {
    ...weighted(categories),
    basis: bases.size === 2 ? 'both' : ([...bases][0] ?? null),
    walletAllocation: ranked.length === 0 ? null : weighted(ranked).value,
    categories,
  };
}

function shareOf(one: Estimate): CategoryShare {
  const { category, share, wallet, missing, ourRank, suppliers, source, confidence, eventId } = one;
  const ranked = share === null && ourRank !== null && suppliers !== null ? walletAllocation(ourRank, suppliers) : null;
  return {
    category,
    share: share ?? ranked,
    basis: share !== null ? 'estimate' : ranked !== null ? 'rank' : null,
    wallet,
    walletReason: wallet !== null ? null : missing === null ? 'not-told' : `no-rate ${missing}`,
    ourRank,
    suppliers,
    source,
    confidence,
    at: iso(one.time),
    eventId,
  };
}

function weighted(categories: readonly CategoryShare[]): { value: number | null; reason: string | null } {
  if (categories.length === 0) return { value: null, reason: 'no-estimate' };
  const without = categories.filter(({ share }) => share === null).map(({ category }) => category);
  if (without.length > 0) return { value: null, reason: `no-share: ${without.join(', ')}` };
  if (categories.length === 1) return { value: categories[0]!.share, reason: null };
  const unsized = categories.filter(({ wallet }) => wallet === null).map(({ category }) => category);
  if (unsized.length > 0) return { value: null, reason: `no-wallet: ${unsized.join(', ')}` };
  const total = sum(categories.map(({ wallet }) => wallet!));
  const value = total > 0 ? finite(sum(categories.map(({ share, wallet }) => share! * wallet!)) / total) : null;
  return { value, reason: value === null ? 'wallets-are-zero' : null };
}
