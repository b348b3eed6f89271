import { describe, expect, it } from '@jest/globals';
import {
  bill,
  history,
  level,
  logOf,
  meet,
  named,
  order,
  rateCard,
  rebuilt,
  rowsOf,
  stale,
  stored,
} from '../support/projecting.js';
import { globex } from '../support/cast/ids.js';
import { tell } from '../support/telling.js';

describe('a rule that is told later (bytes §4)', () => {
  it.each([
    ['from before both meetings', '2024-01-01', ['account/ACME']],
    ['from between them', '2024-03-01', ['account/ACME']],
    ['from after everything', '2024-06-01', []],
  ])('%s makes stale exactly the accounts that it touches, and they are put right', async (_how, from, touched) => {
    const taproot = await logOf([...history, { ...meet('G', '2023-12-01', globex) }]);
    const { views, projector } = await level(taproot);
    await order(taproot, 'SetRateCard', rateCard(1_000, from));
    expect(await projector.step()).toBe(true);
    const accounts = stale(views).filter((one) => one.startsWith('account/'));
    expect([...new Set(accounts.map((one) => one.split(' ')[0]))]).toEqual(touched);
    for (const one of accounts) expect(named(one.split(' ')[1]!.split('@')[0]!).policy).toContain('rates');
    await projector.catchUp();
    expect(stale(views)).toEqual([]);
    expect(stored(views)).toEqual(await rebuilt(taproot));
  });

  it('an exchange rate puts amounts of that currency right, and asks nothing of rules that do not read it', async () => {
    const dollars = bill('US', 0, '2024-04-01', { gross: { minor: 1_000, currency: 'USD' } });
    const taproot = await logOf([...history, dollars]);
    const { views, projector } = await level(taproot);
    const [before] = rowsOf(views, named('performance'));
    await order(taproot, 'SetFxRate', { base: 'USD', quote: 'EUR', rate: '0.5', from: '2024-01-01' });
    await projector.step();
    expect(stale(views).length).toBeGreaterThan(0);
    for (const one of stale(views)) expect(named(one.split(' ')[1]!.split('@')[0]!).policy).toContain('fx');
    await projector.catchUp();
    expect(rowsOf(views, named('performance'))).not.toEqual([before]);
    expect(stored(views)).toEqual(await rebuilt(taproot));
  });

  it('in one batch with new events of the same account, before them and after them, keeps both right', async () => {
    const taproot = await logOf(history);
    const { views, projector } = await level(taproot);
    await tell(taproot, [meet('N1', '2024-06-01'), bill('N', 7, '2024-06-02')]);
    await order(taproot, 'SetRateCard', rateCard(1_000, '2024-02-01'));
    await tell(taproot, [meet('N2', '2024-07-01'), bill('late', 3, '2024-01-01')]);
    await projector.catchUp();
    expect(stored(views)).toEqual(await rebuilt(taproot));
    await order(taproot, 'SetRateCard', rateCard(9_000, '2024-06-15'));
    await tell(taproot, [meet('N3', '2024-08-01')]);
    await projector.catchUp();
    expect(stored(views)).toEqual(await rebuilt(taproot));
  });

  it('taken back puts everything as it was', async () => {
    const taproot = await logOf(history);
    const { views, projector } = await level(taproot);
    const before = stored(views);
    await order(taproot, 'SetRateCard', rateCard(1_000, '2024-01-01'));
    await projector.catchUp();
    expect(stored(views)).not.toEqual(before);
    const [rule] = taproot.moments.reader.ofType('RateCardSet', 0, 1);
    await order(taproot, 'RetractEvent', { retracts: JSON.parse(rule!.entry).id, reason: 'wrong' });
    await projector.catchUp();
    expect(rowsOf(views, named('performance'))).toEqual(before['rows of performance']);
    expect(stored(views)).toEqual(await rebuilt(taproot));
  });
});
