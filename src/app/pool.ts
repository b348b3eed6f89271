import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Moment } from '../kernel/projection.js';
import type { FoldStates } from './folder.js';
import type { Asked } from './moments.js';
import type { Whole } from './whole.js';

/** What a thread of the pool is asked for. */
export type Task =
  | {
      readonly kind: 'wholes';
      readonly projections: readonly string[];
      readonly names: readonly string[];
      readonly position: number;
    }
  | {
      readonly kind: 'states';
      readonly projections: readonly string[];
      readonly names: readonly string[];
      readonly moment: Moment;
      readonly asked: Asked;
    };

interface Waiting {
  readonly settle: (answer: unknown) => void;
  readonly fail: (error: Error) => void;
}

/** Subjects that one thread is given at a time. */
const sliceSize = 25;

/** Threads that fold Histories from the ledger beside each other; each has its own connection, and none writes. Made when first needed. */
export class FoldPool {
  private readonly workers: Worker[] = [];
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;

  constructor(
    private readonly directory: string,
    private readonly size = Math.min(availableParallelism(), 8),
  ) {}

  /** Everything stored of subjects, folded from zero, in their order. */
  wholes(projections: readonly string[], names: readonly string[], position: number): Promise<Whole[]> {
    return this.spread(names, (slice) => ({ kind: 'wholes', projections, names: slice, position }));
  }

  /** States of projections over subjects at a moment, in their order. */
  states(
    projections: readonly string[],
    names: readonly string[],
    moment: Moment,
    asked: Asked,
  ): Promise<FoldStates[]> {
    return this.spread(names, (slice) => ({ kind: 'states', projections, names: slice, moment, asked }));
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.splice(0).map((worker) => worker.terminate()));
  }

  private async spread<T>(names: readonly string[], task: (slice: readonly string[]) => Task): Promise<T[]> {
    const slices: (readonly string[])[] = [];
    for (let at = 0; at < names.length; at += sliceSize) slices.push(names.slice(at, at + sliceSize));
    const answers = await Promise.all(slices.map((slice) => this.ask<T[]>(task(slice))));
    return answers.flat();
  }

  private ask<T>(task: Task): Promise<T> {
    if (this.workers.length === 0) for (let i = 0; i < this.size; i++) this.workers.push(this.begun());
    const id = ++this.asked;
    return new Promise<T>((settle, fail) => {
      this.waiting.set(id, { settle: settle as (answer: unknown) => void, fail });
      if (this.waiting.size === 1) for (const worker of this.workers) worker.ref();
      this.workers[id % this.workers.length]!.postMessage({ id, task });
    });
  }

  /** Takes out who waits for an answer; with none left, the threads no longer keep the process alive. */
  private taken(id: number): Waiting | undefined {
    const one = this.waiting.get(id);
    this.waiting.delete(id);
    if (this.waiting.size === 0) for (const worker of this.workers) worker.unref();
    return one;
  }

  private begun(): Worker {
    const worker = new Worker(new URL('./fold.worker.js', import.meta.url), {
      workerData: { directory: this.directory },
    });
    worker.on('message', ({ id, answer, failed }: { id: number; answer?: unknown; failed?: string }) => {
      const one = this.taken(id);
      if (failed === undefined) one?.settle(answer);
      else one?.fail(new Error(failed));
    });
    worker.on('error', (error) => {
      for (const one of this.waiting.values()) one.fail(error as Error);
      this.waiting.clear();
      for (const one of this.workers) one.unref();
    });
    worker.unref();
    return worker;
  }
}
