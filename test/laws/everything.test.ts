import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Taproot } from '../../src/app/taproot.js';
import { NEVER } from '../../src/kernel/instant.js';
import { acme } from '../support/cast/ids.js';
import { everything, Figures, hastyArrows, unsaid } from '../support/figures.js';
import { freshDirectory, openIn } from '../support/service.js';
import type { Said } from '../support/telling.js';
import { type Amounts, anyTelling, cast, tellSome } from '../support/telling-more.js';

const opened: Taproot[] = [];
afterAll(() => Promise.all(opened.map((taproot) => taproot.close())));

async function logOf(said: readonly Said[]): Promise<Taproot> {
  const taproot = await openIn(freshDirectory());
  opened.push(taproot);
  await tellSome(taproot, said);
  return taproot;
}

const days = ['2020-06-30', '2022-08-15', '2025-08-01', '2027-01-01'];

/** Every answer on a few days: each can be said, and none draws an arrow from too little. */
async function sound(taproot: Taproot, figures?: Figures): Promise<void> {
  for (const day of days) {
    const all = await everything(taproot, { asOf: Date.parse(day), knownAt: NEVER });
    expect(unsaid(all)).toEqual([]);
    expect([...all].flatMap(([name, answer]) => hastyArrows(answer, name))).toEqual([]);
    figures?.take(all);
  }
}

const over = (amounts: Amounts, max: number, numRuns: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(anyTelling(max, amounts), async (said) => {
      await sound(await logOf([...cast, ...said]));
    }),
    { numRuns },
  );

describe('every view and every report, whatever was told', () => {
  it('answer over an empty log', async () => {
    await sound(await logOf([]));
  });

  it('answer over one account of which nothing else is known', async () => {
    await sound(
      await logOf(cast.filter(({ body }) => (body as { accountId?: string }).accountId === acme).slice(0, 1)),
    );
  });

  it('answer where every amount is nothing', () => over('none', 80, 4));

  it('answer where everybody costs more than they bring', () => over('below-zero', 80, 4));

  it('answer over short histories', () => over('any', 12, 12));

  it('answer over long ones', () => over('any', 160, 8));

  it('a random history says enough to matter', async () => {
    const [said] = fc.sample(anyTelling(200, 'any'), { numRuns: 1, seed: 7 });
    const taproot = await openIn(freshDirectory());
    opened.push(taproot);
    expect(await tellSome(taproot, [...cast, ...said!])).toBeGreaterThan(cast.length + said!.length / 3);
  });

  it('no figure is null without a reason beside it', async () => {
    const figures = new Figures();
    const all = fc.oneof(anyTelling(160), anyTelling(20), anyTelling(60, 'below-zero'));
    for (const said of fc.sample(all, { numRuns: 24, seed: 11 })) await sound(await logOf([...cast, ...said]), figures);
    expect(figures.unreasoned()).toEqual([]);
  });
});

describe('what these laws look for', () => {
  const answers = (...found: object[]) => new Map(found.map((one, i) => [`view ${i}`, one]));

  it('is found where it stands', () => {
    expect(unsaid(answers({ a: [1, Number.NaN], b: { c: undefined } }))).toEqual([
      'view 0 /a/1: NaN',
      'view 0 /b/c: undefined',
    ]);
    expect(hastyArrows({ trend: { verdict: 'falling', n: 7 } })).toEqual(['/trend/verdict: falling of 7']);
    expect(hastyArrows({ trend: { verdict: 'falling', n: 8 } })).toEqual([]);
    expect(hastyArrows({ verdict: 'rising' })).toHaveLength(1);
  });

  it('a null is missed a reason only where it is a figure, and has none', () => {
    const figures = new Figures();
    figures.take(
      answers({ share: 0.5, index: 1, parent: 'A' }, { share: null, index: null, indexReason: 'silent', parent: null }),
    );
    expect(figures.unreasoned()).toEqual(['view/share (view 1)']);
  });
});
