import { describe, expect, it } from '@jest/globals';
import { Pace } from '../../src/app/pace.js';

const turnOfTheLoop = () => new Promise((settle) => setImmediate(settle));

describe('the pace of commands', () => {
  it('lets sixteen in at once and the rest after them, in their order', async () => {
    const pace = new Pace();
    const taken: number[] = [];
    const all = Array.from({ length: 40 }, async (_, i) => {
      await pace.turn();
      taken.push(i);
    });
    await Promise.resolve();
    expect(taken).toHaveLength(16);
    await turnOfTheLoop();
    expect(taken).toHaveLength(32);
    const late = (async () => {
      await pace.turn();
      taken.push(40);
    })();
    await Promise.all([...all, late]);
    expect(taken).toEqual(Array.from({ length: 41 }, (_, i) => i));
  });

  it('makes nobody wait who comes alone', async () => {
    const pace = new Pace();
    for (let i = 0; i < 20; i++) {
      expect(pace.turn()).toBeUndefined();
      await turnOfTheLoop();
    }
  });
});
