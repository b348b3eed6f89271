import type { Config } from '../../config.js';
import { Refusal } from '../../kernel/refusal.js';
import type { ClusteredStore } from '../../store/clustered.js';
import { Server } from '../../store/eventstoredb.js';
import { Names } from '../../store/names.js';
import { openServer } from '../../store/opening.js';
import { Elsewhere } from '../../store/server-errors.js';
import type { Stamped } from '../../store/stamp.js';
import { proposal } from '../../store/wire.js';
import type { Survey } from './survey.js';
import { type MoveTarget, TargetDirectory } from './target.js';

/** Events of one append at the most, and their bytes: the server takes 1 MiB, and its own form of an entry is a little longer. */
const runEvents = 500;
const runBytes = 900_000;

/** How long one append may take in a change of leader, in ms. */
const patience = { callMs: 5_000, commandMs: 60_000 };

/** A mirror that takes nothing in for that long will not, in ms. */
const stillMs = 60_000;

/**
 * A server as target: one append for each run of entries of the same stream, one after the other, so that they stand in the server's
 * log in the order of the bundle. The mirror in the data directory reads them back.
 */
export class ServerTarget implements MoveTarget {
  readonly address: string;
  size = 0;
  private readonly names: Names;
  private server: Server | undefined;
  private store: ClusteredStore | undefined;
  private fault: Error | undefined;
  /** The append that is under way: the next run is made ready meanwhile. */
  private sending: Promise<unknown> = Promise.resolve();

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
      await target.mirrored(0, progress);
      target.size = target.directory.ledger.size;
      await target.store?.close();
      target.store = undefined;
      target.server = new Server(config.store, patience);
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
      const proposed = run.map(proposal);
      await this.sending;
      this.sending = this.send(subject, streamrevision - 1, proposed);
      this.sending.catch(() => undefined);
    }
  }

  async finish(size: number, progress: (entries: number) => void): Promise<void> {
    await this.sending;
    await this.mirrored(size, progress);
  }

  async close(): Promise<void> {
    await this.store?.close();
    await this.server?.close();
    this.directory.close();
  }

  private async send(stream: string, expected: number, proposed: ReturnType<typeof proposal>[]): Promise<void> {
    try {
      await this.server!.append(this.names.onServer(stream), expected, proposed);
    } catch (error) {
      if (!(error instanceof Elsewhere)) throw error;
      throw new Refusal(
        'bundle/not-a-prefix',
        `Stream ${stream} is at revision ${error.actual} at ${this.address}, not at ${expected}: something else writes there; move into an empty log, with every service stopped`,
      );
    }
  }

  /** Settles when the mirror has passed the server's head and has so many entries. */
  private async mirrored(size: number, progress: (entries: number) => void): Promise<void> {
    const { config, origin } = this;
    const { ledger } = this.directory;
    const onFault = (fault: Error) => {
      this.fault = fault;
    };
    const opening = { url: config.store, prefix: config.streamPrefix, origin, ledger, clock: Date.now };
    this.store = await openServer({ ...opening, onCommit: progress, onFault });
    const { mirror } = this.store;
    const there = () => mirror.level && ledger.size >= size;
    for (let seen = -1; !there(); ) {
      if (ledger.size === seen) throw behind(ledger.size, size);
      seen = ledger.size;
      await mirror.until(there, stillMs).catch((error) => {
        if (this.fault ?? mirror.alarm) throw this.fault ?? error;
      });
    }
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
