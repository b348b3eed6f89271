import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stamp } from '../../src/store/stamp.js';
import { proposal, restored } from '../../src/store/wire.js';
import { unstamped } from '../support/entries.js';

const origin = 'wire.example';
const at = Date.parse('2026-01-15T10:00:00.000Z');
const place = { commit: 1n, prepare: 1n };

describe('an entry on its way to the server and back', () => {
  it('has the bytes that it had, whatever it says', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (data, revision) => {
        const stamped = stamp(unstamped('a', { data }), origin, 'activity-ACME', revision, at);
        const { id, type, data: said, metadata, leaf } = proposal(stamped);
        const recorded = {
          stream: 'activity-ACME',
          id,
          type,
          revision: BigInt(revision),
          json: true,
          data: Buffer.from(said),
          metadata: Buffer.from(metadata),
          createdMs: at,
          place,
        };
        expect(restored(recorded, 'activity-ACME', origin).text).toBe(stamped.text);
        expect(JSON.parse(metadata).leaf).toBe(leaf);
        const spaced = { ...recorded, data: Buffer.from(JSON.stringify(JSON.parse(said), null, 1)) };
        expect(restored(spaced, 'activity-ACME', origin).text).toBe(stamped.text);
      }),
    ));

  it('is refused before it is sent where it would come back as another', () => {
    const stamped = stamp(unstamped('a'), origin, 'activity-ACME', 0, at);
    expect(() => proposal({ ...stamped, text: stamped.text.replace('{', '{ ') })).toThrow(/would not come back/);
    expect(() => proposal({ ...stamped, text: stamped.text.replace('1.0', '\\u0031.0') })).toThrow(
      /would not come back/,
    );
  });
});
