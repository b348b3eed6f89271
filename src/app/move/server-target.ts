import type { Config } from '../../config.js';
import { Refusal } from '../../kernel/refusal.js';
import type { ClusteredStore } from '../../store/clustered.js';
import { Server } from '../../store/eventstoredb.js';
import { Names } from '../../store/names.js';
import { openServer } from '../../store/opening.js';
import { byPlace } from '../../store/place.js';
import type { Stamped } from '../../store/stamp.js';
import { provenProposal } from '../../store/wire.js';
import { Sending } from './sending.js';
import type { Survey } from './survey.js';
import { type MoveTarget, TargetDirectory } from './target.js';

/** Events of one append at the most, and their bytes: the server takes 1 MiB, and its own form of an entry is a little longer. */
const runEvents = 500;
const runBytes = 900_000;

/** How long one append may take in a change of leader, in ms. */
const patience = { callMs: 5_000, commandMs: 60_000 };

/** Time between two transactions of the mirror while events are appended, in ms: few flushes to the disk that the server may share. */
const restMs = 300;

/** A mirror that takes nothing in for that long will not, in ms. */
const stillMs = 60_000;

/**
 * A server as target: one append for each run of entries of the same stream, so that they stand in the server's log in the order of
 * the bundle. The mirror in the data directory reads them back meanwhile.
 */
export class ServerTarget implements MoveTarget {
  readonly address: string;
  size = 0;
  private readonly names: Names;
  private server: Server | undefined;
  private sending: Sending | undefined;
  private store: ClusteredStore | undefined;
  private fault: Error | undefined;
  /** Is told how far the mirror is, while somebody waits for it. */
  private progress: ((entries: number) => void) | undefined;

  private constructor(
    private readonly config: Config,
    private readonly directory: TargetDirectory,
    private readonly origin: string,
  ) {
    this.address = config.store.replace(/\/\/.*@/, '//');
    this.names = new Names(config.streamPrefix);
  }

  /** Opens the server; its mirror is level with it then, and says what is there. */
  static async open(config: Config, survey: Survey, progress: (entries: number) => void): Promise<ServerTarget> {
    if (survey.sources.length > 1)
      throw new Refusal(
        'config/invalid',
        `The log went on under a new name (${survey.sources.join(', then ')}); a server holds the log of one name only, so move it into a data directory`,
      );
    const target = new ServerTarget(config, TargetDirectory.take(config, survey), survey.origin);
    try {
      await target.follow();
      await target.taken(() => target.store!.mirror.level, 0, progress);
      target.size = target.directory.ledger.size;
      target.server = new Server(config.store, patience);
      target.sending = new Sending(target.server, target.address);
      return target;
    } catch (error) {
      await target.close();
      throw error;
    }
  }

  root(size: number): string {
    return this.directory.root(size);
  }

  async take(entries: readonly Stamped[]): Promise<void> {
    for (const run of runsOf(entries)) {
      const { subject, streamrevision } = run[0]!.entry;
      const events = run.map(provenProposal);
      this.check();
      await this.sending!.send({ stream: this.names.onServer(subject), expected: streamrevision - 1, events });
    }
  }

  async finish(size: number, progress: (entries: number) => void): Promise<void> {
    const last = await this.sending!.all();
    const { mirror } = this.store!;
    await this.taken(() => byPlace(mirror.place, last) >= 0, size, progress);
  }

  async close(): Promise<void> {
    await this.store?.close();
    await this.server?.close();
    this.directory.close();
  }

  /** Opens the mirror, which goes on until the target is closed. */
  private async follow(): Promise<void> {
    const { config, origin } = this;
    const { ledger } = this.directory;
    const onFault = (fault: Error) => {
      this.fault = fault;
    };
    const onCommit = (entries: number) => this.progress?.(entries);
    const opening = {
      url: config.store,
      prefix: config.streamPrefix,
      origin,
      ledger,
      clock: Date.now,
      thread: true,
      restMs,
    };
    this.store = await openServer({ ...opening, onCommit, onFault });
  }

  /** Settles when the mirror is that far and has so many entries. */
  private async taken(far: () => boolean, size: number, progress: (entries: number) => void): Promise<void> {
    const { mirror } = this.store!;
    const { ledger } = this.directory;
    const there = () => far() && ledger.size >= size;
    this.progress = progress;
    for (let seen = -1; !there(); ) {
      if (ledger.size === seen) throw behind(ledger.size, size);
      seen = ledger.size;
      await mirror.until(there, stillMs).catch(() => this.check());
    }
    this.progress = undefined;
  }

  /** Throws why the mirror stopped, where it did. */
  private check(): void {
    const why = this.fault ?? this.store?.mirror.alarm;
    if (why) throw why;
  }
}

function behind(has: number, size: number): Refusal {
  return new Refusal(
    'log/behind',
    `The mirror has ${has} events${size > 0 ? ` of ${size}` : ''} and takes in no more; see to the server, then start the same again, it goes on where it stopped`,
  );
}

/** Consecutive entries of the same stream, no more of them than one append takes. */
export function* runsOf(entries: readonly Stamped[]): Generator<readonly Stamped[]> {
  let from = 0;
  let bytes = 0;
  for (const [i, { entry, text }] of entries.entries()) {
    const size = Buffer.byteLength(text);
    const full = i - from === runEvents || bytes + size > runBytes;
    if (i > from && (full || entry.subject !== entries[from]!.entry.subject)) {
      yield entries.slice(from, i);
      from = i;
      bytes = 0;
    }
    bytes += size;
  }
  if (from < entries.length) yield entries.slice(from);
}
