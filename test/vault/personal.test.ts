import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { personalPaths } from '../../src/kernel/command.js';
import { IsPart, Optional } from '../../src/kernel/fields.js';
import { IsId, IsText } from '../../src/kernel/kinds.js';
import { merge, placeholders, split } from '../../src/vault/personal.js';

class Item {
  @IsId() serviceId!: string;
  @Optional() @IsText(80) name?: string;
}
class Override {
  @IsText(80) reason!: string;
}
class Sample {
  @IsId() sampleId!: string;
  @Optional() @IsText(80) summary?: string;
  @Optional() @IsText(80, { list: true }) notes?: string[];
  @Optional() @IsPart(() => Override) override?: Override;
  @Optional() @IsPart(() => Item, { list: true }) items?: Item[];
}
const paths = personalPaths(Sample);
const id = fc.stringMatching(/^[a-z]{1,8}$/);
/** Personal text bears a mark that nothing open has. */
const text = fc.string({ unit: 'grapheme' }).map((said) => `§${said}`);
const sample = fc.record(
  {
    sampleId: id,
    summary: text,
    notes: fc.array(text),
    override: fc.record({ reason: text }),
    items: fc.array(fc.record({ serviceId: id, name: text }, { requiredKeys: ['serviceId'] })),
  },
  { requiredKeys: ['sampleId'] },
);

describe('dividing an event into open and personal', () => {
  it('divides by the paths of its class', () => {
    expect([...paths].sort()).toEqual(['items[].name', 'notes', 'override.reason', 'summary']);
    const data = {
      sampleId: 's1',
      summary: 'calm',
      notes: ['a', 'b'],
      override: { reason: 'asked' },
      items: [{ serviceId: 'x', name: 'Ada' }, { serviceId: 'y' }, { serviceId: 'z', name: 'Bob' }],
    };
    expect(split(paths, data)).toEqual({
      open: { sampleId: 's1', override: {}, items: [{ serviceId: 'x' }, { serviceId: 'y' }, { serviceId: 'z' }] },
      personal: {
        summary: 'calm',
        notes: ['a', 'b'],
        override: { reason: 'asked' },
        items: [{ name: 'Ada' }, null, { name: 'Bob' }],
      },
    });
  });

  it('finds nothing personal where nothing was said', () => {
    const data = { sampleId: 's1', items: [{ serviceId: 'x' }], summary: undefined };
    expect(split(paths, data)).toEqual({ open: data, personal: undefined });
  });

  it('gives everything back when put together again', () =>
    fc.assert(
      fc.property(sample, (data) => {
        const { open, personal } = split(paths, data);
        expect(personal ? merge(open, JSON.parse(JSON.stringify(personal)) as object) : open).toEqual(data);
      }),
    ));

  it('gives back any object divided by any names in it, lists in lists and odd names too', () =>
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ minLength: 1 }).filter((name) => !/[.[\]]/.test(name)),
          fc.jsonValue({ maxDepth: 3 }),
        ),
        fc.nat(),
        (data, seed) => {
          const some = pathsIn(data).filter((_, i) => (seed >> (i % 30)) & 1);
          const { open, personal } = split(some, data);
          expect(personal ? merge(open, personal) : open).toEqual(data);
        },
      ),
    ));

  it('leaves no personal text in the open part, and nothing open in the personal one', () =>
    fc.assert(
      fc.property(sample, (data) => {
        const { open, personal } = split(paths, data);
        expect(JSON.stringify(open)).not.toContain('§');
        for (const said of leaves(personal)) expect(said).toMatch(/^§/);
      }),
    ));

  it('does not touch what it was given', () => {
    const data = Object.freeze({
      sampleId: 's1',
      summary: 'calm',
      items: Object.freeze([Object.freeze({ serviceId: 'x', name: 'Ada' })]),
    });
    const { open, personal } = split(paths, data);
    merge(open, personal!);
    placeholders(paths, open, { sealed: true });
    expect(open).toEqual({ sampleId: 's1', items: [{ serviceId: 'x' }] });
  });
});

describe('showing that personal fields cannot be read', () => {
  const erased = { erased: true, keyId: 'k1' } as const;

  it('puts a placeholder on each personal field of the class, and on each item of a list', () => {
    const open = { sampleId: 's1', override: {}, items: [{ serviceId: 'x' }, { serviceId: 'y' }] };
    expect(placeholders(paths, open, erased)).toEqual({
      sampleId: 's1',
      summary: erased,
      notes: erased,
      override: { reason: erased },
      items: [
        { serviceId: 'x', name: erased },
        { serviceId: 'y', name: erased },
      ],
    });
  });

  it('invents no part that the event does not have', () => {
    expect(placeholders(paths, { sampleId: 's1' }, { sealed: true })).toEqual({
      sampleId: 's1',
      summary: { sealed: true },
      notes: { sealed: true },
    });
  });
});

/** Every dotted path of a value that ends in a field, lists marked, none inside another. */
function pathsIn(value: unknown, above = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => pathsIn(item, `${above}[]`)))];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (/[.[\]]/.test(name) || name === '') return [];
    const path = above === '' ? name : `${above}.${name}`;
    const deeper = pathsIn(inner, path);
    return deeper.length > 0 ? deeper : [path];
  });
}

const leaves = (value: unknown): unknown[] =>
  typeof value === 'object' ? Object.values(value ?? {}).flatMap(leaves) : value === undefined ? [] : [value];
