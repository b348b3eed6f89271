/** Commands that are taken up in one turn of the event loop. */
const most = 16;

/**
 * Lets a few commands in at a time, in their order. Of many that come at once all would be decided before the first one is sent,
 * and the server would wait for us, then we for the server.
 */
export class Pace {
  private taken = 0;
  private armed = false;
  private readonly waiting: (() => void)[] = [];

  /** Settles when it is a command's turn; undefined where it is now. */
  turn(): Promise<void> | undefined {
    this.arm();
    if (this.taken < most) {
      this.taken++;
      return undefined;
    }
    return new Promise((settle) => {
      this.waiting.push(settle);
    });
  }

  private arm(): void {
    if (this.armed) return;
    this.armed = true;
    setImmediate(() => {
      this.armed = false;
      const next = this.waiting.splice(0, most);
      this.taken = next.length;
      if (next.length > 0) this.arm();
      for (const go of next) go();
    });
  }
}
