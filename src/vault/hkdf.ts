import { hash } from 'node:crypto';

const blockBytes = 64;

/** HMAC-SHA256 (RFC 2104). Of one-shot hashes, because Node's own HMAC and HKDF objects cost more than all of their hashing on texts this short. */
export function hmac(key: Uint8Array, message: Uint8Array): Buffer {
  const secret = key.length > blockBytes ? hash('sha256', key, 'buffer') : key;
  const inner = Buffer.alloc(blockBytes + message.length, 0x36);
  const outer = Buffer.alloc(blockBytes + 32, 0x5c);
  for (let i = 0; i < secret.length; i++) {
    inner[i] = 0x36 ^ secret[i]!;
    outer[i] = 0x5c ^ secret[i]!;
  }
  inner.set(message, blockBytes);
  outer.set(hash('sha256', inner, 'buffer'), blockBytes);
  return hash('sha256', outer, 'buffer');
}

/** 32 bytes of HKDF-SHA256 (RFC 5869): its first block, which is all that a 256-bit key takes. */
export function hkdf(secret: Uint8Array, salt: Uint8Array, info: Uint8Array): Buffer {
  return hmac(hmac(salt, secret), Buffer.concat([info, firstBlock]));
}

const firstBlock = Uint8Array.of(1);
