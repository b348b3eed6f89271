import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { projections } from '../../projections/registry.js';
import { Folder, keyOf } from '../../src/app/folder.js';
import { beginning as nowhere } from '../../src/app/histories.js';
import { Projector } from '../../src/app/projector.js';
import { foldOn, unfolded } from '../../src/app/refold.js';
import type { Taproot } from '../../src/app/taproot.js';
import { Views } from '../../src/app/views.js';
import { canonical } from '../../src/kernel/canonical.js';
import { acme } from '../support/cast/ids.js';
import { freshDirectory, openIn } from '../support/service.js';
import { anyHistory, answersAt, beginning, now, type Said, tell } from '../support/telling.js';

const opened: Taproot[] = [];
afterAll(() => Promise.all(opened.map((taproot) => taproot.close())));

/** A log that was told a history after the usual beginning. */
async function logOf(said: readonly Said[]): Promise<Taproot> {
  const taproot = await openIn(freshDirectory());
  opened.push(taproot);
  await tell(taproot, [...beginning, ...said]);
  return taproot;
}

/** Every stored state, by subject and projection. */
const stored = (views: Views): Record<string, string> =>
  Object.fromEntries(
    projections.flatMap((projection) =>
      views
        .statesOf(keyOf(projection), '')
        .map(({ subject, state }) => [`${keyOf(projection)} ${subject}`, canonical(JSON.parse(state))]),
    ),
  );

describe('laws of telling', () => {
  it('a history told again says nothing new', () =>
    fc.assert(
      fc.asyncProperty(anyHistory(), async (said) => {
        const taproot = await logOf(said);
        const { head } = taproot;
        await tell(taproot, [...beginning, ...said]);
        expect(taproot.head).toBe(head);
      }),
      { numRuns: 8 },
    ));

  it('what is told late is as if it had been told in order', () =>
    fc.assert(
      fc.asyncProperty(
        anyHistory().chain((said) =>
          fc.tuple(fc.constant(said), fc.shuffledSubarray([...said], { minLength: said.length })),
        ),
        async ([said, shuffled]) => {
          const inOrder = [...said].sort((a, b) => (a.body.occurredAt < b.body.occurredAt ? -1 : 1));
          const [late, straight] = [await logOf(shuffled), await logOf(inOrder)];
          expect(answersAt(late)).toEqual(answersAt(straight));
          await Promise.all([late.projector.level(), straight.projector.level()]);
          expect(answersAt(late)).toEqual(answersAt(straight));
        },
      ),
      { numRuns: 12 },
    ));

  it('what is stored is what a fold from zero gives', () =>
    fc.assert(
      fc.asyncProperty(anyHistory(), async (said) => {
        const taproot = await logOf(said);
        await taproot.projector.level();
        const { moments } = taproot;
        for (const projection of projections.filter(({ of }) => of === 'account')) {
          const folder = new Folder([projection]);
          const subject = moments.subject('account', acme, now.knownAt);
          const events = moments.histories.pages(subject, now, nowhere, folder.wanted);
          const { states } = foldOn(folder, unfolded(folder, ''), events, moments.policies(now), subject);
          const found = moments.views.state(`account/${acme}`, keyOf(projection));
          expect(canonical(JSON.parse(found!.state))).toBe(
            canonical(JSON.parse(JSON.stringify(states[keyOf(projection)]))),
          );
        }
      }),
      { numRuns: 8 },
    ));

  it('a projector that stops anywhere and goes on stores what one stores that never stopped', () =>
    fc.assert(
      fc.asyncProperty(
        anyHistory(60),
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 6 }),
        async (said, stops) => {
          const taproot = await logOf([]);
          const directory = freshDirectory();
          const per = Math.ceil(said.length / (stops.length + 1));
          for (const [i, steps] of [...stops, 1_000].entries()) {
            await tell(taproot, said.slice(i * per, (i + 1) * per));
            const views = Views.open(directory);
            const projector = new Projector(taproot.moments.reader, views, projections);
            for (let step = 0; step < steps && (await projector.step()); step++);
            views.close();
          }
          const again = Views.open(freshDirectory());
          await new Projector(taproot.moments.reader, again, projections).catchUp();
          const views = Views.open(directory);
          expect(stored(views)).toEqual(stored(again));
          views.close();
          again.close();
        },
      ),
      { numRuns: 8 },
    ));
});
