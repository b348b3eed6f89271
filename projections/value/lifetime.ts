import { dayOf, type Instant, iso } from '../../src/kernel/instant.js';
import type { LifetimeModel, Policy } from '../../src/kernel/policy.js';
import { missingRatesOf, orderDaysOf, sumsBetween } from '../performance/days.js';
import type { PerformanceState } from '../performance/state.js';
import { bgNbdAlive, bgNbdExpected } from '../statistics/bgnbd.js';
import { gammaGammaExpected } from '../statistics/gammagamma.js';
import type { Customer } from '../statistics/lifetime.js';
import { lifetimeClv } from '../statistics/lifetime-clv.js';
import { mbgNbdAlive, mbgNbdExpected } from '../statistics/mbgnbd.js';
import { paretoNbdAlive, paretoNbdExpected } from '../statistics/paretonbd.js';

/** A customer as the buying models see it, in weeks of seven days; a purchase is a day with a regular order. Null before the first. */
export interface Buying extends Customer {
  /** Mean net revenue of a repeat purchase, in minor units; null without one or without a rate. */
  readonly mean: number | null;
}

export function buyingOf(performance: PerformanceState, today: number): Buying | null {
  const days = orderDaysOf(performance).filter((day) => day <= today);
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined || today <= first) return null;
  const x = days.length - 1;
  const { net } = sumsBetween(performance, first + 1, today + 1);
  const mean = x === 0 || missingRatesOf(performance).length > 0 ? null : net / x;
  return { x, tx: (last - first) / 7, T: (today - first) / 7, mean };
}

/** What a published model of the whole customer base says of this account. */
export interface LifetimeView {
  readonly model: string;
  readonly alive: number | null;
  readonly aliveReason: string | null;
  /** Purchases expected in the next 52 weeks. */
  readonly expected: number | null;
  readonly trainedAsOf: string;
  readonly trainedKnownAt: string;
  readonly population: number;
  readonly parameters: Readonly<Record<string, number>>;
  /** Value over the horizon in minor units. */
  readonly value: number | null;
  readonly valueReason: string | null;
  readonly horizonWeeks: number;
  readonly interval: null;
  readonly intervalReason: string;
}

interface Kind {
  readonly needs: readonly string[];
  readonly alive: (p: never, c: Customer) => number | null;
  readonly expected: (p: never, c: Customer, t: number) => number | null;
  /** Says nothing of a customer who bought once. */
  readonly blindToOne: boolean;
}

/** Buying models by name, case and signs aside. */
const kinds: Readonly<Record<string, Kind>> = {
  BGNBD: { needs: ['r', 'alpha', 'a', 'b'], alive: bgNbdAlive, expected: bgNbdExpected, blindToOne: true },
  MBGNBD: { needs: ['r', 'alpha', 'a', 'b'], alive: mbgNbdAlive, expected: mbgNbdExpected, blindToOne: false },
  PARETONBD: {
    needs: ['r', 'alpha', 's', 'beta'],
    alive: paretoNbdAlive,
    expected: paretoNbdExpected,
    blindToOne: false,
  },
};

const plain = (name: string): string => name.toUpperCase().replace(/[^A-Z]/g, '');

/** Every published buying model applied to the account, by name; `margin` is contribution ÷ net over all its history. */
export function lifetimeOf(
  performance: PerformanceState,
  asOf: Instant,
  { models, settings }: Policy,
  horizonYears: number,
): LifetimeView[] {
  const names = Object.keys(models)
    .filter((name) => Object.hasOwn(kinds, plain(name)))
    .sort();
  if (names.length === 0) return [];
  const today = dayOf(asOf, settings);
  const buying = buyingOf(performance, today);
  const all = sumsBetween(performance, -1e9, today + 1);
  const missing = missingRatesOf(performance);
  const margin = missing.length === 0 && all.net > 0 ? all.contribution / all.net : null;
  const spendModel = Object.values(models).find(({ model }) => plain(model) === 'GAMMAGAMMA') ?? null;
  const spend =
    spendModel && buying && buying.mean !== null && buying.x > 0 ? spendOf(spendModel, buying.x, buying.mean) : null;
  const horizon = Math.min(52 * horizonYears, 52 * 50);
  return names.map((name) => {
    const model = models[name]!;
    const kind = kinds[plain(name)]!;
    const complete = kind.needs.every((one) => Object.hasOwn(model.parameters, one));
    const usable = complete && buying !== null;
    const p = model.parameters as never;
    const blind = usable && kind.blindToOne && buying.x === 0;
    const clv =
      usable && margin !== null
        ? lifetimeClv({
            expected: (t) => kind.expected(p, buying, t),
            spend,
            margin,
            discount: settings.discountRate,
            horizon,
          })
        : null;
    const why = !complete ? 'parameters-incomplete' : buying === null ? 'no-regular-order' : null;
    return {
      model: name,
      alive: usable && !blind ? kind.alive(p, buying) : null,
      aliveReason: why ?? (blind ? 'no-repeat-purchase' : null),
      expected: usable ? kind.expected(p, buying, 52) : null,
      trainedAsOf: iso(model.trainedAsOf),
      trainedKnownAt: iso(model.trainedKnownAt),
      population: model.population,
      parameters: model.parameters,
      value: clv?.value ?? null,
      valueReason:
        clv === null
          ? (why ?? (missing.length > 0 ? `no-rate ${missing.join(', ')}` : 'no-net-revenue'))
          : clv.value === null
            ? clv.reason
            : null,
      horizonWeeks: horizon,
      interval: null,
      intervalReason: 'published-parameters-without-spread',
    };
  });
}

function spendOf({ parameters }: LifetimeModel, x: number, mean: number): number | null {
  const { p, q, gamma } = parameters;
  return p === undefined || q === undefined || gamma === undefined
    ? null
    : gammaGammaExpected({ p, q, gamma }, { x, mean });
}
