import type { Instant } from '../kernel/instant.js';
import type { Arrival } from './feed.js';

/** How far a node's clock may be from the server's, in ms (`bytes.md` §4). */
const allowedMs = 2_000;

/** Time until a command is let through to measure again, in ms. */
const againMs = 2_000;

/** Compares this node's clock with the server's: an event that it appended was created between sending and answer. */
export class Skew {
  private readonly sent = new Map<string, { from: Instant; to: Instant | undefined }>();
  private offMs = 0;
  private tryAfter = 0;

  constructor(private readonly clock: () => Instant) {}

  /** An event is about to be sent; call the result when its answer is there. */
  sending(id: string): () => void {
    if (this.sent.size >= 1_000) this.sent.delete(this.sent.keys().next().value!);
    const span: { from: Instant; to: Instant | undefined } = { from: this.clock(), to: undefined };
    this.sent.set(id, span);
    return () => {
      span.to = this.clock();
    };
  }

  /** Something came by the subscription, maybe what was sent. */
  seen({ entry, createdMs }: Arrival): void {
    const span = entry && this.sent.get(entry.id);
    if (!span) return;
    this.sent.delete(entry.id);
    const to = span.to ?? this.clock();
    this.offMs = createdMs < span.from ? createdMs - span.from : Math.max(0, createdMs - to);
    this.tryAfter = Date.now() + againMs;
  }

  /** What is wrong with the clock, as a sentence; null where nothing is known to be. */
  trouble(): string | null {
    if (Math.abs(this.offMs) <= allowedMs) return null;
    return `The clock of this node is ${Math.round(Math.abs(this.offMs))} ms ${this.offMs > 0 ? 'behind' : 'ahead of'} the event store's, at most ${allowedMs} are allowed; set both by the same time server`;
  }

  /** Whether a command may go through all the same, to measure again. */
  mayTry(): boolean {
    if (Date.now() < this.tryAfter) return false;
    this.tryAfter = Date.now() + againMs;
    return true;
  }
}
