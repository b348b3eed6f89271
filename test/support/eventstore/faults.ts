/** What can go wrong with one append. `drop`: the connection breaks; `hang`: no answer ever; before or after the event was kept. `end`: the server ends the stream of appends without a word. */
export type AppendFault =
  | 'drop-before'
  | 'drop-after'
  | 'hang-before'
  | 'hang-after'
  | 'not-ready'
  | 'not-leader'
  | 'timeout'
  | 'internal'
  | 'denied'
  | 'too-large'
  | 'end'
  | 'delay';

/** What can go wrong with one read of a stream or of `$all`. */
export type ReadFault = 'drop' | 'hang' | 'denied' | 'delay';

/** What can go wrong with one subscription, after some of its events. */
export type SubscribeFault = 'drop' | 'slow' | 'end' | 'twice' | 'hang' | 'garbled';

interface Faults {
  append: AppendFault;
  read: ReadFault;
  subscribe: SubscribeFault;
}

/** Faults that are to happen, each once, and those that have. */
export class FaultPlan {
  private readonly planned: { [K in keyof Faults]: { fault: Faults[K]; after: number }[] } = {
    append: [],
    read: [],
    subscribe: [],
  };
  /** Faults that happened, in order: a test that saw none proves nothing. */
  readonly happened: string[] = [];

  /** The next call of that kind fails like this; `after` counts the events that a subscription still gets, or the appends that go well before. */
  next<K extends keyof Faults>(where: K, fault: Faults[K], times = 1, after = 0): void {
    for (let i = 0; i < times; i++) this.planned[where].push({ fault, after });
  }

  /** Takes the fault that a call is to have, undefined for none. */
  take<K extends keyof Faults>(where: K): { fault: Faults[K]; after: number } | undefined {
    const [next] = this.planned[where];
    if (where === 'append' && next && next.after > 0) {
      next.after--;
      return undefined;
    }
    return this.planned[where].shift();
  }

  note(where: keyof Faults | 'connection', fault: string): void {
    this.happened.push(`${where} ${fault}`);
  }
}
