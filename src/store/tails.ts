import type { Event } from '../kernel/event.js';
import { eventOf } from '../kernel/history.js';
import type { Instant } from '../kernel/instant.js';
import type { Reader } from '../ledger/reader.js';
import type { Server } from './eventstoredb.js';
import { provisional } from './event-store.js';
import type { Names } from './names.js';
import type { Recorded } from './recorded.js';
import { diverged } from './server-errors.js';
import { eventOfStamped, incoming, type Stamped } from './stamp.js';
import { restored } from './wire.js';

/** What streams have on the server beyond the ledger: commands are decided on it, the mirror catches up behind. */
export class Tails {
  private readonly tails = new Map<string, Event<string, object>[]>();
  private readonly ids = new Map<string, Event<string, object>>();
  /** Revision and time of recording of what was appended last, by stream. */
  private readonly recorded = new Map<string, { revision: number; at: Instant }>();

  constructor(
    private readonly reader: Reader,
    private readonly server: Server,
    private readonly names: Names,
    private readonly origin: string,
  ) {}

  /** Reads what is new of a stream from the server, and answers with its head; -1 where it has no event. Throws `log/diverged` where the server has less than the ledger. */
  async refresh(stream: string): Promise<number> {
    const name = this.names.onServer(stream);
    const known = this.known(stream);
    const had = this.reader.revision(stream);
    const found = await this.server.stream(name, known + 1);
    if (found === undefined && had >= 0)
      throw diverged(
        `Stream ${name} is gone from the server, though this ledger has ${had + 1} events of it; restore the server from a backup that has it`,
      );
    // what was known may have been dropped while this was read
    if (this.known(stream) < known) return this.refresh(stream);
    for (const recorded of found ?? []) this.add(stream, recorded);
    return this.known(stream);
  }

  /** Highest revision of a stream that is known without asking; -1 where none is. */
  known(stream: string): number {
    return Math.max(this.reader.revision(stream), this.tails.get(stream)?.at(-1)?.streamrevision ?? -1);
  }

  /** Takes in what was just appended. */
  keep(stream: string, stamped: readonly Stamped[]): Event<string, object>[] {
    const events = stamped.map((one) => {
      const event = eventOfStamped(one, incoming(one), provisional + one.entry.streamrevision);
      if (event.streamrevision === this.known(stream) + 1) this.push(stream, event);
      return event;
    });
    const { entry } = stamped.at(-1)!;
    if (this.recorded.size >= 10_000) this.recorded.clear();
    this.recorded.set(stream, { revision: entry.streamrevision, at: Date.parse(entry.recordedtime) });
    return events;
  }

  /** Events of a stream that are known, from a revision on, all of them unless limited. */
  read(stream: string, from: number, limit: number): readonly Event<string, object>[] {
    const rows = this.reader.stream(stream, from, limit).map((row) => eventOf(row.entry, row.position));
    if (rows.length === limit) return rows;
    const all = [...rows, ...this.beyond(stream, from)];
    return limit < 0 ? all : all.slice(0, limit);
  }

  /** Time of recording of the event at a revision, 0 for none: on a cluster it never runs backwards within a stream. */
  recordedAt(stream: string, revision: number): Instant {
    const last = this.recorded.get(stream);
    if (last?.revision === revision) return last.at;
    const [beyond] = this.beyond(stream, revision);
    if (beyond) return Date.parse(beyond.recordedtime);
    const [row] = revision < 0 ? [] : this.reader.stream(stream, revision, 1);
    return row ? Date.parse(JSON.parse(row.entry).recordedtime) : 0;
  }

  /** Events of a stream that are known and not in the ledger, from a revision on. */
  beyond(stream: string, from: number): readonly Event<string, object>[] {
    this.prune(stream);
    return (this.tails.get(stream) ?? []).filter((event) => event.streamrevision >= from);
  }

  /** Forgets what is known of a stream beyond the ledger. */
  drop(stream: string): void {
    this.recorded.delete(stream);
    for (const event of this.tails.get(stream) ?? []) this.ids.delete(event.id);
    this.tails.delete(stream);
  }

  find(id: string): Event<string, object> | undefined {
    return this.ids.get(id);
  }

  /** Lets go of what the ledger has taken in. */
  forget(): void {
    for (const stream of [...this.tails.keys()]) this.prune(stream);
  }

  private add(stream: string, recorded: Recorded): void {
    const next = this.known(stream) + 1;
    const revision = Number(recorded.revision);
    if (revision < next) return;
    if (revision > next)
      throw diverged(
        `Stream ${recorded.stream} begins at revision ${revision} on the server, event ${next} is gone; restore the server from a backup that has it`,
      );
    const stamped = restored(recorded, stream, this.origin);
    this.push(stream, eventOfStamped(stamped, incoming(stamped), provisional + revision));
  }

  private push(stream: string, event: Event<string, object>): void {
    const list = this.tails.get(stream);
    if (list) list.push(event);
    else this.tails.set(stream, [event]);
    this.ids.set(event.id, event);
  }

  private prune(stream: string): void {
    const list = this.tails.get(stream);
    if (!list) return;
    const head = this.reader.revision(stream);
    while (list.length > 0 && list[0]!.streamrevision <= head) this.ids.delete(list.shift()!.id);
    if (list.length === 0) this.tails.delete(stream);
  }
}
