import { type EventStoreDBClient, NO_STREAM } from '@eventstore/db-client';
import { type AppendStream, openAppendStream } from './append-stream.js';
import type { Connection } from './connection.js';
import { nowhere, type Place } from './place.js';
import { Elsewhere, inTime, typeOf } from './server-errors.js';
import type { Proposed } from './wire.js';

/** gRPC's code for a call that a server does not know. */
const unimplemented = 12;

/** Appends events at the exact revision of a stream, -1 for one without events. */
export type Append = (stream: string, expected: number, events: readonly Proposed[]) => Promise<Place>;

/** Appends over one stream for all callers, or each by a call of its own where the server has no such stream. */
export class Appends {
  private stream: AppendStream | undefined;
  private opening: Promise<AppendStream> | undefined;

  constructor(
    private readonly client: EventStoreDBClient,
    private readonly connection: Connection,
    private readonly patienceMs: number,
  ) {
    // a call that has to go by itself may not take the stream of the client, where one call's error rejects all others
    Object.assign(client, { supports: async () => false });
  }

  /** Appends at the exact revision, -1 for a stream without events. Throws `Elsewhere`, or what went wrong: but for what is final, nothing is known then. */
  async append(stream: string, expected: number, events: readonly Proposed[]): Promise<Place> {
    if (this.oneByOne) return this.single(stream, expected, events);
    const place = await (await this.open()).append(stream, expected, events);
    this.connection.answered();
    return place;
  }

  /** Appends over the stream that is open now and no other: the server takes them in the order in which they are sent. Undefined where it has no such stream. */
  async inOrder(): Promise<Append | undefined> {
    if (this.oneByOne) return undefined;
    const open = await this.open();
    return (...asked) => open.append(...asked, true);
  }

  /** Whether the server has no stream of appends. */
  private get oneByOne(): boolean {
    return (this.stream?.end as { code?: number } | undefined)?.code === unimplemented;
  }

  private async open(): Promise<AppendStream> {
    return this.stream && this.stream.end === undefined ? this.stream : inTime(this.opened(), this.patienceMs);
  }

  private opened(): Promise<AppendStream> {
    this.opening ??= openAppendStream(this.client, this.patienceMs, () => void this.connection.leave())
      .then((stream) => {
        this.stream = stream;
        return stream;
      })
      .finally(() => {
        this.opening = undefined;
      });
    return this.opening;
  }

  private async single(stream: string, expected: number, events: readonly Proposed[]): Promise<Place> {
    const json = (text: string) => (text === '' ? undefined : JSON.parse(text));
    const proposed = events.map(({ id, type, data, metadata }) => {
      return { id, type, contentType: 'application/json' as const, data: json(data), metadata: json(metadata) };
    });
    const call = this.client.appendToStream(stream, proposed, {
      expectedRevision: expected < 0 ? NO_STREAM : BigInt(expected),
      deadline: this.patienceMs,
    });
    try {
      return (await inTime(call, this.patienceMs)).position ?? nowhere;
    } catch (error) {
      if (typeOf(error) !== 'wrong-expected-version') throw error;
      const { actualVersion } = error as { actualVersion?: unknown };
      throw new Elsewhere(typeof actualVersion === 'bigint' ? Number(actualVersion) : -1);
    }
  }
}
