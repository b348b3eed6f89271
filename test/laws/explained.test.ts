import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { projections } from '../../projections/registry.js';
import { explain } from '../../src/app/explain.js';
import { Folder } from '../../src/app/folder.js';
import { beginning } from '../../src/app/histories.js';
import { usedBy } from '../../src/app/moments.js';
import { unfolded } from '../../src/app/refold.js';
import type { Taproot } from '../../src/app/taproot.js';
import { figureAt, figuresIn } from '../../src/kernel/figures.js';
import { NEVER } from '../../src/kernel/instant.js';
import type { AnyProjection, Moment } from '../../src/kernel/projection.js';
import { acme } from '../support/cast/ids.js';
import { freshDirectory, openIn } from '../support/service.js';
import { anyTelling, cast, tellSome } from '../support/telling-more.js';

const opened: Taproot[] = [];
afterAll(() => Promise.all(opened.map((taproot) => taproot.close())));

const ofAccounts = projections.filter(({ of }) => of === 'account');

interface Step {
  readonly eventId: string | null;
  readonly view: unknown;
}

/** The whole view of the moment, made anew after every event; before the first with no event. */
function plainly({ moments }: Taproot, projection: AnyProjection, moment: Moment): Step[] {
  const subject = moments.subject('account', acme, moment.knownAt);
  const folder = new Folder(usedBy(projection));
  const { states } = unfolded(folder, '');
  const policies = moments.policies(moment);
  const seen = () => {
    const view = moments.viewAs(projection, states, { ...moment, subject }, policies.at(moment.asOf));
    return JSON.parse(JSON.stringify(view)) as unknown;
  };
  const steps: Step[] = [{ eventId: null, view: seen() }];
  for (const page of moments.histories.pages(subject, moment, beginning, folder.wanted))
    for (const event of page) {
      folder.stepping(states, policies, subject)(event);
      steps.push({ eventId: event.id, view: seen() });
    }
  return steps;
}

/** Of each part of a view a few figures, and the part as a whole. */
function chosen(steps: readonly Step[], seed: number): string[] {
  const parts = new Map<string, Set<string>>();
  for (const { view } of steps)
    for (const figure of figuresIn(view).keys()) {
      const part = figure.split('/').slice(0, 2).join('/');
      parts.set(part, (parts.get(part) ?? new Set([part])).add(figure));
    }
  return [...parts.values()].flatMap((figures) => {
    const all = [...figures];
    return [all[0]!, all[seed % all.length]!, all[(seed * 7_919 + 13) % all.length]!];
  });
}

describe('a figure of any view', () => {
  it('is explained by looking at what was touched as it is by making the view after every event', () =>
    fc.assert(
      fc.asyncProperty(
        anyTelling(200, 'any'),
        fc.nat(),
        fc.integer({ min: 0, max: 1_700 }),
        async (said, seed, days) => {
          const taproot = await openIn(freshDirectory());
          opened.push(taproot);
          await tellSome(taproot, [...cast, ...said]);
          const moment = { asOf: Date.parse('2020-01-01') + days * 86_400_000, knownAt: NEVER };
          for (const projection of ofAccounts) {
            const steps = plainly(taproot, projection, moment);
            for (const figure of chosen(steps, seed)) {
              const values = steps.map(({ view }) => figureAt(view, figure));
              const moved = steps.flatMap(({ eventId }, i) => {
                const [before, after] = [values[i - 1], values[i]];
                if (eventId === null || JSON.stringify(before) === JSON.stringify(after)) return [];
                return [{ eventId, before: before ?? null, after: after ?? null }];
              });
              if (values.at(-1) === undefined) continue;
              const { terms, to } = explain(taproot.moments, projection.name, acme, figure, moment, null);
              const events = terms.filter(({ kind }) => kind === 'event');
              expect([projection.name, figure, to.value]).toEqual([projection.name, figure, values.at(-1)]);
              expect([
                projection.name,
                figure,
                events.map(({ eventId, before, after }) => ({ eventId, before, after })),
              ]).toEqual([projection.name, figure, moved]);
            }
          }
        },
      ),
      { numRuns: 8 },
    ));
});
