import { Refusal } from '../kernel/refusal.js';

interface Waiter {
  readonly there: () => boolean;
  readonly settle: (error?: Refusal) => void;
}

/** Those who wait for something to be in the ledger. */
export class Waiting {
  private readonly waiters = new Set<Waiter>();

  /** Whether somebody waits. */
  get any(): boolean {
    return this.waiters.size > 0;
  }

  /** Settles when it is there; refuses `log/behind` after a while. */
  until(there: () => boolean, patienceMs: number): Promise<void> {
    if (there()) return Promise.resolve();
    return new Promise((settle, fail) => {
      const one: Waiter = {
        there,
        settle: (error) => {
          clearTimeout(timer);
          this.waiters.delete(one);
          if (error) fail(error);
          else settle();
        },
      };
      const late = 'This node has yet to take in what the event store has; try again in a moment';
      const timer = setTimeout(() => one.settle(new Refusal('log/behind', late)), patienceMs);
      this.waiters.add(one);
    });
  }

  /** The ledger has grown. */
  look(): void {
    for (const one of [...this.waiters]) if (one.there()) one.settle();
  }

  /** It will not come. */
  refuse(refusal: Refusal): void {
    for (const one of [...this.waiters]) one.settle(refusal);
  }
}
