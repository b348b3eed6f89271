import { periodOf } from '../../src/kernel/instant.js';
import type { Report } from '../../src/kernel/projection.js';
import type { PerformanceState } from '../performance/state.js';
import { byId, periodAsked } from './window.js';

/** What accounts take of something of our own in a period. */
export interface ImpactArea {
  readonly area: string;
  readonly period: string;
  readonly accounts: readonly {
    readonly accountId: string;
    readonly share: number;
    readonly eventIds: readonly string[];
  }[];
  /** Σ shares: less than 1 where the rest is nobody's. */
  readonly told: number;
  /** Σ share². */
  readonly hhi: number | null;
  readonly effectiveNumber: number | null;
  readonly reason: 'nothing-told' | null;
}

/** What is kept of an account: its shares in something of ours, by area and period. */
interface Share {
  readonly area: string;
  readonly period: string;
  readonly accountId: string;
  readonly share: number;
  readonly eventIds: readonly string[];
}

/** How much of our own capacity, margin, risk and cash each account takes, and how concentrated that is (B5). */
export const impact: Report<{ readonly areas: readonly ImpactArea[] }, readonly Share[]> = {
  name: 'impact',
  version: 1,
  question: {
    en: 'How does each relationship weigh on our own business?',
    zh: '每个客户关系对我们自身业务有何影响?',
  },
  uses: ['performance'],
  parameters: { period: 'fiscal year or quarter (2027, 2027-Q1); by default, for each area, the latest one begun' },
  extract: ({ accountId, states }) =>
    Object.entries((states.performance as PerformanceState).impacts).flatMap(([area, periods]) =>
      Object.entries(periods).map(([period, by]) => {
        // of a group, the shares of its members together
        const share = Object.values(by).reduce((sum, [one]) => sum + Math.round(one * 1e6), 0) / 1e6;
        return { area, period, accountId, share, eventIds: Object.values(by).map(([, eventId]) => eventId) };
      }),
    ),
  report: (shares, { asOf, parameters }, { settings }) => {
    const told = shares.flat();
    const asked = periodAsked(parameters, settings);
    const begins = (period: string) => periodOf(period, settings)?.from ?? Number.NEGATIVE_INFINITY;
    const areas = [...new Set(told.map(({ area }) => area))].sort().flatMap((area) => {
      const lines = told.filter((line) => line.area === area);
      const begun = lines.map(({ period }) => period).filter((period) => begins(period) <= asOf);
      const latest = begun.reduce<string | undefined>(
        (a, b) => (a === undefined || later(a, b, begins) ? b : a),
        undefined,
      );
      const period = asked ?? latest ?? lines.map((line) => line.period).sort()[0]!;
      return [
        areaOf(
          area,
          period,
          lines.filter((line) => line.period === period),
        ),
      ];
    });
    return { areas };
  },
};

const later = (a: string, b: string, begins: (period: string) => number): boolean =>
  begins(b) > begins(a) || (begins(b) === begins(a) && b > a);

function areaOf(area: string, period: string, lines: readonly Share[]): ImpactArea {
  const scaled = lines.map(({ share }) => Math.round(share * 1e6));
  const hhi = scaled.reduce((sum, share) => sum + share * share, 0) / 1e12;
  return {
    area,
    period,
    accounts: lines
      .map(({ accountId, share, eventIds }) => ({ accountId, share, eventIds }))
      .sort((a, b) => b.share - a.share || byId(a, b)),
    told: scaled.reduce((sum, share) => sum + share, 0) / 1e6,
    hhi: hhi > 0 ? hhi : null,
    effectiveNumber: hhi > 0 ? 1 / hhi : null,
    reason: hhi > 0 ? null : 'nothing-told',
  };
}
