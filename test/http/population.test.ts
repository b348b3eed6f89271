import { expect, it } from '@jest/globals';
import type { Survival } from '../../projections/population/survival.js';
import { Accounts } from '../../src/app/accounts.js';
import { Population } from '../../src/app/population.js';
import { service } from '../support/service.js';

const at = Date.parse('2026-06-30T12:00:00.000Z');
const running = service(() => at);
const moment = { asOf: at, knownAt: at };
const names = ['population/survival', 'population/quintiles', 'population/stages', 'population/capacity'];

const fresh = () => {
  const { moments } = running.taproot;
  return new Population(moments, new Accounts(moments.reader, moments.structures));
};
const order = (accountId: string, orderId: string, occurredAt: string) =>
  running.command('PlaceOrder', { accountId, orderId, amount: { minor: 100, currency: 'EUR' }, occurredAt });

it('a figure kept level with the log is the figure made anew, whatever happened in between', async () => {
  const kept = fresh();
  const survival = () => kept.figure('population/survival', moment) as Survival;
  const same = () => names.map((name) => expect(kept.figure(name, moment)).toEqual(fresh().figure(name, moment)));
  for (const accountId of ['A', 'B', 'C'])
    await running.command('RegisterAccount', {
      accountId,
      name: accountId,
      customerType: 'OEM_MAKER',
      currency: 'EUR',
    });
  await order('A', 'a1', '2024-01-10T00:00:00.000Z');
  await order('B', 'b1', '2026-01-10T00:00:00.000Z');
  same();
  expect(survival()).toMatchObject({ n: 2, ended: 1 });
  const late = await order('A', 'a2', '2024-12-10T00:00:00.000Z');
  await order('A', 'a3', '2025-11-10T00:00:00.000Z');
  same();
  expect(survival()).toMatchObject({ n: 2, ended: 0 });
  await running.command('RetractEvent', { retracts: late.body.events[0].id, reason: 'Booked twice' });
  same();
  expect(survival()).toMatchObject({ n: 2, ended: 1 });
  await running.command('MergeAccounts', { from: 'B', into: 'C', reason: 'One firm' });
  same();
  await order('B', 'b2', '2026-02-10T00:00:00.000Z');
  same();
  expect(survival()).toMatchObject({ n: 2, ended: 1 });
  await running.command('SetFirmSettings', { churnDays: 3_000, from: '2026-01-01' });
  same();
  expect(survival()).toMatchObject({ n: 2, ended: 0, churnDays: 3_000 });
  const then = { asOf: Date.parse('2025-01-31T00:00:00.000Z'), knownAt: at };
  expect(kept.figure('population/survival', then)).toMatchObject({ n: 1, ended: 1, churnDays: 365 });
});
