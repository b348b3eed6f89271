import { Refusal } from '../../kernel/refusal.js';
import type { Append } from '../../store/appends.js';
import type { Server } from '../../store/eventstoredb.js';
import { byPlace, nowhere, type Place } from '../../store/place.js';
import { Elsewhere } from '../../store/server-errors.js';
import type { Proposed } from '../../store/wire.js';

/** Consecutive events of one stream, which one append takes. */
export interface Run {
  readonly stream: string;
  /** Revision before the first of them, -1 where that begins the stream. */
  readonly expected: number;
  readonly events: readonly Proposed[];
}

/** Runs on their way at once: the server is never without work while an answer is read. */
const most = 8;

interface Sent {
  readonly run: Run;
  /** Where it came to stand; undefined where it failed. Never rejects. */
  readonly place: Promise<Place | undefined>;
}

/**
 * Sends runs to a server so that they stand in its log in the order in which they are sent. Several are on their way over one stream of
 * appends, whose order the server keeps. After a failure nothing more is sent until the answers to all of them are known; then each is
 * sent again by itself, from the one that failed on: what the server has of them it recognises.
 */
export class Sending {
  private readonly underWay: Sent[] = [];
  private last = nowhere;
  /** Appends over one stream of the server; undefined until the server has taken an append. */
  private line: Append | undefined;

  /** @param address of the server, as it is named in a refusal */
  constructor(
    private readonly server: Server,
    private readonly address: string,
  ) {}

  /** Settles when the run is on its way. Refuses what became of it or of one before it. */
  async send(run: Run): Promise<void> {
    while (this.underWay.length >= most) await this.oldest();
    if (!this.line) return this.alone(run);
    const place = this.line(run.stream, run.expected, run.events).catch(() => undefined);
    this.underWay.push({ run, place });
  }

  /** Settles when the server has all runs; says where the last one stands. */
  async all(): Promise<Place> {
    while (this.underWay.length > 0) await this.oldest();
    return this.last;
  }

  private async oldest(): Promise<void> {
    const place = await this.underWay[0]!.place;
    if (place) {
      this.underWay.shift();
      return this.stands(place);
    }
    await Promise.all(this.underWay.map((one) => one.place));
    this.line = undefined;
    for (const { run } of this.underWay.splice(0)) await this.alone(run);
  }

  private async alone({ stream, expected, events }: Run): Promise<void> {
    try {
      this.stands(await this.server.append(stream, expected, events));
    } catch (error) {
      if (!(error instanceof Elsewhere)) throw error;
      throw new Refusal(
        'bundle/not-a-prefix',
        `Stream ${stream} is at revision ${error.actual} at ${this.address}, not at ${expected}: something else writes there; move into an empty log, with every service stopped`,
      );
    }
    this.line ??= await this.server.inOrder();
  }

  /** The next run stands there. One behind it was taken before it: a node refused the one and, having become the leader, took the other. */
  private stands(place: Place): void {
    if (byPlace(place, this.last) < 0)
      throw new Refusal(
        'log/diverged',
        `The server at ${this.address} changed its leader and took events out of their order; move into an empty log (another TAPROOT_STREAM_PREFIX, or an empty server)`,
      );
    this.last = place;
  }
}
