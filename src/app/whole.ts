import { NEVER } from '../kernel/instant.js';
import type { Moment, Subject } from '../kernel/projection.js';
import type { Reader, Row } from '../ledger/reader.js';
import { type Folder, keyOf } from './folder.js';
import { Histories, streamOf } from './histories.js';
import { foldOn, type Newest, newestOf, storedOf, unfolded } from './refold.js';
import { type Cell, cellsOf } from './row-tables.js';
import { Rules } from './rules.js';
import { Structures } from './structure.js';
import type { Stored } from './views.js';

/** Everything that is stored of one subject, folded from zero: plain data, so that any thread may make it and one may save it. */
export interface Whole {
  readonly name: string;
  readonly states: readonly Stored[];
  readonly savepoints: readonly Stored[];
  /** Cells of the rows of projections that have some, by key. */
  readonly rows: Readonly<Record<string, readonly Cell[]>>;
}

/** What folds read of the log: subjects, their Histories, and our own rules. */
export class Wholes {
  readonly structures: Structures;
  readonly histories: Histories;
  readonly rules: Rules;

  constructor(readonly reader: Reader) {
    this.structures = new Structures(reader);
    this.histories = new Histories(reader, this.structures);
    this.rules = new Rules(reader);
  }

  /** The subject of a stored name (`account/ACME`), as known at a moment. */
  subject(name: string, knownAt: Moment['knownAt']): Subject {
    const cut = name.indexOf('/');
    const of = name.slice(0, cut) as Subject['of'];
    const id = name.slice(cut + 1);
    return { of, id, currency: of === 'account' ? this.histories.currencyOf(id, knownAt) : null };
  }

  /** A subject folded from zero, with the log as it stood at a position. */
  fold(folder: Folder, name: string, position: number): Whole {
    const moment: Moment = { asOf: NEVER, knownAt: { position } };
    const subject = this.subject(name, moment.knownAt);
    const newest = this.newest(subject, position);
    const members = this.histories.composition(subject, moment).join();
    const pages = this.histories.pages(subject, moment, undefined, folder.wanted);
    const savepoints: Stored[] = [];
    const start = unfolded(folder, members);
    const reached = foldOn(folder, start, pages, this.rules.known(moment.knownAt), subject, (at) =>
      savepoints.push(...storedOf(folder, at, newest)),
    );
    const rows = folder.projections.flatMap((projection) => {
      const key = keyOf(projection);
      return projection.rows ? [[key, cellsOf(projection, reached.states[key]!, subject)] as const] : [];
    });
    return { name, states: storedOf(folder, reached, newest), savepoints, rows: Object.fromEntries(rows) };
  }

  /** What corrections make a state know, beyond the events it was folded from: those of all accounts that make it up, or of its own stream. */
  newest(subject: Subject, position: number): Newest {
    const known = { position };
    const rows: readonly Row[] =
      subject.of === 'account'
        ? this.histories.composition(subject, { asOf: NEVER, knownAt: known }).flatMap((id) => {
            const no = this.reader.accountNo(id);
            return no === undefined ? [] : this.reader.annotationsOfAccount(no);
          })
        : this.reader.annotationsOfStream(this.reader.streamNo(streamOf(subject)) ?? -1);
    return newestOf(rows.filter((row) => row.position <= position));
  }
}
