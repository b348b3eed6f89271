import type { Instant } from '../../src/kernel/instant.js';
import type { Criteria, Policy } from '../../src/kernel/policy.js';
import { monthsLater } from '../months.js';
import { inCurrency, pairOf } from '../performance/pricing.js';
import { clv } from '../statistics/economics.js';
import { atLeast } from '../statistics/figure.js';
import { type Attractiveness, medianScore, type Quadrant, type RelativeStrength } from './axes.js';
import type { CriteriaState, Potential } from './state.js';

/** How an account does at one gate. `value` is what was compared with `threshold` or looked for among `values`. */
export interface GateResult {
  readonly gate: string;
  readonly threshold: number | null;
  readonly values: readonly string[] | null;
  readonly value: number | string | null;
  readonly passed: boolean;
  readonly reason: string | null;
  /** Events that the value stands on. */
  readonly eventIds: readonly string[];
}

/** What gates look at. */
export interface Judging {
  readonly state: CriteriaState;
  readonly asOf: Instant;
  readonly policy: Policy;
  readonly attractiveness: Attractiveness;
  readonly strength: RelativeStrength;
  readonly quadrant: Quadrant | null;
  readonly currency: string | null;
}

type Gate = Criteria['gates'][number];
type Found = Omit<GateResult, 'gate' | 'threshold' | 'values' | 'passed'> & {
  /** Least value where the gate names none; null: any value will do. */
  readonly least: number | null;
  /** Already decided, whatever the numbers say. */
  readonly passed?: boolean;
};

/**
 * The gates there are, by name. Any other name is a factor of attractiveness: the median over its raters, at least 5 unless the gate
 * says otherwise (A3 asks this of `growth`). Thresholds of money are minor units of the reporting currency, else of the account's.
 */
const gates: Readonly<Record<string, (judging: Judging, gate: Gate) => Found>> = {
  customerType,
  oemFitShare: ({ state }) => number(state.oemFitShare, 'not-told', 0.5, [state.classified]),
  constantClv: (judging) => constantClv(judging),
  clv: (judging) => constantClv(judging),
  availableSales3y: (judging) => potentialGate(judging, ({ availableSales3y }) => availableSales3y),
  growthPct: ({ state: { potential } }) =>
    number(potential?.growthPct ?? null, 'no-potential', null, [potential?.eventId]),
  integrity: ({ state, asOf, policy }) => integrityGate(state, asOf, policy),
  attractiveness: ({ attractiveness: { value, reason, threshold, factors } }) =>
    number(
      value,
      reason,
      threshold,
      factors.flatMap(({ ratings }) => ratings.map(({ eventId }) => eventId)),
    ),
  relativeStrength: ({ strength: { value, reason, threshold, factors } }) =>
    number(
      value,
      reason,
      threshold,
      factors.flatMap(({ eventIds }) => eventIds),
    ),
  quadrant: ({ quadrant, attractiveness, strength }) => ({
    value: quadrant,
    reason: quadrant === null ? (attractiveness.reason ?? strength.reason) : null,
    least: null,
    eventIds: [],
  }),
};

/** Every gate of the criteria in force, in their order. */
export function judgeGates(judging: Judging): GateResult[] {
  return (judging.policy.criteria?.gates ?? []).map((gate) => {
    const found = Object.hasOwn(gates, gate.gate) ? gates[gate.gate]!(judging, gate) : factorGate(judging, gate.gate);
    const { value, least, eventIds } = found;
    const threshold = gate.threshold ?? least;
    const values = gate.values ?? null;
    const passed = found.passed ?? passes(value, threshold, values);
    return { gate: gate.gate, threshold, values, value, passed, reason: found.reason, eventIds };
  });
}

function passes(value: number | string | null, threshold: number | null, values: readonly string[] | null): boolean {
  if (value === null) return false;
  if (typeof value === 'string') return values === null || values.includes(value);
  return threshold === null || atLeast(value, threshold);
}

/** A2: a maker of original equipment; or of another type that the gate lists, a dealer only where enough of its business is fit for it. */
function customerType({ state }: Judging, { threshold, values }: Gate): Found {
  const { customerType: value, oemFitShare, classified } = state;
  const about = { value, least: 0.5, eventIds: classified === null ? [] : [classified] };
  if (value === null) return { ...about, reason: 'not-told', passed: false };
  const listed = (values ?? ['OEM_MAKER', 'DEALER']).includes(value);
  if (!listed) return { ...about, reason: 'type-not-among-values', passed: false };
  if (value !== 'DEALER') return { ...about, reason: null, passed: true };
  if (oemFitShare === null) return { ...about, reason: 'oemFitShare not told', passed: false };
  const passed = atLeast(oemFitShare, threshold ?? 0.5);
  return { ...about, reason: passed ? null : `oemFitShare ${oemFitShare}`, passed };
}

/** A3: m r ÷ (1 + d − r) from the latest estimate of potential, m its margin per year. */
function constantClv(judging: Judging): Found {
  const { discountRate } = judging.policy.settings;
  return potentialGate(judging, ({ margin, expectedRetention }) => {
    return margin === null ? null : clv({ margin, retention: expectedRetention, discount: discountRate }).value;
  });
}

function potentialGate({ state: { potential }, policy, currency }: Judging, figure: (one: Potential) => number | null) {
  if (potential === null) return number(null, 'no-potential', null, []);
  if (potential.missing !== null) return number(null, `no-rate ${potential.missing}`, null, [potential.eventId]);
  const value = figure(potential);
  const to = policy.settings.reportingCurrency;
  if (value === null || to === null || to === potential.currency)
    return number(value, 'no-value', null, [potential.eventId]);
  const scale = inCurrency({ minor: 1_000_000_000, currency: currency ?? potential.currency }, to, policy.fx);
  return scale === null
    ? number(null, `no-rate ${pairOf(potential.currency, to)}`, null, [potential.eventId])
    : number((value * scale) / 1e9, null, null, [potential.eventId]);
}

/** A4: (good + 1) ÷ (good + bad + 2) over 24 months (§3.12.8); without any sign .5, which is unproven. */
export function integrityAt(
  state: CriteriaState,
  asOf: Instant,
  policy: Policy,
): { readonly value: number; readonly kept: number; readonly broken: number; readonly eventIds: readonly string[] } {
  const from = monthsLater(asOf, -24, policy.settings);
  const signs = state.signs.filter(([time]) => time > from && time <= asOf);
  const kept = signs.filter(([, good]) => good === 1).length;
  const broken = signs.length - kept;
  const eventIds = signs.map(([, , eventId]) => eventId);
  return { value: (kept + 1) / (kept + broken + 2), kept, broken, eventIds };
}

function integrityGate(state: CriteriaState, asOf: Instant, policy: Policy): Found {
  const { value, kept, broken, eventIds } = integrityAt(state, asOf, policy);
  const unproven = kept + broken === 0;
  return { value, reason: unproven ? 'unproven' : null, least: 0.7, eventIds, ...(unproven ? { passed: false } : {}) };
}

function factorGate({ state }: Judging, factor: string): Found {
  const ratings = state.scores.filter((one) => one.factor === factor);
  return number(
    medianScore(state, factor),
    'unscored',
    5,
    ratings.map(({ eventId }) => eventId),
  );
}

function number(
  value: number | null,
  reason: string | null,
  least: number | null,
  eventIds: readonly (string | null | undefined)[],
): Found {
  const ids = eventIds.filter((id): id is string => typeof id === 'string');
  return { value, reason: value === null ? reason : null, least, eventIds: ids };
}
