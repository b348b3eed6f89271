import { hkdf } from './hkdf.js';
import type { DataKey } from './vault.js';

/** Length of master keys and data keys. */
export const keyBytes = 32;

/**
 * The two faces of a data key: encryption key and commitment are separate HKDF-SHA256 outputs (salt = key id), so that publishing
 * the commitment tells nothing of the other. A commitment is needed because GCM itself lets one box open under two keys.
 */
export function dataKey(keyId: string, subjectId: string, secret: Uint8Array): DataKey {
  const salt = Buffer.from(keyId);
  return {
    keyId,
    subjectId,
    encryption: hkdf(secret, salt, encryptionInfo),
    commitment: hkdf(secret, salt, commitmentInfo).toString('base64url'),
  };
}

const encryptionInfo = Buffer.from('taproot/encryption/v1');
const commitmentInfo = Buffer.from('taproot/commitment/v1');
