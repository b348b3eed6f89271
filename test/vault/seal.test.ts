import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonical } from '../../src/kernel/canonical.js';
import type { Sealed } from '../../src/kernel/event.js';
import { Refusal } from '../../src/kernel/refusal.js';
import { dataKey } from '../../src/vault/data-key.js';
import { type Attributes, committed, open, seal } from '../../src/vault/seal.js';
import type { DataKey, KeyOf } from '../../src/vault/vault.js';
import { refusal } from './directory.js';

const attributes: Attributes = {
  id: '9d2c1f4e-77aa-5b1b-9c0d-112233445566',
  schemaversion: 1,
  source: 'taproot.example/log',
  subject: 'activity-ACME',
  type: 'InteractionLogged',
};
const ada = dataKey('kB', 'contact.ada', Buffer.alloc(32, 1));
const bob = dataKey('kA', 'contact.bob', Buffer.alloc(32, 2));
const cyd = dataKey('kC', 'contact.cyd', Buffer.alloc(32, 3));
const personal = { summary: 'They will decide in May.' };

const holding =
  (...keys: DataKey[]): KeyOf =>
  (keyId) => {
    const key = keys.find((one) => one.keyId === keyId);
    return key ? { state: 'live', key } : { state: 'away' };
  };
const plainBytes = (sealed: Sealed) => Buffer.from(sealed.box, 'base64url').length - 12 - 16;
const textOfBytes = (bytes: number) => ({ t: 'x'.repeat(bytes - canonical({ t: '' }).length) });

describe('sealing personal fields', () => {
  it('opens again as it was, whatever was said and whoever it is about', () =>
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ minLength: 1, unit: 'grapheme' }), fc.string({ unit: 'grapheme' })),
        fc.subarray([ada, bob, cyd], { minLength: 1 }),
        (fields, keys) => {
          const sealed = seal({ attributes, personal: fields, keys });
          const opened = open(attributes, sealed, holding(...keys));
          expect(opened.state === 'open' && canonical(opened.data)).toBe(canonical(fields));
        },
      ),
    ));

  it('names its keys once, in ascending order, in whatever order they come', () => {
    expect(seal({ attributes, personal, keys: [cyd, ada, bob, ada] }).keys).toEqual(['kA', 'kB', 'kC']);
  });

  it('never makes the same box twice', () => {
    const boxes = Array.from({ length: 100 }, () => seal({ attributes, personal, keys: [ada] }).box);
    expect(new Set(boxes).size).toBe(100);
  });

  it.each([
    [8, 64],
    [64, 64],
    [65, 128],
    [128, 128],
    [129, 256],
    [256, 256],
    [257, 512],
    [1024, 1024],
    [1025, 2048],
    [2049, 4096],
    [4096, 4096],
    [4097, 8192],
    [8192, 8192],
    [8193, 12_288],
    [40_000, 40_960],
  ])('fills %i bytes up to %i', (bytes, padded) => {
    expect(plainBytes(seal({ attributes, personal: textOfBytes(bytes), keys: [ada] }))).toBe(padded);
  });

  it('counts bytes, not characters', () => {
    expect(plainBytes(seal({ attributes, personal: { t: '王'.repeat(20) }, keys: [ada] }))).toBe(128);
  });

  it('refuses more than 40,000 bytes, naming the largest field', () => {
    const { code, message } = refusal(() => seal({ attributes, personal: textOfBytes(40_001), keys: [ada] }));
    expect(code).toBe('event/too-large');
    expect(message).toBe('The text of one event would take 40001 bytes, at most 40000 fit; shorten /t');
  });

  it('names a field inside a correction, and a list as a whole where no item is the largest', () => {
    const list = Array.from({ length: 6 }, () => ({ name: 'y'.repeat(8000) }));
    expect(
      refusal(() =>
        seal({ attributes, personal: { reason: 'typo', set: { summary: 'x'.repeat(41_000) } }, keys: [ada] }),
      ).message,
    ).toContain('shorten /set/summary');
    expect(refusal(() => seal({ attributes, personal: { a: 'z'.repeat(8000), list }, keys: [ada] })).message).toMatch(
      /shorten \/list$/,
    );
  });

  it('says nothing of the text in its refusal', () => {
    expect(
      refusal(() => seal({ attributes, personal: { t: 'secret'.repeat(8000) }, keys: [ada] })).message,
    ).not.toContain('secret');
  });
});

describe('opening a box', () => {
  const sealed = seal({ attributes, personal, keys: [ada, bob] });
  const corrupt = (box: Sealed, at: Attributes, keyOf: KeyOf) => refusal(() => open(at, box, keyOf));

  it.each(
    Object.entries({
      id: 'other',
      schemaversion: 2,
      source: 'other',
      subject: 'activity-OTHER',
      type: 'CommitmentMade',
    }),
  )('fails where %s of its entry was changed', (name, value) => {
    const found = corrupt(sealed, { ...attributes, [name]: value }, holding(ada, bob));
    expect(found.code).toBe('ledger/corrupt');
  });

  it('fails where its keys were put in another order, or one was named twice', () => {
    expect(corrupt({ ...sealed, keys: ['kB', 'kA'] }, attributes, holding(ada, bob)).code).toBe('ledger/corrupt');
    expect(corrupt({ ...sealed, keys: ['kA', 'kA', 'kB'] }, attributes, holding(ada, bob)).code).toBe('ledger/corrupt');
  });

  it('fails where a character of the box was changed, and where it was cut', () => {
    const at = 30;
    const changed = sealed.box.slice(0, at) + (sealed.box[at] === 'A' ? 'B' : 'A') + sealed.box.slice(at + 1);
    expect(corrupt({ ...sealed, box: changed }, attributes, holding(ada, bob)).message).toContain(attributes.id);
    expect(corrupt({ ...sealed, box: sealed.box.slice(0, 20) }, attributes, holding(ada, bob)).code).toBe(
      'ledger/corrupt',
    );
  });

  it('fails with the key of somebody else under the right name', () => {
    const false_ = { ...ada, encryption: cyd.encryption };
    expect(corrupt(sealed, attributes, holding(false_, bob)).code).toBe('ledger/corrupt');
  });

  it('needs every one of its keys', () => {
    expect(open(attributes, sealed, holding(ada, bob)).state).toBe('open');
    expect(open(attributes, sealed, holding(ada))).toEqual({ state: 'sealed' });
    expect(open(attributes, sealed, holding(bob))).toEqual({ state: 'sealed' });
  });

  it('cannot be opened by leaving a key out of the list', () => {
    expect(corrupt({ ...sealed, keys: ['kB'] }, attributes, holding(ada)).code).toBe('ledger/corrupt');
  });

  it('says which key was erased, before saying that another is away', () => {
    const keyOf: KeyOf = (keyId) => (keyId === 'kB' ? { state: 'erased', keyId } : { state: 'away' });
    expect(open(attributes, sealed, keyOf)).toEqual({ state: 'erased', keyId: 'kB' });
  });
});

describe('checking a key against the log', () => {
  const sealed = seal({ attributes, personal, keys: [ada] });
  const log = (keyId: string) => (keyId === ada.keyId ? ada.commitment : undefined);

  it('lets the key through that the log committed to', () => {
    expect(open(attributes, sealed, committed(holding(ada), log))).toEqual({ state: 'open', data: personal });
  });

  it('refuses a key that is another, or that the log never heard of, before anything is decrypted', () => {
    const other = dataKey(ada.keyId, ada.subjectId, Buffer.alloc(32, 9));
    const unheard = seal({ attributes, personal, keys: [bob] });
    for (const run of [
      () => open(attributes, sealed, committed(holding(other), log)),
      () => open(attributes, unheard, committed(holding(bob), log)),
    ]) {
      expect(run).toThrow(Refusal);
      expect(refusal(run).message).toContain('committed');
    }
  });

  it('leaves keys alone that are erased or away', () => {
    expect(committed((keyId) => ({ state: 'erased', keyId }), log)('kX')).toEqual({ state: 'erased', keyId: 'kX' });
    expect(committed(() => ({ state: 'away' }), log)('kX')).toEqual({ state: 'away' });
  });
});
