import { type Instant, iso, monthOf } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import { missingRatesOf, sumsBetween } from '../performance/days.js';
import { dayIn, type PerformanceState } from '../performance/state.js';
import { type JCurve, jCurve, npv } from '../statistics/economics.js';
import type { InvestmentState } from './state.js';
import type { Acquisition } from './view.js';

/** One investment: the plan, what was released of it, and how far the plan is. */
export interface InvestmentLine {
  /** The account that it was put into. */
  readonly accountId: string;
  readonly investmentId: string;
  /** Null where nothing says that it was decided: then there is no plan either. */
  readonly committedAt: string | null;
  readonly committedReason?: 'not-told';
  readonly plannedReason?: 'not-committed';
  readonly stoppedAt: string | null;
  readonly horizonMonths: number;
  readonly plannedOut: number | null;
  readonly plannedBack: number | null;
  /** Planned out up to the month of the moment, counted from the month of commitment. */
  readonly plannedOutByNow: number | null;
  readonly released: number | null;
  /** released ÷ plannedOut. */
  readonly overrun: number | null;
  readonly overrunReason?: 'not-planned' | 'missing-rate';
  readonly missingRates: readonly string[];
  readonly releases: readonly { readonly month: number; readonly amount: number; readonly eventId: string }[];
  /** The J-curve as it was planned. */
  readonly plannedCurve: JCurve | null;
  readonly plannedNpv: number | null;
  readonly eventIds: readonly string[];
}

/** Every investment, by when it was decided: planned against released. */
export function investmentsOf(state: InvestmentState, asOf: Instant, policy: Policy): InvestmentLine[] {
  return Object.values(state.investments)
    .map((one): InvestmentLine => {
      const missing = one.missing.length > 0;
      const known = (value: number) => (missing ? null : value);
      const planned = (value: number) => (one.committed ? known(value) : null);
      const start = monthOf(one.committedAt, state.calendar);
      const age = monthOf(asOf, state.calendar) - start + 1;
      const out = one.planned.reduce((sum, [, amount]) => sum + amount, 0);
      const released = one.releases.reduce((sum, [, amount]) => sum + amount, 0);
      const last = one.planned.reduce((max, [month]) => Math.max(max, month), 0);
      const flows = Array.from({ length: last }, () => 0);
      for (const [month, gone, back] of one.planned) flows[month - 1] = flows[month - 1]! + back - gone;
      const overrun = missing || out === 0 ? null : released / out;
      return {
        accountId: one.accountId,
        investmentId: one.id,
        committedAt: one.committed ? iso(one.committedAt) : null,
        ...(one.committed ? {} : ({ committedReason: 'not-told', plannedReason: 'not-committed' } as const)),
        stoppedAt: one.stoppedAt === null ? null : iso(one.stoppedAt),
        horizonMonths: one.horizonMonths,
        plannedOut: planned(out),
        plannedBack: planned(one.planned.reduce((sum, [, , back]) => sum + back, 0)),
        plannedOutByNow: planned(one.planned.reduce((sum, [month, gone]) => sum + (month <= age ? gone : 0), 0)),
        released: known(released),
        overrun,
        ...(overrun === null ? { overrunReason: missing ? 'missing-rate' : 'not-planned' } : {}),
        missingRates: [...new Set(one.missing)],
        releases: one.releases.map(([month, amount, eventId]) => ({ month: month - start + 1, amount, eventId })),
        plannedCurve: missing || !one.committed ? null : jCurve(flows),
        plannedNpv: missing || flows.length === 0 ? null : npv(flows, policy.settings.discountRate),
        eventIds: one.eventIds,
      };
    })
    .sort((a, b) => order(a.committedAt ?? '', b.committedAt ?? '') || byIds(a, b, 'investmentId'));
}

/** One sacrifice: what was allowed, and what the account brought in its time. */
export interface SacrificeLine {
  readonly accountId: string;
  readonly sacrificeId: string;
  readonly amount: number | null;
  readonly missingRate?: string;
  readonly from: string;
  readonly to: string;
  readonly reviewOn: string;
  readonly approver: string;
  /** Contribution, before cost of credit, from `from` up to `to` or the moment. */
  readonly contribution: number | null;
  readonly contributionReason?: 'missing-rate' | 'not-begun' | 'not-of-one-account';
  readonly exceeded: boolean;
  readonly reviews: readonly { readonly at: string; readonly eventId: string }[];
  /** Review not yet due, due and not held, or held. */
  readonly review: 'ahead' | 'overdue' | 'held';
  readonly eventId: string;
}

/**
 * Every sacrifice, by its beginning. It is a permission: what it cost is what the account brought meanwhile, which the money of a group
 * does not tell of one member.
 */
export function sacrificesOf(
  state: InvestmentState,
  money: PerformanceState,
  asOf: Instant,
  ofGroup: boolean,
): SacrificeLine[] {
  return Object.values(state.sacrifices)
    .map((one): SacrificeLine => {
      const begun = asOf >= one.from;
      const until = Math.min(one.to - 1, asOf);
      const days = [dayIn(money.calendar, one.from), dayIn(money.calendar, until) + 1] as const;
      const sums = sumsBetween(money, ...days);
      const lacking = missingRatesOf(money, ...days).length > 0;
      const reason = ofGroup ? 'not-of-one-account' : lacking ? 'missing-rate' : 'not-begun';
      const contribution = ofGroup || lacking || !begun ? null : sums.contribution;
      const held = one.reviews.length > 0;
      return {
        accountId: one.accountId,
        sacrificeId: one.id,
        amount: one.amount,
        ...(one.pair === null ? {} : { missingRate: one.pair }),
        from: iso(one.from),
        to: iso(one.to),
        reviewOn: iso(one.reviewOn),
        approver: one.approver,
        contribution,
        ...(contribution === null ? { contributionReason: !begun ? 'not-begun' : reason } : {}),
        exceeded: contribution !== null && one.amount !== null && -contribution > one.amount,
        reviews: one.reviews.map(([at, eventId]) => ({ at: iso(at), eventId })),
        review: held ? 'held' : asOf >= one.reviewOn ? 'overdue' : 'ahead',
        eventId: one.eventId,
      };
    })
    .sort((a, b) => order(a.from, b.from) || byIds(a, b, 'sacrificeId'));
}

/** Something that wants attention. */
export interface InvestmentFinding {
  readonly code: 'CAC_OVERRUN' | 'INVESTMENT_OVERRUN' | 'SACRIFICE_EXCEEDED' | 'SACRIFICE_REVIEW_OVERDUE';
  readonly since: string | null;
  readonly eventIds: readonly string[];
  readonly detail: string;
}

export function findingsOf(
  phases: readonly Acquisition[],
  investments: readonly InvestmentLine[],
  sacrifices: readonly SacrificeLine[],
): InvestmentFinding[] {
  const found: InvestmentFinding[] = [];
  for (const { cac, planned, pursuitId, eventId } of phases)
    if (cac !== null && planned !== null && cac > planned)
      found.push({
        code: 'CAC_OVERRUN',
        since: null,
        eventIds: [eventId],
        detail: `Winning the account by pursuit ${pursuitId} cost ${cac}, planned were ${planned}`,
      });
  for (const { investmentId, released, plannedOut, releases } of investments)
    if (released !== null && plannedOut !== null && released > plannedOut)
      found.push({
        code: 'INVESTMENT_OVERRUN',
        since: null,
        eventIds: releases.map(({ eventId }) => eventId).slice(-10),
        detail: `Of investment ${investmentId} ${released} were released, planned were ${plannedOut}`,
      });
  for (const one of sacrifices) {
    if (one.exceeded)
      found.push({
        code: 'SACRIFICE_EXCEEDED',
        since: null,
        eventIds: [one.eventId],
        detail: `Sacrifice ${one.sacrificeId} allows a loss of ${one.amount}, the account brought ${one.contribution}`,
      });
    if (one.review === 'overdue')
      found.push({
        code: 'SACRIFICE_REVIEW_OVERDUE',
        since: one.reviewOn,
        eventIds: [one.eventId],
        detail: `Sacrifice ${one.sacrificeId} was to be reviewed by ${one.reviewOn} and was not`,
      });
  }
  return found;
}

/** By account, then by the thing's id there. */
const byIds = <K extends string>(
  a: { readonly accountId: string } & Readonly<Record<K, string>>,
  b: { readonly accountId: string } & Readonly<Record<K, string>>,
  id: K,
): number => order(a.accountId, b.accountId) || order(a[id], b[id]);

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
