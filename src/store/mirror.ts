import { Refusal } from '../kernel/refusal.js';
import { storageFault } from '../ledger/faults.js';
import type { Ledger } from '../ledger/ledger.js';
import { compare } from './comparison.js';
import type { Running, Server } from './eventstoredb.js';
import type { Arrival, Arrived, Feeding } from './feed.js';
import { Gathering } from './gathering.js';
import { Judge } from './judge.js';
import { notePlace, placeIn } from './ledger-place.js';
import type { Names } from './names.js';
import { byPlace, nowhere, type Place } from './place.js';
import { checkRetention } from './retention.js';
import { backoffMs, pause, saysOf, typeOf, Unanswered } from './server-errors.js';
import { ServerHead } from './server-head.js';
import { Waiting } from './waiting.js';

/** Entries of one transaction at the most. */
const batchSize = 2_000;

/** Events that wait to be written before the server is asked to hold. */
const queueMost = 20_000;

/** Longest time between two notes of the place while only events of others come, in ms. */
const noteMs = 5_000;

/** What the mirror needs from its surroundings. */
export interface MirrorOptions {
  readonly ledger: Ledger;
  readonly server: Server;
  readonly names: Names;
  readonly origin: string;
  readonly feed: Feeding;
  /** Time from one transaction to the next while level and nobody waits, in ms; each costs the disk a flush. */
  readonly restMs?: number;
  /** Called with each event when it arrives. */
  readonly onEvent?: (arrival: Arrival) => void;
  /** Called after each batch is durable. */
  readonly onCommit?: (head: number) => void;
  /** Called once when the disk failed. */
  readonly onFault?: (fault: Error) => void;
}

/**
 * Fills the ledger with the server's events in the order of `$all`: rows, leaves, head and place are one transaction. Subscribes
 * again from the ledger's own place, for ever. Stops for good at the first event that cannot be right, and says which.
 */
export class Mirror {
  readonly head: ServerHead;
  /** Why it stopped; undefined while it runs. */
  alarm: Refusal | undefined;
  /** Whether it has passed the head that was read before it first subscribed. */
  level = false;
  /** What ended the last subscription, until something comes by the next one. */
  broken: string | undefined;
  private at: Place;
  /** The head that was read before the subscription began. */
  private target: Place = { commit: 2n ** 63n, prepare: 0n };
  private notedMs = 0;
  private queue: Arrival[] = [];
  private writing = false;
  private readonly gathering: Gathering;
  private ended = false;
  private running: { subscription: Running; end: (error: unknown) => void } | undefined;
  private readonly judge: Judge;
  private readonly waiting = new Waiting();

  constructor(private readonly options: MirrorOptions) {
    const { ledger, server, names } = options;
    this.at = placeIn(ledger.reader.database) ?? nowhere;
    this.gathering = new Gathering(batchSize, options.restMs);
    this.head = new ServerHead(server);
    this.judge = new Judge(ledger.reader, names);
  }

  /** How far the ledger is in the server's log. */
  get place(): Place {
    return this.at;
  }

  /** Follows the server until it is closed or stops. */
  async follow(): Promise<void> {
    const { server, ledger, names, origin } = this.options;
    let again = true;
    for (let tried = 0; !this.ended && !this.alarm; tried++) {
      const before = this.at;
      try {
        if (again && ledger.size > 0) await compare(server, ledger.reader, names, origin, this.at);
        const head = await this.head.newest(() => this.at);
        const error = await this.subscribe(head);
        this.broken = error === undefined ? undefined : saysOf(error);
        again = typeOf(error) !== 'timeout';
        if (byPlace(this.at, before) > 0) tried = 0;
        if (!again && tried < 5) continue;
      } catch (error) {
        if (error instanceof Refusal && error.code === 'log/diverged') return this.stop(error);
        again = true;
      }
      if (!this.ended) await pause(backoffMs(tried));
    }
  }

  /** Settles when something is in the ledger; refuses `log/behind` after a while. */
  until(there: () => boolean, patienceMs: number): Promise<void> {
    if (this.alarm) return Promise.reject(this.alarm);
    const settled = this.waiting.until(there, patienceMs);
    if (this.waiting.any) this.gathering.wanted();
    return settled;
  }

  /** Subscribes anew, where nothing comes though there is something. */
  renew(): void {
    this.running?.subscription.leave();
    this.running?.end(new Unanswered('the subscription fell silent'));
  }

  /** Stops for good: from here on nothing that the server says can be trusted. */
  stop(alarm: Refusal): void {
    this.alarm ??= alarm;
    this.running?.end(alarm);
    this.waiting.refuse(alarm);
  }

  close(): void {
    if (this.ended) return;
    this.ended = true;
    this.running?.end(new Unanswered('closed'));
    this.options.feed.close();
    this.waiting.refuse(new Refusal('log/unavailable', 'The service is stopping; send the command again in a moment'));
    if (!this.options.ledger.abandoned && byPlace(this.at, nowhere) > 0) this.note();
  }

  /** Runs one subscription; settles with what ended it. */
  private subscribe(head: Place): Promise<unknown> {
    return new Promise((settle) => {
      if (this.ended) return settle(undefined);
      this.queue = [];
      this.judge.forget();
      const { feed, origin } = this.options;
      const subscription = feed.follow(origin, byPlace(this.at, nowhere) > 0 ? this.at : undefined, {
        arrived: (arrivals) => this.take(arrivals),
        ended: (error) => end(error),
      });
      const end = (error: unknown) => {
        subscription.stop();
        this.running = undefined;
        settle(error);
      };
      this.running = { subscription, end };
      this.target = head;
      this.settleWaiting();
    });
  }

  /** Takes events over without waiting: the server drops subscribers that are slow for an instant. */
  private take(arrivals: readonly Arrival[]): void {
    this.broken = undefined;
    for (const arrival of arrivals) {
      this.options.onEvent?.(arrival);
      this.queue.push(arrival);
    }
    if (this.queue.length >= batchSize) this.gathering.enough();
    if (this.queue.length >= queueMost) this.running?.subscription.hold();
    if (!this.writing) {
      this.writing = true;
      void this.write();
    }
  }

  private async write(): Promise<void> {
    for (await this.gathered(); this.queue.length > 0 && !this.alarm && !this.ended; await this.gathered()) {
      const queue = this.queue;
      const batch = queue.slice(0, batchSize);
      const suspect = batch.findIndex((one) => one.metadataOf !== undefined);
      const taken = suspect < 0 ? batch : batch.slice(0, suspect);
      try {
        this.commit(taken);
        if (suspect >= 0) {
          await checkRetention(this.options.server, batch[suspect]!.metadataOf!);
          this.advance(batch[suspect]!.place);
        }
      } catch (error) {
        this.failed(error);
        break;
      }
      queue.splice(0, taken.length + (suspect < 0 ? 0 : 1));
      this.gathering.took(taken.length);
      if (queue.length < queueMost / 4) this.running?.subscription.goOn();
    }
    this.writing = false;
  }

  private gathered(): Promise<void> {
    const wanted = this.waiting.any || !this.level;
    return this.gathering.gathered(this.queue.length, this.level, wanted);
  }

  private failed(error: unknown): void {
    const { ledger, onFault } = this.options;
    const fault = storageFault(error, ledger.file);
    if (fault || !(error instanceof Refusal)) onFault?.(fault ?? (error as Error));
    if (fault || !(error instanceof Refusal) || error.code === 'log/diverged')
      this.stop(error instanceof Refusal ? error : (fault ?? new Refusal('log/unavailable', String(error))));
    else this.running?.end(error);
  }

  /** Writes what is right of a batch, then refuses the first event that is not. */
  private commit(batch: readonly Arrival[]): void {
    const { ledger } = this.options;
    const rows: Arrived[] = [];
    let at = this.at;
    let wrong: unknown;
    ledger.reading();
    this.judge.begin(batch);
    for (const arrival of batch) {
      try {
        const entry = this.judge.entry(arrival);
        if (entry) rows.push(entry);
      } catch (error) {
        wrong = error;
        break;
      }
      if (byPlace(arrival.place, at) > 0) at = arrival.place;
    }
    if (rows.length > 0) {
      this.gathering.writes();
      ledger.append(rows, (database) => notePlace(database, at));
    }
    this.advance(at, rows.length > 0);
    if (rows.length > 0) this.options.onCommit?.(ledger.size);
    if (wrong) throw wrong;
  }

  private advance(at: Place, noted = false): void {
    if (byPlace(at, this.at) > 0) this.at = at;
    if (noted) this.notedMs = Date.now();
    else if (Date.now() - this.notedMs > noteMs && byPlace(this.at, nowhere) > 0) this.note();
    this.settleWaiting();
  }

  private settleWaiting(): void {
    if (byPlace(this.at, this.target) >= 0) this.level = true;
    this.waiting.look();
  }

  private note(): void {
    this.notedMs = Date.now();
    this.options.ledger.keep((database) => notePlace(database, this.at));
  }
}
