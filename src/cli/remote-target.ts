import type { ImportBatch } from '../app/import/batch.js';
import { type Became, becameOf, type Sent, type Standing, type Target } from '../app/import/port.js';
import type { Receipt } from '../app/receipt.js';
import type { Request } from '../app/execute.js';
import type { Problem } from '../http/problem.js';
import type { Foreign } from '../vault/vault.js';
import { type Client, part, refusalIn, Unreachable } from './client.js';
import { RemoteLog } from './remote-log.js';

/** Commands of one request, and their text at the most; a line more than that goes by itself. */
const linesMax = 1_000;
const textMax = 1_048_576;

/** Dry runs asked at the same time; they write nothing, so their order means nothing. */
const checksMax = 16;

interface Waiting {
  readonly line: string;
  readonly batch: ImportBatch;
  readonly settle: (became: Became) => void;
}

/**
 * A service as the target of an import. Commands gather while a request is on its way and then go together as NDJSON, so that
 * many share a round trip and all keep their order.
 */
export class RemoteTarget implements Target {
  readonly ahead = 4 * linesMax;
  private readonly log: RemoteLog;
  private readonly waiting: Waiting[] = [];
  private readonly checks = new Set<Promise<Became>>();
  private sending = false;
  private broken: Became | undefined;

  constructor(private readonly client: Client) {
    this.log = new RemoteLog(client);
  }

  async batchEvents(batchId: string): Promise<readonly string[]> {
    return (await this.log.stream(`batch-${batchId}`)).map((event) => event.type);
  }

  async tell(name: string, commandId: string, body: object): Promise<void> {
    await this.client.post(`/v1/commands/${name}`, { commandId, ...body });
  }

  roundOf(name: string, source: string, key: string, index: number): Promise<number> {
    return this.log.roundOf(name, source, key, index);
  }

  async send({ name, body, imported }: Request, batch: ImportBatch): Promise<Sent> {
    const line = JSON.stringify({ command: name, ...(body as object), import: imported });
    const told = new Promise<Became>((settle) => this.waiting.push({ line, batch, settle }));
    if (!this.sending) {
      this.sending = true;
      setImmediate(() => void this.work());
    }
    return { told, durable: told };
  }

  async check(request: Request): Promise<Sent> {
    while (this.checks.size >= checksMax) await Promise.race(this.checks);
    const told = this.checked(request).catch((error: unknown): Became => ({ became: 'refused', error }));
    this.checks.add(told);
    void told.then(() => this.checks.delete(told));
    return { told, durable: told };
  }

  standing(request: Request): Promise<Standing | undefined> {
    return this.log.standing(request);
  }

  async persons(foreign: readonly Foreign[]): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let i = 0; i < foreign.length; i += 1_000)
      ids.push(...(await this.client.post<string[]>('/v1/keys/persons', { foreign: foreign.slice(i, i + 1_000) })));
    return ids;
  }

  importing(): void {
    // the service decides for itself when its stored views take in what comes
  }

  async level(): Promise<void> {
    // a service's answers are always level with its log
  }

  private async checked(request: Request): Promise<Became> {
    const before = await this.log.has(request);
    if (before !== undefined) return { became: await this.log.toldBefore(before) };
    const { name, body, commandId } = request;
    const path = `/v1/commands/${part(name)}?dryRun=true`;
    const { events } = await this.client.post<{ events: Receipt['events'] }>(path, { commandId, ...(body as object) });
    return becameOf({ repeated: false, events });
  }

  private async becameIn(answer: Receipt | Problem): Promise<Became> {
    if ('code' in answer) return { became: 'refused', error: refusalIn(answer) };
    const [first] = answer.events;
    return answer.repeated && first ? { became: await this.log.toldBefore(first.id) } : becameOf(answer);
  }

  private async work(): Promise<void> {
    while (this.waiting.length > 0) {
      let size = 0;
      let count = 0;
      for (const { line } of this.waiting) {
        size += line.length;
        if (count > 0 && (count >= linesMax || size > textMax)) break;
        count++;
      }
      await this.pass(this.waiting.splice(0, count));
    }
    this.sending = false;
  }

  /** Sends some commands. From the first that misses its batch on they go again once the batch has begun: none of them was recorded. */
  private async pass(commands: readonly Waiting[]): Promise<void> {
    let left = commands;
    try {
      while (left.length > 0 && !this.broken) {
        const answers = (await this.client.lines(left.map((one) => one.line))) as readonly (Receipt | Problem)[];
        if (answers.length !== left.length)
          throw new Unreachable(this.client.url, `it answered ${answers.length} of ${left.length} commands`);
        const early = left.findIndex(({ batch }, i) => codeOf(answers[i]!) === 'batch/unknown' && !batch.started);
        const done = early < 0 ? left.length : early;
        for (const [i, one] of left.slice(0, done).entries()) one.settle(await this.becameIn(answers[i]!));
        left = left.slice(done);
        await left[0]?.batch.begin();
      }
    } catch (error) {
      this.broken = { became: 'refused', error };
    }
    if (this.broken) for (const one of left) one.settle(this.broken);
  }
}

const codeOf = (answer: Receipt | Problem): string | undefined => ('code' in answer ? answer.code : undefined);
