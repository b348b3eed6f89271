import type { Reader } from '../ledger/reader.js';
import type { Server } from './eventstoredb.js';
import type { Arrival } from './feed.js';
import type { Names } from './names.js';
import { byPlace, nowhere, type Place } from './place.js';
import { contentDiffers } from './repeats.js';
import type { Stamped } from './stamp.js';
import { type Proposal, restored } from './wire.js';

/** Longest wait for an append to come back by the subscription, in ms; then it is read. */
const arrivalMs = 100;

/** An append on its way. */
interface Sent {
  readonly stream: string;
  /** Leaf hashes by id, of what has not come back yet. */
  readonly leaves: Map<string, string>;
  /** Newest place that had come before it was sent. */
  readonly after: Place;
  /** Whether other content stands there. */
  differs: boolean;
  came: () => void;
}

/**
 * The server takes ids that it has at that revision for a repetition and says yes, whatever the events hold: before anything is
 * acknowledged, what stands there is compared with what was sent. The subscription brings it anyhow, so nothing is asked.
 */
export class Replays {
  private readonly sent = new Map<string, Sent>();
  private newest: Place = nowhere;

  constructor(
    private readonly reader: Reader,
    private readonly server: Server,
    private readonly names: Names,
    private readonly origin: string,
  ) {}

  /** Events are about to be sent to a stream. */
  sending(stream: string, proposed: readonly Proposal[]): Sent {
    const leaves = new Map(proposed.map(({ id, leaf }) => [id, leaf]));
    const sent: Sent = { stream, leaves, after: this.newest, differs: false, came: () => undefined };
    for (const id of leaves.keys()) this.sent.set(id, sent);
    return sent;
  }

  /** Something came by the subscription. */
  seen({ place, entry }: Arrival): void {
    if (byPlace(place, this.newest) > 0) this.newest = place;
    if (!entry || this.sent.size === 0) return;
    const { id, stream, leaf } = entry;
    const sent = this.sent.get(id);
    if (sent?.stream !== stream) return;
    this.sent.delete(id);
    sent.differs ||= leaf.toString('base64url') !== sent.leaves.get(id);
    sent.leaves.delete(id);
    if (sent.leaves.size === 0) sent.came();
  }

  /** Nothing came of it, or nobody waits any more. */
  forget(sent: Sent): void {
    for (const id of sent.leaves.keys()) if (this.sent.get(id) === sent) this.sent.delete(id);
  }

  /** Whether what was sent stands where the server said, and not the same command's events by another node; those have other content where it throws `command/content-differs`. */
  async stands(stream: string, stamped: readonly Stamped[], sent: Sent, place: Place): Promise<boolean> {
    const fresh = byPlace(place, sent.after) > 0 && (await this.arrived(sent));
    this.forget(sent);
    return (fresh && !sent.differs) || this.reads(stream, stamped, sent);
  }

  private arrived(sent: Sent): Promise<boolean> {
    if (sent.leaves.size === 0) return Promise.resolve(true);
    return new Promise((settle) => {
      const timer = setTimeout(settle, arrivalMs, false);
      sent.came = () => {
        clearTimeout(timer);
        settle(true);
      };
    });
  }

  private async reads(stream: string, stamped: readonly Stamped[], sent: Sent): Promise<boolean> {
    const { streamrevision: from, commanddigest } = stamped[0]!.entry;
    let there = this.reader.stream(stream, from, stamped.length).map((row) => row.entry);
    if (there.length < stamped.length) {
      const found = await this.server.stream(this.names.onServer(stream), from, stamped.length);
      there = (found ?? []).map((recorded) => restored(recorded, stream, this.origin).text);
    }
    if (stamped.every(({ text }, i) => text === there[i])) return true;
    sent.differs = true;
    const first = JSON.parse(there[0] ?? '{}') as { commandid?: string; commanddigest?: string };
    if (first.commanddigest !== commanddigest) throw contentDiffers(first.commandid);
    return false;
  }
}
