import { hkdfSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decrypt, encrypt } from '../../src/vault/aes.js';
import { dataKey } from '../../src/vault/data-key.js';
import { hkdf, hmac } from '../../src/vault/hkdf.js';

const hex = (text: string) => Buffer.from(text, 'hex');
const bytes = (max: number) => fc.uint8Array({ maxLength: max });

describe('deriving keys', () => {
  it('gives the first block of RFC 5869, test case 1', () => {
    const okm = hkdf(Buffer.alloc(22, 0x0b), hex('000102030405060708090a0b0c'), hex('f0f1f2f3f4f5f6f7f8f9'));
    expect(okm.toString('hex')).toBe('3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf');
  });

  it('gives the pseudorandom key of RFC 5869, test case 1', () => {
    const prk = hmac(hex('000102030405060708090a0b0c'), Buffer.alloc(22, 0x0b));
    expect(prk.toString('hex')).toBe('077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5');
  });

  it('hashes a key longer than a block first, as RFC 4231, test case 6', () => {
    const tag = hmac(Buffer.alloc(131, 0xaa), Buffer.from('Test Using Larger Than Block-Size Key - Hash Key First'));
    expect(tag.toString('hex')).toBe('60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54');
  });

  it('agrees with the HKDF of the platform on any input', () =>
    fc.assert(
      fc.property(bytes(100), bytes(200), bytes(60), (secret, salt, info) => {
        expect(hkdf(secret, salt, info)).toEqual(Buffer.from(hkdfSync('sha256', secret, salt, info, 32)));
      }),
    ));

  it('makes encryption key and commitment that differ, and change with the data key and with the key id', () => {
    const one = dataKey('k1', 'account.ACME', Buffer.alloc(32, 1));
    const other = dataKey('k1', 'account.ACME', Buffer.alloc(32, 2));
    const renamed = dataKey('k2', 'account.ACME', Buffer.alloc(32, 1));
    const faces = [one, other, renamed].flatMap((key) => [
      Buffer.from(key.encryption).toString('base64url'),
      key.commitment,
    ]);
    expect(new Set(faces).size).toBe(6);
    expect(faces.map((face) => Buffer.from(face, 'base64url').length)).toEqual([32, 32, 32, 32, 32, 32]);
  });
});

describe('encrypting', () => {
  const key = hex('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308');
  const nonce = hex('cafebabefacedbaddecaf888');
  const associated = hex('feedfacedeadbeeffeedfacedeadbeefabaddad2');
  const plain = hex(
    'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
  );
  const cipher =
    '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662';
  const box = hex(`cafebabefacedbaddecaf888${cipher}76fc6ece0f4e1768cddf8853bb2d551b`);

  it('gives test case 16 of the GCM specification (McGrew and Viega), and reads it back', () => {
    expect(encrypt(key, plain, associated, nonce)).toEqual(box);
    expect(decrypt(key, box, associated)).toEqual(plain);
  });

  it('does not open after a change of any one bit, a cut, another key or other associated data', () => {
    for (let bit = 0; bit < box.length * 8; bit++) {
      const changed = Buffer.from(box);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(decrypt(key, changed, associated)).toBeUndefined();
    }
    for (let length = 0; length < box.length; length++)
      expect(decrypt(key, box.subarray(0, length), associated)).toBeUndefined();
    expect(decrypt(Buffer.alloc(32), box, associated)).toBeUndefined();
    expect(decrypt(key, box, associated.subarray(1))).toBeUndefined();
  });

  it('never uses a nonce twice', () => {
    const nonces = Array.from({ length: 2000 }, () => encrypt(key, plain, associated).toString('hex', 0, 12));
    expect(new Set(nonces).size).toBe(2000);
  });
});
