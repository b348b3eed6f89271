import { isAnnotation } from '../kernel/event.js';
import { NEVER } from '../kernel/instant.js';
import type { Moment, Subject } from '../kernel/projection.js';
import type { Place, Reader, Row } from '../ledger/reader.js';
import { type Folder, keyOf } from './folder.js';
import { before, type Histories } from './histories.js';
import { foldOn, type Newest, newer, newestOf, type Reached, storedOf, unfolded } from './refold.js';
import { cellsOf } from './row-tables.js';
import type { Rules } from './rules.js';
import { reach } from './tail.js';
import type { Stored, Views } from './views.js';
import { type Whole, Wholes } from './whole.js';

/** Brings one subject's stored states up to what is known: by a step where that is enough, by a fold where not. */
export class TakeIn {
  readonly wholes: Wholes;
  private readonly histories: Histories;
  private readonly rules: Rules;
  /** While an import runs: what has to be folded anew is only marked, and folded once when the import is in. */
  coalescing = false;

  constructor(
    readonly reader: Reader,
    private readonly views: Views,
  ) {
    this.wholes = new Wholes(reader);
    this.histories = this.wholes.histories;
    this.rules = this.wholes.rules;
  }

  /** The subject of a stored name (`account/ACME`), as known at a moment. */
  subject(name: string, knownAt: Moment['knownAt']): Subject {
    return this.wholes.subject(name, knownAt);
  }

  /** Saves what was folded from zero, here or by another thread, of projections of which nothing is stored of that subject yet. */
  take(folder: Folder, { name, states, savepoints, rows }: Whole): void {
    for (const one of savepoints) this.views.savepoint(name, one);
    for (const one of states) this.views.save(name, one);
    for (const projection of folder.projections) this.views.tables.add(projection, name, rows[keyOf(projection)] ?? []);
  }

  /** Takes in rows of one subject: steps its states where they are the newest in valid time, folds them anew where not. */
  rows(folder: Folder, name: string, rows: readonly Row[], to: number): void {
    const moment: Moment = { asOf: NEVER, knownAt: { position: to } };
    const subject = this.subject(name, moment.knownAt);
    const members = this.histories.composition(subject, moment).join();
    const stored = folder.projections.map((projection) => this.views.state(name, keyOf(projection)));
    const reached = reachedOf(folder, stored);
    const changed = rows.map((row) => reach(this.reader, row)).reduce((a, b) => (before(a, b) ? a : b));
    const annotated = rows.some((row) => isAnnotation(this.reader.typeName(row.type)));
    const newest = newestOf(rows);
    const stale = this.staleFrom(folder, name);
    if (!reached || stale !== undefined || annotated || !before(reached, changed) || reached.members !== members) {
      const from = stale === undefined || changed.time < stale ? changed : { time: stale, position: 0 };
      if (this.coalescing && reached)
        for (const projection of folder.projections) this.views.markSubjectStale(name, keyOf(projection), from.time);
      else this.refold(folder, subject, moment, from, newer(newest, this.newest(subject, to)));
      return;
    }
    const own = subject.of === 'account' ? this.reader.accountNo(subject.id) : undefined;
    const counted = rows.filter((row) => own === undefined || row.account === own || this.histories.moves(row));
    const events = counted.map(this.histories.told).sort((a, b) => a.time - b.time || a.position - b.position);
    const wanted = events.filter((event) => folder.wanted.has(event.type));
    const policies = this.rules.known(moment.knownAt);
    const result = foldOn(folder, reached, [wanted], policies, subject, (at) =>
      this.savepoint(folder, name, at, newest),
    );
    this.save(folder, subject, result, newest);
  }

  /** What a subject's states know of corrections, besides the events they were folded from. */
  newest(subject: Subject, position: number): Newest {
    return this.wholes.newest(subject, position);
  }

  /** From when on the subject's stored states are wrong; undefined where they are right. */
  private staleFrom(folder: Folder, name: string): number | undefined {
    const marks = folder.projections.flatMap((projection) => this.views.staleFrom(name, keyOf(projection)) ?? []);
    return marks.length > 0 ? Math.min(...marks) : undefined;
  }

  /** Folds a subject from the newest savepoint before a place, through everything known at the moment. */
  refold(folder: Folder, subject: Subject, moment: Moment, from: Place, newest: Newest): void {
    const name = `${subject.of}/${subject.id}`;
    const members = this.histories.composition(subject, moment).join();
    for (const projection of folder.projections) this.views.dropSavepoints(name, keyOf(projection), from);
    const stored = folder.projections.map((projection) => this.views.savepoints(name, keyOf(projection), NEVER, 1)[0]);
    const saved = reachedOf(folder, stored);
    const start = saved?.members === members ? saved : unfolded(folder, members);
    const pages = this.histories.pages(subject, moment, start, folder.wanted);
    const policies = this.rules.known(moment.knownAt);
    const result = foldOn(folder, start, pages, policies, subject, (at) => this.savepoint(folder, name, at, newest));
    this.save(folder, subject, result, newest);
  }

  private save(folder: Folder, subject: Subject, reached: Reached, newest: Newest): void {
    const name = `${subject.of}/${subject.id}`;
    for (const one of storedOf(folder, reached, newest)) {
      this.views.save(name, one);
      this.views.fresh(name, one.key);
    }
    for (const projection of folder.projections) {
      if (!projection.rows) continue;
      this.views.tables.replace(projection, name, cellsOf(projection, reached.states[keyOf(projection)]!, subject));
    }
  }

  private savepoint(folder: Folder, name: string, reached: Reached, newest: Newest): void {
    for (const one of storedOf(folder, reached, newest)) this.views.savepoint(name, one);
  }
}

/** Stored states as one; undefined where one is missing or they do not reach equally far. */
export function reachedOf(folder: Folder, stored: readonly (Stored | undefined)[]): Reached | undefined {
  const [first] = stored;
  if (!first || stored.some((one) => one?.time !== first.time || one.position !== first.position)) return undefined;
  const parsed = folder.projections.map((projection, i) => [keyOf(projection), JSON.parse(stored[i]!.state)]);
  const { time, position, count, knownMax, positionMax, members } = first;
  return { states: Object.fromEntries(parsed), time, position, count, knownMax, positionMax, members };
}
