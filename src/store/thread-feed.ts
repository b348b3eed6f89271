import { Worker } from 'node:worker_threads';
import type { Patience, Running } from './eventstoredb.js';
import type { Feeding, Listener } from './feed.js';
import { type Packed, unpack } from './packed.js';
import type { Place } from './place.js';

/** What the thread has to know. */
export interface Setting {
  readonly url: string;
  readonly prefix: string;
  readonly patience: Patience | undefined;
}

/** What the thread is asked for: a subscription under a number, or something of the one that runs. */
export interface Asked {
  readonly no: number;
  readonly what: 'follow' | keyof Running;
  /** Name of the log. */
  readonly origin: string;
  readonly after: Place | undefined;
}

/** What the thread says of a subscription. */
export interface Said {
  readonly no: number;
  readonly packed?: Packed;
  readonly ended?: { readonly message: string; readonly type: string | undefined };
}

/** Whether there is a file to begin the thread with: only beside this one as it was built. */
export const threads = import.meta.url.endsWith('.js');

/** A feed in a thread of its own, with its own connection: entries are proven there while this thread writes those before them. */
export class ThreadFeed implements Feeding {
  private worker: Worker | undefined;
  private listener: Listener | undefined;
  private no = 0;

  /** Begins the thread at once, so that it is there when it is needed. */
  constructor(private readonly setting: Setting) {
    this.worker = this.begun();
  }

  follow(origin: string, after: Place | undefined, listener: Listener): Running {
    const no = ++this.no;
    this.listener = listener;
    this.worker ??= this.begun();
    const ask = (what: Asked['what']) => this.worker?.postMessage({ no, what, origin, after } satisfies Asked);
    ask('follow');
    const ending = (what: 'stop' | 'leave') => () => {
      if (this.no === no) this.listener = undefined;
      ask(what);
    };
    return { stop: ending('stop'), leave: ending('leave'), hold: () => ask('hold'), goOn: () => ask('goOn') };
  }

  close(): void {
    this.listener = undefined;
    void this.worker?.terminate();
    this.worker = undefined;
  }

  private begun(): Worker {
    const worker = new Worker(new URL('./feed.worker.js', import.meta.url), {
      workerData: this.setting,
      resourceLimits: { maxYoungGenerationSizeMb: 32 },
    });
    worker.unref();
    worker.on('message', ({ no, packed, ended }: Said) => {
      if (no !== this.no) return;
      if (packed) this.listener?.arrived(unpack(packed));
      if (ended) this.end(Object.assign(new Error(ended.message), { type: ended.type }));
    });
    worker.on('error', (error) => {
      if (this.worker === worker) this.worker = undefined;
      this.end(error);
    });
    return worker;
  }

  private end(error: unknown): void {
    const { listener } = this;
    this.listener = undefined;
    listener?.ended(error);
  }
}
