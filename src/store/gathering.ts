/** A batch of so many says that more will come. */
const few = 16;

/** Wait for more, in ms: after the last batch, while level and nobody waits; where many come. */
const gatherMs = { level: 100, many: 5, behind: 50 };

/** How long a mirror waits for more before it writes: a transaction costs the same for one event as for thousands. */
export class Gathering {
  /** Ends the wait that is under way. */
  enough: () => void = () => undefined;
  private busy = false;
  private wroteMs = Number.NEGATIVE_INFINITY;

  /** @param most events of one transaction; `restMs` from one to the next while level and nobody waits */
  constructor(
    private readonly most: number,
    private readonly restMs: number = gatherMs.level,
  ) {}

  /** Somebody waits for what comes: only where many come is it worth to let them wait. */
  wanted(): void {
    if (!this.busy) this.enough();
  }

  /** A transaction begins. */
  writes(): void {
    this.wroteMs = performance.now();
  }

  /** So many events were taken in at once. */
  took(count: number): void {
    this.busy = count >= few;
  }

  /** Settles when it is time to write what is queued. */
  gathered(queued: number, level: boolean, wanted: boolean): Promise<void> {
    const since = performance.now() - this.wroteMs;
    const ms = !level ? gatherMs.behind : wanted ? gatherMs.many : this.restMs - since;
    if ((wanted && !this.busy) || ms <= 0 || queued >= this.most) return new Promise(setImmediate);
    return new Promise((settle) => {
      const timer = setTimeout(settle, ms);
      this.enough = () => {
        clearTimeout(timer);
        settle();
      };
    });
  }
}
