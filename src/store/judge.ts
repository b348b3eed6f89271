import type { Reader } from '../ledger/reader.js';
import type { Recorded } from './eventstoredb.js';
import type { Names } from './names.js';
import { diverged } from './server-errors.js';
import type { Stamped } from './stamp.js';
import { restored } from './wire.js';

/** Tells of each event of the server whether it is the next entry of the ledger, one that is there already, none of ours, or cannot be right. */
export class Judge {
  private ids = new Map<string, string>();
  private revisions = new Map<string, number>();

  constructor(
    private readonly reader: Reader,
    private readonly names: Names,
    private readonly origin: string,
  ) {}

  /** Forgets what was said since the last batch: it is in the ledger now. */
  begin(): void {
    this.ids = new Map();
    this.revisions = new Map();
  }

  /** The entry that the event adds to the ledger; undefined where it adds none. Throws `log/diverged`, naming the event. */
  entry(recorded: Recorded): Stamped | undefined {
    const stream = this.names.ours(recorded.stream);
    if (stream === undefined) return undefined;
    if (recorded.type === '$streamDeleted')
      throw diverged(
        `Stream ${recorded.stream} was deleted on the server for ever; restore the server from a backup that has it, or move the log to a new one from this ledger`,
      );
    if (recorded.type.startsWith('$')) return undefined;
    const stamped = restored(recorded, stream, this.origin);
    const { id } = recorded;
    const known = this.ids.get(id) ?? this.reader.find(id)?.entry;
    if (known === stamped.text) return undefined;
    const where = `at revision ${recorded.revision} of stream ${recorded.stream}`;
    if (known !== undefined)
      throw diverged(
        `Event ${id} came from the server ${where} with other content than this mirror has; find out who wrote it, and restore the server to what it was`,
      );
    const next = (this.revisions.get(stream) ?? this.reader.revision(stream)) + 1;
    if (stamped.entry.streamrevision > next)
      throw diverged(
        `Event ${id} came from the server ${where}, but revision ${next} before it never did: the stream was shortened; restore the server from a backup that has it`,
      );
    if (stamped.entry.streamrevision < next)
      throw diverged(
        `Event ${id} came from the server ${where}, where this mirror has another event: the server lost and rewrote its end; point TAPROOT_STORE at the server of this log, or start with an empty TAPROOT_DATA and keep this directory for the auditor`,
      );
    this.ids.set(id, stamped.text);
    this.revisions.set(stream, stamped.entry.streamrevision);
    return stamped;
  }
}
