import type { Quarter } from './state.js';

/** Names a pair of currencies without a rate, what it leaves undefined (bits of `lacks`), and in which categories of cost. */
export function lacksRate(quarter: Quarter, pair: string, lack: number, categories: readonly string[] = []): void {
  quarter.missing ??= {};
  quarter.missing[pair] = (quarter.missing[pair] ?? 0) | lack;
  if (categories.length > 0) quarter.uncosted = [...new Set([...(quarter.uncosted ?? []), ...categories])];
}
