import { randomBytes } from 'node:crypto';
import type { Config } from '../config.js';
import type { Instant } from '../kernel/instant.js';
import type { Moment } from '../kernel/projection.js';
import { Refusal } from '../kernel/refusal.js';
import { Ledger, makeDirectory } from '../ledger/ledger.js';
import { type EmbeddedOptions, EmbeddedStore } from '../store/embedded.js';
import type { EventStore } from '../store/event-store.js';
import { Hold } from '../store/hold.js';
import { openServer } from '../store/opening.js';
import type { Vault } from '../vault/vault.js';
import { Accounts } from './accounts.js';
import { notEmptied } from './emptied.js';
import { Execute } from './execute.js';
import { InlineProjector, type ProjectorHost, ThreadProjector } from './host.js';
import { vaultOf } from './keys.js';
import { Moments } from './moments.js';
import { unmoved } from './move/moved.js';
import { FoldPool } from './pool.js';
import { Population } from './population.js';
import { Views } from './views.js';

/** How a Taproot is opened besides its settings. */
export interface Opening {
  readonly clock?: () => Instant;
  /** Where the projector runs; a thread by default. */
  readonly projector?: 'thread' | 'inline';
  /** Called when the disk failed and the process has to end. */
  readonly onFault?: (fault: Error) => void;
  /** Called with sentences that an operator should read once. */
  readonly say?: (sentence: string) => void;
}

/** Everything of one running service, opened over one data directory. */
export class Taproot {
  private readonly listeners = new Set<(head: number) => void>();

  private constructor(
    readonly config: Config,
    readonly directory: string,
    readonly clock: () => Instant,
    readonly hold: Hold,
    readonly ledger: Ledger,
    readonly vault: Vault,
    readonly store: EventStore,
    readonly execute: Execute,
    readonly moments: Moments,
    readonly projector: ProjectorHost,
    /** Threads that fold for reports. */
    readonly pool?: FoldPool,
  ) {}

  /** Takes the directory, opens what is in it, and starts the projector. Refuses what it cannot trust, with a sentence that says what to do. */
  static async open(config: Config, opening: Opening = {}): Promise<Taproot> {
    makeDirectory(config.data);
    const hold = Hold.take(config.data, process.pid);
    const opened: (() => unknown)[] = [() => hold.release()];
    try {
      return await Taproot.held(config, opening, hold, opened);
    } catch (error) {
      for (const close of opened.reverse()) await close();
      throw error;
    }
  }

  /** Opens what is in a directory that is held; `opened` gets what has to be closed where a later part is refused. */
  private static async held(config: Config, opening: Opening, hold: Hold, opened: (() => unknown)[]): Promise<Taproot> {
    const directory = config.data;
    const clock = opening.clock ?? Date.now;
    const fault =
      opening.onFault ??
      ((error: Error) => {
        throw error;
      });
    notEmptied(directory);
    const ledger = unmoved(Ledger.open(directory), directory);
    opened.push(() => ledger.close());
    let taproot: Taproot | undefined;
    const onCommit = (head: number) => taproot?.committed(head);
    const thread = opening.projector !== 'inline';
    const store = await storeOf(config, { ledger, clock, onCommit, onFault: fault }, thread);
    opened.push(() => store.close());
    const vault = vaultOf(config, clock, opening.say);
    opened.push(() => vault.close());
    const moments = new Moments(ledger.reader, Views.open(directory));
    opened.push(() => moments.views.close());
    Population.serve(moments, new Accounts(ledger.reader, moments.structures));
    const projector =
      opening.projector === 'inline'
        ? new InlineProjector(ledger.reader, directory)
        : new ThreadProjector(directory, fault);
    const views = async (view: string, accountId: string, asOf: Instant) => {
      await store.level();
      const moment: Moment = { asOf, knownAt: { position: ledger.size } };
      return { data: moments.view(view, accountId, moment), position: ledger.size };
    };
    const execute = new Execute({ store, vault, rules: moments.rules, views, clock });
    const pool = opening.projector === 'inline' ? undefined : new FoldPool(directory);
    taproot = new Taproot(config, directory, clock, hold, ledger, vault, store, execute, moments, projector, pool);
    return taproot;
  }

  /** Number of events in the log. */
  get head(): number {
    return this.ledger.size;
  }

  /** Is called after each group of events is durable; returns what ends it. */
  onCommit(listener: (head: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Settles when the events behind an `after` token can be read. */
  caughtUp(token: string): Promise<void> {
    return this.store.caughtUp(token);
  }

  /** Finishes what runs and lets go of the directory. */
  async close(): Promise<void> {
    await this.store.close();
    await this.projector.close();
    await this.pool?.close();
    this.moments.views.close();
    this.vault.close();
    this.ledger.close();
    this.hold.release();
  }

  private committed(head: number): void {
    this.projector.nudge();
    for (const listener of this.listeners) listener(head);
  }
}

/** Who decides what is appended, as the settings say. */
async function storeOf(
  config: Config,
  surroundings: Omit<EmbeddedOptions, 'origin'>,
  thread: boolean,
): Promise<EventStore> {
  const { ledger } = surroundings;
  if (config.store !== 'embedded') {
    const { store: url, streamPrefix: prefix, origin } = config;
    return openServer({ ...surroundings, url, prefix, origin, thread });
  }
  return new EmbeddedStore({ ...surroundings, origin: originOf(ledger, config.origin) });
}

/** The log's name: the one it has, else the one set, else a new one. Fixed once the log has an event. */
function originOf(ledger: Ledger, set: string): string {
  const has = ledger.reader.meta('origin');
  if (has === undefined || (ledger.size === 0 && set !== '' && set !== has)) {
    const origin = set || `taproot.local/${randomBytes(8).toString('hex')}`;
    ledger.fix('origin', origin);
    return origin;
  }
  if (set !== '' && set !== has) {
    throw new Refusal(
      'config/invalid',
      `TAPROOT_ORIGIN is ${set}, but this log has been ${has} since its first event; leave the setting out, or use another data directory`,
    );
  }
  return has;
}
