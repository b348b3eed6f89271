import type { Event } from '../kernel/event.js';
import { eventOf } from '../kernel/history.js';
import type { Instant } from '../kernel/instant.js';
import { Refusal } from '../kernel/refusal.js';
import { storageFault } from '../ledger/faults.js';
import type { Incoming, Ledger } from '../ledger/ledger.js';
import type { Appended, EventStore, Unstamped } from './event-store.js';
import { movedOn, told } from './repeats.js';
import { checkSizes, eventOfStamped, incoming, stamp } from './stamp.js';

/** Entries of one fsync at the most. */
const groupSize = 1_000;

interface Staged {
  readonly rows: readonly Incoming[];
  readonly settle: (position: number) => void;
  readonly fail: (error: unknown) => void;
}

/** What the store needs from its surroundings. */
export interface EmbeddedOptions {
  readonly ledger: Ledger;
  readonly origin: string;
  readonly clock: () => Instant;
  /** Called after each group is durable. */
  readonly onCommit?: (head: number) => void;
  /** Called once when the disk failed: nothing more may be written, the process has to end. */
  readonly onFault?: (fault: Error) => void;
}

/**
 * The ledger as event store. An append gets its revision at once and is seen by the next decision; its promise settles when the
 * group that it shares an fsync with is durable. After a storage fault nothing is written any more: SQLite's next commit would
 * succeed, and the pages may be gone.
 */
export class EmbeddedStore implements EventStore {
  readonly origin: string;
  readonly whole = true;
  private readonly ledger: Ledger;
  private readonly heads = new Map<string, number>();
  private readonly staged = new Map<string, Event<string, object>[]>();
  private readonly stagedIds = new Map<string, Event<string, object>>();
  private queue: Staged[] = [];
  private queued = 0;
  private scheduled = false;
  private recorded: Instant;
  /** Position that the next staged entry will get: one writer, so it is certain. */
  private next: number;
  private fault: Refusal | undefined;
  private lastDurable: Promise<unknown> = Promise.resolve();
  /** The group written last: where as many clients write, the next waits for its like, at most half as long as writing takes. */
  private lastGroup = { size: 0, ms: 0 };

  constructor(private readonly options: EmbeddedOptions) {
    this.ledger = options.ledger;
    this.origin = options.origin;
    const last = this.ledger.reader.at(this.ledger.size);
    this.next = this.ledger.size + 1;
    this.recorded = last ? Date.parse(JSON.parse(last.entry).recordedtime) : 0;
  }

  known(stream: string): number {
    return this.headNow(stream);
  }

  knows(id: string): Event<string, object> | undefined {
    return this.findNow(id);
  }

  async head(stream: string): Promise<number> {
    return this.headNow(stream);
  }

  async read(stream: string, from: number, limit = -1): Promise<readonly Event<string, object>[]> {
    this.ledger.reading();
    const rows = this.ledger.reader.stream(stream, from, limit).map((row) => eventOf(row.entry, row.position));
    const staged = this.staged.get(stream);
    if (!staged) return rows;
    const all = [...rows, ...staged.filter((event) => event.streamrevision >= from)];
    return limit < 0 ? all : all.slice(0, limit);
  }

  async find(id: string): Promise<Event<string, object> | undefined> {
    return this.findNow(id);
  }

  private findNow(id: string): Event<string, object> | undefined {
    const staged = this.stagedIds.get(id);
    if (staged) return staged;
    this.ledger.reading();
    const row = this.ledger.reader.find(id);
    return row ? eventOf(row.entry, row.position) : undefined;
  }

  async append(stream: string, expected: number, events: readonly Unstamped[]): Promise<Appended> {
    if (this.fault) throw this.fault;
    const head = this.headNow(stream);
    if (head !== expected) {
      const there = told(events, (id) => this.findNow(id));
      if (!there) throw movedOn(stream, head, expected);
      return { events: there, durable: this.flushed().then(() => this.findNow(there.at(-1)!.id)!.position) };
    }
    const recorded = Math.max(this.options.clock(), this.recorded);
    const stamped = events.map((event, i) => stamp(event, this.origin, stream, head + 1 + i, recorded));
    checkSizes(stamped);
    this.recorded = recorded;
    const rows = stamped.map(incoming);
    const placed = stamped.map((one, i) => eventOfStamped(one, rows[i]!, this.next + i));
    this.next += rows.length;
    const durable = new Promise<number>((settle, fail) => {
      this.queue.push({ rows, settle, fail });
    });
    this.remember(stream, head + events.length, placed);
    this.lastDurable = durable;
    durable.catch(() => undefined);
    this.queued += rows.length;
    if (this.queued >= groupSize) this.flush();
    else if (!this.scheduled) this.schedule();
    return { events: placed, durable };
  }

  async flushed(): Promise<void> {
    await this.lastDurable;
  }

  level(): Promise<void> {
    return this.flushed();
  }

  afterToken(_stream: string, _revision: number, position: number | null): string {
    return `p${position ?? 0}`;
  }

  async caughtUp(token: string): Promise<void> {
    if (!/^p\d+$/.test(token))
      throw new Refusal('view/parameter-invalid', 'after takes the token of a receipt', {
        errors: [{ pointer: '?after', code: 'token', detail: "pass the receipt's after, or leave it out" }],
      });
    await this.flushed();
  }

  lag(): number | null {
    return null;
  }

  trouble(): string | null {
    return this.fault?.message ?? null;
  }

  async close(): Promise<void> {
    this.flush();
    await this.lastDurable.catch(() => undefined);
    this.fault ??= new Refusal('log/unavailable', 'The service is stopping; send the command again in a moment');
  }

  private headNow(stream: string): number {
    const known = this.heads.get(stream);
    if (known !== undefined) return known;
    if (this.heads.size >= 100_000 && this.queue.length === 0) this.heads.clear();
    this.ledger.reading();
    const revision = this.ledger.reader.revision(stream);
    this.heads.set(stream, revision);
    return revision;
  }

  private remember(stream: string, head: number, events: readonly Event<string, object>[]): void {
    this.heads.set(stream, head);
    const list = this.staged.get(stream);
    if (list) list.push(...events);
    else this.staged.set(stream, [...events]);
    for (const event of events) this.stagedIds.set(event.id, event);
  }

  private schedule(): void {
    this.scheduled = true;
    const until = performance.now() + this.lastGroup.ms / 2;
    const due = (): void => {
      if (this.queue.length > 0 && this.queue.length < this.lastGroup.size && performance.now() < until) {
        setImmediate(due);
        return;
      }
      this.scheduled = false;
      this.flush();
    };
    setImmediate(due);
  }

  /** Writes everything staged as one transaction with one fsync. */
  private flush(): void {
    if (this.queue.length === 0 || this.fault) return;
    const group = this.queue;
    this.queue = [];
    this.queued = 0;
    this.staged.clear();
    this.stagedIds.clear();
    const started = performance.now();
    try {
      let position = this.ledger.append(group.flatMap((one) => one.rows));
      for (const { rows, settle } of group) {
        position += rows.length;
        settle(position - 1);
      }
      this.lastGroup = { size: group.length, ms: performance.now() - started };
      this.options.onCommit?.(this.ledger.size);
    } catch (error) {
      this.fail(error, group);
    }
  }

  private fail(error: unknown, group: readonly Staged[]): void {
    const says = error instanceof Error ? error.message : String(error);
    const fault = storageFault(error, this.ledger.file);
    const told = fault?.message ?? `The log could not be written: ${says}`;
    this.fault = new Refusal('log/unavailable', told);
    for (const { fail } of group) fail(this.fault);
    this.options.onFault?.(fault ?? this.fault);
  }
}
