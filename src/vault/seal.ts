import { canonical } from '../kernel/canonical.js';
import type { Box, Sealed } from '../kernel/event.js';
import { Refusal } from '../kernel/refusal.js';
import { decrypt, encrypt } from './aes.js';
import { hkdf } from './hkdf.js';
import type { DataKey, KeyOf } from './vault.js';

/** Attributes of the entry that a box is bound to: it opens nowhere else. */
export type Attributes = Box['entry'];

/** Most bytes of personal text in one event, before padding. */
export const maxPersonalBytes = 40_000;

/** What a box held, or why it stays shut: one of its keys was destroyed, or one is out of reach. */
export type Opened =
  | { readonly state: 'open'; readonly data: Readonly<Record<string, unknown>> }
  | { readonly state: 'erased'; readonly keyId: string }
  | { readonly state: 'sealed' };

/** Seals personal fields under all of the keys together (`bytes.md` §5). Refuses `event/too-large`, naming the largest field. */
export function seal({
  attributes,
  personal,
  keys,
}: {
  attributes: Attributes;
  personal: object;
  keys: readonly DataKey[];
}): Sealed {
  const parts = new Map(keys.map((key) => [key.keyId, key.encryption]));
  if (parts.size === 0) throw new TypeError(`Nothing to seal the personal fields of ${attributes.id} with`);
  const ids = [...parts.keys()].sort();
  const box = encrypt(
    boxKey(
      ids.map((id) => parts.get(id)!),
      attributes.id,
    ),
    padded(personal),
    associated(attributes, ids),
  );
  return { keys: ids, box: box.toString('base64url') };
}

/**
 * Opens a box. All of its keys are needed: a destroyed one counts before one that is away. Refuses `ledger/corrupt` where the
 * box, the entry's attributes or a key is not what it was. Give it `committed(…)` so that keys are checked against the log first.
 */
export function open(attributes: Attributes, sealed: Sealed, keyOf: KeyOf): Opened {
  const found = sealed.keys.map((keyId) => keyOf(keyId));
  const parts: Uint8Array[] = [];
  for (const one of found) {
    if (one.state === 'erased') return one;
    if (one.state === 'live') parts.push(one.key.encryption);
  }
  if (parts.length < found.length) return { state: 'sealed' };
  const plain = decrypt(
    boxKey(parts, attributes.id),
    Buffer.from(sealed.box, 'base64url'),
    associated(attributes, sealed.keys),
  );
  if (plain) return { state: 'open', data: JSON.parse(plain.toString()) as Record<string, unknown> };
  throw new Refusal(
    'ledger/corrupt',
    `The personal fields of event ${attributes.id} do not open with their keys: the entry or the vault was changed outside the service; verify the log, and restore what was changed from its backup`,
  );
}

/** Lets a live key through only where the log committed to it, so that nobody can slip in another key under which a box reads otherwise. */
export function committed(keyOf: KeyOf, commitmentOf: (keyId: string) => string | undefined): KeyOf {
  return (keyId) => {
    const found = keyOf(keyId);
    if (found.state !== 'live') return found;
    if (found.key.keyId === keyId && found.key.commitment === commitmentOf(keyId)) return found;
    throw new Refusal(
      'ledger/corrupt',
      `The vault's key ${keyId} is not the one that the log committed to; restore the vault that belongs to this log from its backup`,
    );
  };
}

const sealInfo = Buffer.from('taproot/seal/v1');

function boxKey(parts: readonly Uint8Array[], eventId: string): Buffer {
  return hkdf(parts.length === 1 ? parts[0]! : Buffer.concat(parts), Buffer.from(eventId), sealInfo);
}

function associated({ id, schemaversion, source, subject, type }: Attributes, keys: readonly string[]): Buffer {
  return Buffer.from(canonical({ id, keys, schemaversion, source, subject, type }));
}

/** Canonical JSON filled with spaces, because a box's length would tell that of the text: 64, 128 … 4,096 bytes, then multiples of 4,096. */
function padded(personal: object): Buffer {
  const text = canonical(personal);
  const bytes = Buffer.byteLength(text);
  if (bytes > maxPersonalBytes) throw tooLarge(personal, bytes);
  const size = bytes > 4096 ? Math.ceil(bytes / 4096) * 4096 : 2 ** Math.max(6, Math.ceil(Math.log2(bytes)));
  const plain = Buffer.alloc(size, ' ');
  plain.write(text);
  return plain;
}

function tooLarge(personal: object, bytes: number): Refusal {
  const pointer = largest(personal as Record<string, unknown>);
  const sentence = `The text of one event would take ${bytes} bytes, at most ${maxPersonalBytes} fit; shorten ${pointer}`;
  return new Refusal('event/too-large', sentence, {
    errors: [{ pointer, code: 'tooLarge', detail: `shorten ${pointer}` }],
  });
}

/** JSON pointer of the largest field; further in while one part holds more than half of the whole. */
function largest(value: Record<string, unknown>, above = ''): string {
  const sizes = Object.entries(value).map(([name, inner]) => ({ name, inner, size: canonical(inner).length }));
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  const [first] = sizes.sort((a, b) => b.size - a.size);
  if (!first || (above !== '' && first.size * 2 <= total)) return above;
  const pointer = `${above}/${first.name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return typeof first.inner === 'object' && first.inner !== null
    ? largest(first.inner as Record<string, unknown>, pointer)
    : pointer;
}
