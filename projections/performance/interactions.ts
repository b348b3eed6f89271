import type { InteractionLogged } from '../../src/domain/activity/interaction.events.js';
import type { Event } from '../../src/kernel/event.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Subject } from '../../src/kernel/projection.js';
import { intended, keyOf, spend } from './books.js';
import { lacksRate } from './missing.js';
import { interactionCost } from './pricing.js';
import { find, put } from './shelf.js';
import { noteLate } from './late.js';
import { at, dayAt, dayIn, lacks, type PerformanceState, quarterAt } from './state.js';

/** The time, travel and expenses of an interaction, except what a cost that cites it has told better already. */
export function interaction(
  state: PerformanceState,
  event: Event<'InteractionLogged', InteractionLogged>,
  rules: Policy,
  subject: Subject,
  currency: string,
): void {
  const { data } = event;
  const { amounts, unpricedMinutes, missing, lacking } = interactionCost(data, rules, currency);
  if (amounts === null && unpricedMinutes === 0 && missing.length === 0) return;
  const quarter = quarterAt(state, event, rules);
  quarter.unpricedMinutes += unpricedMinutes;
  for (const pair of missing) lacksRate(quarter, pair, lacks.cost, lacking);
  const { activityTypeId = null } = data;
  const day = dayIn(state.calendar, event.time);
  if (missing.length > 0 && activityTypeId !== null) spend(state, activityTypeId, day, 0);
  if (amounts === null) return;
  const key = keyOf(event, data.interactionId, subject);
  const cited = find(state.cited, key);
  if (cited !== undefined) for (const category of cited) delete amounts[category];
  let sum = 0;
  for (const category in amounts) {
    const amount = amounts[category]!;
    quarter.cost[category] = (quarter.cost[category] ?? 0) + amount;
    sum += amount;
  }
  if (sum === 0) return;
  const row = dayAt(state, day);
  row[at.cost] += sum;
  const aligned = intended(state, data.intentId, event, subject);
  if (!aligned) {
    quarter.unaligned += sum;
    row[at.unaligned] += sum;
  }
  if (activityTypeId !== null) spend(state, activityTypeId, day, sum);
  put(state.interactions, day, key, [day, aligned ? 1 : 0, activityTypeId, amounts]);
  noteLate(quarter, event, rules, 0, -sum);
}
