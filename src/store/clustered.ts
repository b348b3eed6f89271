import type { Event } from '../kernel/event.js';
import { eventOf } from '../kernel/history.js';
import type { Instant } from '../kernel/instant.js';
import { Refusal } from '../kernel/refusal.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Reader } from '../ledger/reader.js';
import { type Appended, type EventStore, type Unstamped } from './event-store.js';
import type { Server } from './eventstoredb.js';
import { Mirror, type MirrorOptions } from './mirror.js';
import type { Names } from './names.js';
import { byPlace, nowhere, type Place } from './place.js';
import { diverged, Elsewhere, pause } from './server-errors.js';
import { movedOn, told } from './repeats.js';
import { Replays } from './replays.js';
import { Skew } from './skew.js';
import { checkSizes, stamp } from './stamp.js';
import { Tails } from './tails.js';
import { Watch } from './watch.js';
import { proposal } from './wire.js';

/** Longest wait for the mirror, in ms: less than a request may take. */
const mirrorMs = 8_000;

/** Wait for the mirror before an event is shown at a provisional position, in ms. */
const placedMs = 250;

/** What the store needs from its surroundings. */
export interface ClusteredOptions extends Pick<MirrorOptions, 'feed' | 'restMs'> {
  readonly ledger: Ledger;
  readonly server: Server;
  readonly names: Names;
  readonly origin: string;
  readonly clock: () => Instant;
  /** Called after each mirrored batch is durable. */
  readonly onCommit?: (head: number) => void;
  /** Called once when the disk failed. */
  readonly onFault?: (fault: Error) => void;
}

/** An EventStoreDB as event store: the server decides what is appended, the ledger is its mirror. Any number of nodes at once. */
export class ClusteredStore implements EventStore {
  readonly origin: string;
  readonly whole = false;
  readonly mirror: Mirror;
  private readonly reader: Reader;
  private readonly tails: Tails;
  private readonly replays: Replays;
  private readonly skew: Skew;
  private readonly watch: Watch;
  private appendedTo: Place = nowhere;
  private running = 0;
  private closed = false;

  constructor(private readonly options: ClusteredOptions) {
    const { ledger, server, names, origin, clock, onCommit } = options;
    this.origin = origin;
    this.reader = ledger.reader;
    this.tails = new Tails(this.reader, server, names, origin);
    this.replays = new Replays(this.reader, server, names, origin);
    this.skew = new Skew(clock);
    this.mirror = new Mirror({
      ...options,
      onEvent: (arrival) => {
        this.skew.seen(arrival);
        this.replays.seen(arrival);
      },
      onCommit: (head) => {
        this.tails.forget();
        onCommit?.(head);
      },
    });
    this.watch = new Watch(this.mirror, () => server.takesAppends(names.onServer('log')));
  }

  /** Begins to follow the server. */
  start(): void {
    void this.mirror.follow();
    void this.watch.run();
  }

  known(stream: string): number {
    this.options.ledger.reading();
    return this.tails.known(stream);
  }

  knows(id: string): Event<string, object> | undefined {
    return this.placed(id) ?? this.tails.find(id);
  }

  head(stream: string): Promise<number> {
    return this.trusted(() => this.tails.refresh(stream));
  }

  async read(stream: string, from: number, limit = -1): Promise<readonly Event<string, object>[]> {
    const here = limit < 0 ? [] : this.tails.read(stream, from, limit);
    if (limit >= 0 && here.length === limit) return here;
    await this.head(stream);
    return this.tails.read(stream, from, limit);
  }

  async find(id: string, stream?: string): Promise<Event<string, object> | undefined> {
    const here = this.placed(id);
    if (here) return here;
    if (stream === undefined) await this.level();
    else await this.head(stream);
    const beyond = this.tails.find(id);
    if (!beyond) return this.placed(id);
    const { subject } = beyond;
    const head = this.tails.beyond(subject, 0).at(-1)?.streamrevision ?? -1;
    await this.mirror.until(() => this.reader.revision(subject) >= head, placedMs).catch(() => undefined);
    return this.placed(id) ?? beyond;
  }

  async append(stream: string, expected: number, events: readonly Unstamped[]): Promise<Appended> {
    const why = this.trouble();
    if (why !== null && !(this.skew.trouble() === why && this.skew.mayTry()))
      throw this.mirror.alarm ?? new Refusal('log/unavailable', why);
    this.options.ledger.reading();
    const recorded = Math.max(this.options.clock(), this.tails.recordedAt(stream, expected));
    const stamped = events.map((event, i) => stamp(event, this.origin, stream, expected + 1 + i, recorded));
    checkSizes(stamped);
    const proposed = stamped.map(proposal);
    const had = this.reader.revision(stream);
    const answered = this.skew.sending(stamped[0]!.entry.id);
    const sent = this.replays.sending(stream, proposed);
    this.running++;
    try {
      const place = await this.options.server.append(this.options.names.onServer(stream), expected, proposed);
      answered();
      if (byPlace(place, this.appendedTo) > 0) this.appendedTo = place;
      const replayed = async () => {
        const stands = this.trusted(() => this.replays.stands(stream, stamped, sent, place));
        return !(await stands.finally(() => sent.differs && this.tails.drop(stream)));
      };
      return this.appended(stream, this.tails.keep(stream, stamped), place, replayed);
    } catch (error) {
      this.replays.forget(sent);
      if (error instanceof Elsewhere && error.actual < had) throw this.heeded(lostOn(stream, error.actual, had));
      if (error instanceof Elsewhere) return await this.elsewhere(stream, expected, events);
      if (error instanceof Refusal && error.code === 'log/unavailable') this.watch.appendFailed();
      throw this.heeded(error);
    } finally {
      this.running--;
    }
  }

  flushed(): Promise<void> {
    const { appendedTo } = this;
    return this.mirror.until(() => byPlace(this.mirror.place, appendedTo) >= 0, mirrorMs);
  }

  async level(): Promise<void> {
    const head = await this.trusted(() => this.mirror.head.newest(() => this.mirror.place)).catch((error) => {
      if (error instanceof Refusal) throw error;
      throw new Refusal('log/unavailable', 'The event store cannot be reached; try again in a moment');
    });
    await this.mirror.until(() => byPlace(this.mirror.place, head) >= 0, mirrorMs);
  }

  afterToken(stream: string, revision: number): string {
    return `r${revision}-${stream}`;
  }

  caughtUp(token: string): Promise<void> {
    const [, kind, digits, stream = ''] = /^([rp])(\d{1,15})(?:-(.{1,100}))?$/.exec(token) ?? [];
    if (kind === undefined || (kind === 'r') === (stream === ''))
      throw new Refusal('view/parameter-invalid', 'after takes the token of a receipt', {
        errors: [{ pointer: '?after', code: 'token', detail: "pass the receipt's after, or leave it out" }],
      });
    const there =
      kind === 'p'
        ? () => this.options.ledger.size >= Number(digits)
        : () => this.reader.revision(stream) >= Number(digits);
    return this.mirror.until(there, mirrorMs);
  }

  lag(): number {
    return this.watch.behind;
  }

  trouble(): string | null {
    if (this.closed) return 'The service is stopping; send the command again in a moment';
    if (this.mirror.alarm) return this.mirror.alarm.message;
    const { level, broken } = this.mirror;
    const why = broken === undefined ? '' : `; its subscription ended (${broken}) and is begun again`;
    if (!level) return `The mirror is taking in what the event store has, ${this.watch.behind} events to go${why}`;
    return this.watch.trouble() ?? this.skew.trouble();
  }

  async close(): Promise<void> {
    this.closed = true;
    this.watch.close();
    for (let waited = 0; this.running > 0 && waited < 100; waited++) await pause(50);
    this.mirror.close();
    await this.options.server.close();
  }

  private placed(id: string): Event<string, object> | undefined {
    this.options.ledger.reading();
    const row = this.reader.find(id);
    return row && eventOf(row.entry, row.position);
  }

  /** A rule is acknowledged when this ledger has it, because decisions take their rules from there. Before `place` it need not be looked into. */
  private appended(
    stream: string,
    events: readonly Event<string, object>[],
    place: Place = nowhere,
    others: () => Promise<boolean> = async () => true,
  ): Appended {
    const { id } = events.at(-1)!;
    let replayed = false;
    const positions = async (): Promise<number | null> => {
      if (stream === 'programme') await this.flushed().catch(() => undefined);
      replayed = await others();
      if (byPlace(place, this.mirror.place) > 0) return null;
      return this.reader.find(id)?.position ?? null;
    };
    const durable = positions();
    // whoever waits for it is told; nobody may be waiting any more
    durable.catch(() => undefined);
    return { events, durable, replayed: () => replayed };
  }

  /** The stream had moved: by these very events, sent earlier or through another node, or by others. */
  private async elsewhere(stream: string, expected: number, events: readonly Unstamped[]): Promise<Appended> {
    const head = await this.head(stream);
    const there = told(events, (id) => this.knows(id));
    if (there) return this.appended(stream, there);
    throw movedOn(stream, head, expected);
  }

  private trusted<T>(run: () => Promise<T>): Promise<T> {
    if (this.mirror.alarm) return Promise.reject(this.mirror.alarm);
    return run().catch((error) => {
      throw this.heeded(error);
    });
  }

  /** Whoever finds that the server is not what it was stops everything. */
  private heeded(error: unknown): unknown {
    if (error instanceof Refusal && error.code === 'log/diverged') this.mirror.stop(error);
    return error;
  }
}

const lostOn = (stream: string, actual: number, had: number): Refusal =>
  diverged(
    `Stream ${stream} is at revision ${actual} on the server, this ledger has it up to ${had}: the server lost events; restore it from a backup that has them`,
  );
