/** An event as the server of the tests keeps it. */
export interface Kept {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly json: boolean;
  data: Buffer;
  readonly metadata: Buffer;
  readonly createdMs: number;
  /** Where the event stands in `$all`: bytes before it, as a real server counts. */
  readonly position: number;
}

/** An event that is to be kept. */
export type Proposed = Pick<Kept, 'id' | 'type' | 'json' | 'data' | 'metadata'>;

/** What an append came to. */
export type Outcome =
  | { readonly kind: 'kept'; readonly last: Kept; readonly repeated: boolean }
  | { readonly kind: 'wrong'; readonly actual: number }
  | { readonly kind: 'deleted' };

const noLimits = { tb: 0, maxCount: Number.MAX_SAFE_INTEGER };

/** The memory of the server: streams, `$all`, metadata streams, and the idempotency of exact revisions. Outlives restarts of the server. */
export class ServerLog {
  readonly all: Kept[] = [];
  private readonly streams = new Map<string, Kept[]>();
  private readonly tombs = new Set<string>();
  private end = 1_000;
  /** Ahead of the machine's clock by that much. */
  skewMs = 0;

  /** Appends all or nothing at the exact revision; the same ids at the same revision again are a success with the first position. */
  append(stream: string, expected: number, events: readonly Proposed[]): Outcome {
    if (this.tombs.has(stream)) return { kind: 'deleted' };
    const kept = this.streams.get(stream) ?? [];
    const head = this.limits(stream).tb > kept.length ? -1 : kept.length - 1;
    if (expected === head) {
      for (const event of events) this.keep(stream, event);
      return { kind: 'kept', last: this.all.at(-1)!, repeated: false };
    }
    const before = kept.slice(expected + 1, expected + 1 + events.length);
    if (expected < head && events.every((event, i) => before[i]?.id === event.id)) {
      return { kind: 'kept', last: before.at(-1)!, repeated: true };
    }
    return { kind: 'wrong', actual: head };
  }

  /** Writes past every check, as another program or an operator would. */
  put(stream: string, event: Partial<Proposed> & { id: string }): Kept {
    return this.keep(stream, {
      type: 'Foreign',
      json: true,
      data: Buffer.from('{}'),
      metadata: Buffer.from('{}'),
      ...event,
    });
  }

  /** Events of a stream that can still be read; undefined where the stream does not exist, null where it is tombstoned. */
  stream(name: string): readonly Kept[] | undefined | null {
    if (this.tombs.has(name)) return null;
    const kept = this.streams.get(name);
    if (!kept) return undefined;
    const { tb, maxCount } = this.limits(name);
    const shown = kept.filter((event) => event.revision >= tb).slice(-maxCount);
    return shown.length > 0 ? shown : undefined;
  }

  /** Writes stream metadata, as `$maxCount` or `$tb`. */
  setMetadata(stream: string, metadata: object): void {
    this.put(`$$${stream}`, {
      id: crypto.randomUUID(),
      type: '$metadata',
      data: Buffer.from(JSON.stringify(metadata)),
    });
  }

  /** Deletes a stream so that it may begin again. */
  softDelete(stream: string): void {
    this.setMetadata(stream, { $tb: Number.MAX_SAFE_INTEGER });
  }

  /** Deletes a stream for ever. */
  tombstone(stream: string): void {
    this.keep(stream, {
      id: crypto.randomUUID(),
      type: '$streamDeleted',
      json: true,
      data: Buffer.from('{}'),
      metadata: Buffer.from(''),
    });
    this.tombs.add(stream);
  }

  /** Loses the newest events, as a node does that comes back from an older disk. */
  lose(count: number): void {
    for (const event of this.all.splice(-count)) {
      this.end = event.position;
      this.streams.get(event.stream)?.pop();
    }
  }

  private limits(stream: string): typeof noLimits {
    const newest = this.streams.get(`$$${stream}`)?.at(-1);
    if (!newest) return noLimits;
    const { $tb = 0, $maxCount = Number.MAX_SAFE_INTEGER } = JSON.parse(newest.data.toString());
    return { tb: $tb, maxCount: $maxCount };
  }

  private keep(stream: string, event: Proposed): Kept {
    const list = this.streams.get(stream) ?? [];
    this.streams.set(stream, list);
    const kept: Kept = {
      ...event,
      stream,
      revision: list.length,
      createdMs: Date.now() + this.skewMs,
      position: this.end,
    };
    this.end += 100 + event.data.length + event.metadata.length;
    list.push(kept);
    this.all.push(kept);
    return kept;
  }
}
