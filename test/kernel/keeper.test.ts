import { describe, expect, it } from '@jest/globals';
import { Keeper, keeping, kept } from '../../src/kernel/keeper.js';

interface State {
  met: number[];
  paid: Record<string, number>;
  first: [number, string] | null;
  told: string;
}

const begun = (): State => ({ met: [], paid: {}, first: null, told: '' });

/** A state that is followed, and how often its sum was made. */
function followed() {
  const state = begun();
  const keeper = new Keeper();
  const [folded, seen] = [keeper.folded(state), keeper.seen(state)];
  const made = { sum: 0, figure: 0 };
  const sum = () =>
    kept(seen, 'sum', () => {
      made.sum++;
      return seen.met.filter((one) => one > 10).length;
    });
  const look = () => {
    keeper.next();
    return keeper.part('figure', () => {
      made.figure++;
      return sum() * 2;
    });
  };
  return { folded, seen, keeper, made, look };
}

describe('what was made of a state that goes on', () => {
  it('stands while nothing that it read is touched', () => {
    const { folded, look, made } = followed();
    look();
    folded.told += 'a';
    folded.paid.x = 1;
    expect(look()).toBe(0);
    expect(made).toEqual({ sum: 1, figure: 1 });
  });

  it('is made again when what it read was touched inside', () => {
    const { folded, keeper, made, look } = followed();
    look();
    keeper.next();
    folded.met.push(11);
    expect(look()).toBe(2);
    expect(made).toEqual({ sum: 2, figure: 2 });
  });

  it('does not make again what hangs on a part that came to the same', () => {
    const { folded, keeper, made, look } = followed();
    look();
    keeper.next();
    folded.met.push(1);
    expect(look()).toBe(0);
    expect(made).toEqual({ sum: 2, figure: 1 });
  });

  it('sees a small value changed in place, and one that was only looked at', () => {
    const { folded, seen, keeper } = followed();
    let made = 0;
    const look = () =>
      keeper.part('first', () => {
        made++;
        return seen.first?.[0] ?? null;
      });
    const next = (event: () => void) => {
      keeper.next();
      event();
      return look();
    };
    expect(next(() => {})).toBeNull();
    expect(
      next(() => {
        folded.first = [1, 'a'];
      }),
    ).toBe(1);
    expect(
      next(() => {
        folded.first ??= [9, 'z'];
      }),
    ).toBe(1);
    expect(made).toBe(2);
    expect(
      next(() => {
        folded.first![0] = 3;
      }),
    ).toBe(3);
    expect(made).toBe(3);
  });

  it('has the fields that it began with, and no others', () => {
    const { folded } = followed();
    expect(Object.keys(folded)).toEqual(['met', 'paid', 'first', 'told']);
    expect(() => Object.assign(folded, { more: 1 })).toThrow(TypeError);
  });

  it('is simply made where no state is followed, once where it is asked for again', () => {
    const state = begun();
    let made = 0;
    const make = () => ++made;
    expect([kept(state, 'a', make), kept(state, 'a', make)]).toEqual([1, 2]);
    const get = keeping(state, 'b', make);
    expect([get(), get()]).toEqual([3, 3]);
  });
});
