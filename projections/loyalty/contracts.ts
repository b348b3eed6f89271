import type { AccountEvent } from '../../src/domain/account/account.events.js';
import type { EventOf } from '../../src/kernel/event.js';
import type { Money } from '../../src/kernel/money.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Subject } from '../../src/kernel/projection.js';
import { own } from '../keyed.js';
import { inCurrency } from '../performance/pricing.js';
import type { Bound } from './state.js';

type Told<T extends AccountEvent['type']> = EventOf<AccountEvent, T>;

/** How contracts and declared stages are told, for every fold that asks whether an account has ended. */
export const contractHandlers = {
  ContractAgreed: (state: Bound, { id, time, data }: Told<'ContractAgreed'>, rules: Policy, subject: Subject) => {
    const { contractId, category = null, from, until, value } = data;
    const [start, end] = [Math.max(Date.parse(from), time), Date.parse(until)];
    state.contracts[contractId] = {
      category,
      spans: end > start ? [[start, end, 0]] : [],
      renewals: [],
      ended: null,
      value: amountOf(value, rules, subject),
      eventId: id,
    };
  },
  ContractRenewed: (state: Bound, { id, time, data }: Told<'ContractRenewed'>, rules: Policy, subject: Subject) => {
    const contract = own(state.contracts, data.contractId);
    if (!contract) return;
    const until = Date.parse(data.until);
    const last = contract.spans.at(-1);
    if (last && time <= last[1]) contract.spans[contract.spans.length - 1] = [last[0], Math.max(last[0], until), 0];
    else if (until > time) contract.spans.push([time, until, 0]);
    contract.renewals.push({ time, until, tendered: data.tendered, eventId: id });
    contract.ended = null;
    if (data.value !== undefined) contract.value = amountOf(data.value, rules, subject);
  },
  ContractEnded: (state: Bound, { id, time, data }: Told<'ContractEnded'>) => {
    const contract = own(state.contracts, data.contractId);
    if (!contract) return;
    contract.spans = contract.spans
      .filter(([from]) => from < time)
      .map(([from, to, by]) => (to <= time ? [from, to, by] : [from, time, 1]));
    contract.ended = { time, reason: data.reason, lostTo: data.lostTo ?? null, eventId: id };
  },
  StageDeclared: (state: Bound, { id, time, data }: Told<'StageDeclared'>) => {
    state.stages.push([data.stage, time, id]);
  },
};

/** An amount in the account's currency, at the rates in force; null without one, or without a rate. */
export function amountOf(amount: Money | undefined, { fx }: Policy, { currency }: Subject): number | null {
  return amount === undefined ? null : inCurrency(amount, currency ?? amount.currency, fx);
}
