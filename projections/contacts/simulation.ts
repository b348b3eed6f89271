import { dayOf, type Instant } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import { missingRatesOf, sumsBetween } from '../performance/days.js';
import type { PerformanceState } from '../performance/state.js';
import { type ContactFigures, contactFiguresAt, reasonsOf, type Tally } from './matrix.js';
import type { ContactsState } from './state.js';

const names = ['diamondIndex', 'breadth', 'depth', 'coverage'] as const;

type Figures = Readonly<Record<(typeof names)[number], number | null>>;

/** Figures with one person gone, beside those with them. */
export interface Simulated {
  readonly personId: string;
  /** OURS, THEIRS, or null: nobody here bears that id. */
  readonly side: 'OURS' | 'THEIRS' | null;
  /** Null figures have their reason beside them, as `<name>Reason`. */
  readonly before: Figures & { readonly reason: string | null };
  readonly after: Figures & { readonly reason: string | null };
  /** after − before; null where either is. */
  readonly delta: Figures;
  /** Share of the matrix's weight that goes through the person, in [0, 1]. */
  readonly weightShare: number | null;
  readonly weightShareReason?: string;
  /** Net revenue of the window behind the person's thread: weightShare × net revenue, not rounded [P]. */
  readonly revenue: number | null;
  readonly revenueReason?: string;
  /** Net revenue of the account in the last `windowDays`. */
  readonly windowRevenue: number | null;
  readonly windowRevenueReason?: string;
  readonly windowDays: number;
}

/** What the simulation is made from: what the matrix adds up to, its figures, and the account's money where it is known. */
export interface Threads {
  readonly sums: Tally;
  readonly figures: ContactFigures;
  readonly money: PerformanceState | undefined;
}

/** What is lost if one person leaves: their pairs lose their weight, their place in the map is empty, parts they have are met by nobody. */
export function simulated(
  state: ContactsState,
  asOf: Instant,
  policy: Policy,
  { sums, figures, money }: Threads,
  personId: string,
): Simulated {
  const then = contactFiguresAt(state, asOf, policy, { without: personId });
  const side = sideOf(state, personId);
  const each = (of: (name: (typeof names)[number]) => number | null) =>
    Object.fromEntries(names.map((name) => [name, of(name)])) as Figures;
  const reason = side === null ? 'nobody-here' : figures.reason;
  const weightShare = reason === null ? (sums.persons[state.numbers[personId] ?? -1] ?? 0) / sums.total : null;
  return {
    personId,
    side,
    before: { ...each((name) => figures[name]), ...why(figures), reason: figures.reason },
    after: { ...each((name) => then[name]), ...why(then), reason: then.reason },
    delta: {
      ...each((name) => (figures[name] === null || then[name] === null ? null : then[name] - figures[name])),
      ...why(then),
      ...why(figures),
    },
    weightShare,
    ...(reason === null ? {} : { weightShareReason: reason }),
    ...revenueOf(money, asOf, policy, weightShare, reason),
    windowDays: policy.settings.windowDays,
  };
}

/** Reasons of the figures that are shown here. */
function why(figures: ContactFigures): Readonly<Record<string, string>> {
  const reasons = Object.entries(reasonsOf(figures));
  return Object.fromEntries(reasons.filter(([name]) => names.some((one) => name === `${one}Reason`)));
}

function sideOf(state: ContactsState, personId: string): Simulated['side'] {
  if (Object.hasOwn(state.contacts, personId)) return 'THEIRS';
  const assigned = Object.values(state.assignments).some((one) => one.memberId === personId);
  return assigned || Object.hasOwn(state.numbers, personId) ? 'OURS' : null;
}

/** Money names no person: what an account brings is taken to hang on its threads in proportion to their weight [P]. */
function revenueOf(
  money: PerformanceState | undefined,
  asOf: Instant,
  { settings }: Policy,
  share: number | null,
  without: string | null,
): Pick<Simulated, 'revenue' | 'revenueReason' | 'windowRevenue' | 'windowRevenueReason'> {
  const unknown = (why: string) => ({
    revenue: null,
    revenueReason: why,
    windowRevenue: null,
    windowRevenueReason: why,
  });
  if (!money) return unknown('performance-not-available');
  const today = dayOf(asOf, settings);
  const [from, to] = [today - settings.windowDays + 1, today + 1];
  const missing = missingRatesOf(money, from, to);
  if (missing.length > 0) return unknown(`no-rate ${missing.join(', ')}`);
  const windowRevenue = sumsBetween(money, from, to).net;
  if (share === null) return { revenue: null, revenueReason: without ?? 'silent', windowRevenue };
  return { revenue: share * windowRevenue, windowRevenue };
}
