import { Worker } from 'node:worker_threads';
import { projections } from '../../projections/registry.js';
import type { Reader } from '../ledger/reader.js';
import { Projector } from './projector.js';
import { Views } from './views.js';

/** Where the projector runs: told when the log grew, asked when it is level. */
export interface ProjectorHost {
  /** The log has grown. */
  nudge(): void;
  /** Settles when everything told before is in the stored views. */
  level(): Promise<void>;
  /** Forgets a projection's stored states, or all, and builds them anew. */
  rebuild(name?: string): Promise<void>;
  /** Says that an import is running, or that it is in. */
  coalesce(on: boolean): void;
  close(): Promise<void>;
}

/** The projector in this thread, a batch at a time between other work: for tests, the command line, and small machines. */
export class InlineProjector implements ProjectorHost {
  private readonly projector: Projector;
  private readonly views: Views;
  private running = false;
  private ended = false;
  private waiting: (() => void)[] = [];

  constructor(reader: Reader, directory: string) {
    this.views = Views.open(directory);
    this.projector = new Projector(reader, this.views, projections);
    this.nudge();
  }

  nudge(): void {
    if (this.running || this.ended) return;
    this.running = true;
    setImmediate(() => void this.work());
  }

  level(): Promise<void> {
    return new Promise((settle) => {
      this.waiting.push(settle);
      this.nudge();
    });
  }

  async rebuild(name?: string): Promise<void> {
    this.projector.rebuild(name);
    await this.level();
  }

  coalesce(on: boolean): void {
    this.projector.coalesce(on);
    this.nudge();
  }

  async close(): Promise<void> {
    this.ended = true;
    this.views.close();
  }

  private async work(): Promise<void> {
    if (this.ended) return;
    if (await this.projector.step()) {
      setImmediate(() => void this.work());
      return;
    }
    this.running = false;
    for (const settle of this.waiting.splice(0)) settle();
  }
}

/** The projector in a thread of its own, with its own connections: commands and reads never wait for it. */
export class ThreadProjector implements ProjectorHost {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, () => void>();
  private nudged = false;
  private asked = 0;

  constructor(directory: string, onFault: (error: Error) => void) {
    this.worker = new Worker(new URL('./projector.worker.js', import.meta.url), { workerData: { directory } });
    this.worker.on('message', (message: { done: number }) => {
      this.waiting.get(message.done)?.();
      this.waiting.delete(message.done);
    });
    this.worker.on('error', onFault);
  }

  nudge(): void {
    if (this.nudged) return;
    this.nudged = true;
    setTimeout(() => {
      this.nudged = false;
      this.worker.postMessage({ kind: 'nudge', id: 0 });
    }, 5);
  }

  level(): Promise<void> {
    return this.ask('level');
  }

  rebuild(name?: string): Promise<void> {
    return this.ask('rebuild', name);
  }

  coalesce(on: boolean): void {
    this.worker.postMessage({ kind: on ? 'coalesce' : 'fold', id: 0 });
  }

  async close(): Promise<void> {
    await this.ask('close');
    await this.worker.terminate();
  }

  private ask(kind: string, name?: string): Promise<void> {
    const id = ++this.asked;
    return new Promise((settle) => {
      this.waiting.set(id, settle);
      this.worker.postMessage({ kind, id, name });
    });
  }
}
