import type { Writable } from 'node:stream';
import type { Actor } from '../kernel/command.js';
import type { Row } from '../ledger/reader.js';
import { eventOfRow } from './histories.js';
import type { Reads } from './reads.js';
import type { Taproot } from './taproot.js';

/** Which events a reader of the log wants. */
export interface EventQuery {
  readonly after: number;
  readonly type?: string | undefined;
  readonly account?: string | undefined;
  readonly stream?: string | undefined;
}

/** Rows fetched at a time. */
const page = 500;

/** The log as its readers take it: all of it, or what one type, account or stream has; once, or followed as it grows. */
export class Events {
  constructor(
    private readonly taproot: Taproot,
    private readonly reads: Reads,
  ) {}

  /** Events in order of the log. */
  *all(query: EventQuery, limit: number, actor: Actor): Generator<object> {
    let left = limit;
    for (const row of this.rows(query)) {
      if (left-- <= 0) return;
      yield this.reads.shown(eventOfRow(row), actor);
    }
  }

  /** Hands over everything after a position, then what is appended, until stopped. `send` says whether more is wanted at once. */
  follow(
    query: EventQuery,
    actor: Actor,
    send: (event: object, position: number) => boolean,
    sink: Writable,
  ): () => void {
    let after = query.after;
    let running = false;
    let ended = false;
    const run = () => {
      if (running || ended) return;
      running = true;
      for (const row of this.rows({ ...query, after })) {
        after = row.position;
        if (send(this.reads.shown(eventOfRow(row), actor), row.position)) continue;
        sink.once('drain', () => {
          running = false;
          run();
        });
        return;
      }
      running = false;
    };
    const off = this.taproot.onCommit(run);
    const beat = setInterval(() => sink.write(': here\n\n'), 15_000);
    run();
    return () => {
      ended = true;
      clearInterval(beat);
      off();
    };
  }

  private *rows(query: EventQuery): Generator<Row> {
    const { reader } = this.reads.moments;
    const takes = this.filter(query);
    if (!takes) return;
    for (let after = query.after; ; ) {
      const rows = query.type === undefined ? reader.scan(after, page) : reader.ofType(query.type, after, page);
      for (const row of rows) if (takes(row)) yield row;
      if (rows.length < page) return;
      after = rows.at(-1)!.position;
    }
  }

  /** Undefined where nothing can match: a name that the log has never heard. */
  private filter({ account, stream }: EventQuery): ((row: Row) => boolean) | undefined {
    const { reader } = this.reads.moments;
    const accountNo = account === undefined ? null : reader.accountNo(account);
    const streamNo = stream === undefined ? null : reader.streamNo(stream);
    if (accountNo === undefined || streamNo === undefined) return undefined;
    return (row) => (accountNo === null || row.account === accountNo) && (streamNo === null || row.stream === streamNo);
  }
}
