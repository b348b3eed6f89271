import type { FuturePlanSet, InternalImpactRecorded } from '../../src/domain/account/market.events.js';
import type { InvestmentReleased } from '../../src/domain/books/books.events.js';
import type { Event } from '../../src/kernel/event.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Subject } from '../../src/kernel/projection.js';
import { ownOr } from '../keyed.js';
import { currencyOf, keyOf, monthOfDay } from './books.js';
import { inCurrency, pairOf } from './pricing.js';
import { adoptCalendar, type PerformanceState } from './state.js';

/** A plan is added to those before it: what was once forecast stays to be compared with what came. */
export function future(
  state: PerformanceState,
  event: Event<'FuturePlanSet', FuturePlanSet>,
  rules: Policy,
  subject: Subject,
): void {
  adoptCalendar(state, rules);
  const { period, basis, contribution } = event.data;
  const currency = currencyOf(state, subject, contribution);
  const amount = inCurrency(contribution, currency, rules.fx);
  const pair = amount === null ? pairOf(contribution.currency, currency) : null;
  state.plans.push([period, basis, amount, pair, event.time, event.id, event.accountid ?? subject.id]);
}

/** Money put in: it ties up capital from the month of its release on. */
export function released(
  state: PerformanceState,
  event: Event<'InvestmentReleased', InvestmentReleased>,
  day: number,
  rules: Policy,
  subject: Subject,
): void {
  adoptCalendar(state, rules);
  const { amount, investmentId } = event.data;
  const currency = currencyOf(state, subject, amount);
  const minor = inCurrency(amount, currency, rules.fx);
  const pair = pairOf(amount.currency, currency);
  if (minor === null && !state.releasesMissing.includes(pair)) state.releasesMissing.push(pair);
  state.releases.push([monthOfDay(day), minor, keyOf(event, investmentId, subject)]);
}

/** What share of something of our own the account takes: the latest word for an area and a period. */
export function impact(
  state: PerformanceState,
  event: Event<'InternalImpactRecorded', InternalImpactRecorded>,
  subject: Subject,
): void {
  const { area, period, share } = event.data;
  const periods = ownOr(state.impacts, area, () => ({}));
  ownOr(periods, period, () => ({}))[event.accountid ?? subject.id] = [share, event.id];
}
