import { hash } from 'node:crypto';
import { canonical } from './canonical.js';

const urlNamespace = '6ba7b8119dad11d180b400c04fd430c8';

/** UUID version 5 (RFC 9562) of a name in a namespace given as 32 hex digits, with or without dashes. */
export function uuid5(namespace: string, name: string): string {
  return uuidOf(Buffer.from(namespace.replaceAll('-', ''), 'hex'), name);
}

function uuidOf(space: Buffer, name: string): string {
  const bytes = Buffer.allocUnsafe(16 + Buffer.byteLength(name));
  space.copy(bytes);
  bytes.write(name, 16);
  const hex = hash('sha1', bytes, 'hex');
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Makes the ids of one log: UUIDv5 in the namespace of its origin, of canonical JSON of the parts (`bytes.md` §1). */
export function idsOf(origin: string): (...parts: readonly (string | number)[]) => string {
  const space = Buffer.from(uuid5(urlNamespace, origin).replaceAll('-', ''), 'hex');
  return (...parts) => uuidOf(space, canonical(parts));
}

/** UUIDv5 in the URL namespace of canonical JSON of the parts: ids that must be the same in every log, as an import's command ids. */
export function idOf(...parts: readonly (string | number)[]): string {
  return uuid5(urlNamespace, canonical(parts));
}

/** First 16 bytes of SHA-256 over the canonical JSON, base64url: tells whether two commands say the same. */
export function digestOf(value: unknown): string {
  return hash('sha256', canonical(value), 'buffer').toString('base64url', 0, 16);
}
