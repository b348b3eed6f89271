import { at, type Day, type PerformanceState } from './state.js';

/** Regular orders came (1) or went (−1) on a day; the list of such days is looked at only where one comes or goes. */
export function ordered(state: PerformanceState, row: Day, change: number): void {
  const had = row[at.orders] > 0;
  row[at.orders] += change;
  const has = row[at.orders] > 0;
  if (had === has) return;
  const { orderDays } = state;
  const day = row[at.day];
  let place = orderDays.length;
  while (place > 0 && orderDays[place - 1]! >= day) place--;
  if (has) orderDays.splice(place, 0, day);
  else orderDays.splice(place, 1);
}
