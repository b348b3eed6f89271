import type { Quarter } from './state.js';

/** Names a pair of currencies without a rate, and what it leaves undefined (bits of `lacks`). */
export function lacksRate(quarter: Quarter, pair: string, lack: number): void {
  quarter.missing ??= {};
  quarter.missing[pair] = (quarter.missing[pair] ?? 0) | lack;
}
