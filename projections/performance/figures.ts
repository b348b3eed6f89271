import { lacks, type Quarter } from './state.js';

/** Sums of quarters before cost of credit; null where an exchange rate is missing. */
export interface Sum {
  gross: number | null;
  discounts: number | null;
  rebates: number | null;
  credits: number | null;
  net: number | null;
  cogs: number | null;
  grossMargin: number | null;
  costToServe: number | null;
  /** Null where an amount of the category has no exchange rate; the pairs are in `missingRates`. */
  costByCategory: Record<string, number | null>;
  /** grossMargin − costToServe. */
  contribution: number | null;
  unaligned: number | null;
  orders: number;
  ordersCancelled: number;
  invoices: number;
  invoicesWithoutCogs: number;
  unpricedMinutes: number;
  unpricedActivities: number;
  missingRates: string[];
}

/** Adds quarters up. */
export function sumOf(quarters: readonly Quarter[]): Sum {
  let [gross, discounts, rebates, credits, cogs, cost, unaligned] = [0, 0, 0, 0, 0, 0, 0];
  let [orders, ordersCancelled, invoices, invoicesWithoutCogs] = [0, 0, 0, 0];
  let [unpricedMinutes, unpricedActivities, lacking] = [0, 0, 0];
  const costByCategory: Record<string, number | null> = {};
  const missingRates: string[] = [];
  const uncosted = new Set<string>();
  for (const quarter of quarters) {
    gross += quarter.gross;
    discounts += quarter.discounts;
    rebates += quarter.rebates;
    credits += quarter.credits;
    cogs += quarter.cogs;
    unaligned += quarter.unaligned;
    orders += quarter.orders;
    ordersCancelled += quarter.cancelled;
    invoices += quarter.invoices;
    invoicesWithoutCogs += quarter.withoutCogs;
    unpricedMinutes += quarter.unpricedMinutes;
    unpricedActivities += quarter.unpricedActivities;
    for (const category in quarter.cost) {
      const amount = quarter.cost[category]!;
      cost += amount;
      costByCategory[category] = (costByCategory[category] ?? 0) + amount;
    }
    for (const category of quarter.uncosted ?? []) uncosted.add(category);
    for (const pair in quarter.missing) {
      lacking |= quarter.missing[pair]!;
      if (!missingRates.includes(pair)) missingRates.push(pair);
    }
  }
  for (const category of uncosted) costByCategory[category] = null;
  const unless = (bits: number, value: number): number | null => ((lacking & bits) === 0 ? value : null);
  const above = lacks.gross | lacks.discounts | lacks.rebates | lacks.credits;
  const net = gross - discounts - rebates - credits;
  return {
    gross: unless(lacks.gross, gross),
    discounts: unless(lacks.discounts, discounts),
    rebates: unless(lacks.rebates, rebates),
    credits: unless(lacks.credits, credits),
    net: unless(above, net),
    cogs: unless(lacks.cogs, cogs),
    grossMargin: unless(above | lacks.cogs, net - cogs),
    costToServe: unless(lacks.cost, cost),
    costByCategory,
    contribution: unless(above | lacks.cogs | lacks.cost, net - cogs - cost),
    unaligned: unless(lacks.cost, unaligned),
    orders,
    ordersCancelled,
    invoices,
    invoicesWithoutCogs,
    unpricedMinutes,
    unpricedActivities,
    missingRates: missingRates.sort(),
  };
}

/** Contribution of one quarter before cost of credit, as `sumOf` has it; null where an exchange rate is missing. */
export function contributionOf({ missing, gross, discounts, rebates, credits, cogs, cost }: Quarter): number | null {
  if (missing !== undefined) {
    const wanted = lacks.gross | lacks.discounts | lacks.rebates | lacks.credits | lacks.cogs | lacks.cost;
    for (const pair in missing) if ((missing[pair]! & wanted) !== 0) return null;
  }
  let spent = 0;
  for (const category in cost) spent += cost[category]!;
  return gross - discounts - rebates - credits - cogs - spent;
}

/** A charge for time: an amount, or why there is none; `blocks` where its absence leaves what is below it undefined. */
export interface Charge {
  readonly value: number | null;
  readonly reason?: string;
  readonly blocks?: boolean;
}

/** The waterfall of a period. Null figures have their reason beside them, or the pairs without a rate in `missingRates`. */
export interface Waterfall extends Sum {
  costOfCredit: number | null;
  costOfCreditReason?: string;
  economicProfit: number | null;
  economicProfitReason?: string;
  /** Cost that served no intent of the customer's in force ÷ costToServe. */
  unalignedShare: number | null;
  unalignedShareReason?: string;
  /** True while the period is not over. */
  open: boolean;
}

/** The waterfall of a sum, with what waiting for the money and what the capital cost. */
export function waterfall(sum: Sum, credit: Charge, capital: Charge, open: boolean): Waterfall {
  const contribution =
    sum.contribution === null || (credit.value === null && credit.blocks)
      ? null
      : sum.contribution - (credit.value ?? 0);
  const economicProfit = contribution === null || capital.value === null ? null : contribution - capital.value;
  const shared = sum.unaligned !== null && sum.costToServe !== null && sum.costToServe > 0;
  return {
    ...sum,
    costOfCredit: credit.value,
    ...(credit.reason === undefined ? {} : { costOfCreditReason: credit.reason }),
    contribution,
    economicProfit,
    ...(economicProfit === null ? { economicProfitReason: capital.reason ?? 'missing-rate' } : {}),
    unalignedShare: shared ? sum.unaligned! / sum.costToServe! : null,
    ...(shared ? {} : { unalignedShareReason: sum.costToServe === null ? 'missing-rate' : 'no-cost' }),
    open,
  };
}
