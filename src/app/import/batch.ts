import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Refusal } from '../../kernel/refusal.js';
import type { Target } from './port.js';

/** A run's batch: begun with the first thing to add, so that a run that adds nothing leaves nothing. */
export class ImportBatch {
  private constructor(
    private readonly target: Target,
    private readonly about: { readonly source: string; readonly mapping: string; readonly files: readonly object[] },
    readonly id: string,
    public started: boolean,
  ) {}

  /** The batch of these files that is not complete yet, or the next new one: an interrupted run goes on where it was. */
  static async of(target: Target, source: string, mapping: string, files: readonly string[]): Promise<ImportBatch> {
    const digests = await Promise.all(files.map(digestOfFile));
    const named = files.map((file, i) => ({ name: basename(file), digest: digests[i] }));
    const short = createHash('sha256').update(digests.join()).digest('hex').slice(0, 10);
    for (let n = 1; ; n++) {
      const id = `${source}-${short}-${n}`;
      const events = await target.batchEvents(id);
      if (!events.some((type) => type === 'ImportCompleted' || type === 'ImportReverted'))
        return new ImportBatch(target, { source, mapping, files: named }, id, events.length > 0);
    }
  }

  async begin(): Promise<void> {
    if (this.started) return;
    this.started = true;
    const { source, mapping, files } = this.about;
    await this.tell('StartImport', `start-${this.id}`, { batchId: this.id, sourceSystem: source, mapping, files });
  }

  /** Ends the batch with what it came to. */
  async complete(counts: object, rejected: number): Promise<void> {
    if (this.started) await this.tell('CompleteImport', `complete-${this.id}`, { batchId: this.id, counts, rejected });
  }

  private async tell(name: string, commandId: string, body: object): Promise<void> {
    await this.target.tell(name, commandId, body, this.about.source);
  }
}

async function digestOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  } catch (error) {
    throw new Refusal(
      'config/invalid',
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return hash.digest('hex');
}
