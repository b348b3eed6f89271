import type { CostIncurred } from '../../src/domain/books/books.events.js';
import type { InteractionLogged } from '../../src/domain/activity/interaction.events.js';
import { costOfMinutes, divideRounded, exponentOf, fraction, type Money } from '../../src/kernel/money.js';
import type { Policy, RateCard } from '../../src/kernel/policy.js';

/** An amount in the currency asked for, rounded once; null where no rate is in force, or where it would be too large to count. */
export function inCurrency(amount: Money, currency: string, fx: Policy['fx']): number | null {
  if (amount.currency === currency) return amount.minor;
  return converted(BigInt(amount.minor), 1n, amount.currency, currency, fx);
}

/** `EUR/USD`: the name of a pair. */
export const pairOf = (from: string, to: string): string => `${from}/${to}`;

/** What something cost: amounts by category, minutes that no card prices, pairs without a rate. */
export interface Priced {
  readonly amounts: Record<string, number> | null;
  readonly unpricedMinutes: number;
  readonly missing: readonly string[];
  /** Categories in which something has no rate. */
  readonly lacking: readonly string[];
}

const nothing: readonly string[] = [];

/**
 * An interaction's cost (§3.12.4): for each of ours durationMin → TEAM_TIME and travelMin → TRAVEL by the rate of their pool at the
 * time, rounded once per participant and category, and the expenses by their category.
 */
export function interactionCost(data: InteractionLogged, rules: Policy, currency: string): Priced {
  const { ours, durationMin, travelMin = 0, expenses } = data;
  let amounts: Record<string, number> | null = null;
  let missing: string[] | null = null;
  const lacking: string[] = [];
  let unpricedMinutes = 0;
  const cards = cardsOf(rules.rates);
  for (const { function: unit } of ours) {
    const card = cards === null ? undefined : cards.units.get(unit);
    if (card === undefined) {
      unpricedMinutes += durationMin + travelMin;
      continue;
    }
    const time = durationMin === 0 ? 0 : costOf(durationMin, card, currency, rules.fx);
    const travel = travelMin === 0 ? 0 : costOf(travelMin, card, currency, rules.fx);
    if (time === null || travel === null) {
      missing = [...(missing ?? []), pairOf(card.capacityCost.currency, currency)];
      if (time === null) lacking.push('TEAM_TIME');
      if (travel === null) lacking.push('TRAVEL');
      continue;
    }
    if (time !== 0) amounts = plus(amounts, 'TEAM_TIME', time);
    if (travel !== 0) amounts = plus(amounts, 'TRAVEL', travel);
  }
  if (expenses !== undefined) {
    for (const { category, amount } of expenses) {
      const minor = inCurrency(amount, currency, rules.fx);
      if (minor === null) {
        missing = [...(missing ?? []), pairOf(amount.currency, currency)];
        lacking.push(category);
      } else if (minor !== 0) amounts = plus(amounts, category, minor);
    }
  }
  return { amounts, unpricedMinutes, missing: missing ?? nothing, lacking };
}

/** A cost's amount; where it has none, its activity's minutes at the card's rate. `null`: no rate for the pair, or no card (no pair). */
export function costAmount(
  { amount, activity, minutes, quantity }: CostIncurred,
  rules: Policy,
  currency: string,
): number | { readonly pair: string | null } {
  if (amount !== undefined) {
    return inCurrency(amount, currency, rules.fx) ?? { pair: pairOf(amount.currency, currency) };
  }
  const found = activity === undefined ? undefined : cardsOf(rules.rates)?.activities.get(activity);
  if (found === undefined) return { pair: null };
  const { card, minutesEach } = found;
  const cost =
    minutes !== undefined
      ? costOf(minutes, card, currency, rules.fx)
      : exactly(scaled(quantity ?? 0) * scaled(minutesEach), 1_000_000_000_000n, card, currency, rules.fx);
  return cost ?? { pair: pairOf(card.capacityCost.currency, currency) };
}

function costOf(minutes: number, card: RateCard, currency: string, fx: Policy['fx']): number | null {
  const { capacityCost, practicalMinutes } = card;
  if (capacityCost.currency !== currency) return exactly(scaled(minutes), 1_000_000n, card, currency, fx);
  const whole = minutes * capacityCost.minor;
  if (!Number.isSafeInteger(whole) || !Number.isInteger(practicalMinutes) || !Number.isInteger(minutes))
    return costOfMinutes(minutes, capacityCost.minor, practicalMinutes);
  const rest = whole % practicalMinutes;
  return (whole - rest) / practicalMinutes + (2 * rest >= practicalMinutes ? 1 : 0);
}

/** minutes ÷ scale × capacityCost ÷ practicalMinutes, in the currency asked for, rounded once; null without a rate. */
function exactly(minutes: bigint, scale: bigint, card: RateCard, currency: string, fx: Policy['fx']): number | null {
  const over = minutes * BigInt(card.capacityCost.minor) * 1_000_000n;
  return converted(over, scale * scaled(card.practicalMinutes), card.capacityCost.currency, currency, fx);
}

/** over ÷ under minor units of one currency in another's, rounded half away from zero, once. */
function converted(over: bigint, under: bigint, from: string, to: string, fx: Policy['fx']): number | null {
  let rate = { over: 1n, under: 1n };
  if (from !== to) {
    const direct = fx[pairOf(from, to)];
    const inverse = fx[pairOf(to, from)];
    if (direct === undefined && inverse === undefined) return null;
    const told = fraction(direct ?? inverse!);
    rate = direct === undefined ? { over: told.under, under: told.over } : told;
  }
  const up = 10n ** BigInt(exponentOf(to) ?? 2);
  const down = 10n ** BigInt(exponentOf(from) ?? 2);
  const minor = Number(divideRounded(over * rate.over * up, under * rate.under * down));
  return Number.isSafeInteger(minor) ? minor : null;
}

const scaled = (value: number): bigint => BigInt(Math.round(value * 1e6));

function plus(amounts: Record<string, number> | null, category: string, minor: number): Record<string, number> {
  const into = amounts ?? {};
  into[category] = (into[category] ?? 0) + minor;
  return into;
}

interface Cards {
  readonly units: ReadonlyMap<string, RateCard>;
  readonly activities: ReadonlyMap<string, { readonly card: RateCard; readonly minutesEach: number }>;
}

/** Rate cards by function and by activity, made once for each set of rules; null where there are none. */
function cardsOf(rates: Policy['rates']): Cards | null {
  const known = made.get(rates);
  if (known !== undefined) return known;
  const all = Object.values(rates);
  const cards: Cards | null =
    all.length === 0
      ? null
      : {
          units: new Map(all.flatMap((card) => card.functions.map((name) => [name, card] as const))),
          activities: new Map(
            all.flatMap((card) =>
              card.activities.map(({ activity, minutesEach }) => [activity, { card, minutesEach }] as const),
            ),
          ),
        };
  made.set(rates, cards);
  return cards;
}

const made = new WeakMap<Policy['rates'], Cards | null>();
