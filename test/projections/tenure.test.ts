import { describe, expect, it } from '@jest/globals';
import { firstSpell, keptAt, reachedAt, spellsOf, type Tenure } from '../../projections/loyalty/tenure.js';
import { dayOf, readWhen, utcCalendar } from '../../src/kernel/instant.js';

const day = (text: string) => dayOf(Date.parse(`${text}T00:00:00Z`), utcCalendar);
const end = (text: string) => readWhen(text, 'last', utcCalendar)!;
const start = (text: string) => Date.parse(`${text}T00:00:00Z`);
const tenure = (orders: readonly string[], more: Partial<Tenure> = {}): Tenure => ({
  orderDays: orders.map(day),
  exits: [],
  contracts: [],
  ...more,
});
const spells = (one: Tenure, asOf: string) => spellsOf(one, end(asOf), 365, utcCalendar);

describe('when an account has ended (§3.12.15)', () => {
  it('365 days after its last regular order, where no contract holds it', () => {
    const one = tenure(['2024-01-10', '2024-03-01']);
    expect(spells(one, '2025-02-28')).toMatchObject([{ endAt: null }]);
    expect(spells(one, '2025-03-01')).toMatchObject([{ endDay: day('2025-03-01'), end: 'NO_ORDER' }]);
  });
  it('an order on that very day continues it, one a day later begins another spell', () => {
    expect(spells(tenure(['2024-03-01', '2025-03-01']), '2025-06-30')).toHaveLength(1);
    const two = spells(tenure(['2024-03-01', '2025-03-02']), '2025-06-30');
    expect(two).toMatchObject([{ endDay: day('2025-03-01') }, { fromDay: day('2025-03-02'), endAt: null }]);
  });
  it('a contract in force holds it, and its end ends it', () => {
    const one = tenure(['2024-03-01'], { contracts: [[start('2024-01-01'), start('2026-01-01'), 0]] });
    expect(spells(one, '2025-12-31')).toMatchObject([{ endAt: null }]);
    expect(spells(one, '2026-01-01')).toMatchObject([{ endDay: day('2025-12-31'), end: 'CONTRACT_ENDED' }]);
  });
  it('another contract in force goes on holding it', () => {
    const contracts: Tenure['contracts'] = [
      [start('2024-01-01'), start('2025-01-01'), 0],
      [start('2024-06-01'), start('2026-06-01'), 0],
    ];
    expect(spells(tenure(['2024-03-01', '2025-05-01'], { contracts }), '2026-05-31')).toMatchObject([{ endAt: null }]);
  });
  it('at once where EXITED is declared, until a later order', () => {
    const one = tenure(['2024-03-01', '2024-09-01'], { exits: [start('2024-06-15')] });
    const found = spells(one, '2024-12-31');
    expect(found).toMatchObject([{ endAt: start('2024-06-15'), end: 'EXITED' }, { endAt: null }]);
    expect(
      ['2024-02-01', '2024-05-01', '2024-07-01', '2024-09-01'].map((at) => keptAt(found, end(at), utcCalendar)),
    ).toEqual([null, true, false, true]);
  });
  it('an end is a fact of its moment: before it, nothing is known of it', () =>
    expect(spells(tenure(['2024-03-01'], { exits: [start('2024-06-15')] }), '2024-06-14')).toMatchObject([
      { end: null },
    ]));
});

describe('how long it stayed', () => {
  it('the first spell is ended after 365 days, else censored at the moment', () => {
    const one = tenure(['2024-03-01', '2026-01-01']);
    const first = (asOf: string) => firstSpell(spells(one, asOf), end(asOf), utcCalendar);
    expect(first('2024-06-01')).toEqual({ time: 92, ended: false });
    expect(first('2026-02-01')).toEqual({ time: 365, ended: true });
    expect(firstSpell(spells(tenure([]), '2026-02-01'), end('2026-02-01'), utcCalendar)).toBeNull();
  });
  it('what is reached is counted from the spell of today', () => {
    const one = tenure(['2024-03-01', '2026-01-01']);
    expect(reachedAt(spells(one, '2026-02-01'), end('2026-02-01'), utcCalendar)).toBe(31);
    expect(reachedAt(spells(one, '2025-12-01'), end('2025-12-01'), utcCalendar)).toBeNull();
  });
});
