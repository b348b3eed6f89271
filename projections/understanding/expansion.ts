import { inParts, once } from '../../src/kernel/figures.js';
import { type Instant, quarterName, quarterOf } from '../../src/kernel/instant.js';
import { kept } from '../../src/kernel/keeper.js';
import type { Policy, Settings } from '../../src/kernel/policy.js';
import { contactSeries } from '../contacts/course.js';
import type { ContactsState } from '../contacts/state.js';
import { own } from '../keyed.js';
import { spearman } from '../statistics/rank.js';
import type { UnderstandingState } from './state.js';

/** Fewer pairs than this are called few [P]. */
const fewPairs = 30;

/** A quarter's change of breadth and the insights of the quarter after it. */
export interface Expanded {
  readonly quarter: string;
  readonly breadthDelta: number;
  readonly insightsNext: number;
}

/**
 * Does reaching more functions go with learning more? Rank correlation of the change of breadth in a quarter with the insights of
 * the next one (G1), over complete quarters that have a breadth. It says nothing of what causes what.
 */
export function expansionAt(state: UnderstandingState, met: ContactsState | undefined, asOf: Instant, policy: Policy) {
  const pairs = once(() =>
    met === undefined ? [] : kept(state, 'understanding/pairs', () => pairsOf(state, met, asOf, policy)),
  );
  const lacking = met === undefined ? { reason: 'contacts-not-at-hand' } : {};
  return inParts<ReturnType<typeof correlation> & { readonly pairs: readonly Expanded[] }>([
    ['n rho t p test low high label reason', () => ({ ...correlation(pairs()), ...lacking })],
    ['pairs', () => ({ pairs: pairs() })],
  ]);
}

/** ρ, t, p and n of pairs, with the label that small samples bear. */
export function correlation(pairs: readonly Expanded[]) {
  const found = spearman(
    pairs.map(({ breadthDelta }) => breadthDelta),
    pairs.map(({ insightsNext }) => insightsNext),
  );
  const { n } = found;
  const label = n < fewPairs ? 'n small' : null;
  if (found.value === null)
    return { n, rho: null, t: null, p: null, test: null, low: null, high: null, label, reason: found.reason };
  const { value: rho, t, p, test, low, high } = found;
  return { n, rho, t, p, test, low, high, label };
}

/** Insights by the name of their quarter. */
function insightsBy({ insights }: UnderstandingState, settings: Settings): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const { at } of Object.values(insights)) {
    const name = quarterName(quarterOf(at, settings), settings);
    counted[name] = (counted[name] ?? 0) + 1;
  }
  return counted;
}

function pairsOf(state: UnderstandingState, met: ContactsState, asOf: Instant, policy: Policy): Expanded[] {
  const series = contactSeries(met, asOf, policy).filter(({ open }) => !open);
  const insights = kept(state, 'understanding/insights', () => insightsBy(state, policy.settings));
  return series.flatMap((quarter, i) => {
    const before = series[i - 1];
    const next = series[i + 1];
    if (!before || !next || quarter.breadth === null || before.breadth === null) return [];
    const breadthDelta = Math.round((quarter.breadth - before.breadth) * 1e9) / 1e9;
    return [{ quarter: quarter.name, breadthDelta, insightsNext: own(insights, next.name) ?? 0 }];
  });
}
