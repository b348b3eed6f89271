import { describe, expect, it } from '@jest/globals';
import { upcast, upcastBy } from '../../src/domain/upcasters.js';

const lift = upcastBy({
  ParcelSent: [
    ({ kilos, ...rest }) => ({ ...rest, grams: Number(kilos) * 1000 }),
    (data) => ({ ...data, fragile: false }),
  ],
});

describe('reading events of older shapes', () => {
  it('lifts through every version since', () => {
    expect(lift({ type: 'ParcelSent', schemaversion: 1, data: { to: 'ACME', kilos: 2 } })).toEqual({
      to: 'ACME',
      grams: 2000,
      fragile: false,
    });
    expect(lift({ type: 'ParcelSent', schemaversion: 2, data: { to: 'ACME', grams: 5 } })).toEqual({
      to: 'ACME',
      grams: 5,
      fragile: false,
    });
  });
  it('leaves what is new enough, and what never changed, the same object', () => {
    const data = { to: 'ACME', grams: 5, fragile: true };
    expect(lift({ type: 'ParcelSent', schemaversion: 3, data })).toBe(data);
    expect(lift({ type: 'constructor', schemaversion: 1, data })).toBe(data);
    expect(upcast({ type: 'ParcelSent', schemaversion: 1, data })).toBe(data);
  });
});
