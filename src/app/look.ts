import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.js';
import { Refusal } from '../kernel/refusal.js';
import { overFile } from '../ledger/faults.js';
import { ledgerFile } from '../ledger/ledger.js';
import { Reader } from '../ledger/reader.js';
import { FileVault } from '../vault/file.js';
import { Moments } from './moments.js';
import { FoldPool } from './pool.js';
import type { Source } from './reads.js';
import { Views } from './views.js';

/** A data directory opened for reading, beside a service that may hold it. */
export interface Look extends Source {
  close(): void;
}

/** Opens a directory for reading; refused where there is no log. */
export function look(config: Config): Look {
  const file = ledgerFile(config.data);
  if (!existsSync(file))
    throw new Refusal(
      'config/invalid',
      `There is no log in ${config.data}; set TAPROOT_DATA to the directory of one, or start the service`,
    );
  return overFile(file, () => {
    const reader = Reader.open(file);
    const views = Views.open(config.data);
    const vault = FileVault.open({
      directory: config.data,
      masterKeyFile: config.masterKeyFile || join(config.data, 'master.key'),
    });
    const pool = new FoldPool(config.data);
    const close = () => {
      void pool.close();
      views.close();
      reader.close();
      vault.close();
    };
    return {
      moments: new Moments(reader, views),
      vault,
      pool,
      clock: Date.now,
      caughtUp: async () => undefined,
      close,
    };
  });
}
