import { hash } from 'node:crypto';
import { canonical } from './canonical.js';

const urlNamespace = '6ba7b8119dad11d180b400c04fd430c8';

/** UUID version 5 (RFC 9562) of a name in a namespace given as 32 hex digits, with or without dashes. */
export function uuid5(namespace: string, name: string): string {
  const space = Buffer.from(namespace.replaceAll('-', ''), 'hex');
  const digest = hash('sha1', Buffer.concat([space, Buffer.from(name)]), 'buffer');
  digest[6] = (digest[6]! & 0x0f) | 0x50;
  digest[8] = (digest[8]! & 0x3f) | 0x80;
  const hex = digest.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Makes the ids of one log: UUIDv5 in the namespace of its origin, of canonical JSON of the parts (`bytes.md` §1). */
export function idsOf(origin: string): (...parts: readonly (string | number)[]) => string {
  const namespace = uuid5(urlNamespace, origin);
  return (...parts) => uuid5(namespace, canonical(parts));
}

/** UUIDv5 in the URL namespace of canonical JSON of the parts: ids that must be the same in every log, as an import's command ids. */
export function idOf(...parts: readonly (string | number)[]): string {
  return uuid5(urlNamespace, canonical(parts));
}

/** First 16 bytes of SHA-256 over the canonical JSON, base64url: tells whether two commands say the same. */
export function digestOf(value: unknown): string {
  return hash('sha256', canonical(value), 'buffer').toString('base64url', 0, 16);
}
