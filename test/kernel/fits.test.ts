import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { annotations, topics } from '../../src/domain/catalogue.js';
import type { Class } from '../../src/kernel/fields.js';
import { faults, plainlyFits } from '../../src/kernel/read.js';
import { casts } from '../support/cast/all.js';

type Body = Record<string, unknown>;

const commands = [...topics, annotations].flatMap((topic) =>
  Object.entries(topic.commands).map(
    ([name, type]) => [name, type as Class, casts[topic.name]!.commands[name] as Body] as const,
  ),
);

/** A body in which one value, at any depth, is another, gone, or has a neighbour it should not have. */
const spoilt = (body: Body): fc.Arbitrary<Body> =>
  fc
    .record({
      walk: fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 4 }),
      how: fc.constantFrom('other', 'gone', 'more'),
      value: fc.oneof(
        fc.jsonValue({ maxDepth: 2 }),
        fc.constantFrom('ACME', '2025-01-05', -0, 1.5, 2 ** 53, '', ' ', null, [], {}, 'EUR', '2027-Q1', true),
      ),
    })
    .map(({ walk, how, value }) => {
      const copy = structuredClone(body);
      let here: Body = copy;
      for (const [i, step] of walk.entries()) {
        const names = Object.keys(here);
        const name = names[step % Math.max(names.length, 1)];
        const inner = name === undefined ? undefined : here[name];
        if (i < walk.length - 1 && typeof inner === 'object' && inner !== null) {
          here = inner as Body;
          continue;
        }
        if (how === 'more' || name === undefined) here[`x${step}`] = value;
        else if (how === 'gone') delete here[name];
        else here[name] = value;
        break;
      }
      return copy;
    });

describe('the short way to see that a command fits its class', () => {
  it.each(commands)('takes the sample of %s', (_name, type, body) => {
    expect(plainlyFits(type, body)).toBe(true);
  });

  it('never takes what class-validator refuses', () => {
    let taken = 0;
    let left = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...commands).chain(([, type, body]) => fc.tuple(fc.constant(type), spoilt(body))),
        ([type, body]) => {
          if (!plainlyFits(type, body)) {
            left++;
            return;
          }
          taken++;
          expect(faults(type, body)).toEqual([]);
        },
      ),
      { numRuns: 6_000 },
    );
    expect(Math.min(taken, left)).toBeGreaterThan(100);
  });
});
