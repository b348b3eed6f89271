import type { StatementSync } from 'node:sqlite';
import type { Reader } from '../ledger/reader.js';
import type { Arrival, Arrived } from './feed.js';
import type { Names } from './names.js';
import { diverged } from './server-errors.js';

/** Streams whose head is remembered. */
const remembered = 50_000;

/** Whether the ledger has any of so many ids: one question for a whole batch, whose ids are new as good as always. */
const anyThere = `SELECT EXISTS (SELECT 1 FROM json_each(?) AS one JOIN entries ON entries.id = unhex(replace(one.value, '-', ''))) AS there`;

/** Tells of each entry that came from the server whether it is the next one of the ledger, is there already, or cannot be right. */
export class Judge {
  private ids = new Map<string, string>();
  private readonly any: StatementSync;
  /** Whether an id of this batch is in the ledger. */
  private there = true;
  private revisions = new Map<string, number>();

  constructor(
    private readonly reader: Reader,
    private readonly names: Names,
  ) {
    this.any = reader.database.prepare(anyThere);
  }

  /** Begins a batch: what was said of the last one is in the ledger now. */
  begin(batch: readonly Arrival[]): void {
    this.ids = new Map();
    if (this.revisions.size > remembered) this.revisions = new Map();
    const ids = batch.flatMap(({ entry }) => entry?.id ?? []);
    this.there = (this.any.get(JSON.stringify(ids)) as { there: number }).there === 1;
  }

  /** Believes nothing that is not in the ledger. */
  forget(): void {
    this.revisions = new Map();
  }

  /** The entry that is to be added to the ledger; undefined where none is. Throws `log/diverged`, naming the event. */
  entry({ entry, wrong }: Arrival): Arrived | undefined {
    if (wrong !== undefined) throw diverged(wrong);
    if (!entry) return undefined;
    const { id, stream, revision, text } = entry;
    const known = this.ids.get(id) ?? (this.there ? this.reader.find(id)?.entry : undefined);
    if (known === text) return undefined;
    const where = `at revision ${revision} of stream ${this.names.onServer(stream)}`;
    if (known !== undefined)
      throw diverged(
        `Event ${id} came from the server ${where} with other content than this mirror has; find out who wrote it, and restore the server to what it was`,
      );
    const next = (this.revisions.get(stream) ?? this.reader.revision(stream)) + 1;
    if (revision > next)
      throw diverged(
        `Event ${id} came from the server ${where}, but revision ${next} before it never did: the stream was shortened; restore the server from a backup that has it`,
      );
    if (revision < next)
      throw diverged(
        `Event ${id} came from the server ${where}, where this mirror has another event: the server lost and rewrote its end; point TAPROOT_STORE at the server of this log, or start with an empty TAPROOT_DATA and keep this directory for the auditor`,
      );
    this.ids.set(id, text);
    this.revisions.set(stream, revision);
    return entry;
  }
}
