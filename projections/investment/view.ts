import { type AcquisitionType, acquisitionTypes } from '../../src/domain/books/books.events.js';
import { whenSeen } from '../../src/kernel/figures.js';
import { daysBetween, type Instant, iso, monthOf } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Seen, Used } from '../../src/kernel/projection.js';
import { firstDayOf, missingMoneyOf, monthsOf } from '../performance/days.js';
import { dayIn, type PerformanceState } from '../performance/state.js';

import { payback } from '../statistics/economics.js';
import { type Curve, curveOf } from './curve.js';
import {
  findingsOf,
  type InvestmentFinding,
  type InvestmentLine,
  investmentsOf,
  type SacrificeLine,
  sacrificesOf,
} from './ledger.js';
import { type InvestmentState, type Phase, phasesOf } from './state.js';

/** What winning the account cost (§3.12.12), by the eight types. */
export interface Acquisition {
  /** The account that was to be won. */
  readonly accountId: string;
  readonly purpose: Phase['purpose'];
  readonly pursuitId: string | null;
  /** The event that began the phase: the pursuit with its plan, else the first cost. */
  readonly eventId: string;
  readonly from: string;
  /** First regular order; null while there is none, and the cost still grows. */
  readonly to: string | null;
  readonly days: number | null;
  readonly daysReason?: 'open';
  readonly cac: number | null;
  readonly cacReason?: 'missing-rate';
  readonly missingRates: readonly string[];
  /** `amount` null where something of the type has no exchange rate; the pairs are in `missingRates`. */
  readonly types: readonly {
    readonly type: AcquisitionType;
    readonly amount: number | null;
    readonly amountReason?: 'missing-rate';
    readonly events: number;
  }[];
  readonly planned: number | null;
  readonly plannedReason?: 'not-planned' | 'missing-rate';
  /** actual ÷ planned. */
  readonly overrun: number | null;
  readonly overrunReason?: 'not-planned' | 'planned-nothing' | 'missing-rate';
  readonly late: { readonly amount: number; readonly events: number; readonly eventIds: readonly string[] };
  readonly beforePursuit: { readonly amount: number; readonly events: number };
  readonly unpricedMinutes: number;
}

/** Whether what was put into an account comes back. */
export interface InvestmentView {
  /** The latest phase; null where the account was never courted at a cost. */
  readonly acquisition: Acquisition | null;
  readonly phases: readonly Acquisition[];
  /** Σ CAC of the phases. */
  readonly cac: number | null;
  readonly cacReason: 'missing-rate' | null;
  readonly investments: readonly InvestmentLine[];
  readonly released: number | null;
  readonly releasedReason: 'missing-rate' | null;
  readonly planned: number | null;
  readonly plannedReason: 'missing-rate' | null;
  readonly sacrifices: readonly SacrificeLine[];
  /** From the first release; without one, from the first cost of acquisition, else from the first sacrifice. */
  readonly curve: Curve | null;
  readonly curveReason: string | null;
  /** From the first cost of acquisition, where there is one. */
  readonly acquisitionCurve: Curve | null;
  readonly acquisitionCurveReason: string | null;
  readonly payback: { readonly months: number | null; readonly reason?: string; readonly invested: number | null };
  readonly findings: readonly InvestmentFinding[];
}

/** Parts are made when looked at, so that a figure can be explained event by event. */
export function investmentView(state: InvestmentState, seen: Seen, policy: Policy, used: Used): InvestmentView {
  const { asOf } = seen;
  const money = () => used.states.performance as PerformanceState;
  const all = Object.values(state.investments);
  const releases = all.flatMap((one) => one.releases.map(([month, amount]): [number, number] => [month, amount]));
  const { wacc } = policy.settings;
  const end = monthOf(asOf + 1, state.calendar);
  const lacking = (start: number) => {
    const missing = missingMoneyOf(money(), firstDayOf(start), firstDayOf(end), wacc);
    return [...new Set([...missing, ...all.flatMap((one) => one.missing)])];
  };
  const won = firstMonth(Object.keys(wonBy(state)).map(Number));
  const draw = (start: number | null, begins: Curve['begins']): Drawn => {
    if (start === null) return { curve: null, reason: 'nothing-invested' };
    const missing = lacking(start - 12);
    if (missing.length > 0) return { curve: null, reason: `missing-rate ${missing.join(', ')}` };
    const curve = curveOf(money(), releases, start, begins, asOf, policy);
    return curve ? { curve, reason: null } : { curve: null, reason: 'no-complete-month' };
  };
  const main = (): Drawn => {
    const begin = firstMonth(releases.map(([month]) => month));
    if (begin !== null) return draw(begin, 'release');
    if (won !== null) return draw(won, 'acquisition');
    const given = Object.values(state.sacrifices).map(({ from }) => monthOf(from, state.calendar));
    return draw(firstMonth(given), 'sacrifice');
  };
  const sum = (values: readonly (number | null)[]) =>
    values.reduce((total: number | null, value) => (total === null || value === null ? null : total + value), 0);
  const view: InvestmentView = whenSeen<InvestmentView>({
    acquisition: () => view.phases.at(-1) ?? null,
    phases: () => phasesOf(state).map((phase) => acquisitionOf(state, phase)),
    cac: () => sum(view.phases.map((phase) => phase.cac)),
    cacReason: () => (view.cac === null ? 'missing-rate' : null),
    investments: () => investmentsOf(state, asOf, policy),
    released: () => sum(view.investments.map((one) => one.released)),
    releasedReason: () => (view.released === null ? 'missing-rate' : null),
    planned: () =>
      sum(view.investments.filter(({ plannedReason }) => !plannedReason).map(({ plannedOut }) => plannedOut)),
    plannedReason: () => (view.planned === null ? 'missing-rate' : null),
    sacrifices: () => sacrificesOf(state, money(), asOf, seen.subject.members !== undefined),
    curve: () => main().curve,
    curveReason: () => main().reason,
    acquisitionCurve: () => draw(won, 'acquisition').curve,
    acquisitionCurveReason: () => draw(won, 'acquisition').reason,
    payback: () => paybackOf(state, money(), releases, asOf, policy, lacking),
    findings: () => findingsOf(view.phases, view.investments, view.sacrifices),
  });
  return view;
}

/** What winning the account for the first time cost, by month; that of all members of a group. */
function wonBy({ courtships }: InvestmentState): Record<string, number> {
  const won: Record<string, number> = {};
  for (const { phases } of Object.values(courtships))
    for (const [month, amount] of Object.entries(phases[0]?.months ?? {})) won[month] = (won[month] ?? 0) + amount;
  return won;
}

interface Drawn {
  readonly curve: Curve | null;
  readonly reason: string | null;
}

function acquisitionOf(state: InvestmentState, phase: Phase): Acquisition {
  const types = acquisitionTypes.map((type) => {
    const [amount, events] = phase.types[type] ?? [0, 0];
    return phase.uncounted.includes(type)
      ? { type, amount: null, amountReason: 'missing-rate' as const, events }
      : { type, amount, events };
  });
  const missing = phase.missing.length > 0;
  const cac = missing ? null : types.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
  const { planned } = phase;
  const overrun = cac === null || planned === null || planned === 0 ? null : cac / planned;
  return {
    accountId: phase.accountId,
    purpose: phase.purpose,
    pursuitId: phase.pursuitId,
    eventId: phase.begunBy,
    from: iso(phase.from),
    to: phase.to === null ? null : iso(phase.to),
    ...(phase.to === null
      ? { days: null, daysReason: 'open' }
      : { days: daysBetween(phase.from, phase.to, state.calendar) }),
    cac,
    ...(missing ? { cacReason: 'missing-rate' } : {}),
    missingRates: phase.missing,
    types,
    planned,
    ...(phase.unplanned === null ? {} : { plannedReason: phase.unplanned }),
    overrun,
    ...(overrun === null
      ? { overrunReason: missing ? 'missing-rate' : planned === null ? 'not-planned' : 'planned-nothing' }
      : {}),
    late: { amount: phase.late[0], events: phase.late[1], eventIds: phase.late[2] },
    beforePursuit: { amount: phase.early[0], events: phase.early[1] },
    unpricedMinutes: phase.unpricedMinutes,
  };
}

/** First month whose contributions so far cover what winning the account cost and all that was released (§3.4). */
function paybackOf(
  state: InvestmentState,
  money: PerformanceState,
  releases: readonly (readonly [number, number])[],
  asOf: Instant,
  policy: Policy,
  lacking: (start: number) => readonly string[],
): InvestmentView['payback'] {
  const won = wonBy(state);
  const start = firstMonth([...releases.map(([month]) => month), ...Object.keys(won).map(Number)]);
  if (start === null) return { months: null, reason: 'nothing-invested', invested: 0 };
  const missing = lacking(start);
  if (missing.length > 0) return { months: null, reason: `missing-rate ${missing.join(', ')}`, invested: null };
  const cac = Object.values(won).reduce((sum, amount) => sum + amount, 0);
  const invested = releases.reduce((sum, [, amount]) => sum + amount, cac);
  const end = Math.min(monthOf(asOf + 1, state.calendar), start + 1200);
  const waiting = { wacc: policy.settings.wacc, asOfDay: dayIn(money.calendar, asOf) };
  // contributions have the cost of acquisition taken off already: it is put back, so that it is not asked for twice
  const earned = monthsOf(money, start, end, waiting).map(
    ({ month, contribution }) => contribution + (won[month] ?? 0),
  );
  const months = payback(earned, invested);
  return { months, ...(months === null ? { reason: 'not-yet' } : {}), invested };
}

const firstMonth = (months: readonly number[]): number | null =>
  months.length === 0 ? null : months.reduce((a, b) => Math.min(a, b));
