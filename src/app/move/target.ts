import { dirname, resolve } from 'node:path';
import type { Config } from '../../config.js';
import { Refusal } from '../../kernel/refusal.js';
import { Ledger, makeDirectory } from '../../ledger/ledger.js';
import { Hold } from '../../store/hold.js';
import { incoming, type Stamped } from '../../store/stamp.js';
import { rootAt } from './bundle.js';
import { unmoved } from './moved.js';
import type { Survey } from './survey.js';

/** Where a log is moved to. */
export interface MoveTarget {
  /** The address as a reader may see it: without user and password. */
  readonly address: string;
  /** Entries that it had when it was opened. */
  readonly size: number;
  /** Root of its first so many entries, base64. */
  root(size: number): string;
  /** Appends entries in their order. */
  take(entries: readonly Stamped[]): Promise<void>;
  /** Settles when so many entries will survive a power cut and can be read from its ledger. */
  finish(size: number, progress: (entries: number) => void): Promise<void>;
  close(): Promise<void>;
}

/** The data directory of a target and the ledger in it, held for as long as the move takes. */
export class TargetDirectory {
  private constructor(
    private readonly hold: Hold,
    readonly ledger: Ledger,
  ) {}

  /** Takes the directory; refuses a log of another name than the one that moves in, be it only set. */
  static take(config: Config, { origin }: Survey): TargetDirectory {
    if (config.origin !== '' && config.origin !== origin)
      throw new Refusal(
        'config/invalid',
        `TAPROOT_ORIGIN is ${config.origin}, but the log that moves in is ${origin}; leave the setting out, the log takes its name along`,
      );
    makeDirectory(config.data);
    const hold = Hold.take(config.data, process.pid);
    try {
      return new TargetDirectory(hold, unmoved(Ledger.open(config.data), config.data));
    } catch (error) {
      hold.release();
      throw error;
    }
  }

  /** Root of the first so many entries, base64. */
  root(size: number): string {
    return rootAt(this.ledger.tiles, size, dirname(this.ledger.file)).toString('base64');
  }

  close(): void {
    this.ledger.close();
    this.hold.release();
  }
}

/** A data directory as target: its ledger takes the entries as they are. */
export async function embeddedTarget(config: Config, survey: Survey): Promise<MoveTarget> {
  const directory = TargetDirectory.take(config, survey);
  const { ledger } = directory;
  const { size } = ledger;
  return {
    address: resolve(config.data),
    size,
    root: (count) => directory.root(count),
    take: async (entries) => {
      if (ledger.size === 0) ledger.fix('origin', survey.origin);
      ledger.append(entries.map(incoming));
    },
    finish: async () => ledger.fix('origin', survey.origin),
    close: async () => directory.close(),
  };
}
