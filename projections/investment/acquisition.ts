import type { InteractionLogged } from '../../src/domain/activity/interaction.events.js';
import type { PursuitOpened } from '../../src/domain/activity/pursuit.events.js';
import type { AcquisitionType, CostIncurred } from '../../src/domain/books/books.events.js';
import type { Event } from '../../src/kernel/event.js';
import { monthOf } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Subject } from '../../src/kernel/projection.js';
import { keyOf } from '../performance/books.js';
import { costAmount, inCurrency, interactionCost, pairOf } from '../performance/pricing.js';
import { type Courtship, courtshipOf, type InvestmentState, lateIdsMax, own, type Phase } from './state.js';

type Told<T extends string, D extends object> = Event<T, D>;

/** The first ACQUISITION pursuit begins the phase; after EXITED, a WIN_BACK pursuit begins another. */
export function pursue(
  state: Courtship,
  event: Told<'PursuitOpened', PursuitOpened>,
  rules: Policy,
  currency: string,
): void {
  const { data } = event;
  const { purpose, pursuitId, plannedCost } = data;
  const last = state.phases.at(-1);
  const open = last !== undefined && last.to === null;
  const first = purpose === 'ACQUISITION' && state.customerSince === null && (!last || last.pursuitId === null);
  const again = purpose === 'WIN_BACK' && state.exited && !open;
  if (!first && !again) return;
  const planned = plannedCost === undefined ? null : inCurrency(plannedCost, currency, rules.fx);
  const phase = begun(purpose as Phase['purpose'], pursuitId, event, planned);
  if (plannedCost !== undefined && planned === null) {
    phase.missing.push(pairOf(plannedCost.currency, currency));
    phase.unplanned = 'missing-rate';
  }
  if (first && last) {
    for (const [type, month, amount] of last.last?.at === event.time ? last.last.counted : [])
      count(phase, type, month, amount, 1);
    const sums = ({ types }: Phase): [number, number] =>
      Object.values(types).reduce<[number, number]>(([sum, n], [amount, one]) => [sum + amount, n + one], [0, 0]);
    const [all, own] = [sums(last), sums(phase)];
    phase.early = [all[0] - own[0], all[1] - own[1]];
    state.phases.pop();
  }
  state.phases.push(phase);
}

/** A regular order ends the phase; an account that came back is a customer again. */
export function ordered(state: Courtship, time: number): void {
  state.customerSince ??= time;
  state.exited = false;
  const last = state.phases.at(-1);
  if (last !== undefined && last.to === null) last.to = time;
}

/** A cost told by itself: its type counts; what it cites counts instead of what the interaction said of the same category. */
export function spent(
  state: InvestmentState,
  event: Told<'CostIncurred', CostIncurred>,
  rules: Policy,
  subject: Subject,
  currency: string,
): void {
  const { data, time } = event;
  const tagged = data.acquisition;
  if (tagged === undefined && data.interactionId === undefined) return;
  const { phases, customerSince } = courtshipOf(state, event, subject);
  if (tagged !== undefined && phases.length === 0 && customerSince === null)
    phases.push(begun('ACQUISITION', null, event, null));
  const phase = phases.at(-1);
  if (phase === undefined) return;
  const amount = costAmount(data, rules, currency);
  if (typeof amount !== 'number') {
    if (tagged !== undefined && amount.pair !== null) lacksRate(phase, amount.pair, tagged);
    return;
  }
  if (phase.to !== null && time > phase.to) {
    if (tagged !== undefined) late(phase, event.id, amount);
    return;
  }
  const month = monthOf(time, state.calendar);
  if (tagged !== undefined) {
    count(phase, tagged, month, amount, 1);
    if (phase.pursuitId === null) {
      if (phase.last?.at !== time) phase.last = { at: time, counted: [] };
      phase.last.counted.push([tagged, month, amount]);
    }
  }
  if (data.interactionId === undefined) return;
  const key = keyOf(event, data.interactionId, subject);
  const counted = own(phase.interactions, key);
  if (counted === undefined) {
    if (phase.pursuitId === null) return;
    const cited = own(phase.cited, key) ?? {};
    phase.cited[key] = cited;
    const before = own(cited, data.category)?.[0] ?? 0;
    cited[data.category] = [tagged === undefined ? before + amount : before, tagged === undefined ? 0 : 1];
    return;
  }
  const [then, amounts] = counted;
  const was = own(amounts, data.category);
  if (was !== undefined) {
    count(phase, was[0], then, -was[1], 0);
    delete amounts[data.category];
  }
  if (tagged === undefined) count(phase, typeOf(data.category, 'MEETING'), month, amount, 1);
}

/** An interaction that cites the phase's pursuit: time → TIME, travel → TRAVEL, expenses by their kind. */
export function met(
  state: InvestmentState,
  event: Told<'InteractionLogged', InteractionLogged>,
  rules: Policy,
  subject: Subject,
  currency: string,
): void {
  const { data, time } = event;
  const phase = courtshipOf(state, event, subject).phases.at(-1);
  if (phase === undefined || phase.pursuitId === null || data.pursuitId !== phase.pursuitId) return;
  if ((event.accountid ?? phase.accountId) !== phase.accountId) return;
  const { amounts, unpricedMinutes, missing, lacking } = interactionCost(data, rules, currency);
  if (phase.to !== null && time > phase.to) {
    const sum = Object.values(amounts ?? {}).reduce((all, amount) => all + amount, 0);
    if (sum > 0) late(phase, event.id, sum);
    return;
  }
  phase.unpricedMinutes += unpricedMinutes;
  const types = lacking.map((category) => typeOf(category, data.kind));
  for (const pair of missing) lacksRate(phase, pair, ...types);
  const month = monthOf(time, state.calendar);
  const counted: Record<string, [AcquisitionType, number]> = {};
  const key = keyOf(event, data.interactionId, subject);
  const cited = own(phase.cited, key);
  for (const [category, amount] of Object.entries(amounts ?? {})) {
    if (cited !== undefined && Object.hasOwn(cited, category)) continue;
    const type = typeOf(category, data.kind);
    counted[category] = [type, amount];
    count(phase, type, month, amount, 1);
  }
  for (const [category, [amount, tagged]] of Object.entries(cited ?? {}))
    if (tagged === 0) count(phase, typeOf(category, data.kind), month, amount, 1);
  delete phase.cited[key];
  phase.interactions[key] = [month, counted];
}

function begun(
  purpose: Phase['purpose'],
  pursuitId: string | null,
  event: Told<string, object>,
  planned: number | null,
): Phase {
  return {
    purpose,
    pursuitId,
    accountId: event.accountid ?? '',
    begunBy: event.id,
    from: event.time,
    to: null,
    planned,
    unplanned: planned === null ? 'not-planned' : null,
    types: {},
    months: {},
    interactions: {},
    cited: {},
    late: [0, 0, []],
    early: [0, 0],
    last: null,
    unpricedMinutes: 0,
    missing: [],
    uncounted: [],
  };
}

function count(phase: Phase, type: AcquisitionType, month: number, amount: number, events: number): void {
  const [sum, n] = phase.types[type] ?? [0, 0];
  phase.types[type] = [sum + amount, n + events];
  phase.months[month] = (phase.months[month] ?? 0) + amount;
}

function late(phase: Phase, eventId: string, amount: number): void {
  phase.late[0] += amount;
  phase.late[1]++;
  if (phase.late[2].length < lateIdsMax) phase.late[2].push(eventId);
}

function lacksRate(phase: Phase, pair: string, ...types: readonly AcquisitionType[]): void {
  if (!phase.missing.includes(pair)) phase.missing.push(pair);
  for (const type of types) if (!phase.uncounted.includes(type)) phase.uncounted.push(type);
}

const byCategory: Readonly<Record<string, AcquisitionType>> = {
  TEAM_TIME: 'TIME',
  TRAVEL: 'TRAVEL',
  MEETINGS: 'MEETING',
  ENTERTAINMENT: 'ENTERTAINMENT',
  PRE_SALES: 'PRESENTATION',
  STARTUP: 'CUSTOMER_STARTUP',
};

/** The type of an expense: that of its category, else that of the kind of interaction it was made for. */
function typeOf(category: string, kind: string): AcquisitionType {
  const known = byCategory[category];
  if (known !== undefined) return known;
  return kind === 'PRESENTATION' || kind === 'ENTERTAINMENT' ? kind : 'MEETING';
}
