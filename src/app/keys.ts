import { join } from 'node:path';
import type { Config } from '../config.js';
import type { Instant } from '../kernel/instant.js';
import { Refusal } from '../kernel/refusal.js';
import { FileVault } from '../vault/file.js';
import { RemoteVault } from '../vault/remote.js';
import type { Vault } from '../vault/vault.js';

/** The keys of personal fields: the vault in the data directory, or those of the node that `TAPROOT_VAULT` names. */
export function vaultOf(config: Config, clock: () => Instant, say?: (sentence: string) => void): Vault {
  if (config.vault !== '') {
    if (config.token === '')
      throw new Refusal(
        'config/invalid',
        `TAPROOT_VAULT is ${config.vault}: set TAPROOT_TOKEN to the token that this node and the keeper share`,
      );
    return new RemoteVault(config.vault, config.token, clock);
  }
  const masterKeyFile = config.masterKeyFile || join(config.data, 'master.key');
  const vault = FileVault.open({ directory: config.data, masterKeyFile });
  if (vault.created)
    say?.(
      `A master key was made in ${masterKeyFile}: keep a copy elsewhere; without it personal fields can never be read again.`,
    );
  return vault;
}
