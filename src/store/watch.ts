import type { Mirror } from './mirror.js';
import { byPlace, nowhere } from './place.js';
import { saysOf } from './server-errors.js';

/** Time between two looks at the server, in ms. */
const everyMs = 1_000;

/** A server that has been silent for that long is out of reach: a change of leader takes less. */
const patienceMs = 6_000;

/** A mirror that stands still for that long before a head it has not reached subscribes anew, in ms. */
const stillMs = 4_000;

/** Looks at the server every second: whether it answers, how far the mirror is behind, and whether it stands still without a word. */
export class Watch {
  /** Events that the mirror has yet to take in. */
  behind = 0;
  private failure: { since: number; says: string } | undefined;
  private still: { since: number; at: Mirror['place'] } = { since: Date.now(), at: nowhere };
  private wake: () => void = () => undefined;
  private ended = false;

  /** Whether the last append ended without an answer. */
  private refusing = false;

  constructor(
    private readonly mirror: Mirror,
    private readonly takesAppends: () => Promise<void>,
  ) {}

  /** An append came to nothing: until the server takes one again it counts as silent, though it may answer reads. */
  appendFailed(): void {
    this.refusing = true;
  }

  async run(): Promise<void> {
    while (!this.ended && !this.mirror.alarm) {
      await this.look();
      await new Promise<void>((settle) => {
        const timer = setTimeout(settle, everyMs);
        this.wake = () => {
          clearTimeout(timer);
          settle();
        };
      });
    }
  }

  /** Why the server is out of reach, as a sentence; null where it is not, or has been for a moment only. */
  trouble(): string | null {
    if (!this.failure || Date.now() - this.failure.since < patienceMs) return null;
    const seconds = Math.round((Date.now() - this.failure.since) / 1_000);
    return `The event store has not answered for ${seconds} s (${this.failure.says}); nothing acknowledged is lost, commands go on when it is back`;
  }

  close(): void {
    this.ended = true;
    this.wake();
  }

  private async look(): Promise<void> {
    const { mirror } = this;
    const asked = Date.now();
    try {
      if (this.refusing) await this.takesAppends();
      this.refusing = false;
      const head = await mirror.head.newest(() => mirror.place);
      const missing = byPlace(mirror.place, head) < 0;
      this.behind = missing ? await mirror.head.behind(mirror.place) : 0;
      this.failure = undefined;
      if (!missing || byPlace(mirror.place, this.still.at) !== 0) this.still = { since: Date.now(), at: mirror.place };
      else if (Date.now() - this.still.since > stillMs) {
        this.still = { since: Date.now(), at: mirror.place };
        mirror.renew();
      }
    } catch (error) {
      this.failure = { since: this.failure?.since ?? asked, says: saysOf(error) };
    }
  }
}
