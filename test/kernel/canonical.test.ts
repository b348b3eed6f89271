import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonical, canonicalWith } from '../../src/kernel/canonical.js';
import { idsOf, uuid5 } from '../../src/kernel/identity.js';

describe('canonical JSON (RFC 8785)', () => {
  it('writes the example of the standard', () => {
    const value = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    );
    expect(canonical(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts keys by UTF-16 units, as the standard shows', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(Object.values(JSON.parse(canonical(value)))).toHaveLength(7);
    expect(canonical(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  it('keeps integer-like keys in text order', () => {
    expect(canonical({ 10: 'a', 9: 'b', '09': 'c' })).toBe('{"09":"c","10":"a","9":"b"}');
  });

  it('writes the same whether the keys came in order or not', () => {
    const shuffled = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null) return value;
      if (Array.isArray(value)) return value.map(shuffled);
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, one]) => [key, shuffled(one)]),
      );
    };
    const keys = fc.oneof(fc.string(), fc.nat().map(String), fc.constantFrom('a', 'b', 'aa', 'é', '😀'));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.dictionary(keys, tie('value')), fc.array(tie('value'))),
    }));
    fc.assert(fc.property(value, (one) => expect(canonical(shuffled(one))).toBe(canonical(one))));
  });

  it('knows nothing of what is no JSON', () => {
    expect(() => canonical({ a: Number.NaN })).toThrow(/NaN/);
    expect(() => canonical(undefined)).toThrow(/undefined/);
    expect(() => canonical({ a: () => 1 })).toThrow(/function/);
    expect(canonical({ a: undefined, b: [undefined, -0] })).toBe('{"b":[null,0]}');
    expect(canonical({ a: { toJSON: undefined, b: 1 } })).toBe('{"a":{"b":1}}');
  });

  it('survives a round trip: canonical(parse(text)) = text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonical(value);
        expect(canonical(JSON.parse(text))).toBe(text);
      }),
    );
  });
});

describe('ids made of names', () => {
  it('is version 5 as published (RFC 9562, www.example.com in the DNS namespace)', () => {
    expect(uuid5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });

  it('differs by every part', () => {
    const ids = idsOf('log.example');
    const made = new Set([
      ids('a', 'B', 'c', 0),
      ids('a', 'B', 'c', 1),
      ids('x', 'B', 'c', 0),
      ids('a', 'X', 'c', 0),
      idsOf('other.example')('a', 'B', 'c', 0),
    ]);
    expect(made.size).toBe(5);
  });
});

describe('an object one of whose members was read from a text', () => {
  const written = fc
    .jsonValue()
    .chain((value) => fc.constantFrom(JSON.stringify(value), canonical(value), JSON.stringify(value, null, 1)));
  it('has the same canonical text, whether that text was canonical or not', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), written, (object, text) => {
        const whole = { ...object, data: JSON.parse(text) };
        expect(canonicalWith(whole, 'data', text)).toBe(canonical(whole));
      }),
    ));
});
