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

/** Rows fetched at a time: of the whole log, and of one account or stream, whose index is walked again for each page. */
const page = 500;
const ownPage = 5_000;

/** The log as its readers take it: all of it, or what one type, account or stream has; once, or followed as it grows. */
export class Events {
  constructor(
    private readonly taproot: Taproot,
    private readonly reads: Reads,
  ) {}

  /** Events in order of the log. */
  async *all(query: EventQuery, limit: number, actor: Actor): AsyncGenerator<object> {
    let left = limit;
    for (const rows of this.pages(query)) {
      const taken = rows.slice(0, left);
      left -= taken.length;
      yield* await this.reads.shown(taken.map(eventOfRow), actor);
      if (left <= 0) return;
    }
  }

  /** Hands over everything after a position, then what is appended, until stopped. `send` says whether more is wanted at once. What cannot be read ends the sink. */
  follow(
    query: EventQuery,
    actor: Actor,
    send: (event: object, position: number) => boolean,
    sink: Writable,
  ): () => void {
    let after = query.after;
    let running = false;
    let again = false;
    let ended = false;
    const pass = async () => {
      for (const rows of this.pages({ ...query, after })) {
        const events = await this.reads.shown(rows.map(eventOfRow), actor);
        for (const [i, event] of events.entries()) {
          if (ended) return;
          after = rows[i]!.position;
          if (!send(event, after)) await new Promise((settle) => sink.once('drain', settle));
        }
      }
    };
    const run = async () => {
      again = true;
      if (running) return;
      running = true;
      while (again && !ended) {
        again = false;
        await pass();
      }
      running = false;
    };
    const go = () => void run().catch((error: Error) => sink.destroy(error));
    const off = this.taproot.onCommit(go);
    const beat = setInterval(() => sink.write(': here\n\n'), 15_000);
    go();
    return () => {
      ended = true;
      clearInterval(beat);
      off();
    };
  }

  private *pages(query: EventQuery): Generator<Row[]> {
    const { reader } = this.reads.moments;
    const accountNo = query.account === undefined ? null : reader.accountNo(query.account);
    const streamNo = query.stream === undefined ? null : reader.streamNo(query.stream);
    const typeNo = query.type === undefined ? null : reader.typeNo(query.type);
    if (accountNo === undefined || streamNo === undefined || typeNo === undefined) return;
    const takes = (row: Row): boolean =>
      (accountNo === null || row.account === accountNo) &&
      (streamNo === null || row.stream === streamNo) &&
      (typeNo === null || row.type === typeNo);
    const size = accountNo === null && streamNo === null ? page : ownPage;
    const fetch = (after: number): Row[] => {
      if (streamNo !== null) return reader.ofOne('stream', streamNo, after, size);
      if (accountNo !== null) return reader.ofOne('account', accountNo, after, size);
      return query.type === undefined ? reader.scan(after, size) : reader.ofType(query.type, after, size);
    };
    for (let after = query.after; ; ) {
      const rows = fetch(after);
      const taken = rows.filter(takes);
      if (taken.length > 0) yield taken;
      if (rows.length < size) return;
      after = rows.at(-1)!.position;
    }
  }
}
