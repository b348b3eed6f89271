import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Refusal, type RefusalCode, type RefusalDetail } from '../kernel/refusal.js';
import type { Figures } from './extracting.js';
import type { ExtractedAccount, FigureExtracts, ReportExtracts } from './extracts.js';
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
      readonly kind: 'report';
      readonly what: ReportExtracts;
      readonly figures: Figures;
      readonly accounts: readonly ExtractedAccount[];
    }
  | { readonly kind: 'figure'; readonly what: FigureExtracts; readonly accounts: readonly ExtractedAccount[] };

/** What it answers: one thing for each subject, or a refusal, which stays one, or what went wrong. */
export interface Told {
  readonly answer?: readonly unknown[];
  readonly refused?: { readonly code: RefusalCode; readonly message: string } & RefusalDetail;
  readonly failed?: string;
}

interface Waiting {
  readonly task: Task;
  readonly settle: (answer: readonly unknown[]) => void;
  readonly fail: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  /** Slices it has been given and not answered yet. */
  given: number;
}

/** Threads that can work beside each other; more than eight gain little. */
export const processors = Math.min(availableParallelism(), 8);

/** Subjects that one thread is given at a time. */
const sliceSize = 25;
/** What a thread may hold of what it has just read and folded: without a limit it grows to hundreds of megabytes and gains no speed. */
const youngMb = 24;
/** Slices that a thread has at a time: one under way and one to go on with while the answer is read. */
const givenMax = 2;

/** Threads that fold Histories from the ledger beside each other; each has its own connection, and none writes. Made when first needed. */
export class FoldPool {
  private readonly threads: Thread[] = [];
  private readonly given = new Map<number, Waiting & { readonly thread: Thread }>();
  private readonly queue: Waiting[] = [];
  private asked = 0;

  constructor(
    private readonly directory: string,
    private readonly size = processors,
  ) {}

  /** Tasks under way at a time when every thread has enough to do. */
  get atOnce(): number {
    return this.size * givenMax;
  }

  /** Everything stored of subjects, folded from zero by one of the threads, in their order. */
  wholes(projections: readonly string[], names: readonly string[], position: number): Promise<readonly Whole[]> {
    return this.ask({ kind: 'wholes', projections, names, position }) as Promise<readonly Whole[]>;
  }

  /** What a report keeps of accounts, in their order. */
  report(what: ReportExtracts, figures: Figures, accounts: readonly ExtractedAccount[]): Promise<(object | null)[]> {
    return this.spread(accounts, (slice) => ({ kind: 'report', what, figures, accounts: slice }));
  }

  /** What a figure over the population keeps of accounts, in their order. */
  figure(what: FigureExtracts, accounts: readonly ExtractedAccount[]): Promise<(object | null)[]> {
    return this.spread(accounts, (slice) => ({ kind: 'figure', what, accounts: slice }));
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.splice(0).map(({ worker }) => worker.terminate()));
  }

  private async spread<I, T>(of: readonly I[], task: (slice: readonly I[]) => Task): Promise<T[]> {
    const slices: (readonly I[])[] = [];
    for (let at = 0; at < of.length; at += sliceSize) slices.push(of.slice(at, at + sliceSize));
    const answers = await Promise.all(slices.map((slice) => this.ask(task(slice))));
    return answers.flat() as T[];
  }

  private ask(task: Task): Promise<readonly unknown[]> {
    while (this.threads.length < this.size) this.threads.push(this.begun());
    return new Promise((settle, fail) => {
      this.queue.push({ task, settle, fail });
      this.give();
    });
  }

  /** Gives what waits to whichever thread has least to do. While any answer is awaited, the threads keep the process alive. */
  private give(): void {
    for (;;) {
      const [thread] = [...this.threads].sort((a, b) => a.given - b.given);
      const one = thread && thread.given < givenMax ? this.queue.shift() : undefined;
      if (!thread || !one) break;
      const id = ++this.asked;
      this.given.set(id, { ...one, thread });
      thread.given++;
      thread.worker.postMessage({ id, task: one.task });
    }
    for (const { worker } of this.threads) this.given.size > 0 ? worker.ref() : worker.unref();
  }

  private begun(): Thread {
    const worker = new Worker(new URL('./fold.worker.js', import.meta.url), {
      workerData: { directory: this.directory },
      resourceLimits: { maxYoungGenerationSizeMb: youngMb },
    });
    const thread: Thread = { worker, given: 0 };
    worker.on('message', ({ id, ...told }: { id: number } & Told) => {
      const one = this.given.get(id);
      this.given.delete(id);
      thread.given--;
      this.give();
      if (told.answer) one?.settle(told.answer);
      else one?.fail(told.refused ? refusalOf(told.refused) : new Error(told.failed));
    });
    worker.on('error', (error) => {
      this.threads.splice(this.threads.indexOf(thread), 1);
      for (const [id, one] of this.given) {
        if (one.thread !== thread) continue;
        this.given.delete(id);
        one.fail(error as Error);
      }
      if (this.threads.length > 0) this.give();
      else for (const one of this.queue.splice(0)) one.fail(error as Error);
    });
    worker.unref();
    return thread;
  }
}

const refusalOf = ({ code, message, ...detail }: Required<Told>['refused']): Refusal =>
  new Refusal(code, message, detail);
