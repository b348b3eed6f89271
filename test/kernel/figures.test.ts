import { describe, expect, it } from '@jest/globals';
import { difference, figureAt, figuresIn, whenSeen } from '../../src/kernel/figures.js';
import { Refusal } from '../../src/kernel/refusal.js';

const view = {
  total: { net: 12, 'a/b': 1, 'c~d': 2, '': 3, none: null },
  quarters: [{ net: 4 }, { net: 8 }],
  open: true,
  empty: [],
};

describe('figures by JSON pointer (RFC 6901)', () => {
  it.each([
    ['', view],
    ['/total/net', 12],
    ['/quarters/1/net', 8],
    ['/total/a~1b', 1],
    ['/total/c~0d', 2],
    ['/total/', 3],
    ['/total/none', null],
    ['/open', true],
    ['/total/gross', undefined],
    ['/quarters/2/net', undefined],
    ['/quarters/net', undefined],
    ['/total/net/deeper', undefined],
    ['/total/none/deeper', undefined],
    ['/constructor', undefined],
    ['/total/__proto__', undefined],
    ['/quarters/length', 2],
  ])('%j finds what stands there', (pointer, expected) => {
    expect(figureAt(view, pointer)).toEqual(expected);
  });

  it('is refused where it does not begin with a stroke, with an example', () => {
    expect(() => figureAt(view, 'total/net')).toThrow(Refusal);
    expect(() => figureAt(view, 'total/net')).toThrow(/\/total\/net/);
  });

  it('every figure of an answer is found under the pointer by which it is listed', () => {
    const all = figuresIn(view);
    expect([...all.keys()].sort()).toEqual(
      [
        '/open',
        '/quarters/0/net',
        '/quarters/1/net',
        '/total/',
        '/total/a~1b',
        '/total/c~0d',
        '/total/net',
        '/total/none',
      ].sort(),
    );
    for (const [pointer, value] of all) expect(figureAt(view, pointer)).toEqual(value);
  });
});

describe('differences', () => {
  it('are there between numbers alone', () => {
    expect(difference(3, 10)).toBe(7);
    expect(difference(9_007_199_254_740_990, 9_007_199_254_740_991)).toBe(1);
    for (const [a, b] of [
      [null, 3],
      [3, null],
      [undefined, 3],
      ['3', 4],
      [true, false],
    ])
      expect(difference(a, b)).toBeNull();
  });
});

describe('parts that are made when someone looks at them', () => {
  it('are made once, only those that are looked at, and JSON shows all', () => {
    const made: string[] = [];
    const answer = whenSeen<{ cheap: number; dear: number }>({
      cheap: () => made.push('cheap'),
      dear: () => {
        made.push('dear');
        return 42;
      },
    });
    expect(made).toEqual([]);
    expect([answer.cheap, answer.cheap]).toEqual([1, 1]);
    expect(made).toEqual(['cheap']);
    expect(JSON.stringify(answer)).toBe('{"cheap":1,"dear":42}');
    expect(made).toEqual(['cheap', 'dear']);
    expect(figureAt(answer, '/dear')).toBe(42);
  });

  it('a part that is undefined is made once as well', () => {
    let times = 0;
    const target = whenSeen<Record<string, unknown>>({
      nothing: () => {
        times++;
        return undefined;
      },
    });
    expect([target.nothing, target.nothing, times]).toEqual([undefined, undefined, 1]);
  });
});
