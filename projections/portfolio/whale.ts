import type { Report } from '../../src/kernel/projection.js';
import { effectiveNumber } from '../statistics/concentration.js';
import { spearman } from '../statistics/rank.js';
import { whale as curve } from '../statistics/whale.js';
import { type Brought, broughtBy, byId, windowOf } from './window.js';

/** One account on the curve, richest first. */
export interface WhaleLine {
  readonly accountId: string;
  /** Net revenue. */
  readonly revenue: number | null;
  readonly contribution: number | null;
  readonly cumulative: number | null;
  readonly missingRates?: readonly string[];
}

/** The whale curve (§3.3.3, §3.12.28). Every ratio is null, with `reason`, where the total is not positive. */
export interface WhaleReport {
  readonly n: number;
  /** False where no account tells a cost of goods: then the curve is one of revenue. */
  readonly costed: boolean;
  readonly invoicesWithoutCogs: number;
  readonly accounts: readonly WhaleLine[];
  readonly total: number | null;
  readonly peak: number | null;
  readonly peakRatio: number | null;
  /** How many of the richest bring the most together: the first of equals. */
  readonly peakAt: number | null;
  readonly subsidy: number | null;
  readonly profitableShare: number | null;
  readonly belowZero: number | null;
  readonly topFifth: number;
  readonly topFifthShare: number | null;
  readonly area: number | null;
  /** True where the total is not positive, so that the curve has no shares. */
  readonly flagged: boolean;
  readonly reason: string | null;
  readonly volumeProfitSpearman: number | null;
  readonly volumeProfitSpearmanReason: string | null;
  readonly spearman: {
    readonly n: number;
    readonly p: number | null;
    readonly low: number | null;
    readonly high: number | null;
  };
  readonly largestVolume: { readonly accountId: string; readonly contributionRank: number } | null;
  readonly largestVolumeReason: string | null;
  /** 1 ÷ Σ (net share)² over accounts with net > 0. */
  readonly effectiveCustomers: number | null;
  readonly effectiveCustomersReason: string | null;
  readonly missingRates: readonly string[];
}

/** Who carries the profit and who is carried: accounts in order of contribution, and how concentrated they are. */
export const whale: Report<WhaleReport, Brought> = {
  name: 'whale',
  version: 1,
  question: { en: 'Which customers carry the profit, and which are carried?', zh: '哪些客户贡献利润,哪些被补贴?' },
  uses: ['performance'],
  adds: true,
  extract: (account, query, { settings }) =>
    broughtBy(account, windowOf(query, settings), query, settings, settings.wacc),
  report: (brought, query) => {
    const missingRates = [...new Set(brought.flatMap(({ missing }) => missing))].sort();
    if (brought.length === 0) return unknown(brought, 'no-accounts', []);
    if (query.currency === null) return unknown(brought, 'no-reporting-currency', []);
    if (missingRates.length > 0) return unknown(brought, 'missing-rate', missingRates);
    return drawn(brought);
  },
};

function drawn(brought: readonly Brought[]): WhaleReport {
  const sorted = [...brought].sort((a, b) => b.contribution - a.contribution || byId(a, b));
  const shape = curve(sorted.map(({ contribution }) => contribution));
  if (shape === null) return unknown(brought, 'not-finite', []);
  const volume = spearman(
    sorted.map(({ net }) => net),
    sorted.map(({ contribution }) => contribution),
  );
  const largest = sorted.reduce((a, b) => (b.net > a.net || (b.net === a.net && byId(b, a) < 0) ? b : a));
  const effective = effectiveNumber(sorted.map(({ net }) => net).filter((net) => net > 0));
  return {
    n: shape.n,
    ...costedOf(brought),
    accounts: sorted.map(({ accountId, net, contribution }, i) => ({
      accountId,
      revenue: net,
      contribution,
      cumulative: shape.cumulative[i]!,
    })),
    total: shape.total,
    peak: shape.peak,
    peakRatio: shape.peakRatio,
    peakAt: shape.peakAt,
    subsidy: shape.subsidy,
    profitableShare: shape.profitableShare,
    belowZero: sorted.filter(({ contribution }) => contribution < 0).length,
    topFifth: shape.topFifth,
    topFifthShare: shape.topFifthShare,
    area: shape.area,
    flagged: shape.reason !== null,
    reason: shape.reason,
    volumeProfitSpearman: volume.value,
    volumeProfitSpearmanReason: volume.value === null ? volume.reason : null,
    spearman: {
      n: volume.n,
      p: volume.value === null ? null : volume.p,
      low: volume.value === null ? null : volume.low,
      high: volume.value === null ? null : volume.high,
    },
    largestVolume: { accountId: largest.accountId, contributionRank: sorted.indexOf(largest) + 1 },
    largestVolumeReason: null,
    effectiveCustomers: effective,
    effectiveCustomersReason: effective === null ? 'no-net-revenue' : null,
    missingRates: [],
  };
}

/** What can be said where amounts cannot be added: who, and why not. */
function unknown(brought: readonly Brought[], reason: string, missingRates: readonly string[]): WhaleReport {
  const shared = reason === 'no-reporting-currency';
  return {
    n: brought.length,
    ...costedOf(brought),
    accounts: [...brought].sort(byId).map(({ accountId, net, contribution, missing }) => {
      const whole = missing.length === 0 && !shared;
      return {
        accountId,
        revenue: whole ? net : null,
        contribution: whole ? contribution : null,
        cumulative: null,
        ...(missing.length > 0 ? { missingRates: missing } : {}),
      };
    }),
    total: null,
    peak: null,
    peakRatio: null,
    peakAt: null,
    subsidy: null,
    profitableShare: null,
    belowZero: null,
    topFifth: Math.floor((brought.length + 4) / 5),
    topFifthShare: null,
    area: null,
    flagged: false,
    reason,
    volumeProfitSpearman: null,
    volumeProfitSpearmanReason: reason,
    spearman: { n: brought.length, p: null, low: null, high: null },
    largestVolume: null,
    largestVolumeReason: reason,
    effectiveCustomers: null,
    effectiveCustomersReason: reason,
    missingRates,
  };
}

function costedOf(brought: readonly Brought[]) {
  return {
    costed: brought.some(({ cogs, counts }) => cogs !== 0 || counts.invoices > counts.withoutCogs),
    invoicesWithoutCogs: brought.reduce((sum, { counts }) => sum + counts.withoutCogs, 0),
  };
}
